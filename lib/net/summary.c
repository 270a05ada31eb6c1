/* SPDX-License-Identifier: MIT */
/* A table of a network's layers, for people to read. */
#include "net/summary.h"

/* Columns at which a line's parts begin. */
enum {
    OUTPUT_COLUMN = 20,
    PARAMETERS_COLUMN = 32
};

static void write_count_at(glia__writer *writer, size_t line, size_t column, size_t count)
{
    glia__write_padding(writer, line, column);
    glia__write_text(writer, " ");
    glia__write_count(writer, count);
}

void glia__summary_write(glia__writer *writer, const glia__network *network)
{
    size_t line = writer->length;
    glia__write_text(writer, "layer");
    glia__write_padding(writer, line, OUTPUT_COLUMN);
    glia__write_text(writer, " outputs");
    glia__write_padding(writer, line, PARAMETERS_COLUMN);
    glia__write_text(writer, " parameters\n");

    line = writer->length;
    glia__write_text(writer, "input");
    write_count_at(writer, line, OUTPUT_COLUMN, network->input_size);
    glia__write_text(writer, "\n");
    for (size_t i = 0; i < network->layer_count; i++) {
        const glia__layer *layer = &network->layers[i];
        size_t parameters = 0;
        for (size_t j = 0; j < layer->array_count; j++)
            parameters += layer->arrays[j].is_trained ? layer->arrays[j].count : 0;
        line = writer->length;
        glia__write_text(writer, layer->type->entry.name);
        write_count_at(writer, line, OUTPUT_COLUMN, layer->output_size);
        write_count_at(writer, line, PARAMETERS_COLUMN, parameters);
        glia__write_text(writer, "\n");
    }
    line = writer->length;
    glia__write_text(writer, "total");
    write_count_at(writer, line, PARAMETERS_COLUMN, network->parameter_count);
    glia__write_text(writer, "\n");
}
