/* SPDX-License-Identifier: MIT */
/* fit: batches, epochs and their order, and what is left after a failure. */
#include "fit_harness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void test_fit_trains_on_batches_in_order(void **state)
{
    (void)state;
    glia_net *net = fit_net(), *expected = fit_net();
    for (size_t begin = 0; begin < FIT_ROWS; begin += 32) {
        size_t rows = FIT_ROWS - begin < 32 ? FIT_ROWS - begin : 32;
        glia_samples batch = harness_with_classes(fit_inputs + begin * 2, fit_classes + begin, rows);
        assert_ok(glia_net_train(expected, &batch, NULL));
    }
    fit_all_rows(net, "batch=32 shuffle=no");
    fit_assert_same_parameters(net, expected);
    glia_net_destroy(expected);
    glia_net_destroy(net);
}

static void test_batch_all_is_one_batch(void **state)
{
    (void)state;
    static const char *const texts[] = {"batch=all shuffle=no", "batch=100 shuffle=no", "batch=1000 shuffle=no"};
    glia_samples rows = fit_rows();
    glia_net *expected = fit_net();
    assert_ok(glia_net_train(expected, &rows, NULL));
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        glia_net *net = fit_net();
        fit_all_rows(net, texts[i]);
        fit_assert_same_parameters(net, expected);
        glia_net_destroy(net);
    }
    glia_net_destroy(expected);
}

static void test_targets_and_row_weights_reach_every_batch(void **state)
{
    (void)state;
    real targets[FIT_ROWS * 2];
    for (size_t i = 0; i < COUNT_OF(targets); i++)
        targets[i] = (real)0.5 + fit_inputs[i] / 2;
    glia_net *net = fit_net(), *expected = fit_net();
    for (size_t begin = 0; begin < FIT_ROWS; begin += 40) {
        size_t rows = FIT_ROWS - begin < 40 ? FIT_ROWS - begin : 40;
        glia_samples batch = harness_with_targets(fit_inputs + begin * 2, targets + begin * 2, rows);
        batch.row_weights = fit_row_weights + begin;
        assert_ok(glia_net_train(expected, &batch, NULL));
    }
    glia_samples rows = harness_with_targets(fit_inputs, targets, FIT_ROWS);
    rows.row_weights = fit_row_weights;
    assert_ok(glia_net_fit(net, &rows, NULL, "batch=40 shuffle=no", NULL, NULL));
    fit_assert_same_parameters(net, expected);
    glia_net_destroy(expected);
    glia_net_destroy(net);
}

static void test_defaults_are_one_epoch_of_32_shuffled(void **state)
{
    (void)state;
    glia_net *expected = fit_net(), *by_null = fit_net(), *by_nothing = fit_net();
    fit_all_rows(expected, "epochs=1 batch=32 shuffle=yes");
    fit_all_rows(by_null, NULL);
    fit_all_rows(by_nothing, "");
    assert_same_net(by_null, expected);
    assert_same_net(by_nothing, expected);
    glia_net_destroy(by_nothing);
    glia_net_destroy(by_null);
    glia_net_destroy(expected);
}

static void test_pending_gradients_are_dropped(void **state)
{
    (void)state;
    glia_net *net = fit_net(), *expected = fit_net();
    assert_ok(glia_net_forward(net, fit_inputs, 10, NULL));
    assert_ok(glia_net_backward_classes(net, fit_classes, NULL, NULL));
    assert_ok(glia_net_forward(expected, fit_inputs, 10, NULL)); /* the same pass, with other masks */
    fit_all_rows(net, "epochs=2");
    fit_all_rows(expected, "epochs=2");
    assert_same_net(net, expected);
    assert_status(glia_net_backward_classes(net, fit_classes, NULL, NULL), GLIA_ERR_STATE);
    assert_status(glia_net_step(net), GLIA_ERR_STATE);
    glia_net_destroy(expected);
    glia_net_destroy(net);
}

static void test_20_fits_of_one_epoch_are_one_of_20(void **state)
{
    (void)state;
    glia_net *net = fit_net(), *expected = fit_net();
    fit_all_rows(expected, "epochs=20");
    for (int i = 0; i < 20; i++)
        fit_all_rows(net, "epochs=1");
    assert_same_net(net, expected);
    glia_net_destroy(expected);
    glia_net_destroy(net);
}

/* By save and load, or by copy. */
static void assert_epochs_go_on(int is_copied)
{
    glia_net *first = fit_net(), *expected = fit_net();
    fit_all_rows(expected, "epochs=12 batch=16");
    fit_all_rows(first, "epochs=5 batch=16");
    harness_file file = harness_save(first);
    glia_net *second = is_copied ? harness_copy(first) : harness_load(file);
    glia_net_destroy(first);
    fit_all_rows(second, "epochs=7 batch=16");
    assert_same_net(second, expected);
    harness_free(&file);
    glia_net_destroy(second);
    glia_net_destroy(expected);
}

static void test_n_epochs_save_load_m_epochs_are_n_plus_m(void **state)
{
    (void)state;
    assert_epochs_go_on(0);
}

static void test_n_epochs_copy_m_epochs_are_n_plus_m(void **state)
{
    (void)state;
    assert_epochs_go_on(1);
}

static void test_shuffle_changes_the_order(void **state)
{
    (void)state;
    glia_net *net = fit_net(), *in_order = fit_net();
    fit_all_rows(net, "shuffle=yes");
    fit_all_rows(in_order, "shuffle=no");
    assert_memory_not_equal(glia_net_parameters(net, NULL), glia_net_parameters(in_order, NULL),
                            harness_parameter_count(net) * sizeof(real));
    glia_net_destroy(in_order);
    glia_net_destroy(net);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The losses of rows alone, and those of shuffled batches of one row that change nothing: the same but for order. */
static void assert_rows_stay_whole(const char *architecture, const glia_samples *rows)
{
    fit_events all = {.count = 0};
    double expected[FIT_ROWS], losses[FIT_ROWS];
    glia_net *net = harness_net(architecture, 5);
    const char *loss = rows->classes != NULL ? "cross_entropy reduction=sum" : "mse reduction=sum";
    assert_ok(glia_net_set_loss(net, loss));
    assert_ok(glia_net_set_learning_rate(net, 0));
    assert_ok(glia_net_fit(net, rows, NULL, "batch=1", fit_record, &all));
    for (size_t i = 0; i < FIT_ROWS; i++) {
        glia_samples row = *rows;
        row.rows = 1;
        row.inputs += i * 2;
        row.row_weights += i;
        if (rows->targets != NULL)
            row.targets += i * 2;
        else
            row.classes += i;
        expected[i] = harness_metric(net, &row, "loss");
        losses[i] = all.at[i].loss;
    }
    qsort(expected, FIT_ROWS, sizeof *expected, by_value);
    qsort(losses, FIT_ROWS, sizeof *losses, by_value);
    for (size_t i = 0; i < FIT_ROWS; i++)
        assert_close(losses[i], expected[i]);
    glia_net_destroy(net);
}

static void test_shuffled_rows_keep_their_classes_targets_and_weights(void **state)
{
    (void)state;
    real targets[FIT_ROWS * 2];
    int32_t classes[FIT_ROWS];
    harness_fill(targets, COUNT_OF(targets), 7);
    harness_fill_classes(classes, FIT_ROWS, 2, 8);
    glia_samples rows = harness_with_targets(fit_inputs, targets, FIT_ROWS);
    rows.row_weights = fit_row_weights;
    assert_rows_stay_whole("input 2, dense 2", &rows);
    rows = harness_with_classes(fit_inputs, classes, FIT_ROWS);
    rows.row_weights = fit_row_weights;
    assert_rows_stay_whole("input 2, dense 2 softmax", &rows);
}

static int all_finite(glia_net *net)
{
    size_t count;
    const real *parameters = glia_net_parameters(net, &count);
    for (size_t i = 0; i < count; i++)
        if (!isfinite(parameters[i]))
            return 0;
    return 1;
}

/* Steps of train until the loss or a parameter is no longer finite, as fit would find them. */
static void test_divergence_leaves_the_network_after_the_last_completed_step(void **state)
{
    (void)state;
    enum {
        MOST_STEPS = 5000,
        N_PARAMETERS = 6
    };
    real last[N_PARAMETERS], before_last[N_PARAMETERS];
    glia_samples rows = harness_with_targets(fit_inputs, fit_inputs, FIT_ROWS);
    glia_net *net = harness_net("input 2, dense 2", 1);
    assert_ok(glia_net_set_optimizer(net, "sgd learning_rate=1000"));
    glia_net *steps = harness_copy(net);
    assert_int_equal(harness_parameter_count(net), N_PARAMETERS);
    assert_status(glia_net_fit(net, &rows, NULL, "epochs=5000 batch=all shuffle=no", NULL, NULL), GLIA_ERR_DIVERGED);

    double loss = 0;
    int i = 0;
    for (; i < MOST_STEPS && isfinite(loss) && all_finite(steps); i++) {
        memcpy(before_last, glia_net_parameters(steps, NULL), sizeof last);
        assert_ok(glia_net_train(steps, &rows, &loss));
        memcpy(last, glia_net_parameters(steps, NULL), sizeof last);
    }
    assert_true(i > 1 && i < MOST_STEPS);
    const real *left = glia_net_parameters(net, NULL);
    assert_true(memcmp(left, last, sizeof last) == 0 || memcmp(left, before_last, sizeof last) == 0);
    glia_net_destroy(steps);
    glia_net_destroy(net);
}

/* y = w x with w = 1, x = 1000 and a target of 0: the gradient is 2 million. */
static const real thousand[] = {1000}, zero[] = {0};

static glia_net *steep_net(double learning_rate)
{
    glia_net *net = harness_unit_net(1, "identity bias=no");
    assert_ok(glia_net_set_optimizer(net, "sgd"));
    assert_ok(glia_net_set_learning_rate(net, learning_rate));
    return net;
}

static void test_parameter_that_is_not_finite_diverges_after_its_step(void **state)
{
    (void)state;
    glia_samples row = harness_with_targets(thousand, zero, 1);
    glia_net *net = steep_net((double)REAL_MAX), *expected = harness_copy(net);
    assert_status(glia_net_fit(net, &row, NULL, "epochs=9", NULL, NULL), GLIA_ERR_DIVERGED);
    assert_message_has("epoch 1: a parameter");
    assert_ok(glia_net_train(expected, &row, NULL));
    assert_false(all_finite(expected));
    fit_assert_same_parameters(net, expected);
    glia_net_destroy(expected);
    glia_net_destroy(net);
}

/* The first step makes a parameter of which 1000 times as much is infinite. */
static void test_loss_that_is_not_finite_diverges_before_its_step(void **state)
{
    (void)state;
    glia_samples row = harness_with_targets(thousand, zero, 1);
    glia_net *net = steep_net((double)REAL_MAX / 1e8), *expected = harness_copy(net);
    assert_status(glia_net_fit(net, &row, NULL, "epochs=9", NULL, NULL), GLIA_ERR_DIVERGED);
    assert_message_has("epoch 2: the loss");
    assert_ok(glia_net_fit(expected, &row, NULL, "epochs=1", NULL, NULL));
    assert_same_net(net, expected);
    glia_net_destroy(expected);
    glia_net_destroy(net);
}

static void test_validation_loss_that_is_not_finite_diverges_after_its_epoch(void **state)
{
    (void)state;
    const real largest[] = {REAL_MAX};
    glia_samples row = harness_with_targets(thousand, zero, 1), validation = harness_with_targets(largest, zero, 1);
    glia_net *net = steep_net(1e-8), *expected;
    glia_net_parameters(net, NULL)[0] = 2;
    expected = harness_copy(net);
    assert_status(glia_net_fit(net, &row, &validation, "epochs=9", NULL, NULL), GLIA_ERR_DIVERGED);
    assert_message_has("epoch 1: the validation loss");
    assert_ok(glia_net_fit(expected, &row, NULL, "epochs=1", NULL, NULL));
    assert_same_net(net, expected);
    glia_net_destroy(expected);
    glia_net_destroy(net);
}

static void test_nan_in_the_data_diverges_before_any_step(void **state)
{
    (void)state;
    real bad_inputs[FIT_ROWS * 2];
    memcpy(bad_inputs, fit_inputs, sizeof bad_inputs);
    bad_inputs[7] = (real)NAN;
    glia_samples rows = harness_with_classes(bad_inputs, fit_classes, FIT_ROWS);
    glia_net *net = fit_net(), *expected = fit_net();
    assert_status(glia_net_fit(net, &rows, NULL, "batch=all", NULL, NULL), GLIA_ERR_DIVERGED);
    assert_same_net(net, expected);
    assert_status(glia_net_backward_classes(net, fit_classes, NULL, NULL), GLIA_ERR_STATE);
    assert_status(glia_net_step(net), GLIA_ERR_STATE);
    glia_net_destroy(expected);
    glia_net_destroy(net);
}

static void test_train_does_not_look_for_nan(void **state)
{
    (void)state;
    const real bad_inputs[] = {(real)NAN, 1};
    double loss;
    glia_samples row = harness_with_classes(bad_inputs, fit_classes, 1);
    glia_net *net = fit_net();
    assert_ok(glia_net_train(net, &row, &loss));
    assert_true(isnan(loss));
    glia_net_destroy(net);
}

static void test_bad_validation_is_refused_before_anything_changes(void **state)
{
    (void)state;
    glia_samples rows = fit_rows(), bad = fit_rows();
    glia_net *net = fit_net();
    harness_file before = harness_save(net);
    bad.targets = fit_inputs;
    assert_status(glia_net_fit(net, &rows, &bad, NULL, NULL, NULL), GLIA_ERR_ARGUMENT);
    bad = harness_with_classes(fit_inputs, NULL, FIT_ROWS);
    assert_status(glia_net_fit(net, &rows, &bad, NULL, NULL, NULL), GLIA_ERR_ARGUMENT);
    bad = harness_with_classes(fit_inputs, fit_classes, 0);
    assert_status(glia_net_fit(net, &rows, &bad, NULL, NULL, NULL), GLIA_ERR_SHAPE);
    bad = harness_with_classes(NULL, fit_classes, FIT_ROWS);
    assert_status(glia_net_fit(net, &rows, &bad, NULL, NULL, NULL), GLIA_ERR_ARGUMENT);
    bad = fit_rows();
    bad.struct_size = 0;
    assert_status(glia_net_fit(net, &rows, &bad, NULL, NULL, NULL), GLIA_ERR_ARGUMENT);
    assert_saves(net, before);
    harness_free(&before);
    glia_net_destroy(net);
}

static void test_bad_options_are_refused_before_anything_changes(void **state)
{
    (void)state;
    static const char *const bad[] = {"epochs=-1",
                                      "epochs=1.5",
                                      "epochs=many",
                                      "epochs=",
                                      "epochs",
                                      "batch=0",
                                      "batch=-32",
                                      "batch=some",
                                      "batch=1e999",
                                      "batch=nan",
                                      "patience=-1",
                                      "patience=yes",
                                      "shuffle=2",
                                      "shuffle=",
                                      "rows=5",
                                      "20",
                                      "epochs=2 epochs=3",
                                      "epochs=99999999999999999999999"};
    glia_samples rows = fit_rows();
    glia_net *net = fit_net();
    harness_file before = harness_save(net);
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        if (glia_net_fit(net, &rows, NULL, bad[i], NULL, NULL) != GLIA_ERR_TEXT)
            fail_msg("fit accepts '%s'", bad[i]);
    assert_saves(net, before);
    harness_free(&before);
    glia_net_destroy(net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fit_trains_on_batches_in_order),
        cmocka_unit_test(test_batch_all_is_one_batch),
        cmocka_unit_test(test_targets_and_row_weights_reach_every_batch),
        cmocka_unit_test(test_defaults_are_one_epoch_of_32_shuffled),
        cmocka_unit_test(test_pending_gradients_are_dropped),
        cmocka_unit_test(test_20_fits_of_one_epoch_are_one_of_20),
        cmocka_unit_test(test_n_epochs_save_load_m_epochs_are_n_plus_m),
        cmocka_unit_test(test_n_epochs_copy_m_epochs_are_n_plus_m),
        cmocka_unit_test(test_shuffle_changes_the_order),
        cmocka_unit_test(test_shuffled_rows_keep_their_classes_targets_and_weights),
        cmocka_unit_test(test_divergence_leaves_the_network_after_the_last_completed_step),
        cmocka_unit_test(test_parameter_that_is_not_finite_diverges_after_its_step),
        cmocka_unit_test(test_loss_that_is_not_finite_diverges_before_its_step),
        cmocka_unit_test(test_validation_loss_that_is_not_finite_diverges_after_its_epoch),
        cmocka_unit_test(test_nan_in_the_data_diverges_before_any_step),
        cmocka_unit_test(test_train_does_not_look_for_nan),
        cmocka_unit_test(test_bad_validation_is_refused_before_anything_changes),
        cmocka_unit_test(test_bad_options_are_refused_before_anything_changes),
    };
    return cmocka_run_group_tests(tests, fit_fill_rows, NULL) != 0;
}
