/* SPDX-License-Identifier: MIT */
/* Generated data sets: the geometry of the moons, their noise, and texts that are refused. */
#include "io_harness.h"

#include <math.h>
#include <stdio.h>

#define PI 3.14159265358979323846

static glia_data *generate(const char *generator, uint64_t seed)
{
    glia_data *data = NULL;
    assert_ok(glia_data_generate(&data, generator, seed));
    return data;
}

/* How many rows have this class and, within two roundings of libm, this point. */
static size_t count_points(const glia64_samples *samples, int32_t class_number, double x1, double x2)
{
    size_t count = 0;
    for (size_t row = 0; row < samples->rows; row++)
        count += samples->classes[row] == class_number && fabs(samples->inputs[2 * row] - x1) < 1e-15 &&
                 fabs(samples->inputs[2 * row + 1] - x2) < 1e-15;
    return count;
}

/* Every point of the formula is there once. */
static void assert_is_moons(size_t rows)
{
    char generator[64];
    snprintf(generator, sizeof generator, "moons rows=%zu noise=0", rows);
    glia_data *data = generate(generator, 5);
    glia64_samples samples = io_samples64(data);
    size_t outer = rows / 2, inner = rows - outer;
    assert_int_equal(samples.rows, rows);
    for (size_t i = 0; i < outer; i++) {
        double angle = outer == 1 ? 0 : PI * (double)i / (double)(outer - 1);
        assert_int_equal(count_points(&samples, 0, cos(angle), sin(angle)), 1);
    }
    for (size_t i = 0; i < inner; i++) {
        double angle = inner == 1 ? 0 : PI * (double)i / (double)(inner - 1);
        assert_int_equal(count_points(&samples, 1, 1 - cos(angle), 0.5 - sin(angle)), 1);
    }
    glia_data_destroy(data);
}

static void test_moons_without_noise_are_half_circles(void **state)
{
    (void)state;
    assert_is_moons(200);
    assert_is_moons(7);
    assert_is_moons(3);
    assert_is_moons(2);
}

static void test_moons_have_names_and_metadata(void **state)
{
    (void)state;
    glia_data *data = generate("moons", 1);
    assert_int_equal(glia_data_rows(data), 200);
    assert_int_equal(glia_data_input_size(data), 2);
    assert_string_equal(glia_data_column_name(data, 0), "x1");
    assert_string_equal(glia_data_column_name(data, 1), "x2");
    assert_string_equal(glia_data_column_name(data, 2), "class");
    assert_int_equal(glia_data_class_count(data), 2);
    assert_string_equal(glia_data_class_name(data, 1), "1");
    assert_string_equal(glia_data_metadata(data, "columns"), "[\"x1\",\"x2\"]");
    assert_string_equal(glia_data_metadata(data, "classes"), "[\"0\",\"1\"]");
    assert_string_equal(glia_data_metadata(data, "target"), "class");
    glia_data_destroy(data);
}

static void test_moons_of_the_same_seed_are_the_same(void **state)
{
    (void)state;
    glia_data *first = generate("moons rows=50 noise=0.3", 9), *second = generate("moons noise=0.3 rows=50", 9);
    io_assert_same_numbers(first, second);
    glia_data_destroy(first);
    glia_data_destroy(second);
}

static void test_moons_of_other_seeds_differ_in_order_and_noise(void **state)
{
    (void)state;
    glia_data *first = generate("moons rows=50 noise=0.3", 1), *second = generate("moons rows=50 noise=0.3", 2);
    glia64_samples a = io_samples64(first), b = io_samples64(second);
    size_t same_classes = 0, same_inputs = 0;
    for (size_t i = 0; i < 50; i++)
        same_classes += a.classes[i] == b.classes[i];
    for (size_t i = 0; i < 100; i++)
        same_inputs += a.inputs[i] == b.inputs[i];
    assert_true(same_classes < 50);
    assert_int_equal(same_inputs, 0);
    glia_data_destroy(first);
    glia_data_destroy(second);
}

static void test_moons_are_shuffled(void **state)
{
    (void)state;
    glia_data *data = generate("moons rows=100 noise=0", 3);
    const int32_t *classes = io_samples64(data).classes;
    size_t first_half = 0;
    for (size_t i = 0; i < 50; i++)
        first_half += (size_t)classes[i];
    assert_in_range(first_half, 10, 40); /* expected 25, standard deviation 2.5 */
    glia_data_destroy(data);
}

static void test_moons_noise_has_its_standard_deviation(void **state)
{
    (void)state;
    enum {
        ROWS = 20000
    };
    glia_data *plain = generate("moons rows=20000 noise=0", 4), *noisy = generate("moons rows=20000 noise=0.5", 4);
    const double *from = io_samples64(plain).inputs, *to = io_samples64(noisy).inputs;
    double sum = 0, square_sum = 0;
    for (size_t i = 0; i < 2 * ROWS; i++) {
        double noise = to[i] - from[i];
        sum += noise;
        square_sum += noise * noise;
    }
    /* Five standard errors: of the mean 0.5 / sqrt(n), of the standard deviation 0.5 / sqrt(2 n), n = 40000. */
    assert_true(fabs(sum / (2 * ROWS)) < 5 * 0.5 / sqrt(2 * ROWS));
    assert_true(fabs(sqrt(square_sum / (2 * ROWS)) - 0.5) < 5 * 0.5 / sqrt(4 * ROWS));
    glia_data_destroy(plain);
    glia_data_destroy(noisy);
}

static void test_generate_text_that_is_wrong_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *generator, *message;
    } bad[] = {
        {"", "generator, column 1: unknown generator ''; accepted are moons"},
        {"  moon rows=2", "generator, column 3: unknown generator 'moon'; accepted are moons"},
        {"moonsrows=2", "generator, column 1: unknown generator 'moonsrows=2'"},
        {"moons row=2", "generator, column 7: unknown setting 'row'; accepted are rows, noise"},
        {"moons rows=1", "generator, column 12: rows wants a whole number from 2 to 1000000000, not '1'"},
        {"moons rows=2.5", "generator, column 12: rows wants a whole number"},
        {"moons rows=1e10", "generator, column 12: rows wants a whole number"},
        {"moons rows=nan", "generator, column 12: rows wants a whole number"},
        {"moons noise=-0.1", "generator, column 13: noise wants a number from 0 to 1000000, not '-0.1'"},
        {"moons noise=1e999", "generator, column 13: noise wants a number"},
        {"moons rows=4 rows=5", "generator, column 14: rows is given twice"},
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        glia_data *data = NULL;
        assert_status(glia_data_generate(&data, bad[i].generator, 1), GLIA_ERR_TEXT);
        assert_message_has(bad[i].message);
        assert_null(data);
    }
}

static void test_generate_null_is_an_argument_error(void **state)
{
    (void)state;
    glia_data *data = NULL;
    assert_status(glia_data_generate(NULL, "moons", 1), GLIA_ERR_ARGUMENT);
    assert_status(glia_data_generate(&data, NULL, 1), GLIA_ERR_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moons_without_noise_are_half_circles),
        cmocka_unit_test(test_moons_have_names_and_metadata),
        cmocka_unit_test(test_moons_of_the_same_seed_are_the_same),
        cmocka_unit_test(test_moons_of_other_seeds_differ_in_order_and_noise),
        cmocka_unit_test(test_moons_are_shuffled),
        cmocka_unit_test(test_moons_noise_has_its_standard_deviation),
        cmocka_unit_test(test_generate_text_that_is_wrong_is_refused),
        cmocka_unit_test(test_generate_null_is_an_argument_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
