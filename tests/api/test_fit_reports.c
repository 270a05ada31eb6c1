/* SPDX-License-Identifier: MIT */
/* What fit tells progress, and what the history keeps. */
#include "fit_harness.h"

#include <math.h>

static void test_progress_is_told_every_batch_and_every_epoch(void **state)
{
    (void)state;
    fit_events all = {.count = 0};
    glia_samples rows = fit_rows();
    glia_net *net = fit_net();
    assert_ok(glia_net_fit(net, &rows, NULL, "epochs=3", fit_record, &all));
    assert_int_equal(all.count, 3 * 5);
    for (size_t i = 0; i < all.count; i++) {
        size_t batch = i % 5 < 4 ? i % 5 + 1 : 4;
        assert_int_equal(all.at[i].epoch, i / 5 + 1);
        assert_int_equal(all.at[i].batch, batch);
        assert_int_equal(all.at[i].batches, 4);
        assert_int_equal(all.at[i].is_epoch_end, i % 5 == 4);
        assert_true(isnan(all.at[i].validation_loss));
    }
    glia_net_destroy(net);
}

static void test_batch_losses_are_those_of_train(void **state)
{
    (void)state;
    fit_events all = {.count = 0};
    glia_samples rows = fit_rows();
    glia_net *net = fit_net(), *expected = fit_net();
    assert_ok(glia_net_fit(net, &rows, NULL, "batch=50 shuffle=no", fit_record, &all));
    for (size_t i = 0; i < 2; i++) {
        double loss;
        glia_samples batch = harness_with_classes(fit_inputs + i * 100, fit_classes + i * 50, 50);
        assert_ok(glia_net_train(expected, &batch, &loss));
        assert_true(all.at[i].loss == loss);
    }
    glia_net_destroy(expected);
    glia_net_destroy(net);
}

/* The mean of the batch losses, weighted by each batch's sum of row weights, whatever the reduction. */
static void assert_epoch_loss(const char *loss, const real *weights)
{
    fit_events all = {.count = 0};
    double sum = 0, sum_of_weights = 0;
    glia_samples rows = fit_rows();
    rows.row_weights = weights;
    glia_net *net = fit_net();
    assert_ok(glia_net_set_loss(net, loss));
    assert_ok(glia_net_fit(net, &rows, NULL, "batch=32 shuffle=no", fit_record, &all));
    for (size_t batch = 0; batch < 4; batch++) {
        double weight = 0;
        for (size_t row = batch * 32; row < FIT_ROWS && row < (batch + 1) * 32; row++)
            weight += weights != NULL ? (double)weights[row] : 1;
        sum += weight * all.at[batch].loss;
        sum_of_weights += weight;
    }
    /* Sums of losses are kept in double: a few roundings of it. */
    assert_near(all.at[4].loss, sum / sum_of_weights, 1e-13 * fabs(sum / sum_of_weights));
    assert_true(fit_history_at(net, "loss", 0, 1) == all.at[4].loss);
    glia_net_destroy(net);
}

static void test_epoch_loss_is_the_weighted_mean_of_batch_losses(void **state)
{
    (void)state;
    assert_epoch_loss("cross_entropy l2=0.01", NULL);
    assert_epoch_loss("cross_entropy l2=0.01", fit_row_weights);
    assert_epoch_loss("cross_entropy l2=0.01 reduction=sum", NULL);
    assert_epoch_loss("cross_entropy l2=0.01 reduction=sum", fit_row_weights);
}

static void test_history_has_a_number_an_epoch(void **state)
{
    (void)state;
    fit_events all = {.count = 0};
    glia_samples rows = fit_rows();
    glia_net *net = fit_net();
    assert_ok(glia_net_fit(net, &rows, &rows, "epochs=6 batch=all", fit_record, &all));
    for (size_t i = 0; i < 6; i++) {
        assert_true(fit_history_at(net, "loss", i, 6) == all.at[2 * i + 1].loss);
        assert_true(fit_history_at(net, "validation_loss", i, 6) == all.at[2 * i + 1].validation_loss);
        double accuracy = fit_history_at(net, "accuracy", i, 6),
               of_validation = fit_history_at(net, "validation_accuracy", i, 6);
        assert_true(accuracy >= 0 && accuracy <= 1 && of_validation >= 0 && of_validation <= 1);
    }
    glia_net_destroy(net);
}

static void test_history_is_of_the_last_fit(void **state)
{
    (void)state;
    glia_samples rows = fit_rows();
    glia_net *net = fit_net();
    assert_ok(glia_net_fit(net, &rows, &rows, "epochs=3", NULL, NULL));
    fit_all_rows(net, "epochs=2");
    (void)fit_history_at(net, "loss", 0, 2);
    assert_null(glia_net_history(net, "validation_loss", NULL));
    glia_net_destroy(net);
}

static void test_history_without_record_is_null(void **state)
{
    (void)state;
    size_t count = 99;
    glia_net *net = fit_net();
    assert_null(glia_net_history(net, "loss", &count));
    assert_int_equal(count, 0);
    fit_all_rows(net, NULL);
    static const char *const names[] = {"validation_loss", "validation_accuracy", "nothing", ""};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        count = 99;
        assert_null(glia_net_history(net, names[i], &count));
        assert_int_equal(count, 0);
    }
    glia_net_destroy(net);
}

static void test_regression_has_no_accuracy(void **state)
{
    (void)state;
    glia_samples rows = harness_with_targets(fit_inputs, fit_inputs, FIT_ROWS);
    glia_net *net = harness_net("input 2, dense 2", 1);
    assert_ok(glia_net_fit(net, &rows, NULL, NULL, NULL, NULL));
    (void)fit_history_at(net, "loss", 0, 1);
    assert_null(glia_net_history(net, "accuracy", NULL));
    glia_net_destroy(net);
}

/* Without dropout and at a rate of 0 nothing moves, so that training accuracy is that of evaluate. */
static void test_accuracy_is_that_of_the_rows(void **state)
{
    (void)state;
    glia_samples rows = fit_rows();
    glia_net *net = harness_net("input 2, dense 5 tanh, dense 2 softmax", 5);
    assert_ok(glia_net_set_learning_rate(net, 0));
    assert_ok(glia_net_fit(net, &rows, &rows, "batch=32", NULL, NULL));
    double expected = harness_metric(net, &rows, "accuracy");
    assert_near(fit_history_at(net, "accuracy", 0, 1), expected, 1e-13);
    assert_near(fit_history_at(net, "validation_accuracy", 0, 1), expected, 1e-13);
    glia_net_destroy(net);
}

/* The network and its validation set, to look at from within progress. */
typedef struct look {
    const glia_net *net;
    glia_samples validation;
    int n_epochs;
} look;

static int32_t compare_validation_loss(void *user, const glia_progress *progress)
{
    look *now = user;
    if (progress->is_epoch_end) {
        assert_true(progress->validation_loss == harness_metric(now->net, &now->validation, "loss"));
        now->n_epochs++;
    }
    return 0;
}

static void test_validation_loss_is_that_of_evaluate(void **state)
{
    (void)state;
    glia_samples rows = fit_rows();
    glia_net *net = fit_net();
    look now = {net, harness_with_classes(fit_inputs, fit_classes, 30), 0};
    now.validation.row_weights = fit_row_weights;
    assert_ok(glia_net_fit(net, &rows, &now.validation, "epochs=3", compare_validation_loss, &now));
    assert_int_equal(now.n_epochs, 3);
    glia_net_destroy(net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_progress_is_told_every_batch_and_every_epoch),
        cmocka_unit_test(test_batch_losses_are_those_of_train),
        cmocka_unit_test(test_epoch_loss_is_the_weighted_mean_of_batch_losses),
        cmocka_unit_test(test_history_has_a_number_an_epoch),
        cmocka_unit_test(test_history_is_of_the_last_fit),
        cmocka_unit_test(test_history_without_record_is_null),
        cmocka_unit_test(test_regression_has_no_accuracy),
        cmocka_unit_test(test_accuracy_is_that_of_the_rows),
        cmocka_unit_test(test_validation_loss_is_that_of_evaluate),
    };
    return cmocka_run_group_tests(tests, fit_fill_rows, NULL) != 0;
}
