/* SPDX-License-Identifier: MIT */
/* What may follow what: forward, backward, step and the calls between them. */
#include "harness.h"

#include <stdlib.h>
#include <string.h>

#define ARCHITECTURE "input 2, dense 4 tanh, dropout 0.5, dense 2 softmax"
enum {
    ROWS = 6,
    N_PARAMETERS = 2 * 4 + 4 + 4 * 2 + 2
};

static const real inputs[ROWS * 2] = {0.5, -1, 2, 0.25, -0.75, 1.5, 1, 1, -2, -0.5, 0.125, 0.75};
static const real other_inputs[ROWS * 2] = {1, 0.5, -0.25, -1, 0.75, -1.5, 2, 0.5, -1, 0.25, 1.25, -0.5};
static const int32_t classes[ROWS] = {0, 1, 1, 0, 1, 0};
static const int32_t bad_classes[ROWS] = {0, 1, 1, 0, 1, 2};

static glia_net *new_net(void)
{
    glia_net *net = harness_net(ARCHITECTURE, 7);
    assert_ok(glia_net_set_loss(net, "cross_entropy l1=0.01 l2=0.125"));
    assert_ok(glia_net_set_optimizer(net, "sgd learning_rate=0.125"));
    assert_int_equal(harness_parameter_count(net), N_PARAMETERS);
    return net;
}

static void forward(glia_net *net)
{
    assert_ok(glia_net_forward(net, inputs, ROWS, NULL));
}

static void backward(glia_net *net)
{
    assert_ok(glia_net_backward_classes(net, classes, NULL, NULL));
}

/* The gradient of one forward and backward on a new network. */
static void first_gradient(real gradient[N_PARAMETERS])
{
    glia_net *net = new_net();
    forward(net);
    backward(net);
    memcpy(gradient, glia_net_gradients(net, NULL), N_PARAMETERS * sizeof(real));
    glia_net_destroy(net);
}

static void assert_no_forward_is_pending(glia_net *net)
{
    real output_gradient[ROWS * 2] = {0};
    double loss = -1;
    assert_status(glia_net_backward_classes(net, classes, NULL, &loss), GLIA_ERR_STATE);
    assert_status(glia_net_backward(net, inputs, NULL, &loss), GLIA_ERR_STATE);
    assert_status(glia_net_backward_from(net, output_gradient, NULL), GLIA_ERR_STATE);
    assert_true(loss == -1);
}

static void test_forward_draws_new_masks(void **state)
{
    (void)state;
    real first[ROWS * 2], second[ROWS * 2];
    glia_net *net = new_net();
    assert_ok(glia_net_forward(net, inputs, ROWS, first));
    assert_ok(glia_net_forward(net, inputs, ROWS, second));
    assert_memory_not_equal(first, second, sizeof first);
    glia_net_destroy(net);
}

static void test_backward_without_forward_is_refused(void **state)
{
    (void)state;
    glia_net *net = new_net();
    assert_no_forward_is_pending(net);
    glia_net_destroy(net);
}

static void test_every_backward_adds_its_gradient_and_penalties(void **state)
{
    (void)state;
    real once[N_PARAMETERS];
    first_gradient(once);
    glia_net *net = new_net();
    forward(net);
    for (int i = 1; i <= 3; i++) {
        backward(net);
        const real *gradient = glia_net_gradients(net, NULL);
        for (size_t j = 0; j < N_PARAMETERS; j++)
            assert_close(gradient[j], i * (double)once[j]);
    }
    glia_net_destroy(net);
}

static void test_backwards_of_two_forwards_add(void **state)
{
    (void)state;
    real sum[N_PARAMETERS];
    first_gradient(sum);
    glia_net *net = new_net();
    glia_net *second = new_net();
    forward(net);
    forward(second); /* so that its next pass has the mask of net's second one */
    backward(net);
    assert_ok(glia_net_forward(net, other_inputs, ROWS, NULL));
    backward(net);
    assert_ok(glia_net_forward(second, other_inputs, ROWS, NULL));
    backward(second);
    const real *both = glia_net_gradients(net, NULL), *addend = glia_net_gradients(second, NULL);
    for (size_t i = 0; i < N_PARAMETERS; i++)
        assert_close(both[i], (double)sum[i] + (double)addend[i]);
    glia_net_destroy(second);
    glia_net_destroy(net);
}

static void test_loss_of_backward_is_its_own(void **state)
{
    (void)state;
    double first, second;
    glia_net *net = new_net();
    forward(net);
    assert_ok(glia_net_backward_classes(net, classes, NULL, &first));
    assert_ok(glia_net_backward_classes(net, classes, NULL, &second));
    assert_true(first == second);
    glia_net_destroy(net);
}

static void test_step_ends_the_pending_forward(void **state)
{
    (void)state;
    glia_net *net = new_net();
    forward(net);
    backward(net);
    assert_ok(glia_net_step(net));
    assert_no_forward_is_pending(net);
    glia_net_destroy(net);
}

static void test_train_ends_the_pending_forward(void **state)
{
    (void)state;
    glia_net *net = new_net();
    glia_samples batch = harness_with_classes(inputs, classes, ROWS);
    forward(net);
    assert_ok(glia_net_train(net, &batch, NULL));
    assert_no_forward_is_pending(net);
    assert_status(glia_net_step(net), GLIA_ERR_STATE);
    glia_net_destroy(net);
}

static void test_next_forward_takes_the_place_of_the_pending_one(void **state)
{
    (void)state;
    glia_net *net = new_net();
    glia_net *expected = new_net();
    forward(expected);
    forward(net);
    assert_ok(glia_net_forward(net, other_inputs, ROWS - 1, NULL));
    assert_ok(glia_net_forward(expected, other_inputs, ROWS - 1, NULL));
    backward(net);
    backward(expected);
    assert_same_bits(glia_net_gradients(net, NULL), glia_net_gradients(expected, NULL), N_PARAMETERS);
    glia_net_destroy(expected);
    glia_net_destroy(net);
}

static void test_failed_forward_changes_nothing(void **state)
{
    (void)state;
    real expected[N_PARAMETERS], overlapping[ROWS * 2] = {0};
    first_gradient(expected);
    glia_net *net = new_net();
    forward(net);
    harness_file before = harness_save(net);
    assert_status(glia_net_forward(net, NULL, ROWS, NULL), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_forward(net, other_inputs, 0, NULL), GLIA_ERR_SHAPE);
    assert_status(glia_net_forward(net, other_inputs, SIZE_MAX / 2, NULL), GLIA_ERR_SHAPE);
    assert_status(glia_net_forward(net, overlapping, ROWS, overlapping), GLIA_ERR_ARGUMENT);
    assert_saves(net, before);
    backward(net);
    assert_same_bits(glia_net_gradients(net, NULL), expected, N_PARAMETERS);
    harness_free(&before);
    glia_net_destroy(net);
}

static void test_failed_backward_changes_nothing(void **state)
{
    (void)state;
    real expected[N_PARAMETERS], bad_weights[ROWS] = {1, 1, 1, 1, 1, -1};
    double loss = -1;
    first_gradient(expected);
    glia_net *net = new_net();
    forward(net);
    backward(net);
    assert_status(glia_net_backward_classes(net, bad_classes, NULL, &loss), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_backward_classes(net, classes, bad_weights, &loss), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_backward(net, NULL, NULL, &loss), GLIA_ERR_ARGUMENT);
    assert_true(loss == -1);
    assert_same_bits(glia_net_gradients(net, NULL), expected, N_PARAMETERS);
    backward(net);
    assert_ok(glia_net_step(net));
    glia_net_destroy(net);
}

static void test_step_without_backward_is_refused(void **state)
{
    (void)state;
    glia_net *net = new_net();
    assert_status(glia_net_step(net), GLIA_ERR_STATE);
    forward(net);
    assert_status(glia_net_step(net), GLIA_ERR_STATE);
    backward(net); /* the refused step has not ended the forward */
    assert_ok(glia_net_step(net));
    assert_status(glia_net_step(net), GLIA_ERR_STATE);
    forward(net);
    assert_status(glia_net_step(net), GLIA_ERR_STATE);
    glia_net_destroy(net);
}

static void test_backward_after_a_step_starts_from_zero(void **state)
{
    (void)state;
    glia_net *net = new_net();
    forward(net);
    backward(net);
    assert_ok(glia_net_step(net));
    glia_net *expected = harness_copy(net); /* without gradients */
    for (size_t i = 0; i < N_PARAMETERS; i++)
        glia_net_gradients(net, NULL)[i] = 5;
    forward(net);
    backward(net);
    forward(expected);
    backward(expected);
    assert_same_bits(glia_net_gradients(net, NULL), glia_net_gradients(expected, NULL), N_PARAMETERS);
    glia_net_destroy(expected);
    glia_net_destroy(net);
}

static void test_zero_gradients_sets_every_gradient_to_zero(void **state)
{
    (void)state;
    const real zeros[N_PARAMETERS] = {0};
    glia_net *net = new_net();
    forward(net);
    backward(net);
    assert_ok(glia_net_zero_gradients(net));
    assert_same_bits(glia_net_gradients(net, NULL), zeros, N_PARAMETERS);
    glia_net_destroy(net);
}

static void test_zero_gradients_lets_the_caller_write_them(void **state)
{
    (void)state;
    real before[N_PARAMETERS];
    glia_net *net = new_net();
    real *parameters = glia_net_parameters(net, NULL);
    memcpy(before, parameters, sizeof before);
    assert_ok(glia_net_zero_gradients(net));
    for (size_t i = 0; i < N_PARAMETERS; i++)
        glia_net_gradients(net, NULL)[i] = (real)i;
    assert_ok(glia_net_step(net));
    for (size_t i = 0; i < N_PARAMETERS; i++)
        assert_close(parameters[i], (double)before[i] - 0.125 * (double)i);
    assert_status(glia_net_step(net), GLIA_ERR_STATE);
    glia_net_destroy(net);
}

static void test_backward_adds_to_what_the_caller_wrote(void **state)
{
    (void)state;
    real expected[N_PARAMETERS];
    first_gradient(expected);
    glia_net *net = new_net();
    assert_ok(glia_net_zero_gradients(net));
    for (size_t i = 0; i < N_PARAMETERS; i++)
        glia_net_gradients(net, NULL)[i] = 5;
    forward(net);
    backward(net);
    for (size_t i = 0; i < N_PARAMETERS; i++)
        assert_close(glia_net_gradients(net, NULL)[i], 5 + (double)expected[i]);
    glia_net_destroy(net);
}

static void test_zero_gradients_leaves_the_forward_pending(void **state)
{
    (void)state;
    real expected[N_PARAMETERS];
    first_gradient(expected);
    glia_net *net = new_net();
    forward(net);
    backward(net);
    assert_ok(glia_net_zero_gradients(net));
    backward(net);
    assert_same_bits(glia_net_gradients(net, NULL), expected, N_PARAMETERS);
    glia_net_destroy(net);
}

static void test_forward_never_clears_gradients(void **state)
{
    (void)state;
    real expected[N_PARAMETERS];
    first_gradient(expected);
    glia_net *net = new_net();
    forward(net);
    backward(net);
    forward(net);
    assert_same_bits(glia_net_gradients(net, NULL), expected, N_PARAMETERS);
    assert_ok(glia_net_step(net));
    glia_net_destroy(net);
}

static void test_predict_and_evaluate_disturb_no_pending_backward(void **state)
{
    (void)state;
    real expected[N_PARAMETERS], outputs[ROWS * 2];
    glia_samples samples = harness_with_classes(other_inputs, classes, ROWS);
    first_gradient(expected);
    glia_net *net = new_net();
    forward(net);
    assert_ok(glia_net_predict(net, other_inputs, ROWS, outputs));
    harness_metric(net, &samples, "accuracy");
    backward(net);
    harness_metric(net, &samples, "loss");
    assert_same_bits(glia_net_gradients(net, NULL), expected, N_PARAMETERS);
    glia_net_destroy(net);
}

static void test_predict_and_evaluate_draw_nothing(void **state)
{
    (void)state;
    real expected[ROWS * 2], outputs[ROWS * 2];
    glia_samples samples = harness_with_classes(inputs, classes, ROWS);
    glia_net *net = new_net();
    glia_net *other = new_net();
    assert_ok(glia_net_forward(other, inputs, ROWS, expected));
    assert_ok(glia_net_predict(net, inputs, ROWS, outputs));
    harness_metric(net, &samples, "loss");
    assert_ok(glia_net_forward(net, inputs, ROWS, outputs));
    assert_same_bits(outputs, expected, ROWS * 2);
    assert_same_net(net, other);
    glia_net_destroy(other);
    glia_net_destroy(net);
}

/* Train `by_steps` and `by_train` on the same batch, and find the same loss and the same networks. */
static void assert_train_is_forward_backward_step(const glia_samples *batch)
{
    double loss_of_backward, loss_of_train;
    glia_net *by_steps = new_net();
    glia_net *by_train = new_net();
    for (int i = 0; i < 3; i++) {
        assert_ok(glia_net_forward(by_steps, batch->inputs, batch->rows, NULL));
        if (batch->classes != NULL)
            assert_ok(glia_net_backward_classes(by_steps, batch->classes, batch->row_weights, &loss_of_backward));
        else
            assert_ok(glia_net_backward(by_steps, batch->targets, batch->row_weights, &loss_of_backward));
        assert_ok(glia_net_step(by_steps));
        assert_ok(glia_net_train(by_train, batch, &loss_of_train));
        assert_true(loss_of_train == loss_of_backward);
    }
    assert_same_net(by_train, by_steps);
    glia_net_destroy(by_train);
    glia_net_destroy(by_steps);
}

static void test_train_on_classes_is_forward_backward_step(void **state)
{
    (void)state;
    const real row_weights[ROWS] = {1, 0.5, 2, 0, 0.25, 3};
    glia_samples batch = harness_with_classes(inputs, classes, ROWS);
    assert_train_is_forward_backward_step(&batch);
    batch.row_weights = row_weights;
    assert_train_is_forward_backward_step(&batch);
}

static void test_train_on_targets_is_forward_backward_step(void **state)
{
    (void)state;
    const real targets[ROWS * 2] = {0.25, 0.75, 1, 0, 0, 1, 0.5, 0.5, 0.125, 0.875, 1, 0};
    glia_samples batch = harness_with_targets(inputs, targets, ROWS);
    assert_train_is_forward_backward_step(&batch);
}

static void test_train_adds_to_gradients_not_yet_used(void **state)
{
    (void)state;
    glia_samples batch = harness_with_classes(other_inputs, classes, ROWS);
    glia_net *by_steps = new_net();
    glia_net *by_train = new_net();
    forward(by_steps);
    backward(by_steps);
    assert_ok(glia_net_forward(by_steps, other_inputs, ROWS, NULL));
    backward(by_steps);
    assert_ok(glia_net_step(by_steps));
    forward(by_train);
    backward(by_train);
    assert_ok(glia_net_train(by_train, &batch, NULL));
    assert_same_net(by_train, by_steps);
    glia_net_destroy(by_train);
    glia_net_destroy(by_steps);
}

static void test_train_without_optimizer_changes_nothing(void **state)
{
    (void)state;
    real expected[N_PARAMETERS];
    double loss = -1;
    glia_samples batch = harness_with_classes(other_inputs, classes, ROWS);
    first_gradient(expected);
    glia_net *net = new_net();
    assert_ok(glia_net_set_optimizer(net, NULL));
    forward(net);
    harness_file before = harness_save(net);
    assert_status(glia_net_train(net, &batch, &loss), GLIA_ERR_STATE);
    assert_true(loss == -1);
    assert_saves(net, before);
    backward(net);
    assert_same_bits(glia_net_gradients(net, NULL), expected, N_PARAMETERS);
    harness_free(&before);
    glia_net_destroy(net);
}

/* Under AddressSanitizer a look at the freed arrays would show. */
static void test_arrays_may_go_after_step_and_after_train(void **state)
{
    (void)state;
    real *borrowed = malloc(sizeof inputs);
    assert_non_null(borrowed);
    memcpy(borrowed, inputs, sizeof inputs);
    glia_net *net = new_net();
    assert_ok(glia_net_forward(net, borrowed, ROWS, NULL));
    backward(net);
    assert_ok(glia_net_step(net));
    glia_samples batch = harness_with_classes(borrowed, classes, ROWS);
    assert_ok(glia_net_train(net, &batch, NULL));
    free(borrowed);
    assert_no_forward_is_pending(net);
    forward(net);
    backward(net);
    assert_ok(glia_net_step(net));
    glia_net_destroy(net);
}

static void test_step_without_optimizer_waits_for_one(void **state)
{
    (void)state;
    glia_net *net = new_net();
    glia_net *expected = new_net();
    forward(net);
    backward(net);
    assert_ok(glia_net_set_optimizer(net, NULL));
    assert_status(glia_net_step(net), GLIA_ERR_STATE);
    assert_ok(glia_net_set_optimizer(net, "sgd learning_rate=0.125"));
    assert_ok(glia_net_step(net));
    forward(expected);
    backward(expected);
    assert_ok(glia_net_step(expected));
    assert_same_net(net, expected);
    glia_net_destroy(expected);
    glia_net_destroy(net);
}

static void test_copy_has_neither_pending_forward_nor_gradients(void **state)
{
    (void)state;
    glia_net *net = new_net();
    forward(net);
    backward(net);
    glia_net *copy = harness_copy(net);
    assert_no_forward_is_pending(copy);
    assert_status(glia_net_step(copy), GLIA_ERR_STATE);
    backward(net);
    assert_ok(glia_net_step(net));
    glia_net_destroy(copy);
    glia_net_destroy(net);
}

static void test_pointers_stay_and_writes_are_seen(void **state)
{
    (void)state;
    real outputs[ROWS * 2], expected[ROWS * 2];
    glia_samples batch = harness_with_classes(inputs, classes, ROWS);
    glia_net *net = new_net();
    real *parameters = glia_net_parameters(net, NULL), *gradients = glia_net_gradients(net, NULL);
    for (int i = 0; i < 3; i++)
        assert_ok(glia_net_train(net, &batch, NULL));
    assert_ok(glia_net_fit(net, &batch, NULL, "epochs=2", NULL, NULL));
    assert_ptr_equal(glia_net_parameters(net, NULL), parameters);
    assert_ptr_equal(glia_net_gradients(net, NULL), gradients);

    glia_net *other = harness_net(ARCHITECTURE, 8);
    memcpy(parameters, glia_net_parameters(other, NULL), N_PARAMETERS * sizeof(real));
    assert_ok(glia_net_predict(net, inputs, ROWS, outputs));
    assert_ok(glia_net_predict(other, inputs, ROWS, expected));
    assert_same_bits(outputs, expected, ROWS * 2);
    glia_net_destroy(other);
    glia_net_destroy(net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forward_draws_new_masks),
        cmocka_unit_test(test_backward_without_forward_is_refused),
        cmocka_unit_test(test_every_backward_adds_its_gradient_and_penalties),
        cmocka_unit_test(test_backwards_of_two_forwards_add),
        cmocka_unit_test(test_loss_of_backward_is_its_own),
        cmocka_unit_test(test_step_ends_the_pending_forward),
        cmocka_unit_test(test_train_ends_the_pending_forward),
        cmocka_unit_test(test_next_forward_takes_the_place_of_the_pending_one),
        cmocka_unit_test(test_failed_forward_changes_nothing),
        cmocka_unit_test(test_failed_backward_changes_nothing),
        cmocka_unit_test(test_step_without_backward_is_refused),
        cmocka_unit_test(test_backward_after_a_step_starts_from_zero),
        cmocka_unit_test(test_zero_gradients_sets_every_gradient_to_zero),
        cmocka_unit_test(test_zero_gradients_lets_the_caller_write_them),
        cmocka_unit_test(test_backward_adds_to_what_the_caller_wrote),
        cmocka_unit_test(test_zero_gradients_leaves_the_forward_pending),
        cmocka_unit_test(test_forward_never_clears_gradients),
        cmocka_unit_test(test_predict_and_evaluate_disturb_no_pending_backward),
        cmocka_unit_test(test_predict_and_evaluate_draw_nothing),
        cmocka_unit_test(test_train_on_classes_is_forward_backward_step),
        cmocka_unit_test(test_train_on_targets_is_forward_backward_step),
        cmocka_unit_test(test_train_adds_to_gradients_not_yet_used),
        cmocka_unit_test(test_train_without_optimizer_changes_nothing),
        cmocka_unit_test(test_arrays_may_go_after_step_and_after_train),
        cmocka_unit_test(test_step_without_optimizer_waits_for_one),
        cmocka_unit_test(test_copy_has_neither_pending_forward_nor_gradients),
        cmocka_unit_test(test_pointers_stay_and_writes_are_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
