/* SPDX-License-Identifier: MIT */
/* The parser, on a vocabulary of its own: filters, of which one has settings of every kind. */
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#include "api/harness.h"

enum {
    WIDTH,
    CURVE,
    EDGE,
    GAIN,
    BATCH,
    BLUR_SETTINGS
};
enum {
    FLAT,
    BELL
};
enum {
    WRAP,
    CLAMP
};

static const glia__setting bell_settings[] = {
    {.name = "slope", .kind = GLIA__NUMBER, .minimum = -1, .maximum = 1, .value = 0.5},
};

static const glia__entry curves[] = {
    [FLAT] = {.name = "flat"},
    [BELL] = {.name = "bell", .settings = bell_settings, .setting_count = 1},
};

static const glia__entry *curve_entry(size_t index)
{
    return index < COUNT_OF(curves) ? &curves[index] : NULL;
}

static const glia__vocabulary curve_vocabulary = {.what = "curve", .entry = curve_entry};

static const char *const edges[] = {[WRAP] = "wrap", [CLAMP] = "clamp", NULL};

static const glia__setting blur_settings[BLUR_SETTINGS] = {
    [WIDTH] = {.name = "width", .kind = GLIA__COUNT, .is_positional = true, .minimum = 1, .maximum = 1000, .value = 7},
    [CURVE] = {.name = "curve", .kind = GLIA__NAME, .is_positional = true, .names = &curve_vocabulary},
    [EDGE] = {.name = "edge", .kind = GLIA__CHOICE, .words = edges, .value = CLAMP},
    [GAIN] = {.name = "gain", .kind = GLIA__NUMBER, .maximum = 2, .is_below = true, .value = 1},
    [BATCH] = {.name = "batch", .kind = GLIA__COUNT, .minimum = 1, .maximum = 50, .value = 32, .zero_word = "all"},
};

static const glia__setting scale_settings[] = {
    {.name = "factor",
     .kind = GLIA__NUMBER,
     .is_positional = true,
     .is_required = true,
     .minimum = -1e300,
     .maximum = 1e300},
};

static const glia__entry filters[] = {
    {.name = "blur", .settings = blur_settings, .setting_count = BLUR_SETTINGS},
    {.name = "scale", .settings = scale_settings, .setting_count = 1},
    {.name = "none"},
};

static const glia__entry *filter_entry(size_t index)
{
    return index < COUNT_OF(filters) ? &filters[index] : NULL;
}

static const glia__vocabulary vocabulary = {.what = "filter", .entry = filter_entry};

/* The same settings without a name in front, as those of a fit. */
static const glia__entry nameless = {.settings = blur_settings, .setting_count = BLUR_SETTINGS};

static const glia__entry *nameless_entry(size_t index)
{
    return index == 0 ? &nameless : NULL;
}

static const glia__vocabulary nameless_vocabulary = {.what = "setting", .entry = nameless_entry};

static glia__item read_one(const char *text)
{
    glia__item item;
    assert_ok(glia__text_read_one("filters", text, &vocabulary, &item));
    return item;
}

static void assert_refused(const char *text, const char *message)
{
    glia__item item;
    assert_status(glia__text_read_one("filters", text, &vocabulary, &item), GLIA_ERR_TEXT);
    assert_string_equal(glia_error_message(), message);
}

/* One item */

static void test_values_stand_in_the_order_of_the_settings(void **state)
{
    (void)state;
    glia__item item = read_one("blur 3 bell batch=5 gain=0.25 edge=wrap");
    assert_ptr_equal(item.self.entry, &filters[0]);
    assert_true(item.self.values[WIDTH] == 3 && item.self.values[CURVE] == BELL && item.self.values[EDGE] == WRAP);
    assert_true(item.self.values[GAIN] == 0.25 && item.self.values[BATCH] == 5);
    for (size_t i = 0; i < BLUR_SETTINGS; i++)
        assert_true(item.self.is_given[i]);
}

static void test_defaults_fill_in_what_is_left_out(void **state)
{
    (void)state;
    glia__item item = read_one("blur");
    assert_true(item.self.values[WIDTH] == 7 && item.self.values[CURVE] == FLAT && item.self.values[EDGE] == CLAMP);
    assert_true(item.self.values[GAIN] == 1 && item.self.values[BATCH] == 32);
    assert_ptr_equal(item.choice.entry, &curves[FLAT]);
    for (size_t i = 0; i < BLUR_SETTINGS; i++)
        assert_false(item.self.is_given[i]);
}

static void test_number_may_be_left_out_before_a_word(void **state)
{
    (void)state;
    glia__item item = read_one("blur bell");
    assert_true(item.self.values[WIDTH] == 7 && item.self.values[CURVE] == BELL);
}

static void test_positional_values_may_be_named_in_any_order(void **state)
{
    (void)state;
    glia__item item = read_one("blur curve=bell edge=wrap width=3");
    assert_true(item.self.values[WIDTH] == 3 && item.self.values[CURVE] == BELL && item.self.values[EDGE] == WRAP);
}

static void test_settings_of_what_was_chosen_may_follow(void **state)
{
    (void)state;
    glia__item item = read_one("blur bell gain=0.5 slope=-0.25");
    assert_ptr_equal(item.choice.entry, &curves[BELL]);
    assert_true(item.choice.values[0] == -0.25 && item.self.values[GAIN] == 0.5);
    assert_true(read_one("blur bell").choice.values[0] == 0.5);
}

static void test_zero_word_stands_for_0(void **state)
{
    (void)state;
    assert_true(read_one("blur batch=all").self.values[BATCH] == 0);
}

static void test_numbers_are_accepted_within_their_range(void **state)
{
    (void)state;
    static const char *const good[] = {"blur 1",        "blur 1000",    "blur 1e3",   "blur 3.0",
                                       "blur gain=0",   "blur gain=-0", "scale -1.5", "blur gain=1.9999999999999998",
                                       "blur batch=50", "scale +1e300", "scale .5"};
    static const char *const bad[] = {
        "blur 0",         "blur 1001",      "blur 1.5",   "blur -3",         "blur width=",  "blur gain=2",
        "blur gain=-0.1", "blur gain=nan",  "scale inf",  "scale 1e301",     "scale 1e999",  "scale 0x10",
        "scale 1,5",      "scale 1.5.2",    "scale 1e",   "scale --1",       "blur batch=0", "blur batch=51",
        "none 1",         "scale infinity", "scale -nan", "blur batch=allx", "blur 1e999",   "blur 3.0000000001",
    };
    glia__item item;
    for (size_t i = 0; i < COUNT_OF(good); i++)
        assert_ok(glia__text_read_one("filters", good[i], &vocabulary, &item));
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        if (glia__text_read_one("filters", bad[i], &vocabulary, &item) != GLIA_ERR_TEXT)
            fail_msg("'%s' is accepted", bad[i]);
}

/* Whether they are 0 would otherwise depend on the floating-point mode that meets them. */
static void test_subnormal_numbers_are_read_as_0(void **state)
{
    (void)state;
    assert_true(read_one("scale 1e-310").self.values[0] == 0);
    assert_true(read_one("scale -2.2250738585072009e-308").self.values[0] == 0);
    assert_true(read_one("scale 2.2250738585072014e-308").self.values[0] == 0x1p-1022);
}

static void test_read_one_wants_one_item(void **state)
{
    (void)state;
    assert_refused("", "filters, column 1: expected one of blur, scale, none");
    assert_refused(" # none", "filters, column 1: expected one of blur, scale, none");
    assert_refused("none, scale 2", "filters, column 7: the text should have ended before this");
    assert_refused("none\nscale 2", "filters, line 2, column 1: the text should have ended before this");
    assert_refused("none, scale", "filters, column 7: scale wants its factor");
}

static void test_settings_alone_may_be_left_out_altogether(void **state)
{
    (void)state;
    glia__item item;
    assert_ok(glia__text_read_one("options", " ", &nameless_vocabulary, &item));
    assert_true(item.self.values[WIDTH] == 7);
    assert_ok(glia__text_read_one("options", "gain=0.5 width=3", &nameless_vocabulary, &item));
    assert_true(item.self.values[WIDTH] == 3 && item.self.values[GAIN] == 0.5);
    assert_status(glia__text_read_one("options", "gain=0.5, width=3", &nameless_vocabulary, &item), GLIA_ERR_TEXT);
}

/* Several items */

/* The names of a text's items, each with its position, as "blur@0 none@6". */
static void assert_items(const char *text, const char *expected)
{
    char found[256] = "";
    glia__writer writer = {.buffer = found, .capacity = sizeof found};
    glia__text from = glia__text_begin("filters", text, &vocabulary);
    for (;;) {
        glia__item item;
        bool is_end;
        assert_ok(glia__text_next(&from, &item, &is_end));
        if (is_end)
            break;
        glia__write_text(&writer, writer.length > 0 ? " " : "");
        glia__write_text(&writer, item.self.entry->name);
        glia__write_text(&writer, "@");
        glia__write_count(&writer, item.position);
    }
    assert_string_equal(found, expected);
}

static void test_items_are_separated_by_commas_or_newlines(void **state)
{
    (void)state;
    assert_items("none,none", "none@0 none@5");
    assert_items("none, blur 3 bell,scale 2", "none@0 blur@6 scale@18");
    assert_items("none\nnone", "none@0 none@5");
    assert_items("none\r\n\r\n\tnone\r\n", "none@0 none@9");
    assert_items("none,\nnone", "none@0 none@6");
    assert_items("none\n, none", "none@0 none@7");
    assert_items("\n\n none", "none@3");
}

static void test_comments_end_with_their_line(void **state)
{
    (void)state;
    assert_items("# blur, scale\nnone # none, none\nblur# 3\n#", "none@14 blur@32");
    assert_items("none # not, the end\n, blur", "none@0 blur@22");
}

static void test_text_without_items_ends_at_once(void **state)
{
    (void)state;
    static const char *const empty[] = {"", " ", "\t\r\n", "#", "# none", "\n# none\n\n"};
    for (size_t i = 0; i < COUNT_OF(empty); i++)
        assert_items(empty[i], "");
}

static void test_end_is_answered_again(void **state)
{
    (void)state;
    glia__item item;
    bool is_end = false;
    glia__text from = glia__text_begin("filters", "none", &vocabulary);
    assert_ok(glia__text_next(&from, &item, &is_end));
    assert_false(is_end);
    for (int i = 0; i < 3; i++) {
        assert_ok(glia__text_next(&from, &item, &is_end));
        assert_true(is_end);
    }
}

static void test_missing_item_is_an_error(void **state)
{
    (void)state;
    static const char *const bad[] = {",", "none,", "none,\n", ",none", "none,,none", "none, # none", "none\n,,none"};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        glia__text from = glia__text_begin("filters", bad[i], &vocabulary);
        glia__item item;
        bool is_end = false;
        glia_status status = GLIA_OK;
        while (status == GLIA_OK && !is_end)
            status = glia__text_next(&from, &item, &is_end);
        assert_int_equal(status, GLIA_ERR_TEXT);
        assert_message_has("expected: filter");
    }
}

/* Messages */

static void test_message_quotes_the_word_and_lists_what_is_accepted(void **state)
{
    (void)state;
    assert_refused("blurr 3", "filters, column 1: unknown filter 'blurr'; accepted: blur, scale, none");
    assert_refused("blur=3", "filters, column 1: unknown filter 'blur=3'; accepted: blur, scale, none");
    assert_refused("blur 3 sice=1", "filters, column 8: unknown setting 'sice'; accepted: width, curve, edge=, gain=, "
                                    "batch=");
    assert_refused("blur bell x=1", "filters, column 11: unknown setting 'x'; accepted: width, curve, edge=, gain=, "
                                    "batch=, slope=");
    assert_refused("blur slope=1 bell", "filters, column 6: unknown setting 'slope'; accepted: width, curve, edge=, "
                                        "gain=, batch=");
    assert_refused("blur 3 bell 4", "filters, column 13: unknown value '4'; accepted: width, curve, edge=, gain=, "
                                    "batch=, slope=");
    assert_refused("none 3", "filters, column 6: unknown value '3'; accepted: none");
    assert_refused("none =3", "filters, column 6: unknown setting ''; accepted: none");
}

static void test_message_says_what_a_value_may_be(void **state)
{
    (void)state;
    assert_refused("blur 0", "filters, column 6: width wants a whole number from 1 to 1000, not '0'");
    assert_refused("blur gain=2", "filters, column 6: gain wants a number from 0 to below 2, not '2'");
    assert_refused("blur batch=0", "filters, column 6: batch wants a whole number from 1 to 50, or all, not '0'");
    assert_refused("blur batch=", "filters, column 6: batch wants a whole number from 1 to 50, or all, not ''");
    assert_refused("blur edge=hard", "filters, column 6: edge wants one of wrap, clamp, not 'hard'");
    assert_refused("blur 3 round", "filters, column 8: curve wants one of flat, bell, not 'round'");
    assert_refused("blur width=3 4", "filters, column 14: curve wants one of flat, bell, not '4'");
    assert_refused("blur bell 3 4", "filters, column 11: unknown value '3'; accepted: width, curve, edge=, gain=, "
                                    "batch=, slope=");
    assert_refused("scale x", "filters, column 7: factor wants a number from -1e300, not 'x'");
    assert_refused("scale", "filters, column 1: scale wants its factor");
}

static void test_setting_given_twice_is_refused(void **state)
{
    (void)state;
    assert_refused("blur 3 width=4", "filters, column 8: width is given twice, again by '4'");
    assert_refused("blur edge=wrap edge=wrap", "filters, column 16: edge is given twice, again by 'wrap'");
    assert_refused("blur bell slope=0 slope=0", "filters, column 19: slope is given twice, again by '0'");
    assert_refused("blur bell curve=flat", "filters, column 11: curve is given twice, again by 'flat'");
}

static void test_position_counts_lines_once_there_are_several(void **state)
{
    (void)state;
    assert_refused("bad\n", "filters, line 1, column 1: unknown filter 'bad'; accepted: blur, scale, none");
    assert_refused("# a comment\r\n\n\tbad", "filters, line 3, column 2: unknown filter 'bad'; accepted: blur, scale, "
                                             "none");
}

static void test_long_words_are_cut_in_messages(void **state)
{
    (void)state;
    char text[1000];
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    assert_refused(text, "filters, column 1: unknown filter 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...'; accepted: "
                         "blur, scale, none");
}

static void test_names_are_listed_in_the_order_of_the_vocabulary(void **state)
{
    (void)state;
    char names[64];
    glia__writer writer = {.buffer = names, .capacity = sizeof names};
    glia__write_names(&writer, &vocabulary);
    assert_string_equal(names, "blur, scale, none");
}

/* The canonical form */

static void write_item(char text[256], const glia__item *item)
{
    glia__writer writer = {.buffer = text, .capacity = 256};
    glia__item_write(&writer, item);
    assert_true(writer.length < 256);
}

static void assert_canonical(const char *text, const char *expected)
{
    char written[256];
    glia__item item = read_one(text);
    write_item(written, &item);
    assert_string_equal(written, expected);
}

static void test_canonical_form_spells_out_every_setting(void **state)
{
    (void)state;
    assert_canonical(" none # nothing", "none");
    assert_canonical("scale 0.50", "scale 0.5");
    assert_canonical("blur", "blur 7 flat edge=clamp gain=1 batch=32");
    assert_canonical("blur batch=all bell width=1e1 slope=.25", "blur 10 bell edge=clamp gain=1 batch=all slope=0.25");
}

static void test_default_item_is_that_of_the_name_alone(void **state)
{
    (void)state;
    char written[256];
    glia__item item = glia__item_default(&filters[0]);
    write_item(written, &item);
    assert_string_equal(written, "blur 7 flat edge=clamp gain=1 batch=32");
}

static void assert_same_named(const glia__named *a, const glia__named *b)
{
    assert_ptr_equal(a->entry, b->entry);
    for (size_t i = 0; a->entry != NULL && i < a->entry->setting_count; i++)
        assert_true(a->values[i] == b->values[i]);
}

/* What is accepted reads back the same from its canonical form; what is not is answered with a position. */
static void assert_refused_or_reads_back(const char *text)
{
    glia__text from = glia__text_begin("filters", text, &vocabulary);
    for (;;) {
        glia__item item, again;
        bool is_end;
        char canonical[256], canonical_again[256];
        glia_status status = glia__text_next(&from, &item, &is_end);
        if (status != GLIA_OK) {
            assert_int_equal(status, GLIA_ERR_TEXT);
            assert_memory_equal(glia_error_message(), "filters, ", 9);
            return;
        }
        if (is_end)
            return;
        write_item(canonical, &item);
        assert_ok(glia__text_read_one("canonical", canonical, &vocabulary, &again));
        assert_same_named(&again.self, &item.self);
        assert_same_named(&again.choice, &item.choice);
        write_item(canonical_again, &again);
        assert_string_equal(canonical_again, canonical);
    }
}

/* Texts with random damage */

enum {
    FUZZ_SEED = 1,
    FUZZ_ROUNDS = 50000,
    FUZZ_ROOM = 160
};

static const char *const healthy[] = {
    "none",
    "blur 3 bell slope=-0.25 edge=wrap gain=1.5e-3 batch=all, scale -0.1",
    "# filters\nblur width=3 curve=flat\r\nnone # nothing\n\tscale 1e300\n",
    "scale 123456789012345678901234567890.5e-40,none,blur",
};

/* A number below n: the next of this round. */
static size_t draw(size_t round, size_t *index, size_t n)
{
    return (size_t)(glia_random(FUZZ_SEED, UINT32_MAX, round, (*index)++) % n);
}

/* Overwrite, remove or double some bytes of a text of `length`; answers the new length. */
static size_t damage(char text[FUZZ_ROOM], size_t length, size_t round, size_t *index)
{
    static const char syntax[] = " ,\n#=.-+e019abl\xff\x80\t\r";
    size_t at = draw(round, index, length + 1), count = draw(round, index, 8);
    count = count < length - at ? count : length - at;
    switch (draw(round, index, 4)) {
    case 0:
        for (size_t i = 0; i < count; i++)
            text[at + i] = syntax[draw(round, index, sizeof syntax - 1)];
        return length;
    case 1:
        for (size_t i = 0; i < count; i++)
            text[at + i] = (char)(1 + draw(round, index, 255));
        return length;
    case 2:
        memmove(text + at, text + at + count, length - at - count);
        return length - count;
    default:
        if (length + count > FUZZ_ROOM)
            return length;
        memmove(text + at + count, text + at, length - at);
        return length + count;
    }
}

/* Each text is a block of its own, so that AddressSanitizer sees a look past its end. */
static void test_damaged_texts_are_refused_or_read_back(void **state)
{
    (void)state;
    print_message("seed %d\n", FUZZ_SEED);
    for (size_t round = 0; round < FUZZ_ROUNDS; round++) {
        char bytes[FUZZ_ROOM];
        const char *base = healthy[round % COUNT_OF(healthy)];
        size_t length = strlen(base), index = 0;
        memcpy(bytes, base, length);
        for (size_t n = 1 + draw(round, &index, 4); n > 0; n--)
            length = damage(bytes, length, round, &index);
        char *text = malloc(length + 1);
        assert_non_null(text);
        memcpy(text, bytes, length);
        text[length] = '\0';
        assert_refused_or_reads_back(text);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_stand_in_the_order_of_the_settings),
        cmocka_unit_test(test_defaults_fill_in_what_is_left_out),
        cmocka_unit_test(test_number_may_be_left_out_before_a_word),
        cmocka_unit_test(test_positional_values_may_be_named_in_any_order),
        cmocka_unit_test(test_settings_of_what_was_chosen_may_follow),
        cmocka_unit_test(test_zero_word_stands_for_0),
        cmocka_unit_test(test_numbers_are_accepted_within_their_range),
        cmocka_unit_test(test_subnormal_numbers_are_read_as_0),
        cmocka_unit_test(test_read_one_wants_one_item),
        cmocka_unit_test(test_settings_alone_may_be_left_out_altogether),
        cmocka_unit_test(test_items_are_separated_by_commas_or_newlines),
        cmocka_unit_test(test_comments_end_with_their_line),
        cmocka_unit_test(test_text_without_items_ends_at_once),
        cmocka_unit_test(test_end_is_answered_again),
        cmocka_unit_test(test_missing_item_is_an_error),
        cmocka_unit_test(test_message_quotes_the_word_and_lists_what_is_accepted),
        cmocka_unit_test(test_message_says_what_a_value_may_be),
        cmocka_unit_test(test_setting_given_twice_is_refused),
        cmocka_unit_test(test_position_counts_lines_once_there_are_several),
        cmocka_unit_test(test_long_words_are_cut_in_messages),
        cmocka_unit_test(test_names_are_listed_in_the_order_of_the_vocabulary),
        cmocka_unit_test(test_canonical_form_spells_out_every_setting),
        cmocka_unit_test(test_default_item_is_that_of_the_name_alone),
        cmocka_unit_test(test_damaged_texts_are_refused_or_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
