/* SPDX-License-Identifier: MIT */
/* glia generate: make a data set. */
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include <glia/io.h>

#include "arguments.h"
#include "command.h"
#include "format_text.h"
#include "report.h"

/* A setting that is not given has its generator's default. */
typedef struct settings {
    uint64_t rows; /* 0: not given */
    double noise;  /* NaN: not given */
    uint64_t seed;
    char *output;
} settings;

/* The generator in the language of glia_data_generate(); free() it. */
static char *describe(const char *name, const settings *wanted)
{
    char number[TOOL_NUMBER_BYTES];
    char *rows = wanted->rows > 0 ? tool_format(" rows=%" PRIu64, wanted->rows) : tool_format("%s", "");
    bool has_noise = !isnan(wanted->noise);
    char *text = tool_format("%s%s%s%s", name, rows, has_noise ? " noise=" : "",
                             has_noise ? tool_double_text(number, wanted->noise) : "");
    free(rows);
    return text;
}

static int generate(const char *name, const settings *wanted)
{
    char *generator = describe(name, wanted);
    glia_data *data = NULL;
    glia_status status = glia_data_generate(&data, generator, wanted->seed);
    free(generator);
    if (status == GLIA_ERR_TEXT)
        return tool_misuse("%s", glia_error_message());
    if (status == GLIA_OK)
        status = glia_data_write_csv(data, wanted->output);
    glia_data_destroy(data);
    return status == GLIA_OK ? TOOL_DONE : tool_fail("%s", glia_error_message());
}

static int run(int argc, const char **argv)
{
    settings wanted = {.noise = NAN};
    const tool_option options[] = {
        tool_count("rows", "how many (200)", &wanted.rows, 1, UINT64_MAX),
        tool_number("noise", "standard deviation of the noise (0.2)", &wanted.noise),
        tool_count("seed", "same seed, same data (0)", &wanted.seed, 0, UINT64_MAX),
        tool_text("output", 'o', "FILE", "the CSV file (standard output)", &wanted.output),
    };
    tool_arguments arguments = {
        .usage = "moons [OPTION...]",
        .about = "Make a data set and write it as CSV.\n\n"
                 "moons: two half circles that reach into each other; columns x1, x2, class.",
        .notes = "Example: glia generate moons --rows 200 --noise 0.2 --seed 0 -o moons.csv",
        .options = options,
        .option_count = sizeof options / sizeof *options,
        .file_count = 1,
    };
    int outcome = tool_arguments_read(&arguments, argc, argv);
    if (outcome == TOOL_GO_ON)
        outcome = generate(arguments.files[0], &wanted);
    tool_arguments_free(&arguments);
    return outcome;
}

const tool_command tool_command_generate = {
    .name = "generate",
    .summary = "make a data set to play with",
    .run = run,
};
