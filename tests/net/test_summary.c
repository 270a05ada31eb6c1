/* SPDX-License-Identifier: MIT */
/* The table of layers for people to read. */
#include "net/summary.h"

#include <string.h>

#include "net/network_harness.h"

static void assert_summary(const char *architecture, const char *expected)
{
    char text[1024];
    glia__network network = network_make(architecture);
    glia__writer writer = {.buffer = text, .capacity = sizeof text}, counted = {0};
    glia__summary_write(&writer, &network);
    assert_string_equal(text, expected);
    glia__summary_write(&counted, &network);
    assert_int_equal(counted.length, strlen(expected));
    glia__network_release(&network);
}

static void test_summary_has_a_line_a_layer(void **state)
{
    (void)state;
    assert_summary("input 784, standardize, dense 128 relu, dropout 0.2, dense 10 softmax",
                   "layer                outputs     parameters\n"
                   "input                784\n"
                   "standardize          784         0\n"
                   "dense                128         100480\n"
                   "relu                 128         0\n"
                   "dropout              128         0\n"
                   "dense                10          1290\n"
                   "softmax              10          0\n"
                   "total                            101770\n");
}

/* Where a number is wider than its column, the next one follows after a space. No 32 bits hold one. */
static void test_summary_keeps_wide_numbers_apart(void **state)
{
    (void)state;
    if (SIZE_MAX == UINT32_MAX)
        skip();
    assert_summary("input 9007199254740992, identity", "layer                outputs     parameters\n"
                                                       "input                9007199254740992\n"
                                                       "identity             9007199254740992 0\n"
                                                       "total                            0\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_summary_has_a_line_a_layer),
        cmocka_unit_test(test_summary_keeps_wide_numbers_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
