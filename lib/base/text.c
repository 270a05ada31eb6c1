/* SPDX-License-Identifier: MIT */
/* The one parser for every text of the library, and the canonical form that it reads back. */
#include "base/text.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/number.h"

#define QUOTED_MAX      40                 /* bytes of a caller's word that a message repeats */
#define EXPLANATION_MAX 400                /* bytes for what is wrong and what is accepted */
#define COUNT_MAX       9007199254740992.0 /* 2^53: every whole number up to it is a double */

/* "value" or "key=value" as it stands in the text. */
typedef struct word {
    const char *key; /* NULL without = */
    size_t key_length;
    const char *value;
    size_t value_length;
    size_t position;
} word;

/* Room for a message as it is put together. */
typedef struct explanation {
    char text[EXPLANATION_MAX];
    glia__writer writer;
} explanation;

static void explain(explanation *why)
{
    why->writer = (glia__writer){.buffer = why->text, .capacity = sizeof why->text};
    why->text[0] = '\0';
}

static void write_quoted(glia__writer *writer, const char *bytes, size_t length)
{
    glia__write_text(writer, "'");
    glia__write_bytes(writer, bytes, length < QUOTED_MAX ? length : QUOTED_MAX);
    glia__write_text(writer, length <= QUOTED_MAX ? "'" : "...'");
}

/* ", " before every name of a list but the first. */
static void write_listed(glia__writer *writer, size_t *count, const char *name)
{
    if ((*count)++ > 0)
        glia__write_text(writer, ", ");
    glia__write_text(writer, name);
}

void glia__write_names(glia__writer *writer, const glia__vocabulary *vocabulary)
{
    size_t count = 0;
    for (size_t i = 0; vocabulary->entry(i) != NULL; i++)
        write_listed(writer, &count, vocabulary->entry(i)->name);
}

static void write_words(glia__writer *writer, const char *const *words)
{
    size_t count = 0;
    for (; *words != NULL; words++)
        write_listed(writer, &count, *words);
}

static void write_settings(glia__writer *writer, const glia__entry *entry, size_t *count)
{
    for (size_t i = 0; entry != NULL && i < entry->setting_count; i++) {
        write_listed(writer, count, entry->settings[i].name);
        if (!entry->settings[i].is_positional)
            glia__write_text(writer, "=");
    }
}

glia_status glia__text_fail(const glia__text *text, glia_status status, size_t position, const char *message)
{
    size_t line = 1, line_begin = 0;
    for (size_t i = 0; i < position; i++) {
        if (text->begin[i] != '\n')
            continue;
        line++;
        line_begin = i + 1;
    }
    size_t column = position - line_begin + 1;
    if (strchr(text->begin, '\n') == NULL)
        return glia__fail(status, "%s, column %zu: %s", text->what, column, message);
    return glia__fail(status, "%s, line %zu, column %zu: %s", text->what, line, column, message);
}

glia__text glia__text_begin(const char *what, const char *text, const glia__vocabulary *vocabulary)
{
    return (glia__text){.what = what, .begin = text, .at = text, .vocabulary = vocabulary};
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static bool ends_item(char c)
{
    return c == ',' || c == '\n' || c == '#' || c == '\0';
}

/* Go to where the next item begins; text->at is at the terminating 0 if there is none. */
static glia_status skip_to_item(glia__text *text)
{
    for (;; text->at++) {
        if (*text->at == '#')
            text->at += strcspn(text->at, "\n");
        if (*text->at == ',') {
            if (!text->has_item)
                break;
            text->has_item = false;
            text->has_comma = true;
        } else if (!is_blank(*text->at) && *text->at != '\n') {
            break;
        }
    }
    bool is_missing = *text->at == ',' || (*text->at == '\0' && text->has_comma && !text->has_item);
    if (!is_missing)
        return GLIA_OK;
    explanation why;
    explain(&why);
    glia__write_text(&why.writer, "expected: ");
    glia__write_text(&why.writer, text->vocabulary->what);
    return glia__text_fail(text, GLIA_ERR_TEXT, (size_t)(text->at - text->begin), why.text);
}

/* The next word of this item; false at the item's end. */
static bool next_word(glia__text *text, word *next)
{
    while (is_blank(*text->at))
        text->at++;
    if (ends_item(*text->at))
        return false;
    const char *begin = text->at;
    while (!is_blank(*text->at) && !ends_item(*text->at))
        text->at++;
    const char *equals = memchr(begin, '=', (size_t)(text->at - begin));
    *next = (word){.value = begin, .position = (size_t)(begin - text->begin)};
    if (equals != NULL) {
        next->key = begin;
        next->key_length = (size_t)(equals - begin);
        next->value = equals + 1;
    }
    next->value_length = (size_t)(text->at - next->value);
    return true;
}

static bool is_name(const char *name, const char *bytes, size_t length)
{
    return strlen(name) == length && memcmp(name, bytes, length) == 0;
}

static const glia__entry *find_entry(const glia__vocabulary *vocabulary, const char *bytes, size_t length,
                                     size_t *index)
{
    for (size_t i = 0; vocabulary->entry(i) != NULL; i++) {
        *index = i;
        if (is_name(vocabulary->entry(i)->name, bytes, length))
            return vocabulary->entry(i);
    }
    return NULL;
}

static glia__named named_default(const glia__entry *entry)
{
    glia__named named = {.entry = entry};
    assert(entry->setting_count <= GLIA__SETTINGS_MAX);
    for (size_t i = 0; i < entry->setting_count; i++)
        named.values[i] = entry->settings[i].value;
    return named;
}

glia__item glia__item_default(const glia__entry *entry)
{
    glia__item item = {.self = named_default(entry)};
    for (size_t i = 0; i < entry->setting_count; i++)
        if (entry->settings[i].kind == GLIA__NAME)
            item.choice = named_default(entry->settings[i].names->entry((size_t)entry->settings[i].value));
    return item;
}

static glia_status fail_unknown(const glia__text *text, const word *at, const char *what, const char *bytes,
                                size_t length, const explanation *accepted)
{
    explanation why;
    explain(&why);
    glia__write_text(&why.writer, "unknown ");
    glia__write_text(&why.writer, what);
    glia__write_text(&why.writer, " ");
    write_quoted(&why.writer, bytes, length);
    glia__write_text(&why.writer, "; accepted: ");
    glia__write_text(&why.writer, accepted->writer.length > 0 ? accepted->text : "none");
    return glia__text_fail(text, GLIA_ERR_TEXT, at->position, why.text);
}

/* "learning_rate wants a number, at least 0, not 'x'" */
static glia_status fail_value(const glia__text *text, const word *at, const glia__setting *setting)
{
    explanation why;
    explain(&why);
    glia__writer *writer = &why.writer;
    glia__write_text(writer, setting->name);
    if (setting->kind == GLIA__CHOICE) {
        glia__write_text(writer, " wants one of ");
        write_words(writer, setting->words);
    } else if (setting->kind == GLIA__NAME) {
        glia__write_text(writer, " wants one of ");
        glia__write_names(writer, setting->names);
    } else {
        glia__write_text(writer,
                         setting->kind == GLIA__COUNT ? " wants a whole number from " : " wants a number from ");
        glia__write_number(writer, setting->minimum);
        if (setting->maximum < COUNT_MAX) {
            glia__write_text(writer, setting->is_below ? " to below " : " to ");
            glia__write_number(writer, setting->maximum);
        }
        if (setting->zero_word != NULL) {
            glia__write_text(writer, ", or ");
            glia__write_text(writer, setting->zero_word);
        }
    }
    glia__write_text(writer, ", not ");
    write_quoted(writer, at->value, at->value_length);
    return glia__text_fail(text, GLIA_ERR_TEXT, at->position, why.text);
}

static bool read_choice(double *value, const glia__setting *setting, const word *from)
{
    for (size_t i = 0; setting->words[i] != NULL; i++) {
        if (!is_name(setting->words[i], from->value, from->value_length))
            continue;
        *value = (double)i;
        return true;
    }
    return false;
}

static bool read_number(double *value, const glia__setting *setting, const word *from)
{
    if (setting->zero_word != NULL && is_name(setting->zero_word, from->value, from->value_length)) {
        *value = 0;
        return true;
    }
    double number = 0;
    if (from->value_length == 0 || glia__number_read(&number, from->value, from->value_length) != from->value_length)
        return false;
    if (!(number >= setting->minimum) || !(number <= setting->maximum))
        return false;
    if (setting->is_below && number == setting->maximum)
        return false;
    if (setting->kind == GLIA__COUNT && (number > COUNT_MAX || (double)(int64_t)number != number))
        return false;
    *value = fabs(number) < DBL_MIN ? 0 : number; /* a subnormal would be 0 or not by the mode that meets it */
    return true;
}

static bool read_value(glia__item *item, double *value, const glia__setting *setting, const word *from)
{
    if (setting->kind == GLIA__CHOICE)
        return read_choice(value, setting, from);
    if (setting->kind != GLIA__NAME)
        return read_number(value, setting, from);

    size_t index;
    const glia__entry *entry = find_entry(setting->names, from->value, from->value_length, &index);
    if (entry == NULL)
        return false;
    *value = (double)index;
    item->choice = named_default(entry);
    return true;
}

static glia_status set_value(const glia__text *text, glia__item *item, glia__named *named, size_t index,
                             const word *from)
{
    const glia__setting *setting = &named->entry->settings[index];
    if (named->is_given[index]) {
        explanation why;
        explain(&why);
        glia__write_text(&why.writer, setting->name);
        glia__write_text(&why.writer, " is given twice, again by ");
        write_quoted(&why.writer, from->value, from->value_length);
        return glia__text_fail(text, GLIA_ERR_TEXT, from->position, why.text);
    }
    if (!read_value(item, &named->values[index], setting, from))
        return fail_value(text, from, setting);
    named->is_given[index] = true;
    return GLIA_OK;
}

/* The setting of this name in `named`; setting_count if it has none. */
static size_t find_setting(const glia__named *named, const word *from)
{
    size_t count = named->entry == NULL ? 0 : named->entry->setting_count;
    size_t i = 0;
    while (i < count && !is_name(named->entry->settings[i].name, from->key, from->key_length))
        i++;
    return i;
}

static glia_status fail_unknown_setting(const glia__text *text, const glia__item *item, const word *from)
{
    explanation accepted;
    explain(&accepted);
    size_t count = 0;
    write_settings(&accepted.writer, item->self.entry, &count);
    write_settings(&accepted.writer, item->choice.entry, &count);
    return fail_unknown(text, from, from->key != NULL ? "setting" : "value",
                        from->key != NULL ? from->key : from->value,
                        from->key != NULL ? from->key_length : from->value_length, &accepted);
}

static glia_status read_keyed(const glia__text *text, glia__item *item, const word *from)
{
    size_t index = find_setting(&item->self, from);
    if (index < item->self.entry->setting_count)
        return set_value(text, item, &item->self, index, from);
    index = find_setting(&item->choice, from);
    if (item->choice.entry != NULL && index < item->choice.entry->setting_count)
        return set_value(text, item, &item->choice, index, from);
    return fail_unknown_setting(text, item, from);
}

/* A name begins with a letter and anything else does not, so a positional value can be left out before a name. */
static bool may_be(const glia__setting *setting, const word *from)
{
    char first = from->value[0];
    bool is_letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') || first == '_';
    bool wants_word = setting->kind == GLIA__NAME || setting->kind == GLIA__CHOICE;
    return wants_word == is_letter;
}

static glia_status read_positional(const glia__text *text, glia__item *item, const word *from, size_t *next)
{
    const glia__entry *entry = item->self.entry;
    const glia__setting *expected = NULL;
    for (size_t i = *next; i < entry->setting_count && entry->settings[i].is_positional; i++) {
        if (item->self.is_given[i])
            continue;
        if (expected == NULL)
            expected = &entry->settings[i];
        if (!may_be(&entry->settings[i], from))
            continue;
        *next = i + 1;
        return set_value(text, item, &item->self, i, from);
    }
    return expected != NULL ? fail_value(text, from, expected) : fail_unknown_setting(text, item, from);
}

static glia_status check_required(const glia__text *text, const glia__item *item)
{
    const glia__entry *entry = item->self.entry;
    for (size_t i = 0; i < entry->setting_count; i++) {
        if (!entry->settings[i].is_required || item->self.is_given[i])
            continue;
        explanation why;
        explain(&why);
        glia__write_text(&why.writer, entry->name);
        glia__write_text(&why.writer, " wants its ");
        glia__write_text(&why.writer, entry->settings[i].name);
        return glia__text_fail(text, GLIA_ERR_TEXT, item->position, why.text);
    }
    return GLIA_OK;
}

/* The item's name, where the vocabulary has names. */
static glia_status read_entry(glia__text *text, glia__item *item)
{
    const glia__entry *entry = text->vocabulary->entry(0);
    size_t position = (size_t)(text->at - text->begin);
    if (entry->name != NULL) {
        word name;
        size_t index;
        next_word(text, &name);
        size_t length = (size_t)(text->at - text->begin) - name.position;
        entry = find_entry(text->vocabulary, text->begin + name.position, length, &index);
        if (entry == NULL) {
            explanation accepted;
            explain(&accepted);
            glia__write_names(&accepted.writer, text->vocabulary);
            return fail_unknown(text, &name, text->vocabulary->what, text->begin + name.position, length, &accepted);
        }
    }
    *item = glia__item_default(entry);
    item->position = position;
    return GLIA_OK;
}

glia_status glia__text_next(glia__text *text, glia__item *item, bool *is_end)
{
    glia_status status = skip_to_item(text);
    *is_end = *text->at == '\0';
    if (status != GLIA_OK || *is_end)
        return status;

    text->has_item = true;
    status = read_entry(text, item);
    size_t next_positional = 0;
    word from;
    while (status == GLIA_OK && next_word(text, &from)) {
        if (from.key != NULL)
            status = read_keyed(text, item, &from);
        else
            status = read_positional(text, item, &from, &next_positional);
    }
    return status != GLIA_OK ? status : check_required(text, item);
}

glia_status glia__text_fail_empty(const glia__text *text)
{
    explanation why;
    explain(&why);
    glia__write_text(&why.writer, "expected one of ");
    glia__write_names(&why.writer, text->vocabulary);
    return glia__text_fail(text, GLIA_ERR_TEXT, 0, why.text);
}

glia_status glia__text_read_one(const char *what, const char *text, const glia__vocabulary *vocabulary,
                                glia__item *item)
{
    glia__text from = glia__text_begin(what, text, vocabulary);
    bool is_end;
    glia_status status = glia__text_next(&from, item, &is_end);
    if (status != GLIA_OK)
        return status;
    if (is_end && vocabulary->entry(0)->name == NULL) {
        *item = glia__item_default(vocabulary->entry(0));
        return GLIA_OK;
    }
    if (is_end)
        return glia__text_fail_empty(&from);
    glia__item second;
    status = glia__text_next(&from, &second, &is_end);
    if (status == GLIA_OK && !is_end)
        return glia__text_fail(&from, GLIA_ERR_TEXT, second.position, "the text should have ended before this");
    return status;
}

static void write_value(glia__writer *writer, const glia__setting *setting, double value)
{
    if (setting->kind == GLIA__CHOICE)
        glia__write_text(writer, setting->words[(size_t)value]);
    else if (setting->kind == GLIA__NAME)
        glia__write_text(writer, setting->names->entry((size_t)value)->name);
    else if (setting->zero_word != NULL && value == 0)
        glia__write_text(writer, setting->zero_word);
    else
        glia__write_number(writer, value);
}

const char *const glia__no_or_yes[] = {"no", "yes", NULL};

static void write_named(glia__writer *writer, const glia__named *named)
{
    for (size_t i = 0; i < named->entry->setting_count; i++) {
        const glia__setting *setting = &named->entry->settings[i];
        if (writer->length > 0)
            glia__write_text(writer, " ");
        if (!setting->is_positional) {
            glia__write_text(writer, setting->name);
            glia__write_text(writer, "=");
        }
        write_value(writer, setting, named->values[i]);
    }
}

void glia__item_write(glia__writer *writer, const glia__item *item)
{
    if (item->self.entry->name != NULL)
        glia__write_text(writer, item->self.entry->name);
    write_named(writer, &item->self);
    if (item->choice.entry != NULL)
        write_named(writer, &item->choice);
}
