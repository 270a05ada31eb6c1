/* SPDX-License-Identifier: MIT */
/* Finding one's way in the header of a model file. It is read once from front to back, byte by byte, and nothing of it
 * is kept but where the fields stand: that takes no memory, however long the header says it is. */
#include "model/header.h"

#include <string.h>

#include "base/crc32c.h"
#include "base/utf8.h"

#define LENGTH_SIZE     8 /* bytes in front of the header that say how long it is */
#define CHECKSUM_DIGITS 8
#define COUNT_SIZE      24 /* holds the digits of any number of 64 bits, and a few too many */
#define PADDING_MAX     7
#define END_OF_HEADER   (-1)
#define METADATA_BEGIN  "{\"__metadata__\":{"

glia_status glia__refuse_model(const char *why)
{
    return glia__fail(GLIA_ERR_FORMAT, "not a valid model: %s", why);
}

/* A place in the header. */
typedef struct cursor {
    glia__origin *origin;
    glia_status status; /* of the origin */
    size_t at, end;
    glia__piece piece; /* from `at` on; empty where it has to be asked for again */
} cursor;

static cursor cursor_begin(const glia__header *header)
{
    return (cursor){.origin = header->origin, .at = LENGTH_SIZE, .end = header->end};
}

/* The byte at the cursor, or END_OF_HEADER. */
static int peek(cursor *in)
{
    if (in->piece.size == 0 && in->at < in->end && in->status == GLIA_OK)
        in->status = glia__origin_lend(in->origin, in->at, in->end, &in->piece);
    return in->piece.size == 0 || in->status != GLIA_OK ? END_OF_HEADER : in->piece.bytes[0];
}

static void advance(cursor *in)
{
    in->at++;
    in->piece.bytes++;
    in->piece.size--;
}

static bool skip(cursor *in, const char *text)
{
    for (; *text != '\0'; text++) {
        if (peek(in) != (unsigned char)*text)
            return false;
        advance(in);
    }
    return true;
}

/* Characters below U+0020 are escaped in a header of ours, so that one of them ends the search, as the header's end
 * does. */
static bool read_string(cursor *in, glia__span *string)
{
    if (!skip(in, "\""))
        return false;
    string->begin = in->at;
    while (peek(in) != '"') {
        bool is_escape = peek(in) == '\\';
        if (is_escape)
            advance(in);
        if (peek(in) < 0x20)
            return false;
        advance(in);
    }
    string->length = in->at - string->begin;
    advance(in);
    return true;
}

/* The origin's own failure, or that of the file. */
static glia_status fail_at(const cursor *in, const char *why)
{
    return in->status != GLIA_OK ? in->status : glia__refuse_model(why);
}

/* Which field has this key; GLIA__FIELDS: it is the caller's. */
static glia_status find_field(const glia__header *header, const glia__span *key, size_t *field)
{
    char text[32]; /* longer than any of their names */
    *field = GLIA__FIELDS;
    if (key->length >= sizeof text)
        return GLIA_OK;
    glia_status status = glia__origin_copy(header->origin, key->begin, text, key->length);
    if (status != GLIA_OK)
        return status;
    for (size_t i = 0; i < GLIA__FIELDS; i++)
        if (strlen(glia__field_names[i]) == key->length && memcmp(glia__field_names[i], text, key->length) == 0)
            *field = i;
    return GLIA_OK;
}

/* "key":"value" in the metadata. */
typedef struct pair {
    glia__span key, value;
    size_t field; /* whose it is; GLIA__FIELDS: the caller's */
} pair;

/* Step to the next pair; *is_end says that there was none. Between calls the origin may be asked for other bytes. */
static glia_status next_pair(cursor *in, const glia__header *header, pair *next, bool *is_end)
{
    static const char damaged[] = "its header is damaged";
    bool is_first = in->at == LENGTH_SIZE;
    *is_end = false;
    in->piece.size = 0;
    if (is_first && !skip(in, METADATA_BEGIN))
        return fail_at(in, "it does not begin as one");
    *is_end = !is_first && !skip(in, ",");
    if (*is_end)
        return skip(in, "}") ? GLIA_OK : fail_at(in, damaged);
    if (!read_string(in, &next->key) || !skip(in, ":") || !read_string(in, &next->value))
        return fail_at(in, damaged);
    return find_field(header, &next->key, &next->field);
}

static glia_status find_fields(glia__header *header)
{
    cursor in = cursor_begin(header);
    for (;;) {
        pair next;
        bool is_end;
        glia_status status = next_pair(&in, header, &next, &is_end);
        if (status != GLIA_OK || is_end)
            return status;
        if (next.field < GLIA__FIELDS)
            header->fields[next.field] = next.value;
        else
            header->key_count++;
    }
}

static size_t read_length(const unsigned char bytes[LENGTH_SIZE])
{
    uint64_t length = 0;
    for (size_t i = LENGTH_SIZE; i-- > 0;)
        length = length << 8 | bytes[i];
    return length <= SIZE_MAX ? (size_t)length : SIZE_MAX;
}

glia_status glia__header_find(glia__header *header, glia__origin *origin)
{
    unsigned char bytes[LENGTH_SIZE];
    *header = (glia__header){.origin = origin};
    if (origin->size < LENGTH_SIZE)
        return glia__refuse_model("it is too short");
    glia_status status = glia__origin_copy(origin, 0, bytes, LENGTH_SIZE);
    if (status != GLIA_OK)
        return status;
    size_t length = read_length(bytes);
    if (length > origin->size - LENGTH_SIZE)
        return glia__refuse_model("it is shorter than its header says");
    header->end = LENGTH_SIZE + length;
    return find_fields(header);
}

static bool read_digits(const char *text, uint64_t *number)
{
    *number = 0;
    if (*text == '\0')
        return false;
    for (; *text != '\0'; text++) {
        unsigned digit = (unsigned)((unsigned char)*text - '0');
        if (digit > 9 || *number > (UINT64_MAX - digit) / 10)
            return false;
        *number = *number * 10 + digit;
    }
    return true;
}

/* Where the last tensor ends, which is the last number of a header of ours: ...,"data_offsets":[60,68]}} and padding.
 * false: this is no such header. */
static bool find_last_offset(char *tail, size_t length, uint64_t *offset)
{
    static const char closing[] = "]}}";
    for (int i = 0; i < PADDING_MAX && length > 0 && tail[length - 1] == ' '; i++)
        length--;
    if (length < strlen(closing) || memcmp(tail + length - strlen(closing), closing, strlen(closing)) != 0)
        return false;
    tail[length - strlen(closing)] = '\0';
    const char *comma = strrchr(tail, ',');
    return comma != NULL && read_digits(comma + 1, offset);
}

glia_status glia__header_check_length(const glia__header *header)
{
    char tail[PADDING_MAX + sizeof "]}}" + COUNT_SIZE];
    size_t length = sizeof tail - 1, data_size = header->origin->size - header->end;
    if (length > header->end - LENGTH_SIZE)
        length = header->end - LENGTH_SIZE;
    glia_status status = glia__origin_copy(header->origin, header->end - length, tail, length);
    if (status != GLIA_OK)
        return status;
    tail[length] = '\0';
    uint64_t offset;
    if (!find_last_offset(tail, length, &offset) || offset == data_size)
        return GLIA_OK;
    return glia__refuse_model(offset > data_size ? "it is shorter than its tensors" : "it is longer than its tensors");
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_hex(const char text[CHECKSUM_DIGITS], uint32_t *number)
{
    *number = 0;
    for (size_t i = 0; i < CHECKSUM_DIGITS; i++) {
        if (hex_digit(text[i]) < 0)
            return false;
        *number = *number << 4 | (uint32_t)hex_digit(text[i]);
    }
    return true;
}

glia_status glia__header_check_checksum(const glia__header *header, uint32_t *checksum)
{
    char digits[CHECKSUM_DIGITS];
    const glia__span *field = &header->fields[GLIA__FIELD_CHECKSUM];
    glia_status status = GLIA_OK;
    if (field->length == CHECKSUM_DIGITS)
        status = glia__origin_copy(header->origin, field->begin, digits, sizeof digits);
    if (status != GLIA_OK)
        return status;
    if (field->length != CHECKSUM_DIGITS || !read_hex(digits, checksum))
        return glia__refuse_model("it has no checksum");

    uint32_t crc = 0;
    status = glia__origin_add_checksum(header->origin, 0, field->begin, &crc);
    crc = glia__crc32c(crc, "00000000", CHECKSUM_DIGITS);
    if (status == GLIA_OK)
        status = glia__origin_add_checksum(header->origin, field->begin + CHECKSUM_DIGITS, header->origin->size, &crc);
    if (status != GLIA_OK)
        return status;
    return crc == *checksum ? GLIA_OK : glia__refuse_model("its checksum is wrong, so it is damaged");
}

glia_status glia__header_check_version(const glia__header *header)
{
    uint64_t version;
    if (header->fields[GLIA__FIELD_FORMAT].begin == 0)
        return glia__refuse_model("its format has no version");
    glia_status status = glia__header_read_count(header, GLIA__FIELD_FORMAT, &version);
    if (status != GLIA_OK)
        return status;
    if (version > GLIA__FORMAT_VERSION)
        return glia__fail(GLIA_ERR_UNSUPPORTED, "a model of format %llu; this library reads up to %d: update it",
                          (unsigned long long)version, GLIA__FORMAT_VERSION);
    for (size_t i = 0; i < GLIA__FIELDS; i++)
        if (header->fields[i].begin == 0 && i != GLIA__FIELD_OPTIMIZER)
            return glia__fail(GLIA_ERR_FORMAT, "not a valid model: %s is missing", glia__field_names[i]);
    return GLIA_OK;
}

glia_status glia__header_copy_field(const glia__header *header, size_t field, char *text, size_t size)
{
    const glia__span *span = &header->fields[field];
    if (span->length >= size)
        return glia__fail(GLIA_ERR_FORMAT, "not a valid model: %s is too long", glia__field_names[field]);
    text[span->length] = '\0';
    return glia__origin_copy(header->origin, span->begin, text, span->length);
}

glia_status glia__header_read_count(const glia__header *header, size_t field, uint64_t *count)
{
    char text[COUNT_SIZE];
    glia_status status = glia__header_copy_field(header, field, text, sizeof text);
    if (status != GLIA_OK || read_digits(text, count))
        return status;
    return glia__fail(GLIA_ERR_FORMAT, "not a valid model: %s is no number", glia__field_names[field]);
}

/* Undo, in place, the escapes that the encoder makes, and no others. text[length] must be there. */
static bool unescape(char *text, size_t length)
{
    const char *at = text, *end = text + length;
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

/* Keep the texts of a pair as they stand in the file; both have room for a 0 behind them. */
static glia_status keep_texts(glia__metadata *metadata, const glia__allocator *allocator, char *key, size_t key_length,
                              char *value, size_t value_length)
{
    if (!unescape(key, key_length) || !unescape(value, value_length) || !glia__metadata_key_is_free(key) ||
        !glia__utf8_is_valid(value))
        return glia__refuse_model("its metadata is damaged");
    if (metadata->count > 0 && strcmp(glia__metadata_at(metadata, metadata->count - 1)->key, key) >= 0)
        return glia__refuse_model("its metadata is not in order");
    return glia__metadata_set(metadata, allocator, key, value);
}

static glia_status keep_pair(glia__origin *origin, const pair *kept, glia__metadata *metadata,
                             const glia__allocator *allocator)
{
    size_t size = kept->key.length + kept->value.length + 2; /* no more than the quotes around them took in the file */
    char *key = glia__allocate(allocator, size);
    if (key == NULL)
        return GLIA_ERR_NOMEM;
    char *value = key + kept->key.length + 1;
    glia_status status = glia__origin_copy(origin, kept->key.begin, key, kept->key.length);
    if (status == GLIA_OK)
        status = glia__origin_copy(origin, kept->value.begin, value, kept->value.length);
    if (status == GLIA_OK)
        status = keep_texts(metadata, allocator, key, kept->key.length, value, kept->value.length);
    glia__release(allocator, key, size);
    return status;
}

glia_status glia__header_read_metadata(const glia__header *header, glia__metadata *metadata,
                                       const glia__allocator *allocator)
{
    cursor in = cursor_begin(header);
    glia_status status = glia__metadata_reserve(metadata, allocator, header->key_count);
    if (status != GLIA_OK)
        return status;
    for (;;) {
        pair next;
        bool is_end;
        status = next_pair(&in, header, &next, &is_end);
        if (status == GLIA_OK && !is_end && next.field == GLIA__FIELDS)
            status = keep_pair(header->origin, &next, metadata, allocator);
        if (status != GLIA_OK || is_end)
            return status;
    }
}
