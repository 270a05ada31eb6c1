/* SPDX-License-Identifier: MIT */
/* The sum of row weights. */
#include "net/row_weights.h"

#include "api/harness.h"

static void test_sum_of_weights_counts_rows_without_weights(void **state)
{
    (void)state;
    static const real weights[] = {(real)0.5, 0, 2};
    assert_true(glia__sum_weights(NULL, 1000) == 1000);
    assert_true(glia__sum_weights(weights, 3) == 2.5);
}

/* Blocks of 64: beside 2^53 one by one, ones are lost; a block of them is not. */
static void test_sum_of_weights_is_made_of_blocks(void **state)
{
    (void)state;
    real weights[2 * GLIA__ROW_BLOCK] = {(real)0x1p53};
    for (size_t i = GLIA__ROW_BLOCK; i < COUNT_OF(weights); i++)
        weights[i] = 1;
    assert_true(glia__sum_weights(weights, COUNT_OF(weights)) == 0x1p53 + GLIA__ROW_BLOCK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sum_of_weights_counts_rows_without_weights),
        cmocka_unit_test(test_sum_of_weights_is_made_of_blocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
