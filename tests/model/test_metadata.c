/* SPDX-License-Identifier: MIT */
/* Texts kept with a network: a sorted list of pairs, each its own copy. */
#include "model/metadata.h"

#include <stdbool.h>
#include <stdio.h>

#include "api/harness.h"
#include "base/counted_allocator.h"

/* A list that counts its memory. */
typedef struct counted_metadata {
    counted_memory memory;
    glia__allocator allocator;
    glia__metadata list;
} counted_metadata;

static void begin(counted_metadata *counted)
{
    counted->memory = (counted_memory){0};
    counted->allocator = counted_allocator(&counted->memory);
    counted->list = (glia__metadata){0};
}

static void end(counted_metadata *counted)
{
    glia__metadata_release(&counted->list, &counted->allocator);
    assert_int_equal(counted->memory.blocks, 0);
    assert_int_equal(counted->memory.bytes, 0);
}

static void set(counted_metadata *counted, const char *key, const char *value)
{
    assert_ok(glia__metadata_set(&counted->list, &counted->allocator, key, value));
}

/* The list as "key=value key=value". */
static void assert_list(const glia__metadata *list, const char *expected)
{
    char text[256] = "";
    size_t length = 0;
    for (size_t i = 0; glia__metadata_at(list, i) != NULL; i++) {
        const glia__metadata_entry *entry = glia__metadata_at(list, i);
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%s=%s", i > 0 ? " " : "", entry->key,
                                   entry->value);
        assert_ptr_equal(glia__metadata_get(list, entry->key), entry->value);
    }
    assert_string_equal(text, expected);
}

static void test_keys_are_in_order_of_their_bytes(void **state)
{
    (void)state;
    static const char *const keys[] = {"b", "a", "", "\xc3\xa4", "ab", "Z", "a b"};
    counted_metadata counted;
    begin(&counted);
    for (size_t i = 0; i < COUNT_OF(keys); i++)
        set(&counted, keys[i], "x");
    assert_list(&counted.list, "=x Z=x a=x a b=x ab=x b=x \xc3\xa4=x");
    end(&counted);
}

static void test_keys_of_libglia_are_not_free(void **state)
{
    (void)state;
    static const char *const free_keys[] = {"a", " ", "glia", "gliaX", "Glia.", "\n", "\xc3\xa4", "a glia.b"};
    static const char *const taken[] = {"", "glia.", "glia.seed", "glia.\xff", "\xff", "a\xc3"};
    for (size_t i = 0; i < COUNT_OF(free_keys); i++)
        assert_true(glia__metadata_key_is_free(free_keys[i]));
    for (size_t i = 0; i < COUNT_OF(taken); i++)
        assert_false(glia__metadata_key_is_free(taken[i]));
}

static void test_value_is_replaced(void **state)
{
    (void)state;
    counted_metadata counted;
    begin(&counted);
    set(&counted, "a", "1");
    set(&counted, "b", "2");
    set(&counted, "a", "longer");
    assert_list(&counted.list, "a=longer b=2");
    end(&counted);
}

static void test_null_removes_the_key(void **state)
{
    (void)state;
    counted_metadata counted;
    begin(&counted);
    set(&counted, "none", NULL);
    set(&counted, "a", "1");
    set(&counted, "b", "2");
    set(&counted, "c", "3");
    set(&counted, "b", NULL);
    assert_list(&counted.list, "a=1 c=3");
    assert_null(glia__metadata_get(&counted.list, "b"));
    set(&counted, "a", NULL);
    set(&counted, "c", NULL);
    assert_list(&counted.list, "");
    assert_int_equal(counted.memory.blocks, 1); /* the list's own */
    end(&counted);
}

/* What is lent may be handed in again. */
static void test_lent_texts_may_be_set(void **state)
{
    (void)state;
    counted_metadata counted;
    begin(&counted);
    set(&counted, "a", "1");
    set(&counted, "b", "2");
    set(&counted, "a", glia__metadata_get(&counted.list, "a"));
    set(&counted, glia__metadata_get(&counted.list, "b"), glia__metadata_at(&counted.list, 0)->key);
    assert_list(&counted.list, "2=a a=1 b=2");
    set(&counted, glia__metadata_at(&counted.list, 1)->key, NULL);
    assert_list(&counted.list, "2=a b=2");
    end(&counted);
}

static void test_failure_changes_nothing(void **state)
{
    (void)state;
    static const char *const changes[][2] = {{"a", "another"}, {"0", "first"}, {"z", "last"}};
    for (size_t i = 0; i < COUNT_OF(changes); i++) {
        for (size_t n = 1;; n++) {
            counted_metadata counted;
            begin(&counted);
            set(&counted, "a", "1");
            set(&counted, "b", "2");
            counted_memory_fail(&counted.memory, n);
            glia_status status = glia__metadata_set(&counted.list, &counted.allocator, changes[i][0], changes[i][1]);
            bool has_failed = counted_memory_relent(&counted.memory);
            assert_int_equal(status, has_failed ? GLIA_ERR_NOMEM : GLIA_OK);
            if (has_failed)
                assert_list(&counted.list, "a=1 b=2");
            end(&counted);
            if (!has_failed)
                break;
        }
    }
}

static void test_copy_is_independent(void **state)
{
    (void)state;
    counted_metadata counted, copy;
    begin(&counted);
    begin(&copy);
    set(&counted, "a", "1");
    set(&counted, "b", "2");
    assert_ok(glia__metadata_copy(&copy.list, &counted.list, &copy.allocator));
    set(&counted, "a", "changed");
    assert_list(&copy.list, "a=1 b=2");
    end(&counted);
    assert_list(&copy.list, "a=1 b=2");
    end(&copy);
}

static void test_index_past_the_end_is_null(void **state)
{
    (void)state;
    counted_metadata counted;
    begin(&counted);
    assert_null(glia__metadata_at(&counted.list, 0));
    set(&counted, "a", "1");
    assert_null(glia__metadata_at(&counted.list, 1));
    assert_null(glia__metadata_at(&counted.list, SIZE_MAX));
    end(&counted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys_are_in_order_of_their_bytes),
        cmocka_unit_test(test_keys_of_libglia_are_not_free),
        cmocka_unit_test(test_value_is_replaced),
        cmocka_unit_test(test_null_removes_the_key),
        cmocka_unit_test(test_lent_texts_may_be_set),
        cmocka_unit_test(test_failure_changes_nothing),
        cmocka_unit_test(test_copy_is_independent),
        cmocka_unit_test(test_index_past_the_end_is_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
