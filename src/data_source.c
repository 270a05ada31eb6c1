/* SPDX-License-Identifier: MIT */
/* Reading what a command line names: data and models. */
#include "data_source.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "format_text.h"
#include "report.h"

tool_schema tool_schema_of_net(const glia_net *net, const char *path)
{
    return (tool_schema){
        .owner = path,
        .columns = glia_net_metadata(net, "columns"),
        .classes = glia_net_metadata(net, "classes"),
        .target = glia_net_metadata(net, "target"),
        .scale = glia_net_metadata(net, "scale"),
        .input_size = glia_net_input_size(net),
    };
}

tool_schema tool_schema_of_data(const glia_data *data, const char *path)
{
    return (tool_schema){
        .owner = path,
        .columns = glia_data_metadata(data, "columns"),
        .classes = glia_data_metadata(data, "classes"),
        .target = glia_data_metadata(data, "target"),
        .scale = glia_data_metadata(data, "scale"),
        .input_size = glia_data_input_size(data),
    };
}

/* A schema with a target but no classes is one of regression. */
static const char *target_type(const tool_source *source, const tool_schema *schema)
{
    if (source->target_type != NULL)
        return source->target_type;
    if (schema->target == NULL)
        return "auto";
    return schema->classes != NULL ? "classes" : "numbers";
}

/* The options text of glia_data_read_csv(), the user's words first as messages count its columns; free() it. */
static char *csv_options(const tool_source *source, const tool_schema *schema)
{
    const char *more = source->csv != NULL ? source->csv : "";
    const char *target = source->target != NULL ? source->target : schema->target;
    if (target == NULL)
        return tool_format("%s", more);
    char *quoted = tool_quote(target, '"'), *type = tool_quote(target_type(source, schema), '"');
    const char *optional = source->target == NULL ? " target_optional=yes" : "";
    char *options = tool_format("%s target=%s target_type=%s%s", more, quoted, type, optional);
    free(type);
    free(quoted);
    return options;
}

/* What is wrong with the options is wrong use; what is wrong with the file is not. */
static int fail_reading(glia_status status)
{
    return status == GLIA_ERR_TEXT ? tool_misuse("%s", glia_error_message()) : tool_fail("%s", glia_error_message());
}

static int read_csv(glia_data **data, const tool_source *source, const tool_schema *schema)
{
    char *options = csv_options(source, schema);
    glia_status status = glia_data_read_csv_as(data, source->path, options, schema->columns, schema->classes);
    free(options);
    return status == GLIA_OK ? TOOL_GO_ON : fail_reading(status);
}

static int read_idx(glia_data **data, const tool_source *source)
{
    if (source->target != NULL || source->target_type != NULL || source->csv != NULL)
        return tool_misuse("--target, --target-type and --csv are for CSV, but %s is read as IDX", source->path);
    glia_status status = glia_data_read_idx(data, source->path, source->labels);
    return status == GLIA_OK ? TOOL_GO_ON : fail_reading(status);
}

/* Numbers in another scale than those trained on would give answers that look right and are not. */
static int check_scale(const glia_data *data, const tool_source *source, const tool_schema *schema)
{
    const char *scale = glia_data_metadata(data, "scale");
    bool is_same =
        scale == schema->scale || (scale != NULL && schema->scale != NULL && strcmp(scale, schema->scale) == 0);
    bool is_known = schema->scale != NULL || schema->columns != NULL;
    if (is_same || !is_known)
        return TOOL_GO_ON;
    return tool_fail("%s: its numbers are divided by %s, those of %s by %s; give data of the same kind", source->path,
                     scale != NULL ? scale : "1", schema->owner, schema->scale != NULL ? schema->scale : "1");
}

static int check_fits(const glia_data *data, const tool_source *source, const tool_schema *schema)
{
    size_t input_size = glia_data_input_size(data);
    bool may_hold_target = input_size > schema->input_size && source->target == NULL && schema->target == NULL;
    if (input_size != schema->input_size)
        return tool_fail("%s: has %zu inputs a row, but %s wants %zu%s", source->path, input_size, schema->owner,
                         schema->input_size, may_hold_target ? "; name the column to predict with --target" : "");
    return check_scale(data, source, schema);
}

int tool_source_read(glia_data **data, const tool_source *source, const tool_schema *schema)
{
    static const tool_schema anything = {0};
    bool is_idx = source->labels != NULL || glia_data_is_idx(source->path) != 0;
    glia_data *found = NULL;
    int outcome = is_idx ? read_idx(&found, source) : read_csv(&found, source, schema != NULL ? schema : &anything);
    if (outcome == TOOL_GO_ON && schema != NULL)
        outcome = check_fits(found, source, schema);
    if (outcome == TOOL_GO_ON)
        *data = found;
    else
        glia_data_destroy(found);
    return outcome;
}

int tool_model_load(glia_net **net, const char *path)
{
    glia_status status = glia_net_load(net, path, NULL);
    if (status == GLIA_ERR_FORMAT)
        return tool_fail("%s; give a model that glia has saved, or copy this one again", glia_error_message());
    return status == GLIA_OK ? TOOL_GO_ON : tool_fail("%s", glia_error_message());
}

int tool_model_apply(const char *path, const tool_source *source,
                     int (*work)(const glia_net *net, glia_data *data, const void *request), const void *request)
{
    glia_net *net = NULL;
    glia_data *data = NULL;
    int outcome = tool_model_load(&net, path);
    if (outcome == TOOL_GO_ON) {
        tool_schema schema = tool_schema_of_net(net, path);
        outcome = tool_source_read(&data, source, &schema);
    }
    if (outcome == TOOL_GO_ON)
        outcome = work(net, data, request);
    glia_data_destroy(data);
    glia_net_destroy(net);
    return outcome;
}

int tool_source_require_target(const tool_source *source)
{
    if (source->labels != NULL || source->target != NULL)
        return TOOL_GO_ON;
    if (glia_data_is_idx(source->path) != 0)
        return tool_misuse("%s: is IDX; give the file of its labels with --labels", source->path);
    return tool_misuse("%s: give the column to predict with --target", source->path);
}

int tool_source_samples(glia_samples *samples, glia_data *data, const tool_source *source, const char *target)
{
    *samples = (glia_samples){.struct_size = sizeof *samples};
    if (glia_data_samples(data, samples) != GLIA_OK)
        return tool_fail_library(source->path);
    if (samples->classes != NULL || samples->targets != NULL)
        return TOOL_GO_ON;
    if (target != NULL)
        return tool_fail(
            "%s: there is no column '%s' to compare with; if it is called otherwise, name it with --target",
            source->path, target);
    return tool_source_require_target(source);
}
