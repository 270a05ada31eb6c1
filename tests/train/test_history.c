/* SPDX-License-Identifier: MIT */
/* What a fit records, by its public names. */
#include "train/history.h"

#include "api/harness.h"
#include "base/counted_allocator.h"

static void append(glia__history *history, const glia__allocator *allocator, double value)
{
    const double values[GLIA__HISTORIES] = {value, value + 0.25, value + 0.5, value + 0.75};
    assert_ok(glia__history_reserve(history, allocator));
    glia__history_append(history, values);
}

static void assert_record(const glia__history *history, const char *name, size_t expected_count, double first)
{
    size_t count = 77;
    const double *values = glia__history_find(history, name, &count);
    assert_int_equal(count, expected_count);
    if (expected_count == 0) {
        assert_null(values);
        return;
    }
    assert_non_null(values);
    for (size_t i = 0; i < count; i++)
        assert_true(values[i] == first + (double)i);
}

static void test_nothing_is_recorded_before_a_fit(void **state)
{
    (void)state;
    glia__history history = {0};
    assert_record(&history, "loss", 0, 0);
    glia__history_begin(&history, true, true, true);
    assert_record(&history, "loss", 0, 0);
    glia__history_release(&history, &glia__default_allocator);
}

static void test_records_have_a_number_an_epoch(void **state)
{
    (void)state;
    glia__history history = {0};
    glia__history_begin(&history, true, true, true);
    for (int epoch = 0; epoch < 100; epoch++)
        append(&history, &glia__default_allocator, epoch);
    assert_record(&history, "loss", 100, 0);
    assert_record(&history, "accuracy", 100, 0.25);
    assert_record(&history, "validation_loss", 100, 0.5);
    assert_record(&history, "validation_accuracy", 100, 0.75);
    assert_record(&history, "mae", 0, 0);
    assert_record(&history, "", 0, 0);
    glia__history_release(&history, &glia__default_allocator);
}

static void test_only_what_there_is_is_recorded(void **state)
{
    (void)state;
    glia__history history = {0};
    glia__history_begin(&history, false, true, false);
    append(&history, &glia__default_allocator, 3);
    assert_record(&history, "loss", 1, 3);
    assert_record(&history, "accuracy", 0, 0);
    assert_record(&history, "validation_loss", 1, 3.5);
    assert_record(&history, "validation_accuracy", 0, 0);
    glia__history_release(&history, &glia__default_allocator);
}

static void test_next_fit_begins_anew_in_the_same_memory(void **state)
{
    (void)state;
    counted_memory memory = {0};
    glia__allocator allocator = counted_allocator(&memory);
    glia__history history = {0};
    glia__history_begin(&history, true, false, false);
    append(&history, &allocator, 1);
    append(&history, &allocator, 2);
    size_t calls = memory.calls;
    glia__history_begin(&history, false, false, false);
    append(&history, &allocator, 7);
    assert_record(&history, "loss", 1, 7);
    assert_record(&history, "accuracy", 0, 0);
    assert_int_equal(memory.calls, calls);
    glia__history_release(&history, &allocator);
    assert_int_equal(memory.blocks, 0);
}

static void test_without_memory_the_records_stay(void **state)
{
    (void)state;
    counted_memory memory = {0};
    glia__allocator allocator = counted_allocator(&memory);
    glia__history history = {0};
    glia__history_begin(&history, true, false, false);
    append(&history, &allocator, 1);
    for (size_t n = 1; n <= 2; n++) { /* of the loss and of the accuracy */
        counted_memory_fail(&memory, n);
        assert_status(glia__history_reserve(&history, &allocator), GLIA_ERR_NOMEM);
        (void)counted_memory_relent(&memory);
        assert_record(&history, "loss", 1, 1);
        assert_record(&history, "accuracy", 1, 1.25);
    }
    append(&history, &allocator, 2);
    assert_record(&history, "loss", 2, 1);
    glia__history_release(&history, &allocator);
    assert_int_equal(memory.blocks, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_recorded_before_a_fit),
        cmocka_unit_test(test_records_have_a_number_an_epoch),
        cmocka_unit_test(test_only_what_there_is_is_recorded),
        cmocka_unit_test(test_next_fit_begins_anew_in_the_same_memory),
        cmocka_unit_test(test_without_memory_the_records_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
