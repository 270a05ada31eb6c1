/* SPDX-License-Identifier: MIT */
/* The optimizers' updates and the gradient of the penalties in every table, within 4 u of the sum of absolute terms. */
#include "kernels/kernel_harness.h"

#define SEED 23

static const size_t sizes[] = {1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64, 65, 127, 129};

/* What an update reads and writes. */
typedef struct update_arrays {
    guarded w, g, m1, m2;
} update_arrays;

typedef void check_fn(const glia__kernels *kernels, const update_arrays *now, const update_arrays *old);

static void free_arrays(update_arrays *arrays)
{
    guarded_free(&arrays->w);
    guarded_free(&arrays->g);
    guarded_free(&arrays->m1);
    guarded_free(&arrays->m2);
}

/* Run a check on every table and size, with `now` and `old` alike and the second moments not negative. */
static void check_sizes(check_fn *check)
{
    print_message("seed %d\n", SEED);
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        for (size_t s = 0; s < COUNT_OF(sizes); s++) {
            size_t n = sizes[s];
            update_arrays now = {guarded_make(n, SEED), guarded_make(n, SEED + 1), guarded_make(n, SEED + 2),
                                 guarded_make(n, SEED + 3)};
            for (size_t i = 0; i < n; i++)
                now.m2.values[i] *= now.m2.values[i];
            update_arrays old = {guarded_copy(now.w), guarded_copy(now.g), guarded_copy(now.m1), guarded_copy(now.m2)};
            check(kernel_table(t), &now, &old);
            assert_same_bits(now.g.values, old.g.values, n);
            free_arrays(&now);
            free_arrays(&old);
        }
    }
}

static wide absolute(wide x)
{
    return x < 0 ? -x : x;
}

static void assert_update(real actual, wide exact, wide magnitude, const glia__kernels *kernels, const char *what)
{
    assert_within_bound((wide)actual - exact, 4 * (wide)ROUNDING * magnitude, kernels, what);
}

static void check_sgd(const glia__kernels *kernels, const update_arrays *now, const update_arrays *old)
{
    const real rate = (real)0.3;
    kernels->sgd_update(now->w.values, now->g.values, rate, now->w.count);
    for (size_t i = 0; i < now->w.count; i++) {
        wide w = (wide)old->w.values[i], step = (wide)rate * (wide)old->g.values[i];
        assert_update(now->w.values[i], w - step, absolute(w) + absolute(step), kernels, "sgd");
    }
}

static void test_sgd_update_is_within_the_bound(void **state)
{
    (void)state;
    check_sizes(check_sgd);
}

static void check_momentum_with(const glia__kernels *kernels, const update_arrays *now, const update_arrays *old,
                                bool is_nesterov)
{
    const glia__sgd_rates rates = {.learning_rate = (real)0.3, .momentum = (real)0.9, .is_nesterov = is_nesterov};
    const wide rate = (wide)rates.learning_rate, momentum = (wide)rates.momentum;
    kernels->momentum_update(now->w.values, now->m1.values, now->g.values, &rates, now->w.count);
    for (size_t i = 0; i < now->w.count; i++) {
        wide w = (wide)old->w.values[i], g = (wide)old->g.values[i], carried = momentum * (wide)old->m1.values[i];
        wide v = carried + g, v_terms = absolute(carried) + absolute(g);
        wide step = is_nesterov ? g + momentum * v : v;
        wide step_terms = is_nesterov ? absolute(g) + momentum * v_terms : v_terms;
        assert_update(now->m1.values[i], v, v_terms, kernels, "velocity");
        assert_update(now->w.values[i], w - rate * step, absolute(w) + rate * step_terms, kernels, "momentum");
    }
}

static void check_momentum(const glia__kernels *kernels, const update_arrays *now, const update_arrays *old)
{
    check_momentum_with(kernels, now, old, false);
}

static void check_nesterov(const glia__kernels *kernels, const update_arrays *now, const update_arrays *old)
{
    check_momentum_with(kernels, now, old, true);
}

static void test_momentum_update_is_within_the_bound(void **state)
{
    (void)state;
    check_sizes(check_momentum);
}

static void test_nesterov_update_is_within_the_bound(void **state)
{
    (void)state;
    check_sizes(check_nesterov);
}

/* The rates of a step as training takes them, small beside the weights; an epsilon that shows. */
static const glia__adam_rates adam_rates = {
    .learning_rate = (real)0.001,
    .decay = (real)0.00001,
    .beta1_rest = (real)0.1,
    .beta2_rest = (real)0.001,
    .correction1 = (real)0.271,
    .correction2 = (real)0.002997,
    .epsilon = (real)0.125,
};

static void check_adam(const glia__kernels *kernels, const update_arrays *now, const update_arrays *old)
{
    const glia__adam_rates *r = &adam_rates;
    const wide rest1 = (wide)r->beta1_rest, rest2 = (wide)r->beta2_rest, decay = (wide)r->decay;
    kernels->adam_update(now->w.values, now->m1.values, now->m2.values, now->g.values, r, now->w.count);
    for (size_t i = 0; i < now->w.count; i++) {
        wide w = (wide)old->w.values[i], g = (wide)old->g.values[i];
        wide m1 = (wide)old->m1.values[i], m2 = (wide)old->m2.values[i];
        wide m1_terms = absolute(m1) + rest1 * (absolute(g) + absolute(m1)), m2_terms = m2 + rest2 * (g * g + m2);
        m1 += rest1 * (g - m1);
        m2 += rest2 * (g * g - m2);
        wide root = (wide)sqrtl((long double)(m2 / (wide)r->correction2));
        wide scale = (wide)r->learning_rate / (wide)r->correction1 / (root + (wide)r->epsilon);
        assert_update(now->m1.values[i], m1, m1_terms, kernels, "moment1");
        assert_update(now->m2.values[i], m2, m2_terms, kernels, "moment2");
        assert_update(now->w.values[i], w - decay * w - scale * m1, absolute(w) * (1 + decay) + scale * m1_terms,
                      kernels, "adam");
    }
}

static void test_adam_update_is_within_the_bound(void **state)
{
    (void)state;
    check_sizes(check_adam);
}

/* The root of what is nothing, hardly a number, or nearly too large for one. */
static void test_adam_update_of_extreme_moments_is_within_the_bound(void **state)
{
    (void)state;
    const real extremes[] = {0, (real)LEAST_NORMAL, 1 / (real)LEAST_NORMAL / 1024};
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        update_arrays now = {guarded_make(33, SEED), guarded_make(33, SEED + 1), guarded_make(33, SEED + 2),
                             guarded_make(33, SEED + 3)};
        for (size_t i = 0; i < now.m2.count; i++)
            now.m2.values[i] = extremes[i % COUNT_OF(extremes)];
        for (size_t i = 0; i < now.g.count / 2; i++)
            now.g.values[i] = 0;
        update_arrays old = {guarded_copy(now.w), guarded_copy(now.g), guarded_copy(now.m1), guarded_copy(now.m2)};
        check_adam(kernel_table(t), &now, &old);
        free_arrays(&now);
        free_arrays(&old);
    }
}

/* Nothing learnt and no decay: 0 / (0 + epsilon), not 0 / 0. */
static void test_adam_leaves_a_weight_without_gradient_as_it_is(void **state)
{
    (void)state;
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        glia__adam_rates rates = adam_rates;
        rates.decay = 0;
        real w[33], m1[33] = {0}, m2[33] = {0}, g[33] = {0};
        for (size_t i = 0; i < COUNT_OF(w); i++)
            w[i] = (real)i;
        kernel_table(t)->adam_update(w, m1, m2, g, &rates, COUNT_OF(w));
        for (size_t i = 0; i < COUNT_OF(w); i++)
            assert_true(w[i] == (real)i && m1[i] == 0 && m2[i] == 0);
    }
}

static void check_penalty(const glia__kernels *kernels, const update_arrays *now, const update_arrays *old)
{
    const real l1 = (real)0.1, l2 = (real)0.7;
    kernels->penalty_gradient(now->m1.values, now->w.values, l1, l2, now->w.count);
    for (size_t i = 0; i < now->w.count; i++) {
        wide d_w = (wide)old->m1.values[i], w = (wide)old->w.values[i], sign = w < 0 ? -1 : 1;
        assert_update(now->m1.values[i], d_w + (wide)l1 * sign + (wide)l2 * w,
                      absolute(d_w) + (wide)l1 + (wide)l2 * absolute(w), kernels, "penalty");
    }
    assert_same_bits(now->w.values, old->w.values, now->w.count);
}

static void test_penalty_gradient_is_within_the_bound(void **state)
{
    (void)state;
    check_sizes(check_penalty);
}

static void test_penalty_gradient_takes_the_sign_of_0_as_0(void **state)
{
    (void)state;
    const real w[] = {0, (real)-0.0, 2, -2, (real)NAN}, expected[] = {1, 1, 5, -3, (real)NAN};
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        real d_w[] = {1, 1, 1, 1, 1};
        kernel_table(t)->penalty_gradient(d_w, w, 2, 1, COUNT_OF(w));
        assert_same_values(d_w, expected, COUNT_OF(w), kernel_table(t));
    }
}

static void test_updates_let_nan_through(void **state)
{
    (void)state;
    const real nan = (real)NAN;
    const glia__sgd_rates rates = {.learning_rate = 1, .momentum = (real)0.5};
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        real w[3] = {1, 1, 1}, m1[3] = {0}, m2[3] = {0};
        kernel_table(t)->sgd_update(&w[0], &nan, 1, 1);
        kernel_table(t)->momentum_update(&w[1], &m1[1], &nan, &rates, 1);
        kernel_table(t)->adam_update(&w[2], &m1[2], &m2[2], &nan, &adam_rates, 1);
        assert_true(isnan(w[0]) && isnan(w[1]) && isnan(w[2]));
        assert_true(isnan(m1[1]) && isnan(m1[2]) && isnan(m2[2]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sgd_update_is_within_the_bound),
        cmocka_unit_test(test_momentum_update_is_within_the_bound),
        cmocka_unit_test(test_nesterov_update_is_within_the_bound),
        cmocka_unit_test(test_adam_update_is_within_the_bound),
        cmocka_unit_test(test_adam_update_of_extreme_moments_is_within_the_bound),
        cmocka_unit_test(test_adam_leaves_a_weight_without_gradient_as_it_is),
        cmocka_unit_test(test_penalty_gradient_is_within_the_bound),
        cmocka_unit_test(test_penalty_gradient_takes_the_sign_of_0_as_0),
        cmocka_unit_test(test_updates_let_nan_through),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
