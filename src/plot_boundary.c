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
    FILE *script = tool_gnuplot_begin(picture, WIDTH, HEIGHT);
    if (script == NULL)
        return TOOL_FAILED;
    tool_boundary_write(script, boundary);
    return tool_gnuplot_draw(script, picture);
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
    size_t size = glia_net_input_size(net);
    if (size != 2)
        return tool_misuse("%s: has %zu input%s; a boundary is drawn for networks with 2", model, size,
                           size == 1 ? "" : "s");
    if (outputs->class_count == 0)
        return tool_misuse("%s: predicts numbers; a boundary is drawn for networks that tell classes apart", model);
    return TOOL_GO_ON;
}

static int plot_data(const glia_net *net, glia_data *data, const void *context)
{
    const plot_request *request = context;
    tool_outputs outputs;
    glia_samples points = {.struct_size = sizeof points};
    int outcome = tool_outputs_read(&outputs, net, request->model);
    if (outcome != TOOL_GO_ON)
        return outcome;
    outcome = check_net(net, &outputs, request->model);
    if (outcome == TOOL_GO_ON && glia_data_samples(data, &points) != GLIA_OK)
        outcome = tool_fail_library(request->source.path);
    if (outcome == TOOL_GO_ON)
        outcome = draw_answers(net, &outputs, data, &points, request);
    tool_outputs_free(&outputs);
    return outcome;
}

static int plot(const void *context)
{
    const plot_request *request = context;
    if (request->picture == NULL)
        return tool_misuse("name the picture with -o, as in -o picture.png");
    int outcome = tool_gnuplot_check(request->picture);
    return outcome == TOOL_GO_ON ? tool_model_apply(request->model, &request->source, plot_data, request) : outcome;
}

static int run(int argc, const char **argv)
{
    plot_request request = {0};
    const tool_option options[] = {
        tool_text("output", 'o', "FILE", "the picture, .png or .svg", &request.picture),
        TOOL_SOURCE_OPTIONS(request.source),
    };
    const tool_arguments arguments = {
        .usage = "MODEL DATA -o PICTURE [OPTION...]",
        .about = "Draw the plane of a network's two inputs, shaded by the probability of its classes, with\n"
                 "the line between them and the points of DATA.",
        .notes = "Example: glia plot boundary moons.glia moons.csv -o boundary.png",
        .options = options,
        .option_count = sizeof options / sizeof *options,
        .words = {&request.model, &request.source.path},
    };
    return tool_arguments_run(&arguments, argc, argv, plot, &request);
}

const tool_command tool_plot_boundary = {
    .name = "boundary",
    .summary = "the regions of a network's classes over two inputs",
    .run = run,
};
