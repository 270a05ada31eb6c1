/* SPDX-License-Identifier: MIT */
/* Writing a model: the canonical bytes, the same whatever sink takes them. */
#include <stdio.h>
#include <string.h>

#include "model/fields.h"
#include "model/model.h"

#define HEADER_ALIGNMENT 8
#define STAGE_SIZE       1024 /* bytes of a tensor encoded at a time */

static bool is_plain(char c)
{
    return c != '"' && c != '\\' && (unsigned char)c >= 0x20;
}

/* A JSON string: only what must be escaped is, control characters as \u00xx. */
static void write_string(glia__sink *sink, const char *text)
{
    glia__sink_text(sink, "\"");
    while (*text != '\0') {
        size_t plain = 0;
        while (text[plain] != '\0' && is_plain(text[plain]))
            plain++;
        glia__sink_write(sink, text, plain);
        text += plain;
        if (*text == '\0')
            break;
        char escaped[8];
        snprintf(escaped, sizeof escaped, (unsigned char)*text < 0x20 ? "\\u%04x" : "\\%c", (unsigned char)*text);
        glia__sink_text(sink, escaped);
        text++;
    }
    glia__sink_text(sink, "\"");
}

/* "key":"value", with a comma in front of all but the first. */
static void write_pair(glia__sink *sink, const char *key, const char *value, bool *is_first)
{
    if (!*is_first)
        glia__sink_text(sink, ",");
    *is_first = false;
    write_string(sink, key);
    glia__sink_text(sink, ":");
    write_string(sink, value);
}

static void write_field_value(const glia__model *model, const glia__number_format *format, uint32_t checksum,
                              size_t field, glia__writer *writer)
{
    char digits[9];
    switch (field) {
    case GLIA__FIELD_CHECKSUM:
        snprintf(digits, sizeof digits, "%08x", (unsigned)checksum);
        glia__write_text(writer, digits);
        break;
    case GLIA__FIELD_DTYPE:
        glia__write_text(writer, format->name);
        break;
    case GLIA__FIELD_EPOCHS:
        glia__write_count(writer, model->trainer->epoch_count);
        break;
    case GLIA__FIELD_FORMAT:
        glia__write_count(writer, GLIA__FORMAT_VERSION);
        break;
    case GLIA__FIELD_LOSS:
        glia__loss_write(writer, &model->trainer->loss);
        break;
    case GLIA__FIELD_OPTIMIZER:
        if (model->trainer->optimizer.type != NULL)
            glia__optimizer_write(writer, &model->trainer->optimizer);
        break;
    case GLIA__FIELD_PASSES:
        glia__write_count(writer, model->trainer->pass_count);
        break;
    case GLIA__FIELD_SEED:
        glia__write_count(writer, model->network->seed);
        break;
    case GLIA__FIELD_STEPS:
        glia__write_count(writer, model->trainer->step_count);
        break;
    default:
        break;
    }
}

static void write_fields(const glia__model *model, const glia__number_format *format, uint32_t checksum,
                         glia__sink *sink, bool *is_first)
{
    for (size_t field = 0; field < GLIA__FIELDS; field++) {
        char text[GLIA__FIELD_TEXT_SIZE] = "";
        glia__writer writer = {.buffer = text, .capacity = sizeof text};
        write_field_value(model, format, checksum, field, &writer);
        const char *value = field == GLIA__FIELD_ARCHITECTURE ? model->network->architecture : text;
        if (*value != '\0')
            write_pair(sink, glia__field_names[field], value, is_first);
    }
}

/* All keys in ascending order: the caller's before and behind those that begin with "glia.". */
static void write_metadata(const glia__model *model, const glia__number_format *format, uint32_t checksum,
                           glia__sink *sink)
{
    bool is_first = true;
    size_t i = 0;
    const glia__metadata_entry *entry = glia__metadata_at(model->metadata, i);
    for (; entry != NULL && strcmp(entry->key, GLIA__FIELD_PREFIX) < 0; entry = glia__metadata_at(model->metadata, ++i))
        write_pair(sink, entry->key, entry->value, &is_first);
    write_fields(model, format, checksum, sink, &is_first);
    for (; entry != NULL; entry = glia__metadata_at(model->metadata, ++i))
        write_pair(sink, entry->key, entry->value, &is_first);
}

/* ,"0.weight":{"dtype":"F32","shape":[3,2],"data_offsets":[0,24]} */
static void write_tensor_entry(glia__sink *sink, const glia__tensor_place *place, const glia__number_format *format,
                               uint64_t *offset)
{
    char text[256];
    glia__writer writer = {.buffer = text, .capacity = sizeof text};
    const glia__array *array = place->array;
    uint64_t end = *offset + (uint64_t)array->count * format->size;

    glia__write_text(&writer, ",\"");
    if (place->state_name != NULL) {
        glia__write_text(&writer, GLIA__FIELD_PREFIX);
        glia__write_text(&writer, place->state_name);
        glia__write_text(&writer, ".");
    }
    glia__write_text(&writer, array->name);
    glia__write_text(&writer, "\":{\"dtype\":\"");
    glia__write_text(&writer, format->name);
    glia__write_text(&writer, "\",\"shape\":[");
    for (size_t i = array->rank; i-- > 0;) { /* [inputs][units] in memory is [units, inputs] in the file */
        glia__write_count(&writer, array->shape[i]);
        glia__write_text(&writer, i > 0 ? "," : "");
    }
    glia__write_text(&writer, "],\"data_offsets\":[");
    glia__write_count(&writer, *offset);
    glia__write_text(&writer, ",");
    glia__write_count(&writer, end);
    glia__write_text(&writer, "]}");
    *offset = end;
    glia__sink_text(sink, text);
}

static void write_json(const glia__model *model, const glia__number_format *format, uint32_t checksum, glia__sink *sink)
{
    glia__tensor_place place;
    uint64_t offset = 0;
    glia__sink_text(sink, "{\"__metadata__\":{");
    write_metadata(model, format, checksum, sink);
    glia__sink_text(sink, "}");
    for (size_t i = 0; glia__model_tensor(model, i, &place); i++)
        write_tensor_entry(sink, &place, format, &offset);
    glia__sink_text(sink, "}");
}

static void write_little_endian(unsigned char *bytes, uint64_t number, size_t size)
{
    for (size_t i = 0; i < size; i++)
        bytes[i] = (unsigned char)(number >> (8 * i));
}

void glia__model_encode_header(const glia__model *model, const glia__number_format *format, uint32_t checksum,
                               glia__sink *sink)
{
    glia__sink counted = glia__counting_sink();
    write_json(model, format, checksum, &counted);
    uint64_t padding = (HEADER_ALIGNMENT - counted.size % HEADER_ALIGNMENT) % HEADER_ALIGNMENT;

    unsigned char length[8];
    write_little_endian(length, counted.size + padding, sizeof length);
    glia__sink_write(sink, length, sizeof length);
    write_json(model, format, checksum, sink);
    glia__sink_write(sink, "        ", (size_t)padding);
}

static uint64_t bits_of(real value)
{
#ifdef GLIA_REAL_IS_DOUBLE
    uint64_t bits;
#else
    uint32_t bits;
#endif
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* A matrix [inputs][units] goes into the file column by column, as [units, inputs]. */
static void write_values(glia__sink *sink, const glia__tensor_place *place)
{
    const glia__array *array = place->array;
    size_t rows = array->rank == 2 ? array->shape[0] : array->count;
    size_t columns = array->rank == 2 ? array->shape[1] : 1;
    unsigned char stage[STAGE_SIZE];
    size_t staged = 0;
    for (size_t column = 0; column < columns; column++) {
        for (size_t row = 0; row < rows; row++) {
            write_little_endian(stage + staged, bits_of(place->values[row * columns + column]), sizeof(real));
            staged += sizeof(real);
            if (staged == sizeof stage) {
                glia__sink_write(sink, stage, staged);
                staged = 0;
            }
        }
    }
    glia__sink_write(sink, stage, staged);
}

void glia__model_encode(const glia__model *model, uint32_t checksum, glia__sink *sink)
{
    glia__tensor_place place;
    glia__model_encode_header(model, glia__number_format_of_real(), checksum, sink);
    for (size_t i = 0; glia__model_tensor(model, i, &place); i++)
        write_values(sink, &place);
}

uint32_t glia__model_checksum(const glia__model *model, uint64_t *size)
{
    glia__checksum_sink sink = glia__checksum_sink_begin();
    glia__model_encode(model, 0, &sink.base);
    *size = sink.base.size;
    return sink.crc;
}
