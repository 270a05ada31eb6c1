/* SPDX-License-Identifier: MIT */
/* glia plot boundary: the plane of two inputs, shaded by what a network answers there, and the data on it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <glia/io.h>

#include "arguments.h"
#include "boundary_script.h"
#include "command.h"
#include "data_source.h"
#include "format_text.h"
#include "gnuplot.h"
#include "outputs.h"
#include "report.h"

#define WIDTH  900 /* of the picture in pixels */
#define HEIGHT 700

#define MARGIN 0.08 /* of the data's extent, on each side */

/* The command line. */
typedef struct plot_request {
    const char *model;
    tool_source source;
    char *picture;
} plot_request;

/* The part of an axis that the picture shows: all the data and a margin. */
static tool_range find_range(const float *inputs, size_t rows, size_t column)
{
    double low = (double)inputs[column], high = low;
    for (size_t i = 1; i < rows; i++) {
        low = fmin(low, (double)inputs[2 * i + column]);
        high = fmax(high, (double)inputs[2 * i + column]);
    }
    double margin = high > low ? MARGIN * (high - low) : 1;
    return (tool_range){.low = low - margin, .high = high + margin};
}

/* Ask the network at every point of the grid; free() the answers. NULL after a message. */
static float *answer_grid(const tool_boundary *boundary, const glia_net *net, const char *model)
{
    size_t count = TOOL_GRID_ROWS * TOOL_GRID_COLUMNS;
    float *inputs = tool_allocate(count, 2 * sizeof *inputs);
    for (size_t i = 0; i < count; i++) {
        inputs[2 * i] = (float)tool_boundary_x(boundary, i % TOOL_GRID_COLUMNS);
        inputs[2 * i + 1] = (float)tool_boundary_y(boundary, i / TOOL_GRID_COLUMNS);
    }
    float *answers = tool_outputs_predict(boundary->outputs, net, inputs, count, model);
    free(inputs);
    return answers;
}

/* "200 points of moons.csv, accuracy 98.5 %"; free() it. */
static char *describe_points(const glia_net *net, const glia_samples *points, const char *path)
{
    double accuracy;
    bool is_known = points->classes != NULL && glia_net_evaluate(net, points, "accuracy", &accuracy) == GLIA_OK;
    if (!is_known)
        return tool_format("%zu points of %s", points->rows, path);
    return tool_format("%zu points of %s, accuracy %.4g %%", points->rows, path, 100 * accuracy);
}

static int draw(const tool_boundary *boundary, const char *picture)
{
    char *script = NULL;
    size_t script_bytes = 0;
    FILE *stream = open_memstream(&script, &script_bytes);
    if (stream == NULL)
        return tool_fail("out of memory");
    tool_boundary_write(stream, boundary);
    int outcome = fclose(stream) == 0 ? tool_gnuplot_draw(picture, WIDTH, HEIGHT, script, script_bytes)
                                      : tool_fail("out of memory");
    free(script);
    return outcome;
}

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static const char *name_or(const char *name, const char *otherwise)
{
    return name != NULL ? name : otherwise;
}

/* Put together what the picture shows, and draw it. */
static int draw_answers(const glia_net *net, const tool_outputs *outputs, const glia_data *data,
                        const glia_samples *points, const plot_request *request)
{
    char *title = tool_format("Decision boundary of %s", file_name(request->model));
    char *subtitle = describe_points(net, points, file_name(request->source.path));
    tool_boundary boundary = {
        .outputs = outputs,
        .x = find_range(points->inputs, points->rows, 0),
        .y = find_range(points->inputs, points->rows, 1),
        .points = *points,
        .title = title,
        .subtitle = subtitle,
        .x_name = name_or(glia_data_column_name(data, 0), "x1"),
        .y_name = name_or(glia_data_column_name(data, 1), "x2"),
        .target = glia_net_metadata(net, "target"),
    };
    float *answers = answer_grid(&boundary, net, request->model);
    boundary.answers = answers;
    int outcome = answers != NULL ? draw(&boundary, request->picture) : TOOL_FAILED;
    free(answers);
    free(subtitle);
    free(title);
    return outcome;
}

/* A boundary lies between classes, over a plane. */
static int check_net(const glia_net *net, const tool_outputs *outputs, const char *model)
{
    if (glia_net_input_size(net) != 2)
        return tool_misuse("%s: has %zu inputs, but a boundary is drawn over 2", model, glia_net_input_size(net));
    if (outputs->class_count == 0)
        return tool_misuse("%s: predicts numbers, but a boundary is one between classes", model);
    return TOOL_GO_ON;
}

static int plot_data(const glia_net *net, const tool_outputs *outputs, const plot_request *request)
{
    tool_schema schema = tool_schema_of_net(net, request->model);
    glia_data *data = NULL;
    int outcome = tool_source_read(&data, &request->source, &schema);
    if (outcome != TOOL_GO_ON)
        return outcome;
    glia_samples points = {.struct_size = sizeof points};
    if (glia_data_samples(data, &points) == GLIA_OK)
        outcome = draw_answers(net, outputs, data, &points, request);
    else
        outcome = tool_fail_library(request->source.path);
    glia_data_destroy(data);
    return outcome;
}

static int plot(const plot_request *request)
{
    if (request->picture == NULL)
        return tool_misuse("name the picture with -o, as in -o picture.png");
    glia_net *net = NULL;
    tool_outputs outputs = {0};
    int outcome = tool_gnuplot_check(request->picture);
    if (outcome == TOOL_GO_ON)
        outcome = tool_model_load(&net, request->model);
    if (outcome == TOOL_GO_ON)
        outcome = tool_outputs_read(&outputs, net, request->model);
    if (outcome == TOOL_GO_ON)
        outcome = check_net(net, &outputs, request->model);
    if (outcome == TOOL_GO_ON)
        outcome = plot_data(net, &outputs, request);
    tool_outputs_free(&outputs);
    glia_net_destroy(net);
    return outcome;
}

static int run(int argc, const char **argv)
{
    plot_request request = {0};
    const tool_option options[] = {
        tool_text("output", 'o', "FILE", "the picture, .png or .svg", &request.picture),
        TOOL_SOURCE_OPTIONS(request.source),
    };
    tool_arguments arguments = {
        .usage = "MODEL DATA -o PICTURE [OPTION...]",
        .about = "Draw the plane of a network's two inputs, shaded by the probability of its classes, with\n"
                 "the line between them and the points of DATA.",
        .notes = "Example: glia plot boundary moons.glia moons.csv -o boundary.png",
        .options = options,
        .option_count = sizeof options / sizeof *options,
        .file_count = 2,
    };
    int outcome = tool_arguments_read(&arguments, argc, argv);
    if (outcome == TOOL_GO_ON) {
        request.model = arguments.files[0];
        request.source.path = arguments.files[1];
        outcome = plot(&request);
    }
    tool_arguments_free(&arguments);
    return outcome;
}

const tool_command tool_plot_boundary = {
    .name = "boundary",
    .summary = "the regions of a network's classes over two inputs",
    .run = run,
};
