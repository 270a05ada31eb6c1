/* SPDX-License-Identifier: MIT */
/* Every documented refusal of every call, with outputs and network left as they were. */
#include "harness.h"

#include <math.h>
#include <string.h>

enum {
    ROWS = 4,
    INPUTS = 3,
    OUTPUTS = 2,
    UNTOUCHED = 7
};

static const real inputs[ROWS * INPUTS] = {0.5, -1, 2, 0.25, -0.75, 1.5, 1, 1, -2, -0.5, 0.125, 0.75};
static const real targets[ROWS * OUTPUTS] = {1, 0, 0, 1, 0.5, 0.5, 1, 0};
static const int32_t classes[ROWS] = {0, 1, 1, 0};

/* Numbers of rows whose arrays cannot be counted in memory, some of which wrap to small sizes. */
static const size_t huge[] = {
    SIZE_MAX,
    SIZE_MAX / 2,
    SIZE_MAX / sizeof(real),
    SIZE_MAX / (INPUTS * sizeof(real)) + 1,
    SIZE_MAX / (OUTPUTS * sizeof(real)) + 1,
    ((size_t)1 << (sizeof(size_t) * 8 - 1)) + 1,
};

static glia_net *new_net(void)
{
    return harness_net("input 3, dense 4 tanh, dropout 0.5, dense 2 softmax", 1);
}

static glia_samples good_rows(void)
{
    return harness_with_classes(inputs, classes, ROWS);
}

/* create, copy */

static glia_status create_with(const char *architecture, const glia_options *options)
{
    glia_net *net = NULL;
    glia_status status = glia_net_create_with(&net, architecture, options);
    assert_int_equal(net != NULL, status == GLIA_OK);
    glia_net_destroy(net);
    return status;
}

static void test_create_refuses_null(void **state)
{
    (void)state;
    glia_net *net = NULL;
    assert_status(glia_net_create(NULL, "input 1, dense 1", 1), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_create(&net, NULL, 1), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_create_with(NULL, "input 1, dense 1", NULL), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_create_with(&net, NULL, NULL), GLIA_ERR_ARGUMENT);
    assert_null(net);
    assert_ok(create_with("input 1, dense 1", NULL));
}

static void test_create_checks_struct_size(void **state)
{
    (void)state;
    static const size_t bad[] = {0, 1, sizeof(glia_options) - 1, sizeof(glia_options) + 8, SIZE_MAX};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        glia_options options = {.struct_size = bad[i]};
        assert_status(create_with("input 1, dense 1", &options), GLIA_ERR_ARGUMENT);
    }
}

static void *allocate_nothing(void *user, size_t size, size_t alignment)
{
    (void)user, (void)size, (void)alignment;
    return NULL;
}

static void release_nothing(void *user, void *block, size_t size)
{
    (void)user, (void)block, (void)size;
}

static void test_create_checks_its_options(void **state)
{
    (void)state;
    glia_options options = {.struct_size = sizeof options, .threads = -1};
    assert_status(create_with("input 1, dense 1", &options), GLIA_ERR_ARGUMENT);
    options = (glia_options){.struct_size = sizeof options, .allocate = allocate_nothing};
    assert_status(create_with("input 1, dense 1", &options), GLIA_ERR_ARGUMENT);
    options = (glia_options){.struct_size = sizeof options, .release = release_nothing};
    assert_status(create_with("input 1, dense 1", &options), GLIA_ERR_ARGUMENT);
    options = (glia_options){.struct_size = sizeof options, .kernels = "abacus"};
    assert_status(create_with("input 1, dense 1", &options), GLIA_ERR_TEXT);
    assert_message_has("abacus");
    options = (glia_options){.struct_size = sizeof options, .allocate = allocate_nothing, .release = release_nothing};
    assert_status(create_with("input 1, dense 1", &options), GLIA_ERR_NOMEM);
}

static void test_create_checks_widths_against_its_options(void **state)
{
    (void)state;
    glia_options options = {.struct_size = sizeof options, .input_size = 3, .output_size = 2};
    assert_ok(create_with("input 3, dense 2", &options));
    assert_ok(create_with("dense 4 tanh, dense softmax", &options));
    assert_status(create_with("input 4, dense 2", &options), GLIA_ERR_SHAPE);
    assert_status(create_with("input 3, dense 4", &options), GLIA_ERR_SHAPE);
}

/* Widths in texts end at 2^53 too: up to there every whole number is a double. */
static void test_create_refuses_widths_that_no_text_can_have(void **state)
{
    (void)state;
#if SIZE_MAX > UINT32_MAX
    static const size_t bad[] = {((size_t)1 << 53) + 1, ((size_t)1 << 53) + 2, SIZE_MAX};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        glia_options options = {.struct_size = sizeof options, .input_size = bad[i]};
        assert_status(create_with("dense 1", &options), GLIA_ERR_SHAPE);
        options = (glia_options){.struct_size = sizeof options, .output_size = bad[i]};
        assert_status(create_with("input 1, dense", &options), GLIA_ERR_SHAPE);
    }
#else
    skip();
#endif
}

static void test_threads_may_be_more_than_processors(void **state)
{
    (void)state;
    glia_options options = {.struct_size = sizeof options, .threads = 500};
    assert_ok(create_with("input 1, dense 1", &options));
    glia_net *net = new_net();
    assert_ok(glia_net_set_threads(net, 0));
    assert_ok(glia_net_set_threads(net, 500));
    assert_status(glia_net_set_threads(net, -1), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_set_threads(NULL, 1), GLIA_ERR_ARGUMENT);
    glia_net_destroy(net);
}

static void test_kernels_may_be_limited_to_portable(void **state)
{
    (void)state;
    glia_net *net = NULL;
    glia_options options = {.struct_size = sizeof options, .kernels = "portable"};
    assert_ok(glia_net_create_with(&net, "input 1, dense 1", &options));
    assert_string_equal(glia_cpu(net), "portable");
    glia_net_destroy(net);
}

static void test_copy_and_destroy_take_null(void **state)
{
    (void)state;
    glia_net *net = new_net(), *copy = NULL;
    assert_status(glia_net_copy(NULL, net), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_copy(&copy, NULL), GLIA_ERR_ARGUMENT);
    assert_null(copy);
    glia_net_destroy(net);
    glia_net_destroy(NULL);
}

/* settings */

static void test_set_calls_refuse_null(void **state)
{
    (void)state;
    glia_net *net = new_net();
    assert_status(glia_net_set_loss(NULL, "mse"), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_set_loss(net, NULL), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_set_optimizer(NULL, "adam"), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_set_optimizer(NULL, NULL), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_set_learning_rate(NULL, 0.5), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_set_metadata(NULL, "key", "value"), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_set_metadata(net, NULL, "value"), GLIA_ERR_ARGUMENT);
    glia_net_destroy(net);
}

/* forward and predict */

static void test_forward_and_predict_refuse_null(void **state)
{
    (void)state;
    real outputs[ROWS * OUTPUTS] = {UNTOUCHED};
    glia_net *net = new_net();
    assert_status(glia_net_forward(NULL, inputs, ROWS, outputs), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_forward(net, NULL, ROWS, outputs), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_predict(NULL, inputs, ROWS, outputs), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_predict(net, NULL, ROWS, outputs), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_predict(net, inputs, ROWS, NULL), GLIA_ERR_ARGUMENT);
    assert_true(outputs[0] == UNTOUCHED);
    glia_net_destroy(net);
}

static void test_forward_and_predict_refuse_rows_that_cannot_be(void **state)
{
    (void)state;
    real outputs[ROWS * OUTPUTS] = {UNTOUCHED};
    glia_net *net = new_net();
    assert_status(glia_net_forward(net, inputs, 0, outputs), GLIA_ERR_SHAPE);
    assert_status(glia_net_predict(net, inputs, 0, outputs), GLIA_ERR_SHAPE);
    for (size_t i = 0; i < COUNT_OF(huge); i++) {
        assert_status(glia_net_forward(net, inputs, huge[i], outputs), GLIA_ERR_SHAPE);
        assert_status(glia_net_forward(net, inputs, huge[i], NULL), GLIA_ERR_SHAPE);
        assert_status(glia_net_predict(net, inputs, huge[i], outputs), GLIA_ERR_SHAPE);
    }
    assert_true(outputs[0] == UNTOUCHED);
    glia_net_destroy(net);
}

/* One array for inputs and outputs; `outputs_at` is where the outputs begin, in values. */
static void assert_overlap(size_t inputs_at, size_t outputs_at, glia_status expected)
{
    real array[3 * ROWS * INPUTS] = {0};
    glia_net *net = new_net();
    assert_status(glia_net_forward(net, array + inputs_at, ROWS, array + outputs_at), expected);
    assert_status(glia_net_predict(net, array + inputs_at, ROWS, array + outputs_at), expected);
    glia_net_destroy(net);
}

static void test_forward_and_predict_refuse_overlap(void **state)
{
    (void)state;
    enum {
        MIDDLE = ROWS * INPUTS
    };
    assert_overlap(MIDDLE, MIDDLE, GLIA_ERR_ARGUMENT);
    assert_overlap(MIDDLE, MIDDLE + 2, GLIA_ERR_ARGUMENT);
    assert_overlap(MIDDLE, MIDDLE + ROWS * INPUTS - 1, GLIA_ERR_ARGUMENT);
    assert_overlap(MIDDLE, MIDDLE - ROWS * OUTPUTS + 1, GLIA_ERR_ARGUMENT);
    assert_overlap(MIDDLE, MIDDLE + ROWS * INPUTS, GLIA_OK);
    assert_overlap(MIDDLE, MIDDLE - ROWS * OUTPUTS, GLIA_OK);
}

/* backward */

static void test_backward_refuses_null(void **state)
{
    (void)state;
    real input_gradient[ROWS * INPUTS] = {UNTOUCHED};
    double loss = UNTOUCHED;
    glia_net *net = new_net();
    assert_ok(glia_net_forward(net, inputs, ROWS, NULL));
    assert_status(glia_net_backward(NULL, targets, NULL, &loss), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_backward(net, NULL, NULL, &loss), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_backward_classes(NULL, classes, NULL, &loss), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_backward_classes(net, NULL, NULL, &loss), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_backward_from(NULL, targets, input_gradient), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_backward_from(net, NULL, input_gradient), GLIA_ERR_ARGUMENT);
    assert_true(loss == UNTOUCHED && input_gradient[0] == UNTOUCHED);
    assert_status(glia_net_step(net), GLIA_ERR_STATE); /* none of them counts as a backward */
    glia_net_destroy(net);
}

static void test_backward_from_refuses_overlap(void **state)
{
    (void)state;
    real borrowed[ROWS * INPUTS] = {0}, array[2 * ROWS * INPUTS] = {0};
    glia_net *net = new_net();
    assert_ok(glia_net_forward(net, borrowed, ROWS, NULL));
    assert_status(glia_net_backward_from(net, array, array), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_backward_from(net, array, array + ROWS * OUTPUTS - 1), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_backward_from(net, array, borrowed), GLIA_ERR_ARGUMENT);
    assert_ok(glia_net_backward_from(net, array, array + ROWS * OUTPUTS));
    glia_net_destroy(net);
}

static void test_optional_arguments_may_be_null(void **state)
{
    (void)state;
    glia_samples rows = good_rows();
    glia_net *net = new_net();
    assert_ok(glia_net_forward(net, inputs, ROWS, NULL));
    assert_ok(glia_net_backward(net, targets, NULL, NULL));
    assert_ok(glia_net_backward_classes(net, classes, NULL, NULL));
    assert_ok(glia_net_backward_from(net, targets, NULL));
    assert_ok(glia_net_train(net, &rows, NULL));
    assert_ok(glia_net_fit(net, &rows, NULL, NULL, NULL, NULL));
    assert_non_null(glia_net_history(net, "loss", NULL));
    assert_non_null(glia_net_parameters(net, NULL));
    assert_non_null(glia_net_gradients(net, NULL));
    glia_net_destroy(net);
}

static void test_step_and_zero_gradients_refuse_null(void **state)
{
    (void)state;
    assert_status(glia_net_step(NULL), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_zero_gradients(NULL), GLIA_ERR_ARGUMENT);
}

/* calls on samples */

/* train, fit, evaluate and, where targets do not matter, adapt answer the same to bad samples, and change nothing. */
static void assert_samples_are_refused(const glia_samples *bad, glia_status expected, int concerns_adapt)
{
    double value = UNTOUCHED;
    glia_samples rows = good_rows();
    glia_net *net = harness_net("input 3, standardize, dense 4 tanh, dropout 0.5, dense 2 softmax", 1);
    harness_file before = harness_save(net);
    assert_status(glia_net_train(net, bad, &value), expected);
    assert_status(glia_net_evaluate(net, bad, "loss", &value), expected);
    assert_status(glia_net_fit(net, bad, NULL, NULL, NULL, NULL), expected);
    if (bad != NULL)
        assert_status(glia_net_fit(net, &rows, bad, NULL, NULL, NULL), expected);
    if (concerns_adapt)
        assert_status(glia_net_adapt(net, bad), expected);
    assert_true(value == UNTOUCHED);
    assert_saves(net, before);
    harness_free(&before);
    glia_net_destroy(net);
}

static void test_samples_must_not_be_null(void **state)
{
    (void)state;
    glia_samples bad = good_rows();
    assert_samples_are_refused(NULL, GLIA_ERR_ARGUMENT, 1);
    bad.inputs = NULL;
    assert_samples_are_refused(&bad, GLIA_ERR_ARGUMENT, 1);
}

static void test_samples_must_have_a_struct_size(void **state)
{
    (void)state;
    static const size_t bad_sizes[] = {0, 1, sizeof(glia_samples) - 1, sizeof(glia_samples) + 8, SIZE_MAX};
    for (size_t i = 0; i < COUNT_OF(bad_sizes); i++) {
        glia_samples bad = good_rows();
        bad.struct_size = bad_sizes[i];
        assert_samples_are_refused(&bad, GLIA_ERR_ARGUMENT, 1);
    }
}

static void test_samples_must_have_targets_or_classes(void **state)
{
    (void)state;
    glia_samples bad = good_rows();
    bad.classes = NULL;
    assert_samples_are_refused(&bad, GLIA_ERR_ARGUMENT, 0);
    bad = good_rows();
    bad.targets = targets;
    assert_samples_are_refused(&bad, GLIA_ERR_ARGUMENT, 0);
}

static void test_samples_must_have_rows_that_can_be(void **state)
{
    (void)state;
    glia_samples bad = good_rows();
    bad.rows = 0;
    assert_samples_are_refused(&bad, GLIA_ERR_SHAPE, 1);
    for (size_t i = 0; i < COUNT_OF(huge); i++) {
        bad.rows = huge[i];
        assert_samples_are_refused(&bad, GLIA_ERR_SHAPE, 1);
    }
}

static void test_samples_must_have_good_row_weights(void **state)
{
    (void)state;
    static const double bad_weights[] = {-1, NAN, INFINITY, -INFINITY};
    for (size_t i = 0; i < COUNT_OF(bad_weights); i++) {
        const real row_weights[ROWS] = {1, 1, 1, (real)bad_weights[i]};
        glia_samples bad = good_rows();
        bad.row_weights = row_weights;
        assert_samples_are_refused(&bad, GLIA_ERR_ARGUMENT, 1);
    }
}

static void test_calls_on_samples_refuse_null(void **state)
{
    (void)state;
    double value = UNTOUCHED;
    glia_samples rows = good_rows();
    glia_net *net = new_net();
    assert_status(glia_net_train(NULL, &rows, &value), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_adapt(NULL, &rows), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_fit(NULL, &rows, NULL, NULL, NULL, NULL), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_evaluate(NULL, &rows, "loss", &value), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_evaluate(net, &rows, NULL, &value), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_evaluate(net, &rows, "loss", NULL), GLIA_ERR_ARGUMENT);
    assert_true(value == UNTOUCHED);
    glia_net_destroy(net);
}

/* One array of the samples, with the values of two metrics over its first, middle and last bytes. */
typedef union shared_array {
    real numbers[4 * ROWS * INPUTS];
    int32_t classes[4 * ROWS * INPUTS];
    double values[2 * ROWS * INPUTS];
} shared_array;

static void assert_values_overlap(const glia_samples *rows, shared_array *shared, size_t bytes)
{
    glia_net *net = new_net();
    size_t behind = (bytes + sizeof(double) - 1) / sizeof(double);
    for (size_t i = 0; i < behind; i++)
        assert_status(glia_net_evaluate(net, rows, "loss, accuracy", shared->values + i), GLIA_ERR_ARGUMENT);
    assert_ok(glia_net_evaluate(net, rows, "loss, accuracy", shared->values + behind));
    glia_net_destroy(net);
}

static void test_evaluate_refuses_values_among_the_samples(void **state)
{
    (void)state;
    shared_array shared = {.numbers = {0}};
    glia_samples rows = good_rows();
    rows.inputs = shared.numbers;
    assert_values_overlap(&rows, &shared, ROWS * INPUTS * sizeof(real));
    rows = good_rows();
    rows.classes = shared.classes;
    assert_values_overlap(&rows, &shared, ROWS * sizeof(int32_t));
    rows = good_rows();
    rows.row_weights = shared.numbers;
    assert_values_overlap(&rows, &shared, ROWS * sizeof(real));
    rows = harness_with_targets(inputs, shared.numbers, ROWS);
    assert_values_overlap(&rows, &shared, ROWS * OUTPUTS * sizeof(real));
}

static void test_adapt_takes_samples_without_targets(void **state)
{
    (void)state;
    glia_samples rows = harness_with_classes(inputs, NULL, ROWS);
    glia_net *net = harness_net("input 3, standardize, dense 2", 1);
    assert_ok(glia_net_adapt(net, &rows));
    glia_net_destroy(net);
}

/* calls that lend */

static void test_calls_that_lend_answer_null_to_null(void **state)
{
    (void)state;
    size_t count = 99;
    glia_net *net = new_net();
    assert_null(glia_net_history(NULL, "loss", &count));
    assert_int_equal(count, 0);
    assert_null(glia_net_history(net, NULL, NULL));
    assert_null(glia_net_parameters(NULL, NULL));
    assert_null(glia_net_gradients(NULL, NULL));
    assert_null(glia_net_architecture(NULL));
    assert_null(glia_net_metadata(NULL, "key"));
    assert_null(glia_net_metadata(net, NULL));
    assert_null(glia_net_metadata_key(NULL, 0));
    assert_null(glia_cpu(NULL));
    assert_int_equal(glia_net_input_size(NULL), 0);
    assert_int_equal(glia_net_output_size(NULL), 0);
    glia_net_destroy(net);
}

static void test_tensor_checks_its_arguments(void **state)
{
    (void)state;
    static const size_t bad_sizes[] = {0, 1, sizeof(glia_tensor) - 1, sizeof(glia_tensor) + 8};
    glia_tensor view = {.struct_size = sizeof view, .rank = UNTOUCHED};
    glia_net *net = new_net();
    assert_status(glia_net_tensor(NULL, 0, &view), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_tensor(net, 0, NULL), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_tensor(net, 4, &view), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_tensor(net, SIZE_MAX, &view), GLIA_ERR_ARGUMENT);
    for (size_t i = 0; i < COUNT_OF(bad_sizes); i++) {
        view.struct_size = bad_sizes[i];
        assert_status(glia_net_tensor(net, 0, &view), GLIA_ERR_ARGUMENT);
    }
    assert_int_equal(view.rank, UNTOUCHED);
    glia_net_destroy(net);
}

static void test_summary_checks_its_room(void **state)
{
    (void)state;
    char text[4096];
    size_t needed = 0;
    glia_net *net = new_net();
    assert_status(glia_net_summary(NULL, text, sizeof text, &needed), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_summary(net, NULL, sizeof text, &needed), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_summary(net, NULL, 0, &needed), GLIA_ERR_ARGUMENT);
    assert_true(needed > 1 && needed <= sizeof text);
    memset(text, '?', sizeof text);
    size_t again = 0;
    assert_status(glia_net_summary(net, text, needed - 1, &again), GLIA_ERR_ARGUMENT);
    assert_int_equal(again, needed);
    assert_int_equal(text[0], '?');
    assert_ok(glia_net_summary(net, text, needed, NULL));
    assert_int_equal(strlen(text), needed - 1);
    assert_int_equal(text[needed], '?');
    glia_net_destroy(net);
}

/* files */

static void test_save_and_load_refuse_null(void **state)
{
    (void)state;
    char byte = UNTOUCHED;
    size_t needed;
    glia_net *net = new_net(), *loaded = NULL;
    assert_status(glia_net_save(NULL, "x.glia"), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_save(net, NULL), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_load(NULL, "x.glia", NULL), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_load(&loaded, NULL, NULL), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_save_memory(NULL, &byte, 1, &needed), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_save_memory(net, NULL, 1, &needed), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_load_memory(NULL, &byte, 1, NULL), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_load_memory(&loaded, NULL, 1, NULL), GLIA_ERR_ARGUMENT);
    assert_null(loaded);
    assert_int_equal(byte, UNTOUCHED);
    glia_net_destroy(net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_create_refuses_null),
        cmocka_unit_test(test_create_checks_struct_size),
        cmocka_unit_test(test_create_checks_its_options),
        cmocka_unit_test(test_create_checks_widths_against_its_options),
        cmocka_unit_test(test_create_refuses_widths_that_no_text_can_have),
        cmocka_unit_test(test_threads_may_be_more_than_processors),
        cmocka_unit_test(test_kernels_may_be_limited_to_portable),
        cmocka_unit_test(test_copy_and_destroy_take_null),
        cmocka_unit_test(test_set_calls_refuse_null),
        cmocka_unit_test(test_forward_and_predict_refuse_null),
        cmocka_unit_test(test_forward_and_predict_refuse_rows_that_cannot_be),
        cmocka_unit_test(test_forward_and_predict_refuse_overlap),
        cmocka_unit_test(test_backward_refuses_null),
        cmocka_unit_test(test_backward_from_refuses_overlap),
        cmocka_unit_test(test_optional_arguments_may_be_null),
        cmocka_unit_test(test_step_and_zero_gradients_refuse_null),
        cmocka_unit_test(test_samples_must_not_be_null),
        cmocka_unit_test(test_samples_must_have_a_struct_size),
        cmocka_unit_test(test_samples_must_have_targets_or_classes),
        cmocka_unit_test(test_samples_must_have_rows_that_can_be),
        cmocka_unit_test(test_samples_must_have_good_row_weights),
        cmocka_unit_test(test_calls_on_samples_refuse_null),
        cmocka_unit_test(test_evaluate_refuses_values_among_the_samples),
        cmocka_unit_test(test_adapt_takes_samples_without_targets),
        cmocka_unit_test(test_calls_that_lend_answer_null_to_null),
        cmocka_unit_test(test_tensor_checks_its_arguments),
        cmocka_unit_test(test_summary_checks_its_room),
        cmocka_unit_test(test_save_and_load_refuse_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
