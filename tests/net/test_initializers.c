/* SPDX-License-Identifier: MIT */
/* Initial weights: their spread, and that they are a function of seed and stream. */
#include "net/initializers.h"

#include "api/harness.h"

enum {
    INPUTS = 60,
    UNITS = 40,
    COUNT = INPUTS * UNITS
};

#define SEED   5
#define STREAM 6

static real weight[COUNT];

static void fill(glia__initializer initializer)
{
    glia__initialize_weights(weight, INPUTS, UNITS, initializer, SEED, STREAM);
}

static const struct {
    glia__initializer initializer;
    const char *name;
    double variance;
    bool is_normal;
} cases[] = {
    {GLIA__LECUN_NORMAL, "lecun_normal", 1.0 / INPUTS, true},
    {GLIA__GLOROT_UNIFORM, "glorot_uniform", 2.0 / (INPUTS + UNITS), false},
    {GLIA__GLOROT_NORMAL, "glorot_normal", 2.0 / (INPUTS + UNITS), true},
    {GLIA__HE_UNIFORM, "he_uniform", 2.0 / INPUTS, false},
    {GLIA__HE_NORMAL, "he_normal", 2.0 / INPUTS, true},
    {GLIA__UNIFORM, "uniform", 1.0 / (3 * INPUTS), false},
    {GLIA__ZEROS, "zeros", 0, false},
};

static void test_names_are_in_the_order_of_the_values(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(glia__initializer_names[cases[i].initializer], cases[i].name);
    assert_null(glia__initializer_names[GLIA__BY_ACTIVATION]);
}

/* The mean of n numbers deviates by s / sqrt(n), their variance by at most s^2 sqrt(2 / n): five of each are right. */
static void test_mean_is_0_and_the_variance_as_published(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double mean = 0, variance = 0;
        fill(cases[i].initializer);
        for (size_t j = 0; j < COUNT; j++)
            mean += (double)weight[j] / COUNT;
        for (size_t j = 0; j < COUNT; j++)
            variance += (double)weight[j] * (double)weight[j] / COUNT;
        assert_near(mean, 0, 5 * sqrt(cases[i].variance / COUNT));
        assert_near(variance, cases[i].variance, 5 * cases[i].variance * sqrt(2.0 / COUNT));
    }
}

/* A uniform number of variance a^2 / 3 stays within +-a and comes near; a normal one passes it 8 times in 100. */
static void test_uniform_numbers_stay_within_their_limit(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double limit = sqrt(3 * cases[i].variance), largest = 0;
        fill(cases[i].initializer);
        for (size_t j = 0; j < COUNT; j++)
            if (fabs((double)weight[j]) > largest)
                largest = fabs((double)weight[j]);
        if (cases[i].is_normal)
            assert_true(largest > 1.2 * limit);
        else
            assert_true(largest >= 0.99 * limit && largest <= limit * (1 + 2 * ROUNDING));
    }
}

/* Of double, rounded: networks of both number types start alike. */
static void test_normal_numbers_are_those_of_the_public_call(void **state)
{
    (void)state;
    fill(GLIA__HE_NORMAL);
    for (size_t i = 0; i < COUNT; i++)
        assert_true(weight[i] == (real)(sqrt(2.0 / INPUTS) * glia_random_normal(SEED, STREAM, 0, i)));
}

static void test_weights_are_a_function_of_seed_and_stream(void **state)
{
    (void)state;
    real other[COUNT];
    fill(GLIA__GLOROT_UNIFORM);
    glia__initialize_weights(other, INPUTS, UNITS, GLIA__GLOROT_UNIFORM, SEED, STREAM);
    assert_same_bits(other, weight, COUNT);
    glia__initialize_weights(other, INPUTS, UNITS, GLIA__GLOROT_UNIFORM, SEED + 1, STREAM);
    assert_true(other[0] != weight[0] && other[COUNT - 1] != weight[COUNT - 1]);
    glia__initialize_weights(other, INPUTS, UNITS, GLIA__GLOROT_UNIFORM, SEED, STREAM + 1);
    assert_true(other[0] != weight[0] && other[COUNT - 1] != weight[COUNT - 1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_are_in_the_order_of_the_values),
        cmocka_unit_test(test_mean_is_0_and_the_variance_as_published),
        cmocka_unit_test(test_uniform_numbers_stay_within_their_limit),
        cmocka_unit_test(test_normal_numbers_are_those_of_the_public_call),
        cmocka_unit_test(test_weights_are_a_function_of_seed_and_stream),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
