/* SPDX-License-Identifier: MIT */
/* Reading a model from bytes that nobody vouches for. */
#include <string.h>

#include "model/header.h"
#include "model/model.h"

#define STAGE_SIZE 1024 /* bytes of a tensor decoded at a time */

/* A message about a text in the file names the file's fault. */
static glia_status as_format(glia_status status)
{
    if (status != GLIA_ERR_TEXT && status != GLIA_ERR_SHAPE)
        return status;
    return glia__fail(GLIA_ERR_FORMAT, "not a valid model: %s", glia_error_message());
}

static glia_status read_network(const glia__header *header, glia__network *network, const glia__network_setup *setup)
{
    glia__network_setup own = *setup; /* the widths are compared later: a mismatch there is the caller's */
    own.input_size = own.output_size = 0;
    glia_status status = glia__header_read_count(header, GLIA__FIELD_SEED, &own.seed);
    if (status != GLIA_OK)
        return status;
    size_t size = header->fields[GLIA__FIELD_ARCHITECTURE].length + 1;
    char *architecture = glia__allocate(&setup->allocator, size);
    if (architecture == NULL)
        return GLIA_ERR_NOMEM;
    status = glia__header_copy_field(header, GLIA__FIELD_ARCHITECTURE, architecture, size);
    if (status == GLIA_OK)
        status = as_format(glia__network_plan(network, architecture, &own));
    glia__release(&setup->allocator, architecture, size);
    return status;
}

static glia_status read_loss(const glia__header *header, glia__loss *loss, const glia__network *network)
{
    char text[GLIA__FIELD_TEXT_SIZE];
    glia_status status = glia__header_copy_field(header, GLIA__FIELD_LOSS, text, sizeof text);
    return status != GLIA_OK ? status : as_format(glia__loss_read(loss, text, network));
}

static glia_status read_optimizer(const glia__header *header, glia__trainer *trainer)
{
    char text[GLIA__FIELD_TEXT_SIZE];
    if (header->fields[GLIA__FIELD_OPTIMIZER].begin == 0)
        return glia__trainer_set_optimizer(trainer, NULL);
    glia_status status = glia__header_copy_field(header, GLIA__FIELD_OPTIMIZER, text, sizeof text);
    return status != GLIA_OK ? status : as_format(glia__trainer_set_optimizer(trainer, text));
}

/* What training counts: as many as random numbers have passes, which nobody reaches. */
static glia_status read_counter(const glia__header *header, size_t field, uint64_t *count)
{
    glia_status status = glia__header_read_count(header, field, count);
    if (status == GLIA_OK && *count >= UINT64_C(1) << 48)
        return glia__refuse_model("it counts to 2^48 or more");
    return status;
}

static glia_status read_trainer(const glia__header *header, glia__trainer *trainer, glia__network *network)
{
    glia__trainer_begin(trainer, network);
    glia_status status = read_loss(header, &trainer->loss, network);
    if (status == GLIA_OK)
        status = read_optimizer(header, trainer);
    if (status == GLIA_OK)
        status = read_counter(header, GLIA__FIELD_EPOCHS, &trainer->epoch_count);
    if (status == GLIA_OK)
        status = read_counter(header, GLIA__FIELD_PASSES, &trainer->pass_count);
    if (status == GLIA_OK)
        status = read_counter(header, GLIA__FIELD_STEPS, &trainer->step_count);
    if (status == GLIA_OK && trainer->step_count > 0 && trainer->optimizer.type == NULL)
        status = glia__refuse_model("it counts steps of no optimizer");
    return status;
}

static glia_status read_number_format(const glia__header *header, const glia__number_format **format)
{
    char name[8];
    glia_status status = glia__header_copy_field(header, GLIA__FIELD_DTYPE, name, sizeof name);
    if (status != GLIA_OK)
        return status;
    for (size_t i = 0; i < sizeof glia__number_formats / sizeof *glia__number_formats; i++) {
        *format = &glia__number_formats[i];
        if (strcmp(name, (*format)->name) == 0)
            return GLIA_OK;
    }
    return glia__refuse_model("its numbers are neither F32 nor F64");
}

/* The header must be the one that this model has, and the file as long as its tensors are. */
static glia_status compare_header(const glia__header *header, const glia__model *model,
                                  const glia__number_format *format, uint32_t checksum)
{
    glia__comparing_sink sink = glia__comparing_sink_begin(header->origin, header->end);
    glia__model_encode_header(model, format, checksum, &sink.base);
    if (sink.base.status != GLIA_OK && sink.base.status != GLIA_ERR_FORMAT)
        return sink.base.status;
    if (sink.base.status != GLIA_OK || sink.base.size != header->end)
        return glia__refuse_model("its header does not go with its architecture");

    size_t left = header->origin->size - header->end;
    glia__tensor_place place;
    for (size_t i = 0; glia__model_tensor(model, i, &place); i++) {
        if (place.array->count > left / format->size)
            return glia__refuse_model("it is shorter than its tensors");
        left -= place.array->count * format->size;
    }
    return left == 0 ? GLIA_OK : glia__refuse_model("it is longer than its tensors");
}

static double read_value(const unsigned char *bytes, const glia__number_format *format)
{
    uint64_t bits = 0;
    for (size_t i = format->size; i-- > 0;)
        bits = bits << 8 | bytes[i];
    if (format->size == sizeof(double)) {
        double value;
        memcpy(&value, &bits, sizeof value);
        return value;
    }
    uint32_t short_bits = (uint32_t)bits;
    float value;
    memcpy(&value, &short_bits, sizeof value);
    return (double)value;
}

/* Where the next number of a tensor goes: [units, inputs] in the file, [inputs][units] in memory. */
typedef struct transposition {
    size_t rows, columns; /* in memory */
    size_t row, column;
} transposition;

static glia_status store_values(const glia__tensor_place *place, transposition *at, const unsigned char *bytes,
                                size_t count, const glia__number_format *format)
{
    for (size_t i = 0; i < count; i++, bytes += format->size) {
        double value = read_value(bytes, format);
        if (!(fabs(value) <= (double)REAL_MAX)) /* in this precision */
            return glia__fail(GLIA_ERR_FORMAT, "not a valid model: %s has a number that is not finite",
                              place->array->name);
        place->values[at->row * at->columns + at->column] = (real)value;
        if (++at->row == at->rows) {
            at->row = 0;
            at->column++;
        }
    }
    return GLIA_OK;
}

static glia_status read_tensor(glia__origin *origin, size_t begin, const glia__number_format *format,
                               const glia__tensor_place *place)
{
    const glia__array *array = place->array;
    transposition at = {.rows = array->count, .columns = 1};
    if (array->rank == 2)
        at = (transposition){.rows = array->shape[0], .columns = array->shape[1]};
    unsigned char stage[STAGE_SIZE];
    for (size_t left = array->count; left > 0;) {
        size_t count = left < STAGE_SIZE / format->size ? left : STAGE_SIZE / format->size;
        glia_status status = glia__origin_copy(origin, begin, stage, count * format->size);
        if (status == GLIA_OK)
            status = store_values(place, &at, stage, count, format);
        if (status != GLIA_OK)
            return status;
        begin += count * format->size;
        left -= count;
    }
    return GLIA_OK;
}

static glia_status read_tensors(const glia__header *header, glia__model *model, const glia__number_format *format)
{
    glia_status status = glia__network_allocate(model->network);
    if (status == GLIA_OK && model->trainer->step_count > 0)
        status = glia__trainer_reserve_states(model->trainer);
    size_t begin = header->end;
    glia__tensor_place place;
    for (size_t i = 0; status == GLIA_OK && glia__model_tensor(model, i, &place); i++) {
        status = read_tensor(header->origin, begin, format, &place);
        begin += place.array->count * format->size;
    }
    return status;
}

static glia_status check_widths(const glia__network *network, const glia__network_setup *setup)
{
    if (setup->input_size != 0 && setup->input_size != network->input_size)
        return glia__fail(GLIA_ERR_SHAPE, "the model has %zu inputs; %zu are wanted", network->input_size,
                          setup->input_size);
    if (setup->output_size != 0 && setup->output_size != network->output_size)
        return glia__fail(GLIA_ERR_SHAPE, "the model has %zu outputs; %zu are wanted", network->output_size,
                          setup->output_size);
    return GLIA_OK;
}

glia_status glia__model_build(glia__model *model, const glia__header *header, uint32_t checksum,
                              const glia__network_setup *setup)
{
    const glia__number_format *format;
    glia_status status = read_number_format(header, &format);
    if (status == GLIA_OK)
        status = read_network(header, model->network, setup);
    if (status == GLIA_OK)
        status = read_trainer(header, model->trainer, model->network);
    if (status == GLIA_OK)
        status = glia__header_read_metadata(header, model->metadata, &setup->allocator);
    if (status == GLIA_OK)
        status = compare_header(header, model, format, checksum);
    if (status == GLIA_OK)
        status = check_widths(model->network, setup);
    return status != GLIA_OK ? status : read_tensors(header, model, format);
}

glia_status glia__model_decode(glia__model *model, glia__origin *origin, const glia__network_setup *setup)
{
    glia__header header;
    uint32_t checksum;
    glia_status status = glia__header_find(&header, origin);
    if (status == GLIA_OK)
        status = glia__header_check_length(&header);
    if (status == GLIA_OK)
        status = glia__header_check_checksum(&header, &checksum);
    if (status == GLIA_OK)
        status = glia__header_check_version(&header);
    return status != GLIA_OK ? status : glia__model_build(model, &header, checksum, setup);
}
