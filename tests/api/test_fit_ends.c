/* SPDX-License-Identifier: MIT */
/* When fit ends before its last epoch, and with which parameters. */
#include "fit_harness.h"

#include <string.h>

static void test_progress_stops_after_a_batch(void **state)
{
    (void)state;
    fit_events all = {.stop_at = 3};
    glia_samples rows = fit_rows(), batch = harness_with_classes(fit_inputs, fit_classes, 10);
    glia_net *net = fit_net(), *expected = fit_net();
    assert_status(glia_net_fit(net, &rows, NULL, "batch=10 shuffle=no", fit_record, &all), GLIA_STOPPED);
    assert_int_equal(all.count, 3);
    for (size_t i = 0; i < 3; i++) {
        batch.inputs = fit_inputs + i * 20;
        batch.classes = fit_classes + i * 10;
        assert_ok(glia_net_train(expected, &batch, NULL));
    }
    fit_assert_same_parameters(net, expected);
    glia_net_destroy(expected);
    glia_net_destroy(net);
}

static void test_progress_stops_after_an_epoch(void **state)
{
    (void)state;
    fit_events all = {.stop_at = 2 * 5};
    glia_samples rows = fit_rows();
    glia_net *net = fit_net(), *expected = fit_net();
    assert_status(glia_net_fit(net, &rows, NULL, "epochs=9", fit_record, &all), GLIA_STOPPED);
    fit_all_rows(expected, "epochs=2");
    assert_same_net(net, expected);
    (void)fit_history_at(net, "loss", 0, 2);
    glia_net_destroy(expected);
    glia_net_destroy(net);
}

/* Where the count of epochs stands in the saved file. */
static void assert_epochs_counted(const glia_net *net, const char *field)
{
    char header[1024];
    harness_file file = harness_save(net);
    assert_true(file.size > sizeof header);
    memcpy(header, file.bytes + sizeof(uint64_t), sizeof header - 1);
    header[sizeof header - 1] = '\0';
    assert_non_null(strstr(header, field));
    harness_free(&file);
}

static void test_epoch_that_had_not_ended_does_not_count(void **state)
{
    (void)state;
    fit_events in_the_middle = {.stop_at = 3}, at_its_end = {.stop_at = 11};
    glia_samples rows = fit_rows();
    glia_net *net = fit_net();
    assert_status(glia_net_fit(net, &rows, NULL, "batch=10", fit_record, &in_the_middle), GLIA_STOPPED);
    assert_epochs_counted(net, "\"glia.epochs\":\"0\"");
    assert_status(glia_net_fit(net, &rows, NULL, "batch=10", fit_record, &at_its_end), GLIA_STOPPED);
    assert_epochs_counted(net, "\"glia.epochs\":\"1\"");
    glia_net_destroy(net);
}

/* The rows are told apart by their losses, which a rate of 0 leaves as they are. */
static void test_epoch_begun_again_has_the_same_order(void **state)
{
    (void)state;
    fit_events stopped = {.stop_at = 50}, again = {.count = 0};
    glia_samples rows = fit_rows();
    glia_net *net = harness_net("input 2, dense 2 softmax", 5);
    assert_ok(glia_net_set_learning_rate(net, 0));
    assert_status(glia_net_fit(net, &rows, NULL, "batch=1", fit_record, &stopped), GLIA_STOPPED);
    assert_ok(glia_net_fit(net, &rows, NULL, "batch=1", fit_record, &again));
    for (size_t i = 0; i < stopped.count; i++)
        assert_true(stopped.at[i].loss == again.at[i].loss);
    glia_net_destroy(net);
}

/* At a rate of 0 no epoch is better than the first. */
static void assert_patience_ends(const glia_samples *validation, const char *options, size_t expected_epochs)
{
    glia_samples rows = fit_rows();
    glia_net *net = harness_net("input 2, dense 5 tanh, dense 2 softmax", 5);
    assert_ok(glia_net_set_learning_rate(net, 0));
    assert_ok(glia_net_fit(net, &rows, validation, options, NULL, NULL));
    (void)fit_history_at(net, "loss", 0, expected_epochs);
    glia_net_destroy(net);
}

static void test_patience_ends_after_epochs_without_improvement(void **state)
{
    (void)state;
    glia_samples rows = fit_rows();
    assert_patience_ends(&rows, "epochs=50 patience=3", 1 + 3);
    assert_patience_ends(&rows, "epochs=50 patience=1", 1 + 1);
    assert_patience_ends(&rows, "epochs=3 patience=5", 3);
    assert_patience_ends(&rows, "epochs=50", 50);
}

static void test_patience_without_validation_watches_the_training_loss(void **state)
{
    (void)state;
    assert_patience_ends(NULL, "epochs=50 patience=3 shuffle=no", 1 + 3);
}

/* A loss that falls in every epoch leaves patience alone. */
static void test_patience_waits_while_the_loss_improves(void **state)
{
    (void)state;
    glia_samples rows = fit_rows();
    glia_net *net = harness_net("input 2, dense 2 softmax", 5);
    assert_ok(glia_net_set_optimizer(net, "sgd learning_rate=0.1"));
    assert_ok(glia_net_fit(net, &rows, &rows, "epochs=30 patience=1 batch=all", NULL, NULL));
    for (size_t i = 1; i < 30; i++)
        assert_true(fit_history_at(net, "validation_loss", i, 30) < fit_history_at(net, "validation_loss", i - 1, 30));
    glia_net_destroy(net);
}

/* Validation on the opposite of what is learnt: after the first epoch it only becomes worse. */
static glia_samples opposite_rows(int32_t opposite[FIT_ROWS])
{
    for (size_t i = 0; i < FIT_ROWS; i++)
        opposite[i] = 1 - fit_classes[i];
    return harness_with_classes(fit_inputs, opposite, FIT_ROWS);
}

static void test_best_parameters_are_restored(void **state)
{
    (void)state;
    int32_t opposite[FIT_ROWS];
    glia_samples rows = fit_rows(), validation = opposite_rows(opposite);
    glia_net *net = fit_net(), *best = fit_net();
    fit_all_rows(best, "epochs=1 batch=all");
    assert_ok(glia_net_fit(net, &rows, &validation, "epochs=8 batch=all", NULL, NULL));
    for (size_t i = 1; i < 8; i++)
        assert_true(fit_history_at(net, "validation_loss", i, 8) > fit_history_at(net, "validation_loss", 0, 8));
    fit_assert_same_parameters(net, best);
    assert_true(harness_metric(net, &validation, "loss") == fit_history_at(net, "validation_loss", 0, 8));
    glia_net_destroy(best);
    glia_net_destroy(net);
}

static void test_best_parameters_are_restored_when_stopped(void **state)
{
    (void)state;
    int32_t opposite[FIT_ROWS];
    fit_events all = {.stop_at = 3 * 2 + 1}; /* in the fourth epoch, after its batch */
    glia_samples rows = fit_rows(), validation = opposite_rows(opposite);
    glia_net *net = fit_net(), *best = fit_net();
    fit_all_rows(best, "epochs=1 batch=all");
    assert_status(glia_net_fit(net, &rows, &validation, "epochs=8 batch=all", fit_record, &all), GLIA_STOPPED);
    fit_assert_same_parameters(net, best);
    glia_net_destroy(best);
    glia_net_destroy(net);
}

static void test_best_parameters_are_restored_when_patience_ends(void **state)
{
    (void)state;
    int32_t opposite[FIT_ROWS];
    glia_samples rows = fit_rows(), validation = opposite_rows(opposite);
    glia_net *net = fit_net(), *best = fit_net();
    fit_all_rows(best, "epochs=1 batch=all");
    assert_ok(glia_net_fit(net, &rows, &validation, "epochs=8 batch=all patience=2", NULL, NULL));
    (void)fit_history_at(net, "loss", 0, 3);
    fit_assert_same_parameters(net, best);
    glia_net_destroy(best);
    glia_net_destroy(net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_progress_stops_after_a_batch),
        cmocka_unit_test(test_progress_stops_after_an_epoch),
        cmocka_unit_test(test_epoch_that_had_not_ended_does_not_count),
        cmocka_unit_test(test_epoch_begun_again_has_the_same_order),
        cmocka_unit_test(test_patience_ends_after_epochs_without_improvement),
        cmocka_unit_test(test_patience_without_validation_watches_the_training_loss),
        cmocka_unit_test(test_patience_waits_while_the_loss_improves),
        cmocka_unit_test(test_best_parameters_are_restored),
        cmocka_unit_test(test_best_parameters_are_restored_when_stopped),
        cmocka_unit_test(test_best_parameters_are_restored_when_patience_ends),
    };
    return cmocka_run_group_tests(tests, fit_fill_rows, NULL) != 0;
}
