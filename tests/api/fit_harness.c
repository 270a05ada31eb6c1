/* SPDX-License-Identifier: MIT */
/* What the tests of fit share; see fit_harness.h. */
#include "fit_harness.h"

real fit_inputs[FIT_ROWS * 2], fit_row_weights[FIT_ROWS];
int32_t fit_classes[FIT_ROWS];

int fit_fill_rows(void **state)
{
    (void)state;
    harness_fill(fit_inputs, COUNT_OF(fit_inputs), 1);
    harness_fill(fit_row_weights, FIT_ROWS, 2);
    for (size_t i = 0; i < FIT_ROWS; i++) {
        fit_classes[i] = fit_inputs[i * 2] + fit_inputs[i * 2 + 1] > 0;
        fit_row_weights[i] += 1;
    }
    return 0;
}

glia_samples fit_rows(void)
{
    return harness_with_classes(fit_inputs, fit_classes, FIT_ROWS);
}

glia_net *fit_net(void)
{
    glia_net *net = harness_net("input 2, dense 5 tanh, dropout 0.25, dense 2 softmax", 5);
    assert_ok(glia_net_set_loss(net, "cross_entropy l2=0.001"));
    assert_ok(glia_net_set_optimizer(net, "adam learning_rate=0.02"));
    return net;
}

void fit_all_rows(glia_net *net, const char *options)
{
    glia_samples rows = fit_rows();
    assert_ok(glia_net_fit(net, &rows, NULL, options, NULL, NULL));
}

void fit_assert_same_parameters(glia_net *net, glia_net *expected)
{
    size_t count = harness_parameter_count(expected);
    assert_same_bits(glia_net_parameters(net, NULL), glia_net_parameters(expected, NULL), count);
}

double fit_history_at(const glia_net *net, const char *metric, size_t index, size_t expected_count)
{
    size_t count = 0;
    const double *values = glia_net_history(net, metric, &count);
    assert_non_null(values);
    assert_int_equal(count, expected_count);
    return values[index];
}

int32_t fit_record(void *user, const glia_progress *progress)
{
    fit_events *all = user;
    assert_true(all->count < FIT_MOST_EVENTS);
    assert_int_equal(progress->struct_size, sizeof *progress);
    all->at[all->count++] = *progress;
    return all->count == all->stop_at;
}
