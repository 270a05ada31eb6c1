/* SPDX-License-Identifier: MIT */
/* Rows of results beside what was wanted. */
#include "train/rows.h"

#include "net/network_harness.h"

enum {
    ROWS = GLIA__ROW_BLOCK + 3,
    WIDTH = 3
};

static void test_classes_become_one_hot_targets(void **state)
{
    (void)state;
    static const int32_t classes[] = {2, 0};
    static const real outputs[6] = {0}, expected[] = {0, 0, 1, 1, 0, 0};
    glia__network network = network_make("input 2, dense 3 softmax");
    const glia__wanted wanted = {.classes = classes};
    real targets[GLIA__ROW_BLOCK * WIDTH];
    glia__rows rows = glia__rows_block(&network, &wanted, 0, 2, outputs, targets);
    assert_same_bits(rows.targets, expected, 6);
    assert_ptr_equal(rows.targets, targets);
    glia__network_release(&network);
}

static void test_classes_behind_tanh_become_1_and_minus_1(void **state)
{
    (void)state;
    static const int32_t classes[] = {1, 0};
    static const real outputs[4] = {0}, expected[] = {-1, 1, 1, -1}, expected_alone[] = {1, -1};
    glia__network two = network_make("input 2, dense 2 tanh"), one = network_make("input 2, dense 1, tanh");
    const glia__wanted wanted = {.classes = classes};
    real targets[GLIA__ROW_BLOCK * 2];
    glia__rows rows = glia__rows_block(&two, &wanted, 0, 2, outputs, targets);
    assert_same_bits(rows.targets, expected, 4);
    rows = glia__rows_block(&one, &wanted, 0, 2, outputs, targets);
    assert_same_bits(rows.targets, expected_alone, 2);
    glia__network_release(&two);
    glia__network_release(&one);
}

static void test_one_output_tells_class_1_from_class_0(void **state)
{
    (void)state;
    static const int32_t classes[] = {1, 0, 1};
    static const real outputs[3] = {0}, expected[] = {1, 0, 1};
    glia__network network = network_make("input 2, dense 1 sigmoid");
    const glia__wanted wanted = {.classes = classes};
    real targets[GLIA__ROW_BLOCK];
    glia__rows rows = glia__rows_block(&network, &wanted, 0, 3, outputs, targets);
    assert_same_bits(rows.targets, expected, 3);
    glia__network_release(&network);
}

static void test_threshold_is_half_and_0_behind_tanh(void **state)
{
    (void)state;
    static const struct {
        const char *architecture;
        double threshold;
    } cases[] = {{"input 2, dense 1 sigmoid", 0.5}, {"input 2, dense 1", 0.5}, {"input 2, dense 1 tanh", 0}};
    static const real numbers[1] = {0};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        glia__network network = network_make(cases[i].architecture);
        const glia__wanted wanted = {.targets = numbers};
        glia__rows rows = glia__rows_block(&network, &wanted, 0, 1, numbers, NULL);
        assert_true((double)rows.threshold == cases[i].threshold);
        glia__network_release(&network);
    }
}

static void test_block_begins_where_asked_and_ends_with_the_batch(void **state)
{
    (void)state;
    static const real outputs[ROWS * WIDTH], targets[ROWS * WIDTH], weights[ROWS];
    glia__network network = network_make("input 2, dense 3");
    const glia__wanted wanted = {.targets = targets, .row_weights = weights};
    glia__rows rows = glia__rows_block(&network, &wanted, 0, ROWS, outputs, NULL);
    assert_int_equal(rows.count, GLIA__ROW_BLOCK);
    assert_int_equal(rows.width, WIDTH);
    assert_true(rows.outputs == outputs && rows.targets == targets && rows.weights == weights);
    rows = glia__rows_block(&network, &wanted, GLIA__ROW_BLOCK, ROWS, outputs, NULL);
    assert_int_equal(rows.count, 3);
    assert_ptr_equal(rows.outputs, outputs + GLIA__ROW_BLOCK * WIDTH);
    assert_ptr_equal(rows.targets, targets + GLIA__ROW_BLOCK * WIDTH);
    assert_ptr_equal(rows.weights, weights + GLIA__ROW_BLOCK);
    glia__network_release(&network);
}

static void test_weigh_sums_values_by_row_weight(void **state)
{
    (void)state;
    static const real weights[] = {(real)0.5, 0, 2};
    static const double values[] = {1, 10, 100};
    glia__rows rows = {.count = 3};
    assert_true(glia__weigh(&rows, values) == 111);
    rows.weights = weights;
    assert_true(glia__weigh(&rows, values) == 200.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_classes_become_one_hot_targets),
        cmocka_unit_test(test_classes_behind_tanh_become_1_and_minus_1),
        cmocka_unit_test(test_one_output_tells_class_1_from_class_0),
        cmocka_unit_test(test_threshold_is_half_and_0_behind_tanh),
        cmocka_unit_test(test_block_begins_where_asked_and_ends_with_the_batch),
        cmocka_unit_test(test_weigh_sums_values_by_row_weight),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
