/* SPDX-License-Identifier: MIT */
/* The losses of every table: against their formulas in a wider type, and where those meet 0 times infinity. */
#include "kernels/kernel_harness.h"

#define SEED 24

#define INF  ((real)INFINITY)
#define NONE ((real)NAN)

#ifdef GLIA_REAL_IS_DOUBLE
#define wide_exp   expl
#define wide_log1p log1pl
#else
#define wide_exp   exp
#define wide_log1p log1p
#endif

/* A batch of `stride` rows of `width` outputs as columns, and room for what is told of it. */
typedef struct batch {
    const glia__kernels *kernels;
    size_t width, stride;
    guarded logits, outputs, targets, losses, gradient;
} batch;

typedef enum activation {
    SOFTMAX,
    SIGMOID,
    STEP,
    IDENTITY
} activation;

static void activate(batch *of, activation function)
{
    const glia__kernels *kernels = of->kernels;
    real *y = of->outputs.values;
    const real *z = of->logits.values;
    size_t count = of->width * of->stride;
    switch (function) {
    case SOFTMAX:
        kernels->softmax_columns(y, z, of->stride, of->width);
        break;
    case SIGMOID:
        kernels->sigmoid(y, z, 0, count);
        break;
    case STEP:
        kernels->step(y, z, 0, count);
        break;
    case IDENTITY:
        for (size_t i = 0; i < count; i++)
            y[i] = z[i];
    }
}

/* Random logits within +-16, and random targets in [0, 1), or of 0 and 1 where the outputs are so. */
static batch batch_begin(const glia__kernels *kernels, size_t vectors, size_t width, activation function)
{
    size_t stride = vectors * kernels->lanes, count = width * stride;
    batch made = {
        .kernels = kernels,
        .width = width,
        .stride = stride,
        .logits = guarded_make(count, SEED),
        .outputs = guarded_make(count, SEED),
        .targets = guarded_make(count, SEED + 1),
        .losses = guarded_make(stride, SEED + 2),
        .gradient = guarded_make(count, SEED + 3),
    };
    for (size_t i = 0; i < count; i++) {
        made.logits.values[i] *= 16;
        made.targets.values[i] = (made.targets.values[i] + 1) / 2;
        if (function == STEP)
            made.targets.values[i] = made.targets.values[i] < (real)0.5 ? (real)0 : (real)1;
    }
    activate(&made, function);
    return made;
}

static void batch_end(batch *made)
{
    guarded *const all[] = {&made->logits, &made->outputs, &made->targets, &made->losses, &made->gradient};
    for (size_t i = 0; i < COUNT_OF(all); i++)
        guarded_free(all[i]);
}

static void compare(batch *of, glia__compare_fn *loss)
{
    const glia__compared at = {
        .outputs = of->outputs.values,
        .logits = of->logits.values,
        .targets = of->targets.values,
        .losses = of->losses.values,
        .gradient = of->gradient.values,
        .width = of->width,
        .stride = of->stride,
    };
    loss(&at);
}

/* The numbers of one row. */
typedef struct row {
    const batch *of;
    size_t index;
} row;

static wide logit_at(row at, size_t i)
{
    return (wide)at.of->logits.values[i * at.of->stride + at.index];
}

static wide output_at(row at, size_t i)
{
    return (wide)at.of->outputs.values[i * at.of->stride + at.index];
}

static wide target_at(row at, size_t i)
{
    return (wide)at.of->targets.values[i * at.of->stride + at.index];
}

static wide magnitude(wide x)
{
    return x < 0 ? -x : x;
}

/* What a row should give, and the roundings that are allowed, in units of u. */
typedef struct expected {
    wide loss, loss_roundings;
    wide gradient[64], gradient_roundings[64];
} expected;

/* Of an excess log(1 + sum of others / largest): of each output 2 |z - m| + 5 + n by softmax, twice in a quotient, n by
 * the sum and 8 by the logarithm. Of a product with a target: 2 by the difference and the product, n by the sum. */
static void expect_cross_entropy(row at, expected *to)
{
    size_t n = at.of->width;
    wide sum = 0, largest = logit_at(at, 0), least = largest, product = 0, terms = 0, others = 0;
    bool is_largest_left_out = false;
    for (size_t i = 0; i < n; i++) {
        sum += target_at(at, i);
        largest = logit_at(at, i) > largest ? logit_at(at, i) : largest;
        least = logit_at(at, i) < least ? logit_at(at, i) : least;
    }
    for (size_t i = 0; i < n; i++) {
        wide distance = logit_at(at, i) - largest;
        product += target_at(at, i) * distance;
        terms += magnitude(target_at(at, i) * distance);
        if (distance == 0 && !is_largest_left_out)
            is_largest_left_out = true;
        else
            others += wide_exp(distance);
        to->gradient[i] = sum * output_at(at, i) - target_at(at, i);
        to->gradient_roundings[i] = ((wide)n + 2) * (sum * output_at(at, i) + target_at(at, i));
    }
    wide excess = sum * wide_log1p(others);
    to->loss = excess - product;
    to->loss_roundings = (4 * (largest - least) + 4 * (wide)n + 24) * excess + ((wide)n + 3) * terms;
}

/* 8 by the exponential and the logarithm, 2 by a product, n + 2 by the mean. */
static void expect_binary_cross_entropy(row at, expected *to)
{
    wide n = (wide)at.of->width, sum = 0, terms = 0;
    for (size_t i = 0; i < at.of->width; i++) {
        wide z = logit_at(at, i), t = target_at(at, i), y = output_at(at, i);
        wide product = z > 0 ? (1 - t) * z : -t * z, tail = wide_log1p(wide_exp(-magnitude(z)));
        sum += product + tail;
        terms += magnitude(product) + tail;
        to->gradient[i] = (y - t) / n;
        to->gradient_roundings[i] = 3 * magnitude(y - t) / n;
    }
    to->loss = sum / n;
    to->loss_roundings = (n + 12) * terms / n;
}

/* 3 by a square, n + 1 by the mean. */
static void expect_mean_squared_error(row at, expected *to)
{
    wide n = (wide)at.of->width, sum = 0;
    for (size_t i = 0; i < at.of->width; i++) {
        wide difference = output_at(at, i) - target_at(at, i);
        sum += difference * difference;
        to->gradient[i] = 2 * difference / n;
        to->gradient_roundings[i] = 3 * magnitude(difference) * 2 / n;
    }
    to->loss = sum / n;
    to->loss_roundings = (n + 4) * sum / n;
}

/* n by the sum; the differences are -1, 0 and 1. */
static void expect_perceptron(row at, expected *to)
{
    wide sum = 0, terms = 0;
    for (size_t i = 0; i < at.of->width; i++) {
        wide difference = output_at(at, i) - target_at(at, i);
        sum += difference * logit_at(at, i);
        terms += magnitude(difference * logit_at(at, i));
        to->gradient[i] = difference;
        to->gradient_roundings[i] = 0;
    }
    to->loss = sum;
    to->loss_roundings = (wide)at.of->width * terms;
}

/* A loss as it is tested. */
typedef struct loss {
    const char *name;
    activation function;
    glia__compare_fn *(*kernel)(const glia__kernels *kernels);
    void (*expect)(row at, expected *to);
} loss;

static glia__compare_fn *cross_entropy_of(const glia__kernels *kernels)
{
    return kernels->cross_entropy;
}

static glia__compare_fn *binary_cross_entropy_of(const glia__kernels *kernels)
{
    return kernels->binary_cross_entropy;
}

static glia__compare_fn *mean_squared_error_of(const glia__kernels *kernels)
{
    return kernels->mean_squared_error;
}

static glia__compare_fn *perceptron_of(const glia__kernels *kernels)
{
    return kernels->perceptron;
}

static const loss cross_entropy = {"cross_entropy", SOFTMAX, cross_entropy_of, expect_cross_entropy};
static const loss binary_cross_entropy = {"binary_cross_entropy", SIGMOID, binary_cross_entropy_of,
                                          expect_binary_cross_entropy};
static const loss mean_squared_error = {"mean_squared_error", IDENTITY, mean_squared_error_of,
                                        expect_mean_squared_error};
static const loss perceptron = {"perceptron", STEP, perceptron_of, expect_perceptron};

static const loss *const losses[] = {&cross_entropy, &binary_cross_entropy, &mean_squared_error, &perceptron};

typedef void check_fn(const loss *what, batch *of);

/* Every table, some lengths and widths. */
static void check_loss(const loss *what, check_fn *check)
{
    static const size_t lengths[] = {1, 2, 5}, widths[] = {1, 2, 3, 5, 8, 10, 17, 64};
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        for (size_t i = 0; i < COUNT_OF(lengths); i++) {
            for (size_t j = 0; j < COUNT_OF(widths); j++) {
                batch of = batch_begin(kernel_table(t), lengths[i], widths[j], what->function);
                check(what, &of);
                batch_end(&of);
            }
        }
    }
}

static void check_losses(check_fn *check)
{
    for (size_t i = 0; i < COUNT_OF(losses); i++)
        check_loss(losses[i], check);
}

static void check_formula(const loss *what, batch *of)
{
    compare(of, what->kernel(of->kernels));
    for (size_t index = 0; index < of->stride; index++) {
        expected want;
        what->expect((row){of, index}, &want);
        assert_within_bound((wide)of->losses.values[index] - want.loss,
                            want.loss_roundings * (wide)ROUNDING + (wide)LEAST_NORMAL, of->kernels, what->name);
        for (size_t i = 0; i < of->width; i++)
            assert_within_bound((wide)of->gradient.values[i * of->stride + index] - want.gradient[i],
                                want.gradient_roundings[i] * (wide)ROUNDING + (wide)LEAST_NORMAL, of->kernels,
                                what->name);
    }
}

static void test_cross_entropy_is_within_the_bound(void **state)
{
    (void)state;
    check_loss(&cross_entropy, check_formula);
}

static void test_binary_cross_entropy_is_within_the_bound(void **state)
{
    (void)state;
    check_loss(&binary_cross_entropy, check_formula);
}

static void test_mean_squared_error_is_within_the_bound(void **state)
{
    (void)state;
    check_loss(&mean_squared_error, check_formula);
}

static void test_perceptron_is_within_the_bound(void **state)
{
    (void)state;
    check_loss(&perceptron, check_formula);
}

/* Losses or gradient alone have the bits of both. */
static void check_alone(const loss *what, batch *of)
{
    guarded losses_alone = guarded_copy(of->losses), gradient_alone = guarded_copy(of->gradient);
    glia__compared at = {
        .outputs = of->outputs.values,
        .logits = of->logits.values,
        .targets = of->targets.values,
        .losses = losses_alone.values,
        .width = of->width,
        .stride = of->stride,
    };
    compare(of, what->kernel(of->kernels));
    what->kernel(of->kernels)(&at);
    assert_same_bits(losses_alone.values, of->losses.values, of->stride);
    at.losses = NULL;
    at.gradient = gradient_alone.values;
    what->kernel(of->kernels)(&at);
    assert_same_bits(gradient_alone.values, of->gradient.values, of->gradient.count);
    guarded_free(&losses_alone);
    guarded_free(&gradient_alone);
}

static void test_losses_or_gradient_may_be_left_out(void **state)
{
    (void)state;
    check_losses(check_alone);
}

/* The last row of every column, moved to the first of a column of one vector. */
static void check_place(const loss *what, batch *of)
{
    batch alone = batch_begin(of->kernels, 1, of->width, what->function);
    size_t from = of->stride - 1;
    for (size_t i = 0; i < of->width; i++) {
        alone.logits.values[i * alone.stride] = of->logits.values[i * of->stride + from];
        alone.outputs.values[i * alone.stride] = of->outputs.values[i * of->stride + from];
        alone.targets.values[i * alone.stride] = of->targets.values[i * of->stride + from];
    }
    compare(of, what->kernel(of->kernels));
    compare(&alone, what->kernel(of->kernels));
    assert_same_bits(alone.losses.values, of->losses.values + from, 1);
    for (size_t i = 0; i < of->width; i++)
        assert_same_bits(alone.gradient.values + i * alone.stride, of->gradient.values + i * of->stride + from, 1);
    batch_end(&alone);
}

static void test_row_has_the_same_bits_wherever_it_stands(void **state)
{
    (void)state;
    check_losses(check_place);
}

static void check_nan(const loss *what, batch *of)
{
    size_t bad = of->stride - 1;
    of->logits.values[(of->width - 1) * of->stride + bad] = NONE;
    activate(of, what->function);
    compare(of, what->kernel(of->kernels));
    for (size_t i = 0; i < of->stride; i++)
        assert_int_equal(isnan(of->losses.values[i]) != 0, i == bad);
    for (size_t i = 0; i < of->gradient.count; i++)
        assert_false(isnan(of->gradient.values[i]) && i % of->stride != bad);
    assert_true(isnan(of->gradient.values[(of->width - 1) * of->stride + bad]));
}

static void test_nan_spreads_to_its_row_alone(void **state)
{
    (void)state;
    check_losses(check_nan);
}

/* One row of up to three outputs in every table. */
typedef void special_fn(const batch *of);

static void with_row(const loss *what, size_t width, const real *z, const real *t, special_fn *check)
{
    for (size_t table = 0; kernel_table(table) != NULL; table++) {
        batch of = batch_begin(kernel_table(table), 1, width, what->function);
        for (size_t i = 0; i < width; i++) {
            of.logits.values[i * of.stride] = z[i];
            of.targets.values[i * of.stride] = t[i];
        }
        activate(&of, what->function);
        compare(&of, what->kernel(of.kernels));
        check(&of);
        batch_end(&of);
    }
}

/* log(1 + e^-30) is almost e^-30: in float, 1 + e^-30 is 1. */
static void check_small_loss(const batch *of)
{
    const double expected_loss = (double)log1pl(expl(-30.0L));
    assert_near((double)of->losses.values[0], expected_loss, 16 * ROUNDING * expected_loss);
}

static void test_small_losses_keep_their_digits(void **state)
{
    (void)state;
    const real first[] = {30, 0}, first_target[] = {1, 0}, last[] = {-30, 0}, last_target[] = {0, 1};
    const real positive[] = {30}, one[] = {1}, negative[] = {-30}, zero[] = {0};
    with_row(&cross_entropy, 2, first, first_target, check_small_loss);
    with_row(&cross_entropy, 2, last, last_target, check_small_loss);
    with_row(&binary_cross_entropy, 1, positive, one, check_small_loss);
    with_row(&binary_cross_entropy, 1, negative, zero, check_small_loss);
}

static void check_no_loss(const batch *of)
{
    assert_true(of->losses.values[0] == 0);
    for (size_t i = 0; i < of->width; i++)
        assert_true(of->gradient.values[i * of->stride] == 0);
}

/* What is certain and right costs nothing: 0 times infinity is 0 here. */
static void test_certain_and_right_costs_nothing(void **state)
{
    (void)state;
    const real impossible[] = {-INF, 0, -INF}, middle[] = {0, 1, 0}, largest[] = {REAL_MAX, -REAL_MAX};
    const real infinite[] = {INF, -INF}, right[] = {1, 0};
    with_row(&cross_entropy, 3, impossible, middle, check_no_loss);
    with_row(&cross_entropy, 2, largest, right, check_no_loss);
    with_row(&binary_cross_entropy, 2, infinite, right, check_no_loss);
    with_row(&perceptron, 2, infinite, right, check_no_loss);
}

static void check_infinite_loss(const batch *of)
{
    assert_true(of->losses.values[0] == INF);
    for (size_t i = 0; i < of->width; i++)
        assert_true(fabs((double)of->gradient.values[i * of->stride]) <= 1);
}

static void test_certain_and_wrong_costs_infinitely_much(void **state)
{
    (void)state;
    const real impossible[] = {-INF, 0, -INF}, first[] = {1, 0, 0}, infinite[] = {INF, -INF}, wrong[] = {0, 1};
    with_row(&cross_entropy, 3, impossible, first, check_infinite_loss);
    with_row(&binary_cross_entropy, 2, infinite, wrong, check_infinite_loss);
    with_row(&perceptron, 2, infinite, wrong, check_infinite_loss);
}

/* As softmax makes of its row. */
static void check_nan_row(const batch *of)
{
    assert_true(isnan(of->losses.values[0]));
    for (size_t i = 0; i < of->width; i++)
        assert_true(isnan(of->gradient.values[i * of->stride]));
}

static void test_cross_entropy_of_plus_infinity_is_nan(void **state)
{
    (void)state;
    const real z[] = {0, INF}, t[] = {0, 1}, nothing[] = {0, 0};
    with_row(&cross_entropy, 2, z, t, check_nan_row);
    with_row(&cross_entropy, 2, z, nothing, check_nan_row);
}

static int print_seed(void **state)
{
    (void)state;
    print_message("seed %d\n", SEED);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cross_entropy_is_within_the_bound),
        cmocka_unit_test(test_binary_cross_entropy_is_within_the_bound),
        cmocka_unit_test(test_mean_squared_error_is_within_the_bound),
        cmocka_unit_test(test_perceptron_is_within_the_bound),
        cmocka_unit_test(test_losses_or_gradient_may_be_left_out),
        cmocka_unit_test(test_row_has_the_same_bits_wherever_it_stands),
        cmocka_unit_test(test_nan_spreads_to_its_row_alone),
        cmocka_unit_test(test_small_losses_keep_their_digits),
        cmocka_unit_test(test_certain_and_right_costs_nothing),
        cmocka_unit_test(test_certain_and_wrong_costs_infinitely_much),
        cmocka_unit_test(test_cross_entropy_of_plus_infinity_is_nan),
    };
    return cmocka_run_group_tests(tests, print_seed, NULL) != 0;
}
