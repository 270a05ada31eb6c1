/* SPDX-License-Identifier: MIT */
/* Reading a model from bytes that nobody vouches for. */
#include <string.h>

#include "base/crc32c.h"
#include "base/size.h"
#include "base/utf8.h"
#include "model/fields.h"
#include "model/model.h"

#define LENGTH_SIZE    8 /* bytes in front of the header that say how long it is */
#define METADATA_BEGIN "{\"__metadata__\":{"

/* Bytes of the file. */
typedef struct span {
    const char *begin;
    size_t length;
} span;

/* What is being read. */
typedef struct reader {
    const char *bytes;
    size_t size;
    const char *at, *end; /* in the header */
    span fields[GLIA__FIELDS];
} reader;

static glia_status refuse(const char *why)
{
    return glia__fail(GLIA_ERR_FORMAT, "not a valid model: %s", why);
}

static uint64_t read_little_endian(const char *bytes, size_t size)
{
    uint64_t number = 0;
    for (size_t i = size; i-- > 0;)
        number = number << 8 | (unsigned char)bytes[i];
    return number;
}

static bool skip(reader *in, const char *text)
{
    size_t length = strlen(text);
    if ((size_t)(in->end - in->at) < length || memcmp(in->at, text, length) != 0)
        return false;
    in->at += length;
    return true;
}

/* A string as it stands in the file, between its quotes. */
static bool read_string(reader *in, span *string)
{
    if (!skip(in, "\""))
        return false;
    string->begin = in->at;
    for (; in->at < in->end && *in->at != '"'; in->at++)
        if (*in->at == '\\' && ++in->at == in->end)
            return false;
    if (in->at == in->end)
        return false;
    string->length = (size_t)(in->at++ - string->begin);
    return true;
}

static bool read_pair(reader *in, span *key, span *value)
{
    return read_string(in, key) && skip(in, ":") && read_string(in, value);
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Undo the escapes that the encoder makes, and no others. text: string->length + 1 bytes. */
static bool unescape(char *text, const span *string)
{
    const char *at = string->begin, *end = at + string->length;
    while (at < end) {
        if (*at != '\\') {
            *text++ = *at++;
        } else if (at[1] == '"' || at[1] == '\\') {
            *text++ = at[1];
            at += 2;
        } else {
            if (end - at < 6 || memcmp(at, "\\u00", 4) != 0 || hex_digit(at[4]) < 0 || hex_digit(at[5]) < 0)
                return false;
            *text++ = (char)(hex_digit(at[4]) << 4 | hex_digit(at[5]));
            at += 6;
        }
        if (text[-1] == '\0')
            return false;
    }
    *text = '\0';
    return true;
}

static bool span_is(const span *string, const char *text)
{
    return string->length == strlen(text) && memcmp(string->begin, text, string->length) == 0;
}

/* Keep a pair of the caller's metadata. */
static glia_status keep_pair(glia__metadata *metadata, const glia__allocator *allocator, const span *key,
                             const span *value)
{
    size_t size = key->length + value->length + 2;
    char *texts = glia__allocate(allocator, size);
    if (texts == NULL)
        return GLIA_ERR_NOMEM;
    char *value_text = texts + key->length + 1;
    glia_status status;
    if (!unescape(texts, key) || !unescape(value_text, value) || !glia__metadata_key_is_free(texts) ||
        !glia__utf8_is_valid(value_text))
        status = refuse("its metadata is damaged");
    else if (metadata->count > 0 && strcmp(glia__metadata_at(metadata, metadata->count - 1)->key, texts) >= 0)
        status = refuse("its metadata is not in order");
    else
        status = glia__metadata_set(metadata, allocator, texts, value_text);
    glia__release(allocator, texts, size);
    return status;
}

/* Find the fields, and step over the pairs that are not libglia's; with `metadata`, keep those. */
static glia_status read_metadata(reader *in, glia__metadata *metadata, const glia__allocator *allocator)
{
    static const char damaged[] = "its header is damaged";
    in->at = in->bytes + LENGTH_SIZE;
    if (!skip(in, METADATA_BEGIN))
        return refuse("it does not begin as one");
    do {
        span key, value;
        if (!read_pair(in, &key, &value))
            return refuse(damaged);
        size_t field = 0;
        while (field < GLIA__FIELDS && !span_is(&key, glia__field_names[field]))
            field++;
        if (field < GLIA__FIELDS) {
            in->fields[field] = value;
        } else if (metadata != NULL) {
            glia_status status = keep_pair(metadata, allocator, &key, &value);
            if (status != GLIA_OK)
                return status;
        }
    } while (skip(in, ","));
    return skip(in, "}") ? GLIA_OK : refuse(damaged);
}

/* Decimal digits that fit 64 bits; leading zeros are found when the header is compared. */
static bool read_count(const span *field, uint64_t *count)
{
    *count = 0;
    for (size_t i = 0; i < field->length; i++) {
        unsigned digit = (unsigned)((unsigned char)field->begin[i] - '0');
        if (digit > 9 || *count > (UINT64_MAX - digit) / 10)
            return false;
        *count = *count * 10 + digit;
    }
    return field->length > 0;
}

/* Something that training counts: as many as random numbers have passes, which nobody reaches. */
static bool read_counter(const span *field, uint64_t *count)
{
    return read_count(field, count) && *count < UINT64_C(1) << 48;
}

static bool read_checksum(const span *field, uint32_t *checksum)
{
    *checksum = 0;
    for (size_t i = 0; i < field->length; i++) {
        if (hex_digit(field->begin[i]) < 0)
            return false;
        *checksum = *checksum << 4 | (uint32_t)hex_digit(field->begin[i]);
    }
    return field->length == 8;
}

static glia_status check_checksum(const reader *in)
{
    const span *field = &in->fields[GLIA__FIELD_CHECKSUM];
    uint32_t stored;
    if (field->begin == NULL || !read_checksum(field, &stored))
        return refuse("it has no checksum");
    size_t before = (size_t)(field->begin - in->bytes);
    uint32_t crc = glia__crc32c(0, in->bytes, before);
    crc = glia__crc32c(crc, "00000000", 8);
    crc = glia__crc32c(crc, field->begin + 8, in->size - before - 8);
    return crc == stored ? GLIA_OK : refuse("its checksum is wrong, so it is damaged");
}

static glia_status check_fields(const reader *in)
{
    uint64_t version;
    if (in->fields[GLIA__FIELD_FORMAT].begin == NULL || !read_count(&in->fields[GLIA__FIELD_FORMAT], &version))
        return refuse("its format has no version");
    if (version > GLIA__FORMAT_VERSION)
        return glia__fail(GLIA_ERR_UNSUPPORTED, "a model of format %llu; this library reads up to %d: update it",
                          (unsigned long long)version, GLIA__FORMAT_VERSION);
    for (size_t i = 0; i < GLIA__FIELDS; i++)
        if (in->fields[i].begin == NULL && i != GLIA__FIELD_OPTIMIZER)
            return glia__fail(GLIA_ERR_FORMAT, "not a valid model: %s is missing", glia__field_names[i]);
    return GLIA_OK;
}

static glia_status begin(reader *in, const void *bytes, size_t size)
{
    *in = (reader){.bytes = bytes, .size = size};
    if (size < LENGTH_SIZE)
        return refuse("it is too short");
    uint64_t length = read_little_endian(in->bytes, LENGTH_SIZE);
    if (length > size - LENGTH_SIZE)
        return refuse("it is shorter than its header says");
    in->end = in->bytes + LENGTH_SIZE + (size_t)length;
    glia_status status = read_metadata(in, NULL, NULL);
    if (status == GLIA_OK)
        status = check_checksum(in);
    return status != GLIA_OK ? status : check_fields(in);
}

/* A message about a text in the file names the file's fault. */
static glia_status as_format(glia_status status)
{
    if (status != GLIA_ERR_TEXT && status != GLIA_ERR_SHAPE)
        return status;
    return glia__fail(GLIA_ERR_FORMAT, "not a valid model: %s", glia_error_message());
}

static glia_status read_network(const reader *in, glia__network *network, const glia__network_setup *setup)
{
    glia__network_setup own = *setup; /* the widths are compared later: a mismatch there is the caller's */
    own.input_size = own.output_size = 0;
    if (!read_count(&in->fields[GLIA__FIELD_SEED], &own.seed))
        return refuse("its seed is no number");
    const span *field = &in->fields[GLIA__FIELD_ARCHITECTURE];
    char *architecture = glia__allocate(&setup->allocator, field->length + 1);
    if (architecture == NULL)
        return GLIA_ERR_NOMEM;
    memcpy(architecture, field->begin, field->length);
    architecture[field->length] = '\0';
    glia_status status = as_format(glia__network_plan(network, architecture, &own));
    glia__release(&setup->allocator, architecture, field->length + 1);
    return status;
}

static bool read_text(char text[GLIA__FIELD_TEXT_SIZE], const span *field)
{
    if (field->length >= GLIA__FIELD_TEXT_SIZE)
        return false;
    memcpy(text, field->begin, field->length);
    text[field->length] = '\0';
    return true;
}

static glia_status read_trainer(const reader *in, glia__trainer *trainer, glia__network *network)
{
    char text[GLIA__FIELD_TEXT_SIZE];
    const span *optimizer = &in->fields[GLIA__FIELD_OPTIMIZER];
    glia__trainer_begin(trainer, network);
    if (!read_text(text, &in->fields[GLIA__FIELD_LOSS]))
        return refuse("its loss is too long");
    glia_status status = as_format(glia__loss_read(&trainer->loss, text, network));
    if (status != GLIA_OK)
        return status;
    if (optimizer->begin != NULL && !read_text(text, optimizer))
        return refuse("its optimizer is too long");
    status = as_format(glia__trainer_set_optimizer(trainer, optimizer->begin == NULL ? NULL : text));
    if (status != GLIA_OK)
        return status;
    bool are_counts = read_counter(&in->fields[GLIA__FIELD_EPOCHS], &trainer->epoch_count) &&
                      read_counter(&in->fields[GLIA__FIELD_PASSES], &trainer->pass_count) &&
                      read_counter(&in->fields[GLIA__FIELD_STEPS], &trainer->step_count);
    if (!are_counts)
        return refuse("its counters are no numbers below 2^48");
    return trainer->step_count > 0 && optimizer->begin == NULL ? refuse("it counts steps of no optimizer") : GLIA_OK;
}

static const glia__number_format *find_number_format(const span *name)
{
    for (size_t i = 0; i < sizeof glia__number_formats / sizeof *glia__number_formats; i++)
        if (span_is(name, glia__number_formats[i].name))
            return &glia__number_formats[i];
    return NULL;
}

/* The header must be the one that this model has, and the file as long as its tensors are. */
static glia_status compare_header(const reader *in, const glia__model *model, const glia__number_format *format)
{
    uint32_t checksum;
    read_checksum(&in->fields[GLIA__FIELD_CHECKSUM], &checksum);
    size_t header_size = (size_t)(in->end - in->bytes);
    glia__comparing_sink sink = glia__comparing_sink_begin(in->bytes, header_size);
    glia__model_encode_header(model, format, checksum, &sink.base);
    if (sink.base.status != GLIA_OK || sink.base.size != header_size)
        return refuse("its header does not go with its architecture");

    size_t left = in->size - header_size;
    glia__tensor_place place;
    for (size_t i = 0; glia__model_tensor(model, i, &place); i++) {
        if (place.array->count > left / format->size)
            return refuse("it is shorter than its tensors");
        left -= place.array->count * format->size;
    }
    return left == 0 ? GLIA_OK : refuse("it is longer than its tensors");
}

static double read_value(const char *bytes, const glia__number_format *format)
{
    uint64_t bits = read_little_endian(bytes, format->size);
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

/* [units, inputs] in the file, [inputs][units] in memory. */
static glia_status read_tensor(const char *bytes, const glia__number_format *format, const glia__tensor_place *place)
{
    const glia__array *array = place->array;
    size_t rows = array->rank == 2 ? array->shape[0] : array->count;
    size_t columns = array->rank == 2 ? array->shape[1] : 1;
    for (size_t column = 0; column < columns; column++) {
        for (size_t row = 0; row < rows; row++, bytes += format->size) {
            double value = read_value(bytes, format);
            if (!(fabs(value) <= (double)REAL_MAX)) /* in this precision */
                return glia__fail(GLIA_ERR_FORMAT, "not a valid model: %s has a number that is not finite",
                                  array->name);
            place->values[row * columns + column] = (real)value;
        }
    }
    return GLIA_OK;
}

static glia_status read_tensors(const reader *in, glia__model *model, const glia__number_format *format)
{
    glia_status status = glia__network_allocate(model->network);
    if (status == GLIA_OK && model->trainer->step_count > 0)
        status = glia__trainer_reserve_states(model->trainer);
    const char *bytes = in->end;
    glia__tensor_place place;
    for (size_t i = 0; status == GLIA_OK && glia__model_tensor(model, i, &place); i++) {
        status = read_tensor(bytes, format, &place);
        bytes += place.array->count * format->size;
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

glia_status glia__model_decode(glia__model *model, const void *bytes, size_t size, const glia__network_setup *setup)
{
    reader in;
    glia_status status = begin(&in, bytes, size);
    if (status != GLIA_OK)
        return status;
    const glia__number_format *format = find_number_format(&in.fields[GLIA__FIELD_DTYPE]);
    if (format == NULL)
        return refuse("its numbers are neither F32 nor F64");

    status = read_network(&in, model->network, setup);
    if (status == GLIA_OK)
        status = read_trainer(&in, model->trainer, model->network);
    if (status == GLIA_OK)
        status = read_metadata(&in, model->metadata, &setup->allocator);
    if (status == GLIA_OK)
        status = compare_header(&in, model, format);
    if (status == GLIA_OK)
        status = check_widths(model->network, setup);
    return status != GLIA_OK ? status : read_tensors(&in, model, format);
}
