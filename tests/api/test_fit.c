/* SPDX-License-Identifier: MIT */
/* fit: batches, epochs and their order, what is reported, when it ends and what is left then. */
#include "harness.h"

#include <math.h>
#include <string.h>

#define ARCHITECTURE "input 2, dense 5 tanh, dropout 0.25, dense 2 softmax"
enum {
    ROWS = 100,
    MOST_EVENTS = 400
};

static real inputs[ROWS * 2], row_weights[ROWS];
static int32_t classes[ROWS];

static int fill_data(void **state)
{
    (void)state;
    harness_fill(inputs, COUNT_OF(inputs), 1);
    harness_fill(row_weights, ROWS, 2);
    for (size_t i = 0; i < ROWS; i++) {
        classes[i] = inputs[i * 2] + inputs[i * 2 + 1] > 0;
        row_weights[i] += 1;
    }
    return 0;
}

static glia_samples all_rows(void)
{
    return harness_with_classes(inputs, classes, ROWS);
}

static glia_net *new_net(void)
{
    glia_net *net = harness_net(ARCHITECTURE, 5);
    assert_ok(glia_net_set_loss(net, "cross_entropy l2=0.001"));
    assert_ok(glia_net_set_optimizer(net, "adam learning_rate=0.02"));
    return net;
}

static void fit(glia_net *net, const char *options)
{
    glia_samples rows = all_rows();
    assert_ok(glia_net_fit(net, &rows, NULL, options, NULL, NULL));
}

static void assert_same_parameters(glia_net *net, glia_net *expected)
{
    size_t count = harness_parameter_count(expected);
    assert_same_bits(glia_net_parameters(net, NULL), glia_net_parameters(expected, NULL), count);
}

/* The only number of a record, or a number of it. */
static double history_at(const glia_net *net, const char *metric, size_t index, size_t expected_count)
{
    size_t count = 0;
    const double *values = glia_net_history(net, metric, &count);
    assert_non_null(values);
    assert_int_equal(count, expected_count);
    return values[index];
}

/* Everything that progress was told; stops at the event of this number, counting from 1. */
typedef struct events {
    glia_progress at[MOST_EVENTS];
    size_t count, stop_at;
} events;

static int32_t record(void *user, const glia_progress *progress)
{
    events *all = user;
    assert_true(all->count < MOST_EVENTS);
    assert_int_equal(progress->struct_size, sizeof *progress);
    all->at[all->count++] = *progress;
    return all->count == all->stop_at;
}

/* fit against train */

static void test_fit_trains_on_batches_in_order(void **state)
{
    (void)state;
    glia_net *net = new_net(), *expected = new_net();
    for (size_t begin = 0; begin < ROWS; begin += 32) {
        size_t rows = ROWS - begin < 32 ? ROWS - begin : 32;
        glia_samples batch = harness_with_classes(inputs + begin * 2, classes + begin, rows);
        assert_ok(glia_net_train(expected, &batch, NULL));
    }
    fit(net, "batch=32 shuffle=no");
    assert_same_parameters(net, expected);
    glia_net_destroy(expected);
    glia_net_destroy(net);
}

static void test_batch_all_is_one_batch(void **state)
{
    (void)state;
    static const char *const texts[] = {"batch=all shuffle=no", "batch=100 shuffle=no", "batch=1000 shuffle=no"};
    glia_samples rows = all_rows();
    glia_net *expected = new_net();
    assert_ok(glia_net_train(expected, &rows, NULL));
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        glia_net *net = new_net();
        fit(net, texts[i]);
        assert_same_parameters(net, expected);
        glia_net_destroy(net);
    }
    glia_net_destroy(expected);
}

static void test_targets_and_row_weights_reach_every_batch(void **state)
{
    (void)state;
    real targets[ROWS * 2];
    for (size_t i = 0; i < COUNT_OF(targets); i++)
        targets[i] = (real)0.5 + inputs[i] / 2;
    glia_net *net = new_net(), *expected = new_net();
    for (size_t begin = 0; begin < ROWS; begin += 40) {
        size_t rows = ROWS - begin < 40 ? ROWS - begin : 40;
        glia_samples batch = harness_with_targets(inputs + begin * 2, targets + begin * 2, rows);
        batch.row_weights = row_weights + begin;
        assert_ok(glia_net_train(expected, &batch, NULL));
    }
    glia_samples rows = harness_with_targets(inputs, targets, ROWS);
    rows.row_weights = row_weights;
    assert_ok(glia_net_fit(net, &rows, NULL, "batch=40 shuffle=no", NULL, NULL));
    assert_same_parameters(net, expected);
    glia_net_destroy(expected);
    glia_net_destroy(net);
}

static void test_defaults_are_one_epoch_of_32_shuffled(void **state)
{
    (void)state;
    glia_net *expected = new_net(), *by_null = new_net(), *by_nothing = new_net();
    fit(expected, "epochs=1 batch=32 shuffle=yes");
    fit(by_null, NULL);
    fit(by_nothing, "");
    assert_same_net(by_null, expected);
    assert_same_net(by_nothing, expected);
    glia_net_destroy(by_nothing);
    glia_net_destroy(by_null);
    glia_net_destroy(expected);
}

static void test_pending_gradients_are_dropped(void **state)
{
    (void)state;
    glia_net *net = new_net(), *expected = new_net();
    assert_ok(glia_net_forward(net, inputs, 10, NULL));
    assert_ok(glia_net_backward_classes(net, classes, NULL, NULL));
    assert_ok(glia_net_forward(expected, inputs, 10, NULL)); /* the same pass, with other masks */
    fit(net, "epochs=2");
    fit(expected, "epochs=2");
    assert_same_net(net, expected);
    assert_status(glia_net_backward_classes(net, classes, NULL, NULL), GLIA_ERR_STATE);
    assert_status(glia_net_step(net), GLIA_ERR_STATE);
    glia_net_destroy(expected);
    glia_net_destroy(net);
}

/* epochs */

static void test_20_fits_of_one_epoch_are_one_of_20(void **state)
{
    (void)state;
    glia_net *net = new_net(), *expected = new_net();
    fit(expected, "epochs=20");
    for (int i = 0; i < 20; i++)
        fit(net, "epochs=1");
    assert_same_net(net, expected);
    glia_net_destroy(expected);
    glia_net_destroy(net);
}

/* By save and load, or by copy. */
static void assert_epochs_go_on(int is_copied)
{
    glia_net *first = new_net(), *expected = new_net();
    fit(expected, "epochs=12 batch=16");
    fit(first, "epochs=5 batch=16");
    harness_file file = harness_save(first);
    glia_net *second = is_copied ? harness_copy(first) : harness_load(file);
    glia_net_destroy(first);
    fit(second, "epochs=7 batch=16");
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
    glia_net *net = new_net(), *in_order = new_net();
    fit(net, "shuffle=yes");
    fit(in_order, "shuffle=no");
    assert_memory_not_equal(glia_net_parameters(net, NULL), glia_net_parameters(in_order, NULL),
                            harness_parameter_count(net) * sizeof(real));
    glia_net_destroy(in_order);
    glia_net_destroy(net);
}

/* what is reported */

static void test_progress_is_told_every_batch_and_every_epoch(void **state)
{
    (void)state;
    events all = {.count = 0};
    glia_samples rows = all_rows();
    glia_net *net = new_net();
    assert_ok(glia_net_fit(net, &rows, NULL, "epochs=3", record, &all));
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
    events all = {.count = 0};
    glia_samples rows = all_rows();
    glia_net *net = new_net(), *expected = new_net();
    assert_ok(glia_net_fit(net, &rows, NULL, "batch=50 shuffle=no", record, &all));
    for (size_t i = 0; i < 2; i++) {
        double loss;
        glia_samples batch = harness_with_classes(inputs + i * 100, classes + i * 50, 50);
        assert_ok(glia_net_train(expected, &batch, &loss));
        assert_true(all.at[i].loss == loss);
    }
    glia_net_destroy(expected);
    glia_net_destroy(net);
}

/* The mean of the batch losses, weighted by each batch's sum of row weights, whatever the reduction. */
static void assert_epoch_loss(const char *loss, const real *weights)
{
    events all = {.count = 0};
    double sum = 0, sum_of_weights = 0;
    glia_samples rows = all_rows();
    rows.row_weights = weights;
    glia_net *net = new_net();
    assert_ok(glia_net_set_loss(net, loss));
    assert_ok(glia_net_fit(net, &rows, NULL, "batch=32 shuffle=no", record, &all));
    for (size_t batch = 0; batch < 4; batch++) {
        double weight = 0;
        for (size_t row = batch * 32; row < ROWS && row < (batch + 1) * 32; row++)
            weight += weights != NULL ? (double)weights[row] : 1;
        sum += weight * all.at[batch].loss;
        sum_of_weights += weight;
    }
    /* Sums of losses are kept in double: a few roundings of it. */
    assert_near(all.at[4].loss, sum / sum_of_weights, 1e-13 * fabs(sum / sum_of_weights));
    assert_true(history_at(net, "loss", 0, 1) == all.at[4].loss);
    glia_net_destroy(net);
}

static void test_epoch_loss_is_the_weighted_mean_of_batch_losses(void **state)
{
    (void)state;
    assert_epoch_loss("cross_entropy l2=0.01", NULL);
    assert_epoch_loss("cross_entropy l2=0.01", row_weights);
    assert_epoch_loss("cross_entropy l2=0.01 reduction=sum", NULL);
    assert_epoch_loss("cross_entropy l2=0.01 reduction=sum", row_weights);
}

static void test_history_has_a_number_an_epoch(void **state)
{
    (void)state;
    events all = {.count = 0};
    glia_samples rows = all_rows();
    glia_net *net = new_net();
    assert_ok(glia_net_fit(net, &rows, &rows, "epochs=6 batch=all", record, &all));
    for (size_t i = 0; i < 6; i++) {
        assert_true(history_at(net, "loss", i, 6) == all.at[2 * i + 1].loss);
        assert_true(history_at(net, "validation_loss", i, 6) == all.at[2 * i + 1].validation_loss);
        double accuracy = history_at(net, "accuracy", i, 6),
               of_validation = history_at(net, "validation_accuracy", i, 6);
        assert_true(accuracy >= 0 && accuracy <= 1 && of_validation >= 0 && of_validation <= 1);
    }
    glia_net_destroy(net);
}

static void test_history_is_of_the_last_fit(void **state)
{
    (void)state;
    glia_samples rows = all_rows();
    glia_net *net = new_net();
    assert_ok(glia_net_fit(net, &rows, &rows, "epochs=3", NULL, NULL));
    fit(net, "epochs=2");
    (void)history_at(net, "loss", 0, 2);
    assert_null(glia_net_history(net, "validation_loss", NULL));
    glia_net_destroy(net);
}

static void test_history_without_record_is_null(void **state)
{
    (void)state;
    size_t count = 99;
    glia_net *net = new_net();
    assert_null(glia_net_history(net, "loss", &count));
    assert_int_equal(count, 0);
    fit(net, NULL);
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
    glia_samples rows = harness_with_targets(inputs, inputs, ROWS);
    glia_net *net = harness_net("input 2, dense 2", 1);
    assert_ok(glia_net_fit(net, &rows, NULL, NULL, NULL, NULL));
    (void)history_at(net, "loss", 0, 1);
    assert_null(glia_net_history(net, "accuracy", NULL));
    glia_net_destroy(net);
}

/* Without dropout and at a rate of 0 nothing moves, so that training accuracy is that of evaluate. */
static void test_accuracy_is_that_of_the_rows(void **state)
{
    (void)state;
    glia_samples rows = all_rows();
    glia_net *net = harness_net("input 2, dense 5 tanh, dense 2 softmax", 5);
    assert_ok(glia_net_set_learning_rate(net, 0));
    assert_ok(glia_net_fit(net, &rows, &rows, "batch=32", NULL, NULL));
    double expected = harness_metric(net, &rows, "accuracy");
    assert_near(history_at(net, "accuracy", 0, 1), expected, 1e-13);
    assert_near(history_at(net, "validation_accuracy", 0, 1), expected, 1e-13);
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
    glia_samples rows = all_rows();
    glia_net *net = new_net();
    look now = {net, harness_with_classes(inputs, classes, 30), 0};
    now.validation.row_weights = row_weights;
    assert_ok(glia_net_fit(net, &rows, &now.validation, "epochs=3", compare_validation_loss, &now));
    assert_int_equal(now.n_epochs, 3);
    glia_net_destroy(net);
}

/* when it ends */

static void test_progress_stops_after_a_batch(void **state)
{
    (void)state;
    events all = {.stop_at = 3};
    glia_samples rows = all_rows(), batch = harness_with_classes(inputs, classes, 10);
    glia_net *net = new_net(), *expected = new_net();
    assert_status(glia_net_fit(net, &rows, NULL, "batch=10 shuffle=no", record, &all), GLIA_STOPPED);
    assert_int_equal(all.count, 3);
    for (size_t i = 0; i < 3; i++) {
        batch.inputs = inputs + i * 20;
        batch.classes = classes + i * 10;
        assert_ok(glia_net_train(expected, &batch, NULL));
    }
    assert_same_parameters(net, expected);
    glia_net_destroy(expected);
    glia_net_destroy(net);
}

static void test_progress_stops_after_an_epoch(void **state)
{
    (void)state;
    events all = {.stop_at = 2 * 5};
    glia_samples rows = all_rows();
    glia_net *net = new_net(), *expected = new_net();
    assert_status(glia_net_fit(net, &rows, NULL, "epochs=9", record, &all), GLIA_STOPPED);
    fit(expected, "epochs=2");
    assert_same_net(net, expected);
    (void)history_at(net, "loss", 0, 2);
    glia_net_destroy(expected);
    glia_net_destroy(net);
}

/* At a rate of 0 no epoch is better than the first. */
static void assert_patience_ends(const glia_samples *validation, const char *options, size_t expected_epochs)
{
    glia_samples rows = all_rows();
    glia_net *net = harness_net("input 2, dense 5 tanh, dense 2 softmax", 5);
    assert_ok(glia_net_set_learning_rate(net, 0));
    assert_ok(glia_net_fit(net, &rows, validation, options, NULL, NULL));
    (void)history_at(net, "loss", 0, expected_epochs);
    glia_net_destroy(net);
}

static void test_patience_ends_after_epochs_without_improvement(void **state)
{
    (void)state;
    glia_samples rows = all_rows();
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
    glia_samples rows = all_rows();
    glia_net *net = harness_net("input 2, dense 2 softmax", 5);
    assert_ok(glia_net_set_optimizer(net, "sgd learning_rate=0.1"));
    assert_ok(glia_net_fit(net, &rows, &rows, "epochs=30 patience=1 batch=all", NULL, NULL));
    for (size_t i = 1; i < 30; i++)
        assert_true(history_at(net, "validation_loss", i, 30) < history_at(net, "validation_loss", i - 1, 30));
    glia_net_destroy(net);
}

/* Validation on the opposite of what is learnt: after the first epoch it only becomes worse. */
static glia_samples opposite_rows(int32_t opposite[ROWS])
{
    for (size_t i = 0; i < ROWS; i++)
        opposite[i] = 1 - classes[i];
    return harness_with_classes(inputs, opposite, ROWS);
}

static void test_best_parameters_are_restored(void **state)
{
    (void)state;
    int32_t opposite[ROWS];
    glia_samples rows = all_rows(), validation = opposite_rows(opposite);
    glia_net *net = new_net(), *best = new_net();
    fit(best, "epochs=1 batch=all");
    assert_ok(glia_net_fit(net, &rows, &validation, "epochs=8 batch=all", NULL, NULL));
    for (size_t i = 1; i < 8; i++)
        assert_true(history_at(net, "validation_loss", i, 8) > history_at(net, "validation_loss", 0, 8));
    assert_same_parameters(net, best);
    assert_true(harness_metric(net, &validation, "loss") == history_at(net, "validation_loss", 0, 8));
    glia_net_destroy(best);
    glia_net_destroy(net);
}

static void test_best_parameters_are_restored_when_stopped(void **state)
{
    (void)state;
    int32_t opposite[ROWS];
    events all = {.stop_at = 3 * 2 + 1}; /* in the fourth epoch, after its batch */
    glia_samples rows = all_rows(), validation = opposite_rows(opposite);
    glia_net *net = new_net(), *best = new_net();
    fit(best, "epochs=1 batch=all");
    assert_status(glia_net_fit(net, &rows, &validation, "epochs=8 batch=all", record, &all), GLIA_STOPPED);
    assert_same_parameters(net, best);
    glia_net_destroy(best);
    glia_net_destroy(net);
}

static void test_best_parameters_are_restored_when_patience_ends(void **state)
{
    (void)state;
    int32_t opposite[ROWS];
    glia_samples rows = all_rows(), validation = opposite_rows(opposite);
    glia_net *net = new_net(), *best = new_net();
    fit(best, "epochs=1 batch=all");
    assert_ok(glia_net_fit(net, &rows, &validation, "epochs=8 batch=all patience=2", NULL, NULL));
    (void)history_at(net, "loss", 0, 3);
    assert_same_parameters(net, best);
    glia_net_destroy(best);
    glia_net_destroy(net);
}

/* failures */

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
    glia_samples rows = harness_with_targets(inputs, inputs, ROWS);
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

static void test_nan_in_the_data_diverges_before_any_step(void **state)
{
    (void)state;
    real bad_inputs[ROWS * 2];
    memcpy(bad_inputs, inputs, sizeof bad_inputs);
    bad_inputs[7] = (real)NAN;
    glia_samples rows = harness_with_classes(bad_inputs, classes, ROWS);
    glia_net *net = new_net(), *expected = new_net();
    assert_status(glia_net_fit(net, &rows, NULL, "batch=all", NULL, NULL), GLIA_ERR_DIVERGED);
    assert_same_parameters(net, expected);
    glia_net_destroy(expected);
    glia_net_destroy(net);
}

static void test_train_does_not_look_for_nan(void **state)
{
    (void)state;
    const real bad_inputs[] = {(real)NAN, 1};
    double loss;
    glia_samples row = harness_with_classes(bad_inputs, classes, 1);
    glia_net *net = new_net();
    assert_ok(glia_net_train(net, &row, &loss));
    assert_true(isnan(loss));
    glia_net_destroy(net);
}

static void test_bad_validation_is_refused_before_anything_changes(void **state)
{
    (void)state;
    glia_samples rows = all_rows(), bad = all_rows();
    glia_net *net = new_net();
    harness_file before = harness_save(net);
    bad.targets = inputs;
    assert_status(glia_net_fit(net, &rows, &bad, NULL, NULL, NULL), GLIA_ERR_ARGUMENT);
    bad = harness_with_classes(inputs, NULL, ROWS);
    assert_status(glia_net_fit(net, &rows, &bad, NULL, NULL, NULL), GLIA_ERR_ARGUMENT);
    bad = harness_with_classes(inputs, classes, 0);
    assert_status(glia_net_fit(net, &rows, &bad, NULL, NULL, NULL), GLIA_ERR_SHAPE);
    bad = harness_with_classes(NULL, classes, ROWS);
    assert_status(glia_net_fit(net, &rows, &bad, NULL, NULL, NULL), GLIA_ERR_ARGUMENT);
    bad = all_rows();
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
    glia_samples rows = all_rows();
    glia_net *net = new_net();
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
        cmocka_unit_test(test_progress_is_told_every_batch_and_every_epoch),
        cmocka_unit_test(test_batch_losses_are_those_of_train),
        cmocka_unit_test(test_epoch_loss_is_the_weighted_mean_of_batch_losses),
        cmocka_unit_test(test_history_has_a_number_an_epoch),
        cmocka_unit_test(test_history_is_of_the_last_fit),
        cmocka_unit_test(test_history_without_record_is_null),
        cmocka_unit_test(test_regression_has_no_accuracy),
        cmocka_unit_test(test_accuracy_is_that_of_the_rows),
        cmocka_unit_test(test_validation_loss_is_that_of_evaluate),
        cmocka_unit_test(test_progress_stops_after_a_batch),
        cmocka_unit_test(test_progress_stops_after_an_epoch),
        cmocka_unit_test(test_patience_ends_after_epochs_without_improvement),
        cmocka_unit_test(test_patience_without_validation_watches_the_training_loss),
        cmocka_unit_test(test_patience_waits_while_the_loss_improves),
        cmocka_unit_test(test_best_parameters_are_restored),
        cmocka_unit_test(test_best_parameters_are_restored_when_stopped),
        cmocka_unit_test(test_best_parameters_are_restored_when_patience_ends),
        cmocka_unit_test(test_divergence_leaves_the_network_after_the_last_completed_step),
        cmocka_unit_test(test_nan_in_the_data_diverges_before_any_step),
        cmocka_unit_test(test_train_does_not_look_for_nan),
        cmocka_unit_test(test_bad_validation_is_refused_before_anything_changes),
        cmocka_unit_test(test_bad_options_are_refused_before_anything_changes),
    };
    return cmocka_run_group_tests(tests, fill_data, NULL) != 0;
}
