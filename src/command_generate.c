/* SPDX-License-Identifier: MIT */
/* glia generate: make a data set. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <glia/io.h>

#include "arguments.h"
#include "command.h"
#include "format_text.h"
#include "output_file.h"
#include "report.h"

/* The command line; a setting that is not given has its generator's default. */
typedef struct generation {
    const char *generator;
    uint64_t rows; /* 0: not given */
    double noise;  /* NaN: not given */
    uint64_t seed;
    char *output;
} generation;

/* The generator in the language of glia_data_generate(); free() it. */
static char *describe(const generation *request)
{
    char rows[32] = "", noise[TOOL_NUMBER_BYTES + 8] = "", number[TOOL_NUMBER_BYTES];
    if (request->rows > 0)
        snprintf(rows, sizeof rows, " rows=%" PRIu64, request->rows);
    if (!isnan(request->noise))
        snprintf(noise, sizeof noise, " noise=%s", tool_double_text(number, request->noise));
    return tool_format("%s%s%s", request->generator, rows, noise);
}

static int generate(const void *context)
{
    const generation *request = context;
    int outcome = tool_output_check(request->output, NULL);
    if (outcome != TOOL_GO_ON)
        return outcome;
    char *generator = describe(request);
    glia_data *data = NULL;
    glia_status status = glia_data_generate(&data, generator, request->seed);
    free(generator);
    if (status == GLIA_ERR_TEXT)
        return tool_misuse("%s", glia_error_message());
    if (status == GLIA_OK)
        status = glia_data_write_csv(data, request->output);
    glia_data_destroy(data);
    return status == GLIA_OK ? TOOL_DONE : tool_fail("%s", glia_error_message());
}

static int run(int argc, const char **argv)
{
    generation request = {.noise = NAN};
    const tool_option options[] = {
        tool_count("rows", "how many (200)", &request.rows, 1, UINT64_MAX),
        tool_number("noise", "standard deviation of the noise (0.2)", &request.noise),
        tool_count("seed", "same seed, same data (0)", &request.seed, 0, UINT64_MAX),
        tool_text("output", 'o', "FILE", "the CSV file (standard output)", &request.output),
    };
    const tool_arguments arguments = {
        .usage = "moons [OPTION...]",
        .about = "Make a data set and write it as CSV.\n\n"
                 "moons: two half circles that reach into each other; columns x1, x2, class.",
        .notes = "Example: glia generate moons --rows 200 --noise 0.2 --seed 0 -o moons.csv",
        .options = options,
        .option_count = sizeof options / sizeof *options,
        .words = {&request.generator},
    };
    return tool_arguments_run(&arguments, argc, argv, generate, &request);
}

const tool_command tool_command_generate = {
    .name = "generate",
    .summary = "make a data set to play with",
    .run = run,
};
