/* SPDX-License-Identifier: MIT */
/* The network: its layers and their numbers, and where its arrays stand. */
#include "net/network.h"

#include "base/counted_allocator.h"
#include "net/network_harness.h"

/* "2-3 3-3 3-2": the widths of the layers; "0.weight ...": the names of the arrays. */
static void assert_layers(const char *architecture, const char *widths, const char *names)
{
    char found_widths[256] = "", found_names[256] = "";
    glia__network network = network_make(architecture);
    glia__writer writer = {.buffer = found_widths, .capacity = sizeof found_widths};
    for (size_t i = 0; i < network.layer_count; i++) {
        glia__write_text(&writer, i > 0 ? " " : "");
        glia__write_count(&writer, network.layers[i].input_size);
        glia__write_text(&writer, "-");
        glia__write_count(&writer, network.layers[i].output_size);
        assert_int_equal(network.layers[i].index, i);
    }
    writer = (glia__writer){.buffer = found_names, .capacity = sizeof found_names};
    for (size_t i = 0; i < network.array_count; i++) {
        glia__write_text(&writer, i > 0 ? " " : "");
        glia__write_text(&writer, network.arrays[i]->name);
    }
    assert_string_equal(found_widths, widths);
    assert_string_equal(found_names, names);
    glia__network_release(&network);
}

/* As PyTorch counts: every layer one, an activation other than identity one of its own. */
static void test_modules_and_tensors_are_counted_as_in_the_file(void **state)
{
    (void)state;
    assert_layers("input 2, dense 3 tanh, dense 2 softmax", "2-3 3-3 3-2 2-2", "0.weight 0.bias 2.weight 2.bias");
    assert_layers("input 2, dense 3, dense 2 identity", "2-3 3-2", "0.weight 0.bias 1.weight 1.bias");
    assert_layers("input 2, standardize, dense 5 bias=no, dropout 0.5, dense 4 relu, tanh, dense 1",
                  "2-2 2-5 5-5 5-4 4-4 4-4 4-1",
                  "glia.0.mean glia.0.deviation 1.weight 3.weight 3.bias 6.weight 6.bias");
    assert_layers("input 7, identity", "7-7", "");
}

static void test_sizes_are_those_of_the_ends_and_the_widest(void **state)
{
    (void)state;
    glia__network network = network_make("input 9, dense 3, dense 8, dense 2");
    assert_int_equal(network.input_size, 9);
    assert_int_equal(network.output_size, 2);
    assert_int_equal(network.widest, 8);
    glia__network_release(&network);
}

/* Trained arrays first, layer by layer, weight before bias; then the others; nothing between. */
static void test_parameters_are_contiguous_and_statistics_follow(void **state)
{
    (void)state;
    glia__network network = network_make("input 2, standardize, dense 3, standardize, dense 1 relu");
    real *expected[] = {network.values + 13, network.values + 15, network.values,     network.values + 6,
                        network.values + 17, network.values + 20, network.values + 9, network.values + 12};
    assert_int_equal(network.parameter_count, 6 + 3 + 3 + 1);
    assert_int_equal(network.value_count, 13 + 4 + 6);
    assert_int_equal(network.array_count, COUNT_OF(expected));
    for (size_t i = 0; i < COUNT_OF(expected); i++)
        assert_ptr_equal(network.arrays[i]->values, expected[i]);
    glia__network_release(&network);
}

static void test_same_seed_gives_the_same_values(void **state)
{
    (void)state;
    glia__network_setup setup = network_setup();
    glia__network network = network_make("input 5, dense 4 tanh, dense 3 relu"), other;
    assert_ok(glia__network_plan(&other, network.architecture, &setup));
    assert_ok(glia__network_allocate(&other));
    glia__network_initialize(&other);
    assert_same_bits(other.values, network.values, network.value_count);
    other.seed++;
    glia__network_initialize(&other);
    assert_true(other.values[0] != network.values[0]);
    glia__network_release(&other);
    glia__network_release(&network);
}

static void test_layers_of_the_same_shape_begin_differently(void **state)
{
    (void)state;
    glia__network network = network_make("input 3, dense 3 bias=no, dense 3 bias=no");
    for (size_t i = 0; i < 9; i++)
        assert_true(network.values[i] != network.values[9 + i]);
    glia__network_release(&network);
}

static void test_last_activation_has_the_logits(void **state)
{
    (void)state;
    static const struct {
        const char *architecture, *name;
        bool has_logits;
    } cases[] = {
        {"input 2, dense 2 softmax", "softmax", true}, {"input 2, dense 2", "identity", false},
        {"input 2, dense 2, tanh", "tanh", true},      {"input 2, dense 2 identity", "identity", false},
        {"input 2, identity", "identity", true},       {"input 2, dense 2 tanh, dropout 0.5", "identity", false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        glia__network network = network_make(cases[i].architecture);
        assert_string_equal(glia__network_last_activation(&network), cases[i].name);
        assert_int_equal(glia__network_has_logits(&network), cases[i].has_logits);
        glia__network_release(&network);
    }
}

/* The widths of a square whose numbers a size_t can just not count, and of one whose bytes it cannot; and of one whose
 * numbers are far more than there is memory for, though they can be counted in either precision. */
#if SIZE_MAX > UINT32_MAX
#define TOO_MANY_NUMBERS "input 4294967296, dense 4294967296"
#define TOO_MANY_BYTES   "input 2147483648, dense 2147483648"
#define VAST_WIDTH       1000000
#define VAST             "input 1000000, dense 1000000"
#else
#define TOO_MANY_NUMBERS "input 65536, dense 65536"
#define TOO_MANY_BYTES   "input 32768, dense 32768"
#define VAST_WIDTH       20000
#define VAST             "input 20000, dense 20000"
#endif

/* A reader compares sizes before it takes memory for the values. */
static void test_plan_of_a_network_too_large_for_memory_takes_little(void **state)
{
    (void)state;
    counted_memory memory = {0};
    glia__network network;
    glia__network_setup setup = network_setup();
    setup.allocator = counted_allocator(&memory);
    assert_ok(glia__network_plan(&network, VAST, &setup));
    assert_int_equal(network.parameter_count, (size_t)VAST_WIDTH * VAST_WIDTH + VAST_WIDTH);
    assert_true(memory.bytes < 10000);
    assert_null(network.values);
    glia__network_release(&network);
    assert_int_equal(memory.blocks, 0);
}

static void test_networks_too_large_to_count_are_refused(void **state)
{
    (void)state;
    network_assert_refused("input 65535, dense 4294967295, dense 4294967295", GLIA_ERR_SHAPE, "than memory can count");
    network_assert_refused(TOO_MANY_NUMBERS, GLIA_ERR_SHAPE, "more than memory can count");
    network_assert_refused(TOO_MANY_BYTES, GLIA_ERR_SHAPE, "larger than memory can count");
}

static void test_outputs_other_than_wanted_are_refused(void **state)
{
    (void)state;
    glia__network network;
    glia__network_setup setup = network_setup();
    setup.output_size = 3;
    assert_status(glia__network_plan(&network, "input 2, tanh", &setup), GLIA_ERR_SHAPE);
    assert_string_equal(glia_error_message(), "the architecture has 2 outputs; 3 are wanted");
}

static void test_every_failed_allocation_is_answered_without_a_leak(void **state)
{
    (void)state;
    counted_memory memory = {0};
    glia__network_setup setup = network_setup();
    setup.allocator = counted_allocator(&memory);
    for (size_t n = 1;; n++) {
        glia__network network;
        counted_memory_fail(&memory, n);
        glia_status status = glia__network_plan(&network, "input 2, dense 3 tanh", &setup);
        if (status == GLIA_OK)
            status = glia__network_allocate(&network);
        glia__network_release(&network);
        assert_int_equal(memory.blocks, 0);
        if (!counted_memory_relent(&memory))
            break;
        assert_int_equal(status, GLIA_ERR_NOMEM);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_modules_and_tensors_are_counted_as_in_the_file),
        cmocka_unit_test(test_sizes_are_those_of_the_ends_and_the_widest),
        cmocka_unit_test(test_parameters_are_contiguous_and_statistics_follow),
        cmocka_unit_test(test_same_seed_gives_the_same_values),
        cmocka_unit_test(test_layers_of_the_same_shape_begin_differently),
        cmocka_unit_test(test_last_activation_has_the_logits),
        cmocka_unit_test(test_plan_of_a_network_too_large_for_memory_takes_little),
        cmocka_unit_test(test_networks_too_large_to_count_are_refused),
        cmocka_unit_test(test_outputs_other_than_wanted_are_refused),
        cmocka_unit_test(test_every_failed_allocation_is_answered_without_a_leak),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
