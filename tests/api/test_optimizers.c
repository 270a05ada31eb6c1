/* SPDX-License-Identifier: MIT */
/* The optimizers, a few steps each, against their formulas written out once more in double. */
#include "harness.h"

#include <math.h>
#include <string.h>

/* One dense layer: six weights, which decay, then three biases, which do not. */
#define ARCHITECTURE "input 2, dense 3"
enum {
    N_WEIGHTS = 6,
    N_PARAMETERS = 9,
    STEPS = 40
};

/* An optimizer's settings and state for every parameter. */
typedef struct reference {
    double rate, momentum, beta1, beta2, epsilon, weight_decay;
    int is_nesterov;
    double w[N_PARAMETERS], v[N_PARAMETERS], m[N_PARAMETERS];
    int t;
} reference;

typedef void update_fn(reference *r, const real *gradient);

static void update_sgd(reference *r, const real *gradient)
{
    for (size_t i = 0; i < N_PARAMETERS; i++) {
        double g = gradient[i];
        r->v[i] = r->momentum * r->v[i] + g;
        r->w[i] -= r->rate * (r->is_nesterov ? g + r->momentum * r->v[i] : r->v[i]);
    }
}

static void update_adam(reference *r, const real *gradient)
{
    r->t++;
    for (size_t i = 0; i < N_PARAMETERS; i++) {
        double g = gradient[i], old_w = r->w[i];
        r->m[i] += (1 - r->beta1) * (g - r->m[i]);
        r->v[i] += (1 - r->beta2) * (g * g - r->v[i]);
        double m = r->m[i] / (1 - pow(r->beta1, r->t)), v = r->v[i] / (1 - pow(r->beta2, r->t));
        r->w[i] -= r->rate * m / (sqrt(v) + r->epsilon);
        if (i < N_WEIGHTS)
            r->w[i] -= r->rate * r->weight_decay * old_w;
    }
}

static reference adam_defaults(void)
{
    return (reference){.rate = 0.001, .beta1 = 0.9, .beta2 = 0.999, .epsilon = 1e-8};
}

static glia_net *new_net(const char *optimizer)
{
    glia_net *net = harness_net(ARCHITECTURE, 3);
    assert_int_equal(harness_parameter_count(net), N_PARAMETERS);
    if (optimizer != NULL)
        assert_ok(glia_net_set_optimizer(net, optimizer));
    return net;
}

static void take_parameters(reference *r, glia_net *net)
{
    for (size_t i = 0; i < N_PARAMETERS; i++)
        r->w[i] = glia_net_parameters(net, NULL)[i];
}

/* One step of both with random gradients of very different sizes, the last of which is always 0. */
static void step_both(glia_net *net, reference *r, update_fn *update, uint64_t seed)
{
    real gradient[N_PARAMETERS];
    harness_fill(gradient, N_PARAMETERS, seed);
    for (size_t i = 0; i < N_PARAMETERS; i++)
        gradient[i] = i + 1 < N_PARAMETERS ? (real)ldexp(gradient[i], 2 * (int)i - 8) : 0;
    assert_ok(glia_net_zero_gradients(net));
    memcpy(glia_net_gradients(net, NULL), gradient, sizeof gradient);
    assert_ok(glia_net_step(net));
    update(r, gradient);
}

/* Each step rounds a parameter and its two moments a few times: 16 u of the largest parameter a step. */
static void assert_matches(glia_net *net, const reference *r, int n_steps)
{
    double largest = 1;
    for (size_t i = 0; i < N_PARAMETERS; i++)
        largest = fmax(largest, fabs(r->w[i]));
    for (size_t i = 0; i < N_PARAMETERS; i++)
        assert_near((double)glia_net_parameters(net, NULL)[i], r->w[i], 16 * ROUNDING * largest * n_steps);
}

static void assert_follows(const char *optimizer, reference r, update_fn *update)
{
    glia_net *net = new_net(optimizer);
    take_parameters(&r, net);
    for (int i = 0; i < STEPS; i++) {
        step_both(net, &r, update, (uint64_t)i);
        assert_matches(net, &r, i + 1);
    }
    glia_net_destroy(net);
}

static void test_sgd(void **state)
{
    (void)state;
    assert_follows("sgd learning_rate=0.05", (reference){.rate = 0.05}, update_sgd);
    assert_follows("sgd", (reference){.rate = 0.01}, update_sgd);
    assert_follows("sgd learning_rate=0", (reference){.rate = 0}, update_sgd);
}

static void test_sgd_with_momentum(void **state)
{
    (void)state;
    assert_follows("sgd learning_rate=0.05 momentum=0.9", (reference){.rate = 0.05, .momentum = 0.9}, update_sgd);
}

static void test_sgd_with_nesterov_momentum(void **state)
{
    (void)state;
    assert_follows("sgd learning_rate=0.05 momentum=0.75 nesterov=yes",
                   (reference){.rate = 0.05, .momentum = 0.75, .is_nesterov = 1}, update_sgd);
}

/* It would be 0 or not by the floating-point mode that meets it, and so would the state that it wants. */
static void test_subnormal_momentum_counts_as_0(void **state)
{
    (void)state;
    char summary[1024];
    reference r = {.rate = 0.01};
    glia_net *net = new_net("sgd momentum=1e-310");
    take_parameters(&r, net);
    step_both(net, &r, update_sgd, 1);
    assert_matches(net, &r, 1);
    assert_ok(glia_net_summary(net, summary, sizeof summary, NULL));
    assert_non_null(strstr(summary, "momentum=0 "));
    harness_file file = harness_save(net);
    glia_net *loaded = harness_load(file);
    assert_saves(loaded, file);
    glia_net_destroy(loaded);
    harness_free(&file);
    glia_net_destroy(net);
}

static void test_adam(void **state)
{
    (void)state;
    assert_follows("adam", adam_defaults(), update_adam);
    assert_follows("adam learning_rate=0.05 beta1=0.5 beta2=0.75 epsilon=0.25",
                   (reference){.rate = 0.05, .beta1 = 0.5, .beta2 = 0.75, .epsilon = 0.25}, update_adam);
}

static void test_adamw_decays_weights_but_no_bias(void **state)
{
    (void)state;
    reference by_default = adam_defaults();
    by_default.weight_decay = 0.01;
    assert_follows("adamw", by_default, update_adam);
    assert_follows("adamw learning_rate=0.05 beta1=0.5 beta2=0.75 epsilon=0.25 weight_decay=0.5",
                   (reference){.rate = 0.05, .beta1 = 0.5, .beta2 = 0.75, .epsilon = 0.25, .weight_decay = 0.5},
                   update_adam);
}

static void test_default_optimizer_is_adam(void **state)
{
    (void)state;
    assert_follows(NULL, adam_defaults(), update_adam);
}

static void test_adam_without_gradient_stands_still(void **state)
{
    (void)state;
    real before[N_PARAMETERS];
    glia_net *net = new_net("adam");
    memcpy(before, glia_net_parameters(net, NULL), sizeof before);
    for (int i = 0; i < 3; i++) {
        assert_ok(glia_net_zero_gradients(net));
        assert_ok(glia_net_step(net));
    }
    assert_same_bits(glia_net_parameters(net, NULL), before, N_PARAMETERS);
    glia_net_destroy(net);
}

/* l1 and l2 are part of what adam and momentum see. */
static void test_penalties_are_part_of_the_gradient(void **state)
{
    (void)state;
    const real inputs[] = {0.5, -1}, targets[] = {1, 0, -1};
    reference r = adam_defaults();
    glia_net *net = new_net("adam");
    assert_ok(glia_net_set_loss(net, "mse l1=0.25 l2=0.5"));
    take_parameters(&r, net);
    for (int i = 0; i < STEPS; i++) {
        assert_ok(glia_net_forward(net, inputs, 1, NULL));
        assert_ok(glia_net_backward(net, targets, NULL, NULL));
        update_adam(&r, glia_net_gradients(net, NULL));
        assert_ok(glia_net_step(net));
        assert_matches(net, &r, i + 1);
    }
    glia_net_destroy(net);
}

static void assert_rate_changes_alone(const char *optimizer, reference r, update_fn *update)
{
    glia_net *net = new_net(optimizer);
    take_parameters(&r, net);
    for (int i = 0; i < STEPS; i++) {
        if (i == STEPS / 2) {
            assert_ok(glia_net_set_learning_rate(net, 0.125));
            r.rate = 0.125;
        }
        step_both(net, &r, update, (uint64_t)i);
        assert_matches(net, &r, i + 1);
    }
    glia_net_destroy(net);
}

static void test_set_learning_rate_resets_nothing(void **state)
{
    (void)state;
    assert_rate_changes_alone("adam", adam_defaults(), update_adam);
    assert_rate_changes_alone("sgd learning_rate=0.05 momentum=0.75", (reference){.rate = 0.05, .momentum = 0.75},
                              update_sgd);
}

static void test_learning_rate_that_was_set_is_copied_and_saved(void **state)
{
    (void)state;
    glia_net *net = new_net("adam");
    assert_ok(glia_net_set_learning_rate(net, 0.1));
    glia_net *copy = harness_copy(net);
    harness_file file = harness_save(net);
    glia_net *loaded = harness_load(file);
    reference r = adam_defaults();
    r.rate = 0.1;
    take_parameters(&r, net);
    for (int i = 0; i < 3; i++) {
        reference r_of_copy = r;
        step_both(copy, &r_of_copy, update_adam, (uint64_t)i);
        step_both(loaded, &r, update_adam, (uint64_t)i);
    }
    assert_matches(copy, &r, 3);
    assert_matches(loaded, &r, 3);
    glia_net_destroy(loaded);
    glia_net_destroy(copy);
    harness_free(&file);
    glia_net_destroy(net);
}

static void test_bad_learning_rates_are_refused(void **state)
{
    (void)state;
    static const double bad[] = {NAN, -0.5, -1e-300, INFINITY, -INFINITY};
    glia_net *net = new_net("adam");
    harness_file before = harness_save(net);
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_status(glia_net_set_learning_rate(net, bad[i]), GLIA_ERR_ARGUMENT);
    assert_saves(net, before);
    harness_free(&before);
    glia_net_destroy(net);
}

#ifdef GLIA_REAL_IS_DOUBLE
#define TOO_LARGE      "1e309"
#define LARGE_ENOUGH   "1e308"
#define TOO_LARGE_RATE INFINITY
#else
#define TOO_LARGE      "1e39"
#define LARGE_ENOUGH   "1e38"
#define TOO_LARGE_RATE 1e39
#endif

static void test_settings_beyond_the_number_type_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"sgd learning_rate=" TOO_LARGE, "adam learning_rate=" TOO_LARGE,
                                      "adam epsilon=" TOO_LARGE, "adamw weight_decay=" TOO_LARGE};
    static const char *const good[] = {"sgd learning_rate=" LARGE_ENOUGH, "adam learning_rate=" LARGE_ENOUGH,
                                       "adam epsilon=" LARGE_ENOUGH, "adamw weight_decay=" LARGE_ENOUGH};
    glia_net *net = new_net("adam");
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_status(glia_net_set_optimizer(net, bad[i]), GLIA_ERR_TEXT);
        assert_message_has(TOO_LARGE);
        assert_ok(glia_net_set_optimizer(net, good[i]));
    }
    assert_ok(glia_net_set_learning_rate(net, (double)REAL_MAX));
    assert_status(glia_net_set_learning_rate(net, TOO_LARGE_RATE), GLIA_ERR_ARGUMENT);
    glia_net_destroy(net);
}

static void test_learning_rate_of_0_stands_still(void **state)
{
    (void)state;
    real before[N_PARAMETERS];
    reference r = adam_defaults();
    glia_net *net = new_net("adam");
    assert_ok(glia_net_set_learning_rate(net, 0));
    memcpy(before, glia_net_parameters(net, NULL), sizeof before);
    for (int i = 0; i < 3; i++)
        step_both(net, &r, update_adam, (uint64_t)i);
    assert_same_bits(glia_net_parameters(net, NULL), before, N_PARAMETERS);
    glia_net_destroy(net);
}

static void test_set_optimizer_resets_its_state(void **state)
{
    (void)state;
    static const char *const texts[] = {"adam", "adamw", "sgd momentum=0.75"};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        reference ignored = adam_defaults();
        glia_net *net = new_net(texts[i]);
        for (uint64_t j = 0; j < 5; j++)
            step_both(net, &ignored, update_adam, j);
        glia_net *fresh = new_net(texts[i]);
        memcpy(glia_net_parameters(fresh, NULL), glia_net_parameters(net, NULL), N_PARAMETERS * sizeof(real));
        assert_ok(glia_net_set_optimizer(net, texts[i]));
        for (uint64_t j = 5; j < 10; j++) {
            step_both(net, &ignored, update_adam, j);
            step_both(fresh, &ignored, update_adam, j);
        }
        assert_same_bits(glia_net_parameters(net, NULL), glia_net_parameters(fresh, NULL), N_PARAMETERS);
        glia_net_destroy(fresh);
        glia_net_destroy(net);
    }
}

static void test_failed_set_optimizer_keeps_optimizer_and_state(void **state)
{
    (void)state;
    reference r = adam_defaults();
    glia_net *net = new_net("adam");
    take_parameters(&r, net);
    step_both(net, &r, update_adam, 1);
    harness_file before = harness_save(net);
    assert_status(glia_net_set_optimizer(net, "rmsprop"), GLIA_ERR_TEXT);
    assert_status(glia_net_set_optimizer(net, "sgd learning_rate=-1"), GLIA_ERR_TEXT);
    assert_saves(net, before);
    step_both(net, &r, update_adam, 2);
    assert_matches(net, &r, 2);
    harness_free(&before);
    glia_net_destroy(net);
}

static void test_null_drops_the_optimizer(void **state)
{
    (void)state;
    const real inputs[] = {0.5, -1}, targets[] = {1, 0, -1};
    glia_samples row = harness_with_targets(inputs, targets, 1);
    glia_net *net = new_net("adam");
    assert_ok(glia_net_train(net, &row, NULL));
    assert_ok(glia_net_set_optimizer(net, NULL));
    assert_ok(glia_net_set_optimizer(net, NULL));
    assert_status(glia_net_train(net, &row, NULL), GLIA_ERR_STATE);
    assert_status(glia_net_fit(net, &row, NULL, NULL, NULL, NULL), GLIA_ERR_STATE);
    assert_status(glia_net_set_learning_rate(net, 0.5), GLIA_ERR_STATE);
    assert_ok(glia_net_zero_gradients(net));
    assert_status(glia_net_step(net), GLIA_ERR_STATE);
    glia_net_destroy(net);
}

static void test_optimizer_set_after_drop_begins_anew(void **state)
{
    (void)state;
    reference r = adam_defaults();
    glia_net *net = new_net("adam");
    step_both(net, &r, update_adam, 1);
    assert_ok(glia_net_set_optimizer(net, NULL));
    assert_ok(glia_net_set_optimizer(net, "adam"));
    r = adam_defaults();
    take_parameters(&r, net);
    step_both(net, &r, update_adam, 2);
    assert_matches(net, &r, 1);
    glia_net_destroy(net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sgd),
        cmocka_unit_test(test_sgd_with_momentum),
        cmocka_unit_test(test_sgd_with_nesterov_momentum),
        cmocka_unit_test(test_subnormal_momentum_counts_as_0),
        cmocka_unit_test(test_adam),
        cmocka_unit_test(test_adamw_decays_weights_but_no_bias),
        cmocka_unit_test(test_default_optimizer_is_adam),
        cmocka_unit_test(test_adam_without_gradient_stands_still),
        cmocka_unit_test(test_penalties_are_part_of_the_gradient),
        cmocka_unit_test(test_set_learning_rate_resets_nothing),
        cmocka_unit_test(test_learning_rate_that_was_set_is_copied_and_saved),
        cmocka_unit_test(test_bad_learning_rates_are_refused),
        cmocka_unit_test(test_settings_beyond_the_number_type_are_refused),
        cmocka_unit_test(test_learning_rate_of_0_stands_still),
        cmocka_unit_test(test_set_optimizer_resets_its_state),
        cmocka_unit_test(test_failed_set_optimizer_keeps_optimizer_and_state),
        cmocka_unit_test(test_null_drops_the_optimizer),
        cmocka_unit_test(test_optimizer_set_after_drop_begins_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
