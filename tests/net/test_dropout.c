/* SPDX-License-Identifier: MIT */
/* dropout: what is kept, how much, and on what that depends. */
#include "net/network_harness.h"

enum {
    ROWS = 65,
    WIDTH = 131, /* odd, so that the last block of random words is cut */
    COUNT = ROWS * WIDTH
};

static real x[COUNT];

/* Numbers of which none is 0, so that what is dropped shows. */
static int fill_data(void **state)
{
    (void)state;
    harness_fill(x, COUNT, 1);
    for (size_t i = 0; i < COUNT; i++)
        x[i] = x[i] < 0 ? x[i] - 1 : x[i] + 1;
    return 0;
}

static void run(const glia__network *network, const glia__pass *pass, real *y)
{
    const glia__layer *layer = &network->layers[network->layer_count - 1];
    layer->type->forward(layer, pass, y, x);
}

static void test_dropout_keeps_values_scaled_or_drops_them(void **state)
{
    (void)state;
    static real y[COUNT];
    glia__network network = network_make("input 131, dropout 0.25");
    glia__pass pass = network_pass(&network, ROWS);
    run(&network, &pass, y);
    for (size_t i = 0; i < COUNT; i++)
        assert_true(y[i] == 0 || y[i] == x[i] * (real)(1 / 0.75));
    glia__network_release(&network);
}

/* The number dropped has the deviation sqrt(n p (1 - p)); five of them happen once in a million. */
static void test_dropout_drops_the_share_that_it_should(void **state)
{
    (void)state;
    static const struct {
        const char *architecture;
        double rate;
    } cases[] = {{"input 131, dropout 0.1", 0.1}, {"input 131, dropout 0.5", 0.5}, {"input 131, dropout 0.99", 0.99}};
    static real y[COUNT];
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        glia__network network = network_make(cases[i].architecture);
        glia__pass pass = network_pass(&network, ROWS);
        double rate = cases[i].rate, n_dropped = 0;
        run(&network, &pass, y);
        for (size_t j = 0; j < COUNT; j++)
            n_dropped += y[j] == 0;
        assert_near(n_dropped, COUNT * rate, 5 * sqrt(COUNT * rate * (1 - rate)));
        glia__network_release(&network);
    }
}

static void test_dropout_of_rate_0_changes_nothing(void **state)
{
    (void)state;
    static real y[COUNT];
    glia__network network = network_make("input 131, dropout 0");
    glia__pass pass = network_pass(&network, ROWS);
    run(&network, &pass, y);
    assert_same_bits(y, x, COUNT);
    glia__network_release(&network);
}

static void test_dropout_repeats_for_the_same_pass_and_row(void **state)
{
    (void)state;
    static real all[COUNT], few[3 * WIDTH];
    glia__network network = network_make("input 131, dropout 0.5");
    glia__pass pass = network_pass(&network, ROWS);
    run(&network, &pass, all);
    pass.rows = 3;
    run(&network, &pass, few);
    assert_same_bits(few, all, 3 * WIDTH);
    glia__network_release(&network);
}

/* As a thread runs it. */
static void test_dropout_of_a_part_is_that_of_its_rows(void **state)
{
    (void)state;
    static real all[COUNT], part[3 * WIDTH];
    glia__network network = network_make("input 131, dropout 0.5");
    glia__pass pass = network_pass(&network, ROWS);
    run(&network, &pass, all);
    pass.first_row = 60;
    pass.rows = 3;
    network.layers[0].type->forward(&network.layers[0], &pass, part, x + 60 * WIDTH);
    assert_same_bits(part, all + 60 * WIDTH, COUNT_OF(part));
    glia__network_release(&network);
}

/* How many of two runs' values are dropped in both. */
static double both_dropped(const real *a, const real *b)
{
    double count = 0;
    for (size_t i = 0; i < COUNT; i++)
        count += a[i] == 0 && b[i] == 0;
    return count;
}

/* Two masks of rate 1/2 that know nothing of each other share a quarter of the values, within five deviations. */
static void assert_independent(const real *a, const real *b)
{
    assert_near(both_dropped(a, b), COUNT * 0.25, 5 * sqrt(COUNT * 0.25 * 0.75));
}

static void test_dropout_differs_by_pass_seed_and_layer(void **state)
{
    (void)state;
    static real first[COUNT], other[COUNT];
    glia__network network = network_make("input 131, dropout 0.5");
    glia__pass pass = network_pass(&network, ROWS);
    run(&network, &pass, first);
    pass.number++;
    run(&network, &pass, other);
    assert_independent(first, other);
    pass.number--;
    pass.seed++;
    run(&network, &pass, other);
    assert_independent(first, other);
    glia__network_release(&network);

    network = network_make("input 131, identity, dropout 0.5");
    pass.seed--;
    run(&network, &pass, other);
    assert_independent(first, other);
    glia__network_release(&network);
}

static void test_dropout_differs_by_row(void **state)
{
    (void)state;
    static real first[COUNT], shifted[COUNT];
    glia__network network = network_make("input 131, dropout 0.5");
    glia__pass pass = network_pass(&network, ROWS);
    run(&network, &pass, first);
    for (size_t i = 0; i < COUNT; i++)
        shifted[i] = first[(i + WIDTH) % COUNT];
    assert_independent(first, shifted);
    glia__network_release(&network);
}

static void test_dropout_backward_uses_the_same_mask(void **state)
{
    (void)state;
    static real y[COUNT], d_x[COUNT];
    glia__network network = network_make("input 131, dropout 0.3");
    glia__pass pass = network_pass(&network, ROWS);
    run(&network, &pass, y);
    glia__layer_backward at = {.d_input = d_x, .d_output = x};
    network.layers[0].type->backward(&network.layers[0], &pass, &at);
    assert_same_bits(d_x, y, COUNT);
    glia__network_release(&network);
}

static void test_dropout_works_in_place(void **state)
{
    (void)state;
    static real y[COUNT], in_place[COUNT];
    glia__network network = network_make("input 131, dropout 0.3");
    glia__pass pass = network_pass(&network, ROWS);
    run(&network, &pass, y);
    for (size_t i = 0; i < COUNT; i++)
        in_place[i] = x[i];
    network.layers[0].type->forward(&network.layers[0], &pass, in_place, in_place);
    assert_same_bits(in_place, y, COUNT);
    glia__network_release(&network);
}

static void test_dropout_does_nothing_in_use(void **state)
{
    (void)state;
    static real y[COUNT];
    glia__network network = network_make("input 131, dropout 0.99");
    glia__pass pass = network_pass(&network, ROWS);
    network.layers[0].type->predict(&network.layers[0], &pass, y, x);
    assert_same_bits(y, x, COUNT);
    network.layers[0].type->predict(&network.layers[0], &pass, y, y);
    assert_same_bits(y, x, COUNT);
    glia__network_release(&network);
}

static void test_dropout_matches_finite_differences(void **state)
{
    (void)state;
    glia__network network = network_make("input 7, dropout 0.3");
    glia__pass pass = network_pass(&network, 4);
    real input[28];
    harness_fill(input, COUNT_OF(input), 1);
    network_check_layer(&network.layers[0], &pass, input);
    glia__network_release(&network);
}

static void test_dropout_refuses_rates_outside_0_to_1(void **state)
{
    (void)state;
    network_assert_refused("input 2, dropout", GLIA_ERR_TEXT, "dropout wants its rate");
    network_assert_refused("input 2, dropout 1", GLIA_ERR_TEXT, "rate wants a number from 0 to below 1");
    network_assert_refused("input 2, dropout -0.1", GLIA_ERR_TEXT, "rate wants a number from 0 to below 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dropout_keeps_values_scaled_or_drops_them),
        cmocka_unit_test(test_dropout_drops_the_share_that_it_should),
        cmocka_unit_test(test_dropout_of_rate_0_changes_nothing),
        cmocka_unit_test(test_dropout_repeats_for_the_same_pass_and_row),
        cmocka_unit_test(test_dropout_of_a_part_is_that_of_its_rows),
        cmocka_unit_test(test_dropout_differs_by_pass_seed_and_layer),
        cmocka_unit_test(test_dropout_differs_by_row),
        cmocka_unit_test(test_dropout_backward_uses_the_same_mask),
        cmocka_unit_test(test_dropout_works_in_place),
        cmocka_unit_test(test_dropout_does_nothing_in_use),
        cmocka_unit_test(test_dropout_matches_finite_differences),
        cmocka_unit_test(test_dropout_refuses_rates_outside_0_to_1),
    };
    return cmocka_run_group_tests(tests, fill_data, NULL) != 0;
}
