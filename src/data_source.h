/* SPDX-License-Identifier: MIT */
/* Reading what a command line names: data, CSV or IDX by content, and models. */
#ifndef GLIA_SRC_DATA_SOURCE_H
#define GLIA_SRC_DATA_SOURCE_H

#include <glia/io.h>

#include "arguments.h"

/* Where data comes from, as the command line says it. */
typedef struct tool_source {
    const char *path;
    char *labels;      /* IDX: the file of labels, or NULL */
    char *target;      /* CSV: the column to learn or compare with, or NULL */
    char *target_type; /* CSV: "classes" or "numbers"; NULL: by the values, or as in the schema */
    char *csv;         /* CSV: header and delimiter, in the language of glia_data_read_csv(), or NULL */
} tool_source;

/* The options that every command which reads data has, for a table of ::tool_option. */
#define TOOL_SOURCE_OPTIONS(source)                                                                                    \
    tool_text("target", 0, "COLUMN", "CSV column to predict", &(source).target),                                       \
        tool_text("target-type", 0, "TYPE", "classes or numbers (by its values)", &(source).target_type),              \
        tool_text("csv", 0, "TEXT", "of CSV: \"header=no delimiter=;\"", &(source).csv),                               \
        tool_text("labels", 0, "FILE", "labels of IDX images", &(source).labels)

/* What --help says of the data that a network is asked about. */
#define TOOL_SOURCE_NOTE                                                                                               \
    "A CSV file needs the columns that the network was trained on, in any order; others are passed over."

/* What data must look like to go with other data or with a network; the texts are lent. NULL: anything goes. */
typedef struct tool_schema {
    const char *owner;   /* whose schema it is, for messages: the path of a model or file */
    const char *columns; /* as in metadata */
    const char *classes;
    const char *target;
    const char *scale;
    size_t input_size;
} tool_schema;

tool_schema tool_schema_of_net(const glia_net *net, const char *path);
tool_schema tool_schema_of_data(const glia_data *data, const char *path);

/*
 * Read data, as `schema` wants it unless that is NULL. A target that only the schema names may be missing. TOOL_GO_ON,
 * and then *data is the caller's, or the exit status after a message.
 */
int tool_source_read(glia_data **data, const tool_source *source, const tool_schema *schema);

/* Load a model. TOOL_GO_ON, and then *net is the caller's, or the exit status after a message. */
int tool_model_load(glia_net **net, const char *path);

/* Load a model, read data as it wants them, do the work with both, and free them. Answers the exit status. */
int tool_model_apply(const char *path, const tool_source *source,
                     int (*work)(const glia_net *net, glia_data *data, const void *request), const void *request);

/* Whether what to predict is named, as training needs it. TOOL_GO_ON, or TOOL_MISUSED after a message. */
int tool_source_require_target(const tool_source *source);

/*
 * Lend all rows for a network to be compared with: there are classes or targets among them. `target` is how the network
 * knows their column, or NULL. TOOL_GO_ON, or the exit status after a message.
 */
int tool_source_samples(glia_samples *samples, glia_data *data, const tool_source *source, const char *target);

#endif
