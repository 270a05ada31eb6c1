/* SPDX-License-Identifier: MIT */
/* Looking into a network: tensors, parameters, sizes and the summary; and what adapt writes into one. */
#include "harness.h"

#include <math.h>
#include <string.h>

/* Tensors */

static glia_tensor tensor_at(const glia_net *net, size_t index)
{
    glia_tensor view = {.struct_size = sizeof view};
    assert_ok(glia_net_tensor(net, index, &view));
    assert_int_equal(view.struct_size, sizeof view);
    return view;
}

static size_t tensor_count(const glia_net *net)
{
    glia_tensor view = {.struct_size = sizeof view};
    size_t count = 0;
    while (glia_net_tensor(net, count, &view) == GLIA_OK)
        count++;
    return count;
}

static size_t value_count(const glia_tensor *view)
{
    size_t count = 1;
    for (int32_t i = 0; i < view->rank; i++)
        count *= view->shape[i];
    return count;
}

static void assert_tensor(const glia_net *net, size_t index, const char *name, const size_t *shape, int32_t rank)
{
    glia_tensor view = tensor_at(net, index);
    assert_string_equal(view.name, name);
    assert_int_equal(view.rank, rank);
    for (int32_t i = 0; i < rank; i++)
        assert_int_equal(view.shape[i], shape[i]);
    assert_int_equal(view.is_trained, 1);
}

static void test_tensors_are_named_as_in_the_file_and_shaped_as_in_memory(void **state)
{
    (void)state;
    glia_net *net = harness_net("input 2, dense 3 tanh, dropout 0.5, dense 4 bias=no, dense 5 softmax", 1);
    assert_int_equal(tensor_count(net), 5);
    assert_tensor(net, 0, "0.weight", (const size_t[]){2, 3}, 2);
    assert_tensor(net, 1, "0.bias", (const size_t[]){3}, 1);
    assert_tensor(net, 2, "3.weight", (const size_t[]){3, 4}, 2);
    assert_tensor(net, 3, "4.weight", (const size_t[]){4, 5}, 2);
    assert_tensor(net, 4, "4.bias", (const size_t[]){5}, 1);
    glia_net_destroy(net);
}

static void test_trained_tensors_are_the_parameters_without_gaps(void **state)
{
    (void)state;
    glia_net *net = harness_net("input 7, standardize, dense 13 tanh, standardize, dense 3 bias=no, dense 5", 1);
    size_t count = harness_parameter_count(net);
    const real *at = glia_net_parameters(net, NULL);
    for (size_t i = 0; i < tensor_count(net); i++) {
        glia_tensor view = tensor_at(net, i);
        if (!view.is_trained)
            continue;
        assert_ptr_equal(view.values, at);
        at += value_count(&view);
    }
    assert_ptr_equal(at, glia_net_parameters(net, NULL) + count);
    assert_int_equal(count, 7 * 13 + 13 + 13 * 3 + 3 * 5 + 5);
    glia_net_destroy(net);
}

static void test_what_is_not_trained_is_listed_beside_the_parameters(void **state)
{
    (void)state;
    glia_net *net = harness_net("input 7, standardize, dense 2", 1);
    size_t n_untrained = 0, count = harness_parameter_count(net);
    const real *parameters = glia_net_parameters(net, NULL);
    for (size_t i = 0; i < tensor_count(net); i++) {
        glia_tensor view = tensor_at(net, i);
        if (view.is_trained)
            continue;
        n_untrained += value_count(&view);
        assert_memory_equal(view.name, "glia.", 5);
        assert_true(view.values + value_count(&view) <= parameters || view.values >= parameters + count);
    }
    assert_int_equal(n_untrained, 2 * 7); /* a mean and a deviation for every column */
    glia_net_destroy(net);
}

static void test_network_without_parameters_is_complete(void **state)
{
    (void)state;
    const real inputs[] = {1, -2, 3, -4}, expected[] = {1, 0, 3, 0};
    real outputs[4];
    size_t count = 99;
    glia_samples rows = harness_with_targets(inputs, inputs, 2);
    glia_net *net = harness_net("input 2, relu", 1);
    assert_non_null(glia_net_parameters(net, &count));
    assert_int_equal(count, 0);
    assert_ok(glia_net_train(net, &rows, NULL));
    assert_ok(glia_net_fit(net, &rows, NULL, "epochs=2", NULL, NULL));
    assert_ok(glia_net_predict(net, inputs, 2, outputs));
    assert_same_bits(outputs, expected, 4);
    harness_file file = harness_save(net);
    glia_net *loaded = harness_load(file);
    assert_saves(loaded, file);
    glia_net_destroy(loaded);
    harness_free(&file);
    glia_net_destroy(net);
}

static void test_sizes_are_those_of_the_rows(void **state)
{
    (void)state;
    glia_net *net = harness_net("input 7, dense 13 tanh, dense 3 softmax", 1);
    assert_int_equal(glia_net_input_size(net), 7);
    assert_int_equal(glia_net_output_size(net), 3);
    assert_non_null(glia_cpu(net));
    glia_net_destroy(net);
}

static void test_summary_shows_layers_widths_and_parameters(void **state)
{
    (void)state;
    static const char *const parts[] = {"dense", "tanh", "dropout", "softmax", "784", "128", "10", "100480", "1290"};
    char text[4096];
    glia_net *net = harness_net("input 784, dense 128 tanh, dropout 0.2, dense 10 softmax", 1);
    assert_ok(glia_net_summary(net, text, sizeof text, NULL));
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (strstr(text, parts[i]) == NULL)
            fail_msg("the summary lacks '%s':\n%s", parts[i], text);
    glia_net_destroy(net);
}

/* Adapt */

enum {
    ROWS = 6,
    COLUMNS = 3
};

/* A column of mean 3 and deviation 2, one that does not vary, one of mean -1 and deviation 1 / 2. */
static const real table[ROWS * COLUMNS] = {1, 7, -0.5, 5, 7, -1.5, 1, 7, -0.5, 5, 7, -1.5, 1, 7, -0.5, 5, 7, -1.5};

static void assert_standardizes(const glia_net *net, const real *row, const double *expected)
{
    real outputs[COLUMNS];
    assert_ok(glia_net_predict(net, row, 1, outputs));
    for (size_t i = 0; i < COLUMNS; i++)
        assert_close(outputs[i], expected[i]);
}

static void test_standardize_begins_by_changing_nothing(void **state)
{
    (void)state;
    const real row[] = {1, -2, 30};
    glia_net *net = harness_net("input 3, standardize", 1);
    assert_standardizes(net, row, (const double[]){1, -2, 30});
    glia_net_destroy(net);
}

static void test_adapt_learns_mean_and_deviation_of_columns(void **state)
{
    (void)state;
    const real row[] = {7, 9, 0};
    glia_samples rows = harness_with_classes(table, NULL, ROWS);
    glia_net *net = harness_net("input 3, standardize", 1);
    assert_ok(glia_net_adapt(net, &rows));
    assert_standardizes(net, row, (const double[]){2, 2, 2}); /* the second column has a deviation of 1 */
    assert_standardizes(net, table, (const double[]){-1, 0, 1});
    glia_net_destroy(net);
}

/* Sums of 0.1 are rounded, so that a mean of them is not always 0.1: no deviation must come of that. */
static void test_adapt_gives_a_constant_column_a_deviation_of_1(void **state)
{
    (void)state;
    enum {
        MOST = 50
    };
    real inputs[MOST], row_weights[MOST];
    harness_fill(row_weights, MOST, 3);
    for (size_t i = 0; i < MOST; i++) {
        inputs[i] = (real)0.1;
        row_weights[i] += 1;
    }
    glia_net *net = harness_net("input 1, standardize", 1);
    for (size_t n = 1; n <= 2 * MOST; n++) {
        const real row[] = {(real)1.1};
        real output;
        glia_samples rows = harness_with_classes(inputs, NULL, n <= MOST ? n : n - MOST);
        rows.row_weights = n <= MOST ? NULL : row_weights;
        assert_ok(glia_net_adapt(net, &rows));
        assert_ok(glia_net_predict(net, row, 1, &output));
        assert_close(output, 1);
    }
    glia_net_destroy(net);
}

/* By weight, the first column is 1 and 5 three to one: mean 2, variance (3 x 1 + 9) / 4. */
static void test_adapt_weighs_rows(void **state)
{
    (void)state;
    const real row_weights[ROWS] = {3, 1, 1.5, 0.5, 0, 0}, row[] = {5, 7, -0.5};
    const real repeated[4 * COLUMNS] = {1, 7, -0.5, 1, 7, -0.5, 1, 7, -0.5, 5, 7, -1.5};
    glia_samples rows = harness_with_classes(table, NULL, ROWS), repeats = harness_with_classes(repeated, NULL, 4);
    rows.row_weights = row_weights;
    glia_net *net = harness_net("input 3, standardize", 1), *other = harness_net("input 3, standardize", 1);
    assert_ok(glia_net_adapt(net, &rows));
    assert_standardizes(net, row, (const double[]){3 / sqrt(3), 0, 0.25 / sqrt(0.1875)});
    assert_ok(glia_net_adapt(other, &repeats));
    assert_standardizes(other, row, (const double[]){3 / sqrt(3), 0, 0.25 / sqrt(0.1875)});
    glia_net_destroy(other);
    glia_net_destroy(net);
}

/* Every standardize layer, also behind others, sees columns of mean 0 and deviation 1 afterwards. */
static void test_adapt_learns_every_standardize_layer(void **state)
{
    (void)state;
    enum {
        MANY = 500,
        UNITS = 4
    };
    static real inputs[MANY * COLUMNS], outputs[MANY * UNITS];
    harness_fill(inputs, COUNT_OF(inputs), 1);
    for (size_t i = 0; i < COUNT_OF(inputs); i++)
        inputs[i] = 10 + 3 * inputs[i];
    glia_samples rows = harness_with_classes(inputs, NULL, MANY);
    glia_net *net = harness_net("input 3, standardize, dropout 0.5, dense 4 tanh, standardize", 1);
    assert_ok(glia_net_adapt(net, &rows));
    assert_ok(glia_net_predict(net, inputs, MANY, outputs));
    for (size_t unit = 0; unit < UNITS; unit++) {
        double sum = 0, squares = 0;
        for (size_t row = 0; row < MANY; row++) {
            double y = outputs[row * UNITS + unit];
            sum += y;
            squares += y * y;
        }
        /* Mean and deviation are rounded once, each output a few times: errors of u times values of about 10. */
        assert_near(sum / MANY, 0, 64 * ROUNDING);
        assert_near(squares / MANY, 1, 64 * ROUNDING);
    }
    glia_net_destroy(net);
}

/* A deviation of 1 on a mean of a million is lost where squares are summed in float. */
static void test_adapt_keeps_a_small_deviation_of_a_large_mean(void **state)
{
    (void)state;
    real inputs[100], outputs[2], few[] = {1000001, 999999};
    for (size_t i = 0; i < COUNT_OF(inputs); i++)
        inputs[i] = few[i % 2];
    glia_samples rows = harness_with_classes(inputs, NULL, COUNT_OF(inputs));
    glia_net *net = harness_net("input 1, standardize", 1);
    assert_ok(glia_net_adapt(net, &rows));
    assert_ok(glia_net_predict(net, few, 2, outputs));
    assert_close(outputs[0], 1);
    assert_close(outputs[1], -1);
    glia_net_destroy(net);
}

/* To divide by its deviation would make infinity of 1. */
static void test_adapt_gives_a_column_of_subnormal_numbers_a_deviation_of_1(void **state)
{
    (void)state;
    const real inputs[] = {0, LEAST_NORMAL / 100}, row[] = {2};
    real output;
    glia_samples rows = harness_with_classes(inputs, NULL, 2);
    glia_net *net = harness_net("input 1, standardize", 1);
    assert_ok(glia_net_adapt(net, &rows));
    assert_ok(glia_net_predict(net, row, 1, &output));
    assert_true(output == 2);
    glia_net_destroy(net);
}

static void test_adapt_without_standardize_changes_nothing(void **state)
{
    (void)state;
    glia_samples rows = harness_with_classes(table, NULL, ROWS);
    glia_net *net = harness_net("input 3, dense 2", 1);
    harness_file before = harness_save(net);
    assert_ok(glia_net_adapt(net, &rows));
    assert_saves(net, before);
    harness_free(&before);
    glia_net_destroy(net);
}

static void test_adapt_refuses_what_has_no_mean(void **state)
{
    (void)state;
    const real no_weight[ROWS] = {0};
    static const double bad[] = {NAN, INFINITY, -INFINITY};
    real bad_table[ROWS * COLUMNS];
    glia_samples rows = harness_with_classes(table, NULL, ROWS);
    glia_net *net = harness_net("input 3, standardize, dense 2", 1);
    assert_ok(glia_net_adapt(net, &rows));
    harness_file before = harness_save(net);
    rows.row_weights = no_weight;
    assert_status(glia_net_adapt(net, &rows), GLIA_ERR_ARGUMENT);
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        memcpy(bad_table, table, sizeof table);
        bad_table[ROWS * COLUMNS - 1] = (real)bad[i];
        rows = harness_with_classes(bad_table, NULL, ROWS);
        assert_status(glia_net_adapt(net, &rows), GLIA_ERR_ARGUMENT);
    }
    assert_saves(net, before);
    harness_free(&before);
    glia_net_destroy(net);
}

/* tanh makes 1 of it, and relu 0. */
static void test_adapt_refuses_infinity_that_a_layer_would_hide(void **state)
{
    (void)state;
    static const char *const architectures[] = {"input 1, tanh, standardize", "input 1, relu, standardize"};
    const real inputs[] = {1, (real)-INFINITY};
    glia_samples rows = harness_with_classes(inputs, NULL, 2);
    for (size_t i = 0; i < COUNT_OF(architectures); i++) {
        glia_net *net = harness_net(architectures[i], 1);
        assert_status(glia_net_adapt(net, &rows), GLIA_ERR_ARGUMENT);
        glia_net_destroy(net);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tensors_are_named_as_in_the_file_and_shaped_as_in_memory),
        cmocka_unit_test(test_trained_tensors_are_the_parameters_without_gaps),
        cmocka_unit_test(test_what_is_not_trained_is_listed_beside_the_parameters),
        cmocka_unit_test(test_network_without_parameters_is_complete),
        cmocka_unit_test(test_sizes_are_those_of_the_rows),
        cmocka_unit_test(test_summary_shows_layers_widths_and_parameters),
        cmocka_unit_test(test_standardize_begins_by_changing_nothing),
        cmocka_unit_test(test_adapt_learns_mean_and_deviation_of_columns),
        cmocka_unit_test(test_adapt_gives_a_constant_column_a_deviation_of_1),
        cmocka_unit_test(test_adapt_weighs_rows),
        cmocka_unit_test(test_adapt_learns_every_standardize_layer),
        cmocka_unit_test(test_adapt_keeps_a_small_deviation_of_a_large_mean),
        cmocka_unit_test(test_adapt_gives_a_column_of_subnormal_numbers_a_deviation_of_1),
        cmocka_unit_test(test_adapt_without_standardize_changes_nothing),
        cmocka_unit_test(test_adapt_refuses_what_has_no_mean),
        cmocka_unit_test(test_adapt_refuses_infinity_that_a_layer_would_hide),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
