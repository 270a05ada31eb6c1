/* SPDX-License-Identifier: MIT */
/*
 * The one parser for every text of the library: "name value value key=value, name ...".
 *
 * What a text may name is a vocabulary, whose entries list their settings; what was read is an item. A value is kept
 * as a double whatever its kind: a number, a count (exact up to 2^53), or the place of a word in a list. Items are
 * separated by commas or newlines; # begins a comment.
 */
#ifndef GLIA_BASE_TEXT_H
#define GLIA_BASE_TEXT_H

#include <stdbool.h>

#include "base/status.h"
#include "base/writer.h"

#define GLIA__SETTINGS_MAX 8

typedef struct glia__vocabulary glia__vocabulary;

typedef enum glia__setting_kind {
    GLIA__NUMBER,
    GLIA__COUNT,
    GLIA__CHOICE, /* one of `words` */
    GLIA__NAME,   /* an entry of `names`, whose own settings may follow */
} glia__setting_kind;

typedef struct glia__setting {
    const char *name;
    glia__setting_kind kind;
    bool is_positional;       /* may stand without "name=", in the order of the list */
    bool is_required;         /* has no default */
    bool is_below;            /* the maximum itself is refused */
    double minimum, maximum;  /* of a number or count */
    double value;             /* the default */
    const char *const *words; /* of a choice, NULL after the last */
    const char *zero_word;    /* what a count of 0 is called, the only way to say it; or NULL */
    const glia__vocabulary *names;
} glia__setting;

/* A thing that a text can name. Layers, losses, optimizers and metrics begin with one. */
typedef struct glia__entry {
    const char *name; /* NULL in a vocabulary of settings alone */
    const glia__setting *settings;
    size_t setting_count;
} glia__entry;

struct glia__vocabulary {
    const char *what;                          /* "layer": what an entry is, in messages */
    const glia__entry *(*entry)(size_t index); /* NULL past the end */
};

/* An entry and the values of its settings, in the order of entry->settings. */
typedef struct glia__named {
    const glia__entry *entry;
    double values[GLIA__SETTINGS_MAX];
    bool is_given[GLIA__SETTINGS_MAX];
} glia__named;

typedef struct glia__item {
    glia__named self;
    glia__named choice; /* what its setting of kind GLIA__NAME names, if it has one */
    size_t position;    /* of its first word in the text */
} glia__item;

typedef struct glia__text {
    const char *what; /* "architecture": begins every message */
    const char *begin;
    const char *at;
    const glia__vocabulary *vocabulary;
    bool has_item;  /* since the last comma */
    bool has_comma; /* anywhere so far */
} glia__text;

glia__text glia__text_begin(const char *what, const char *text, const glia__vocabulary *vocabulary);

/* Read the next item, its defaults filled in. *is_end is set, and no item read, at the end of the text. */
glia_status glia__text_next(glia__text *text, glia__item *item, bool *is_end);

/* Read a text that is one item, as a loss is. */
glia_status glia__text_read_one(const char *what, const char *text, const glia__vocabulary *vocabulary,
                                glia__item *item);

/* Fail at a position of the text, as "architecture, column 7: ...". */
glia_status glia__text_fail(const glia__text *text, glia_status status, size_t position, const char *message);

/* Fail because there is no item in a text that must have one. */
glia_status glia__text_fail_empty(const glia__text *text);

/* The names in a vocabulary, for people to read: "a, b, c". */
void glia__write_names(glia__writer *writer, const glia__vocabulary *vocabulary);

/* The words of a setting that is 0 or 1. */
extern const char *const glia__no_or_yes[];

/* An item of one entry with its defaults. */
glia__item glia__item_default(const glia__entry *entry);

/* The canonical text of an item: every setting spelled out. */
void glia__item_write(glia__writer *writer, const glia__item *item);

#endif
