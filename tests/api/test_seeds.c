/* SPDX-License-Identifier: MIT */
/* Random numbers: initial weights, dropout masks, the order of rows, and the generator itself. */
#include "harness.h"

#include <math.h>
#include <stdio.h>

/* A sample of this many weights has a mean within 5 of its standard errors but once in two million. */
enum {
    INPUTS = 200,
    UNITS = 300,
    N_WEIGHTS = INPUTS * UNITS
};
#define STANDARD_ERRORS 5

static glia_net *large_net(const char *settings, uint64_t seed)
{
    char architecture[128];
    snprintf(architecture, sizeof architecture, "input %d, dense %d %s", INPUTS, UNITS, settings);
    return harness_net(architecture, seed);
}

/* Weights */

static void test_same_seed_gives_the_same_network(void **state)
{
    (void)state;
    static const uint64_t seeds[] = {0, 1, 42, UINT64_MAX};
    for (size_t i = 0; i < COUNT_OF(seeds); i++) {
        glia_net *net = large_net("tanh", seeds[i]), *same = large_net("tanh", seeds[i]), *by_options = NULL;
        glia_options options = {.struct_size = sizeof options, .seed = seeds[i]};
        assert_ok(glia_net_create_with(&by_options, glia_net_architecture(net), &options));
        assert_same_net(same, net);
        assert_same_net(by_options, net);
        glia_net_destroy(by_options);
        glia_net_destroy(same);
        glia_net_destroy(net);
    }
}

/* Different in nearly every weight, also where seeds differ only in the upper half. */
static void test_different_seeds_give_different_networks(void **state)
{
    (void)state;
    glia_net *net = large_net("tanh", 1);
    static const uint64_t others[] = {2, UINT64_C(0x100000001)};
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        glia_net *other = large_net("tanh", others[i]);
        size_t n_same = 0;
        for (size_t j = 0; j < N_WEIGHTS; j++)
            n_same += glia_net_parameters(net, NULL)[j] == glia_net_parameters(other, NULL)[j];
        assert_true(n_same < N_WEIGHTS / 100);
        glia_net_destroy(other);
    }
    glia_net_destroy(net);
}

static void test_layers_of_one_shape_differ(void **state)
{
    (void)state;
    enum {
        WIDTH = 20
    };
    glia_net *net = harness_net("input 20, dense 20 tanh, dense 20 tanh", 1);
    const real *first = glia_net_parameters(net, NULL), *second = first + WIDTH * WIDTH + WIDTH;
    size_t n_same = 0;
    for (size_t i = 0; i < WIDTH * WIDTH; i++)
        n_same += first[i] == second[i];
    assert_true(n_same < WIDTH);
    glia_net_destroy(net);
}

/* Mean and deviation of the weights, and that biases begin at 0. A normal sample's deviation is uncertain by
 * d / sqrt(2 n), a uniform one's by less. */
static void assert_weights(const char *settings, double deviation, double limit)
{
    double sum = 0, squares = 0, largest = 0;
    glia_net *net = large_net(settings, 77);
    const real *weights = glia_net_parameters(net, NULL);
    for (size_t i = 0; i < N_WEIGHTS; i++) {
        sum += weights[i];
        squares += (double)weights[i] * weights[i];
        largest = fmax(largest, fabs((double)weights[i]));
    }
    assert_near(sum / N_WEIGHTS, 0, STANDARD_ERRORS * deviation / sqrt(N_WEIGHTS));
    assert_near(sqrt(squares / N_WEIGHTS), deviation, STANDARD_ERRORS * deviation / sqrt(2.0 * N_WEIGHTS));
    assert_true(largest <= limit * (1 + ROUNDING) && largest > 0.99 * fmin(limit, 3.5 * deviation));
    for (size_t i = 0; i < UNITS; i++)
        assert_true(weights[N_WEIGHTS + i] == 0);
    glia_net_destroy(net);
}

static void test_normal_initialisers(void **state)
{
    (void)state;
    assert_weights("init=lecun_normal", sqrt(1.0 / INPUTS), INFINITY);
    assert_weights("init=glorot_normal", sqrt(2.0 / (INPUTS + UNITS)), INFINITY);
    assert_weights("init=he_normal", sqrt(2.0 / INPUTS), INFINITY);
}

/* Within a of 0, with deviation a / sqrt(3). */
static void test_uniform_initialisers(void **state)
{
    (void)state;
    const double glorot = sqrt(6.0 / (INPUTS + UNITS)), he = sqrt(6.0 / INPUTS), plain = 1 / sqrt(INPUTS);
    assert_weights("init=glorot_uniform", glorot / sqrt(3), glorot);
    assert_weights("init=he_uniform", he / sqrt(3), he);
    assert_weights("init=uniform", plain / sqrt(3), plain);
}

static void test_zeros_initialiser(void **state)
{
    (void)state;
    glia_net *net = large_net("init=zeros", 1);
    for (size_t i = 0; i < harness_parameter_count(net); i++)
        assert_true(glia_net_parameters(net, NULL)[i] == 0);
    glia_net_destroy(net);
}

static void test_default_initialiser_follows_the_activation(void **state)
{
    (void)state;
    static const char *const defaults[][2] = {{"relu", "he_normal"},         {"leaky_relu", "he_normal"},
                                              {"tanh", "glorot_uniform"},    {"sigmoid", "glorot_uniform"},
                                              {"softmax", "glorot_uniform"}, {"identity", "lecun_normal"},
                                              {"step", "lecun_normal"},      {"", "lecun_normal"}};
    for (size_t i = 0; i < COUNT_OF(defaults); i++) {
        char settings[64];
        snprintf(settings, sizeof settings, "%s init=%s", defaults[i][0], defaults[i][1]);
        glia_net *net = large_net(defaults[i][0], 1), *expected = large_net(settings, 1);
        assert_same_bits(glia_net_parameters(net, NULL), glia_net_parameters(expected, NULL), N_WEIGHTS);
        glia_net_destroy(expected);
        glia_net_destroy(net);
    }
}

/* Dropout */

enum {
    ROWS = 300,
    WIDTH = 400,
    N_VALUES = ROWS * WIDTH
};

static real ones[N_VALUES], masked[N_VALUES], other_masked[N_VALUES];

static int fill_ones(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_VALUES; i++)
        ones[i] = 1;
    return 0;
}

/* The values that a new network's pass of this number (from 0) leaves of ones. */
static void mask_of(const char *architecture, uint64_t seed, int pass, size_t rows, real *outputs)
{
    glia_net *net = harness_net(architecture, seed);
    for (int i = 0; i <= pass; i++)
        assert_ok(glia_net_forward(net, ones, rows, outputs));
    glia_net_destroy(net);
}

/* Kept values are scaled by 1 / (1 - p), the share of zeros has a standard error of sqrt(p (1 - p) / n). */
static void test_dropout_drops_its_share_and_scales_the_rest(void **state)
{
    (void)state;
    static const double rates[] = {0.1, 0.25, 0.5, 0.9};
    for (size_t i = 0; i < COUNT_OF(rates); i++) {
        char architecture[64];
        double p = rates[i];
        size_t n_zeros = 0;
        snprintf(architecture, sizeof architecture, "input %d, dropout %g", WIDTH, p);
        mask_of(architecture, 3, 0, ROWS, masked);
        for (size_t j = 0; j < N_VALUES; j++) {
            n_zeros += masked[j] == 0;
            if (masked[j] != 0)
                assert_near((double)masked[j], 1 / (1 - p), 4 * ROUNDING / (1 - p));
        }
        assert_near((double)n_zeros / N_VALUES, p, STANDARD_ERRORS * sqrt(p * (1 - p) / N_VALUES));
    }
}

static void test_dropout_of_0_drops_nothing(void **state)
{
    (void)state;
    mask_of("input 400, dropout 0", 3, 0, ROWS, masked);
    assert_same_bits(masked, ones, N_VALUES);
}

static void test_predict_drops_nothing(void **state)
{
    (void)state;
    glia_net *net = harness_net("input 400, dropout 0.5", 3);
    assert_ok(glia_net_predict(net, ones, ROWS, masked));
    assert_same_bits(masked, ones, N_VALUES);
    glia_net_destroy(net);
}

static size_t n_equal(const real *a, const real *b, size_t count)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        n += a[i] == b[i];
    return n;
}

/* Two masks of rate 1/2 that are independent agree in half their bits; 5 standard errors of sqrt(n) / 2. */
static void assert_independent(const real *a, const real *b, size_t count)
{
    assert_near((double)n_equal(a, b, count), (double)count / 2, STANDARD_ERRORS * sqrt((double)count) / 2);
}

static void test_mask_depends_on_seed_and_pass(void **state)
{
    (void)state;
    const char *architecture = "input 400, dropout 0.5";
    mask_of(architecture, 3, 2, ROWS, masked);
    mask_of(architecture, 3, 2, ROWS, other_masked);
    assert_same_bits(other_masked, masked, N_VALUES);
    mask_of(architecture, 4, 2, ROWS, other_masked);
    assert_independent(other_masked, masked, N_VALUES);
    mask_of(architecture, 3, 3, ROWS, other_masked);
    assert_independent(other_masked, masked, N_VALUES);
}

static void test_rows_units_and_layers_have_masks_of_their_own(void **state)
{
    (void)state;
    mask_of("input 400, dropout 0.5", 3, 0, ROWS, masked);
    assert_independent(masked, masked + WIDTH, N_VALUES - WIDTH);
    assert_independent(masked, masked + 1, N_VALUES - 1);
    mask_of("input 400, dropout 0, dropout 0.5", 3, 0, ROWS, other_masked);
    assert_independent(other_masked, masked, N_VALUES);
}

static void test_mask_of_a_row_does_not_depend_on_how_many_follow(void **state)
{
    (void)state;
    mask_of("input 400, dropout 0.5", 3, 1, ROWS, masked);
    mask_of("input 400, dropout 0.5", 3, 1, 7, other_masked);
    assert_same_bits(other_masked, masked, 7 * WIDTH);
}

/* The order of rows */

enum {
    N_SHUFFLED = 50,
    N_EPOCHS = 3
};

/* The row of each batch of one, known by its loss (a square number), as fit comes to it. */
typedef struct order {
    size_t rows[N_SHUFFLED * N_EPOCHS];
    size_t count;
} order;

static int32_t record_row(void *user, const glia_progress *progress)
{
    order *all = user;
    if (!progress->is_epoch_end)
        all->rows[all->count++] = (size_t)lround(sqrt(progress->loss));
    return 0;
}

static order order_of(const char *architecture, uint64_t seed)
{
    order all = {.count = 0};
    real inputs[N_SHUFFLED], targets[N_SHUFFLED] = {0};
    for (size_t i = 0; i < N_SHUFFLED; i++)
        inputs[i] = (real)i;
    glia_samples rows = harness_with_targets(inputs, targets, N_SHUFFLED);
    glia_net *net = harness_net(architecture, seed);
    assert_ok(glia_net_set_optimizer(net, "sgd learning_rate=0"));
    assert_ok(glia_net_set_loss(net, "mse"));
    glia_net_parameters(net, NULL)[0] = 1;
    assert_ok(glia_net_fit(net, &rows, NULL, "epochs=3 batch=1", record_row, &all));
    assert_int_equal(all.count, N_SHUFFLED * N_EPOCHS);
    glia_net_destroy(net);
    return all;
}

static void test_every_epoch_sees_every_row_once(void **state)
{
    (void)state;
    order all = order_of("input 1, dense 1", 3);
    for (size_t epoch = 0; epoch < N_EPOCHS; epoch++) {
        int is_seen[N_SHUFFLED] = {0};
        for (size_t i = 0; i < N_SHUFFLED; i++) {
            size_t row = all.rows[epoch * N_SHUFFLED + i];
            assert_true(row < N_SHUFFLED && !is_seen[row]);
            is_seen[row] = 1;
        }
    }
}

static void test_order_depends_on_seed_and_epoch_alone(void **state)
{
    (void)state;
    order all = order_of("input 1, dense 1", 3), same = order_of("input 1, dense 1 bias=no", 3),
          other = order_of("input 1, dense 1", 4);
    assert_memory_equal(same.rows, all.rows, sizeof all.rows);
    assert_memory_not_equal(other.rows, all.rows, sizeof all.rows);
    assert_memory_not_equal(all.rows, all.rows + N_SHUFFLED, N_SHUFFLED * sizeof all.rows[0]);
    assert_memory_not_equal(all.rows + N_SHUFFLED, all.rows + 2 * N_SHUFFLED, N_SHUFFLED * sizeof all.rows[0]);
}

/* The generator */

static void test_random_is_a_function_of_its_arguments(void **state)
{
    (void)state;
    uint64_t number = glia_random(1, 2, 3, 4);
    assert_true(glia_random(2, 2, 3, 4) != number);
    assert_true(glia_random(1, 3, 3, 4) != number);
    assert_true(glia_random(1, 2, 4, 4) != number);
    assert_true(glia_random(1, 2, 3, 5) != number);
    assert_true(glia_random(1, 2, 3, 4) == number);
    assert_true(glia_random(1, 2, 3, (UINT64_C(1) << 47) + 4) != number);
    assert_true(glia_random(1, 2, (UINT64_C(1) << 47) + 3, 4) != number);
}

/* The generator's authors give 6627e8d5 e169c58d bc57ac4c 9b00dbd8 for key and counter 0. */
static void test_random_is_philox(void **state)
{
    (void)state;
    assert_true(glia_random(0, 0, 0, 0) == UINT64_C(0xe169c58d6627e8d5));
    assert_true(glia_random(0, 0, 0, 1) == UINT64_C(0x9b00dbd8bc57ac4c));
}

static void test_random_bits_are_even(void **state)
{
    (void)state;
    enum {
        N = 20000
    };
    size_t ones_at[64] = {0};
    for (uint64_t i = 0; i < N; i++) {
        uint64_t number = glia_random(9, 1, 0, i);
        for (size_t bit = 0; bit < 64; bit++)
            ones_at[bit] += (number >> bit) & 1;
    }
    for (size_t bit = 0; bit < 64; bit++)
        assert_near((double)ones_at[bit], N / 2.0, STANDARD_ERRORS * sqrt(N) / 2);
}

/* Moments 0, 1, 0, 3 of a standard normal sample, whose standard errors are sqrt(1, 2, 15, 96) / sqrt(n), and its share
 * within 1.96. */
static void test_random_normal_is_standard_normal(void **state)
{
    (void)state;
    enum {
        N = 100000
    };
    double moments[4] = {0}, n_within = 0;
    for (uint64_t i = 0; i < N; i++) {
        double x = glia_random_normal(9, 1, 0, i);
        moments[0] += x / N;
        moments[1] += x * x / N;
        moments[2] += x * x * x / N;
        moments[3] += x * x * x * x / N;
        n_within += fabs(x) < 1.9599639845400545;
    }
    assert_near(moments[0], 0, STANDARD_ERRORS * sqrt(1.0 / N));
    assert_near(moments[1], 1, STANDARD_ERRORS * sqrt(2.0 / N));
    assert_near(moments[2], 0, STANDARD_ERRORS * sqrt(15.0 / N));
    assert_near(moments[3], 3, STANDARD_ERRORS * sqrt(96.0 / N));
    assert_near(n_within / N, 0.95, STANDARD_ERRORS * sqrt(0.95 * 0.05 / N));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_seed_gives_the_same_network),
        cmocka_unit_test(test_different_seeds_give_different_networks),
        cmocka_unit_test(test_layers_of_one_shape_differ),
        cmocka_unit_test(test_normal_initialisers),
        cmocka_unit_test(test_uniform_initialisers),
        cmocka_unit_test(test_zeros_initialiser),
        cmocka_unit_test(test_default_initialiser_follows_the_activation),
        cmocka_unit_test(test_dropout_drops_its_share_and_scales_the_rest),
        cmocka_unit_test(test_dropout_of_0_drops_nothing),
        cmocka_unit_test(test_predict_drops_nothing),
        cmocka_unit_test(test_mask_depends_on_seed_and_pass),
        cmocka_unit_test(test_rows_units_and_layers_have_masks_of_their_own),
        cmocka_unit_test(test_mask_of_a_row_does_not_depend_on_how_many_follow),
        cmocka_unit_test(test_every_epoch_sees_every_row_once),
        cmocka_unit_test(test_order_depends_on_seed_and_epoch_alone),
        cmocka_unit_test(test_random_is_a_function_of_its_arguments),
        cmocka_unit_test(test_random_is_philox),
        cmocka_unit_test(test_random_bits_are_even),
        cmocka_unit_test(test_random_normal_is_standard_normal),
    };
    return cmocka_run_group_tests(tests, fill_ones, NULL) != 0;
}
