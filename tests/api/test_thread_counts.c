/* SPDX-License-Identifier: MIT */
/* Threads: the same bits with any number of them, of the net's own or the host's, in any order. */
#include "harness.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#define SEED 51

/* Work that is worth threads: many parameters, in several chunks; many rows; wide layers, of which the chunks are
 * larger the fewer threads there are. */
typedef struct job {
    const char *architecture;
    size_t rows, inputs, outputs;
} job;

static const job jobs[] = {
    {"input 300, dense 100 tanh, dropout 0.2, dense 40 relu bias=no, dense 3 softmax", 100, 300, 3},
    {"input 4, standardize, dense 8 tanh, dense 2 softmax", 20000, 4, 2},
    {"input 150, dense 150 leaky_relu, softmax, dense 70 sigmoid", 61, 150, 70},
    {"input 20, dense 560 relu, dense 240 softmax", 40, 20, 240},
};

/* Rows for a job. */
typedef struct rows {
    real *inputs, *weights;
    int32_t *classes;
    glia_samples samples;
} rows;

static real *random_reals(size_t count, uint64_t seed)
{
    real *values = malloc(count * sizeof *values);
    assert_non_null(values);
    harness_fill(values, count, seed);
    return values;
}

static rows rows_begin(const job *of)
{
    rows made = {
        .inputs = random_reals(of->rows * of->inputs, SEED),
        .weights = random_reals(of->rows, SEED + 1),
        .classes = malloc(of->rows * sizeof *made.classes),
    };
    assert_non_null(made.classes);
    harness_fill_classes(made.classes, of->rows, (int32_t)of->outputs, SEED + 2);
    for (size_t i = 0; i < of->rows; i++)
        made.weights[i] += 1;
    made.samples = harness_with_classes(made.inputs, made.classes, of->rows);
    made.samples.row_weights = made.weights;
    return made;
}

static void rows_end(rows *made)
{
    free(made->inputs);
    free(made->weights);
    free(made->classes);
}

/* Who computes: threads of the net's own, or a host that runs its tasks one after the other, the last one first. */
typedef struct helpers {
    int32_t threads;
    bool is_host;
    size_t runs; /* that the host was asked for */
} helpers;

static void run_in_reverse(void *user, size_t n, void (*task)(void *context, size_t i), void *context)
{
    helpers *host = user;
    host->runs++;
    while (n-- > 0)
        task(context, n);
}

static glia_net *new_net(const job *of, helpers *with)
{
    const glia_options options = {
        .struct_size = sizeof options,
        .seed = SEED,
        .threads = with->threads,
        .user = with,
        .parallel_for = with->is_host ? run_in_reverse : NULL,
    };
    glia_net *net = NULL;
    assert_ok(glia_net_create_with(&net, of->architecture, &options));
    assert_ok(glia_net_set_optimizer(net, "adamw learning_rate=0.01"));
    return net;
}

/* What a net is asked to do, and the numbers that it answers. */
enum {
    RESULTS = 1 << 19
};
typedef void action_fn(glia_net *net, const job *of, const rows *data, real *results);

/* The action with every kind of helpers, beside that of the caller alone. */
static void check_job(const job *of, action_fn *act)
{
    static real expected[RESULTS], results[RESULTS];
    rows data = rows_begin(of);
    helpers nobody = {.threads = 1};
    helpers kinds[] = {{2, false, 0}, {3, false, 0}, {8, false, 0}, {2, true, 0}, {3, true, 0}, {8, true, 0}};
    glia_net *alone = new_net(of, &nobody);
    for (size_t i = 0; i < RESULTS; i++)
        expected[i] = 0;
    act(alone, of, &data, expected);
    for (size_t kind = 0; kind < COUNT_OF(kinds); kind++) {
        glia_net *net = new_net(of, &kinds[kind]);
        for (size_t i = 0; i < RESULTS; i++)
            results[i] = 0;
        act(net, of, &data, results);
        assert_same_bits(results, expected, RESULTS);
        assert_same_net(net, alone);
        assert_int_equal(kinds[kind].runs > 0, kinds[kind].is_host);
        glia_net_destroy(net);
    }
    glia_net_destroy(alone);
    rows_end(&data);
}

static void check_jobs(action_fn *act)
{
    for (size_t i = 0; i < COUNT_OF(jobs); i++)
        check_job(&jobs[i], act);
}

static real *copy_gradients(glia_net *net, real *to)
{
    size_t count;
    const real *gradients = glia_net_gradients(net, &count);
    for (size_t i = 0; i < count; i++)
        *to++ = gradients[i];
    return to;
}

/* Outputs, then losses and gradients of two backwards, the second added to the first; then a step, three times. */
static void train_by_hand(glia_net *net, const job *of, const rows *data, real *results)
{
    for (int pass = 0; pass < 3; pass++) {
        double loss;
        assert_ok(glia_net_forward(net, data->inputs, of->rows, results));
        real *next = results + of->rows * of->outputs;
        for (int backward = 0; backward < 2; backward++) {
            assert_ok(glia_net_backward_classes(net, data->classes, backward == 0 ? data->weights : NULL, &loss));
            *next++ = (real)loss;
            next = copy_gradients(net, next);
        }
        assert_ok(glia_net_step(net));
    }
}

static void test_forward_backward_and_step_give_the_same_bits(void **state)
{
    (void)state;
    check_jobs(train_by_hand);
}

static void backward_from(glia_net *net, const job *of, const rows *data, real *results)
{
    real *output_gradient = random_reals(of->rows * of->outputs, SEED + 3);
    assert_ok(glia_net_forward(net, data->inputs, of->rows, NULL));
    assert_ok(glia_net_backward_from(net, output_gradient, results));
    copy_gradients(net, results + of->rows * of->inputs);
    assert_ok(glia_net_step(net));
    free(output_gradient);
}

static void test_backward_from_gives_the_same_bits(void **state)
{
    (void)state;
    check_jobs(backward_from);
}

static void train(glia_net *net, const job *of, const rows *data, real *results)
{
    (void)of;
    for (size_t i = 0; i < 3; i++) {
        double loss;
        assert_ok(glia_net_train(net, &data->samples, &loss));
        results[i] = (real)loss;
    }
}

static void train_with_penalties(glia_net *net, const job *of, const rows *data, real *results)
{
    assert_ok(glia_net_set_loss(net, "mse l1=0.001 l2=0.01"));
    train(net, of, data, results);
}

static void test_train_gives_the_same_bits(void **state)
{
    (void)state;
    check_jobs(train);
    check_jobs(train_with_penalties);
}

/* Gathered in the order of each epoch, with a last batch that is smaller. */
static void fit(glia_net *net, const job *of, const rows *data, real *results)
{
    const glia_samples validation = harness_with_classes(data->inputs, data->classes, of->rows / 2);
    static const char *const metrics[] = {"loss", "accuracy", "validation_loss", "validation_accuracy"};
    const char *options = of->rows < 1000 ? "epochs=3 batch=51" : "epochs=2 batch=18000";
    assert_ok(glia_net_fit(net, &data->samples, &validation, options, NULL, NULL));
    for (size_t i = 0; i < COUNT_OF(metrics); i++) {
        size_t count;
        const double *values = glia_net_history(net, metrics[i], &count);
        for (size_t epoch = 0; epoch < count; epoch++)
            *results++ = (real)values[epoch];
    }
}

static void test_fit_gives_the_same_bits(void **state)
{
    (void)state;
    check_jobs(fit);
}

static void predict(glia_net *net, const job *of, const rows *data, real *results)
{
    assert_ok(glia_net_predict(net, data->inputs, of->rows, results));
}

static void test_predict_gives_the_same_bits(void **state)
{
    (void)state;
    check_jobs(predict);
}

static void evaluate_after_training(glia_net *net, const job *of, const rows *data, real *results)
{
    double values[3];
    train(net, of, data, results);
    assert_ok(glia_net_evaluate(net, &data->samples, "loss, accuracy, mse", values));
    for (size_t i = 0; i < COUNT_OF(values); i++)
        results[3 + i] = (real)values[i];
}

static void test_evaluate_gives_the_same_bits(void **state)
{
    (void)state;
    check_jobs(evaluate_after_training);
}

/* Between any two calls, up and down. */
static void train_with_changing_threads(glia_net *net, const job *of, const rows *data, real *results)
{
    static const int32_t counts[] = {1, 5, 2, 0, 3, 8, 2, 7, 1, 4};
    size_t next = 0;
    for (int pass = 0; pass < 3; pass++) {
        double loss;
        assert_ok(glia_net_forward(net, data->inputs, of->rows, results));
        assert_ok(glia_net_set_threads(net, counts[next++]));
        assert_ok(glia_net_backward_classes(net, data->classes, NULL, &loss));
        assert_ok(glia_net_set_threads(net, counts[next++]));
        assert_ok(glia_net_step(net));
        assert_ok(glia_net_set_threads(net, counts[next++]));
        *results = (real)loss;
    }
}

static void train_again(glia_net *net, const job *of, const rows *data, real *results)
{
    for (int pass = 0; pass < 3; pass++) {
        double loss;
        assert_ok(glia_net_forward(net, data->inputs, of->rows, results));
        assert_ok(glia_net_backward_classes(net, data->classes, NULL, &loss));
        assert_ok(glia_net_step(net));
        *results = (real)loss;
    }
}

static void test_thread_counts_may_change_between_calls(void **state)
{
    (void)state;
    static real expected[RESULTS], results[RESULTS];
    for (size_t i = 0; i < COUNT_OF(jobs); i++) {
        for (int is_host = 0; is_host < 2; is_host++) {
            rows data = rows_begin(&jobs[i]);
            helpers nobody = {.threads = 1}, changing = {.threads = 1, .is_host = is_host};
            glia_net *alone = new_net(&jobs[i], &nobody), *net = new_net(&jobs[i], &changing);
            train_again(alone, &jobs[i], &data, expected);
            train_with_changing_threads(net, &jobs[i], &data, results);
            assert_same_bits(results, expected, jobs[i].rows * jobs[i].outputs);
            assert_same_net(net, alone);
            glia_net_destroy(net);
            glia_net_destroy(alone);
            rows_end(&data);
        }
    }
}

static void test_small_work_stays_with_the_caller(void **state)
{
    (void)state;
    const job *of = &jobs[0];
    rows data = rows_begin(of);
    helpers host = {.threads = 4, .is_host = true};
    glia_net *net = new_net(of, &host);
    glia_samples few = data.samples;
    real outputs[2 * 3];
    few.rows = 2;
    assert_ok(glia_net_train(net, &few, NULL));
    assert_ok(glia_net_predict(net, data.inputs, 2, outputs));
    assert_int_equal(host.runs, 0);
    glia_net_destroy(net);
    rows_end(&data);
}

/* Callers that share a net: one of them has the threads, the others compute alone. */
typedef struct caller {
    const glia_net *net;
    const rows *data;
    real *outputs;
    pthread_t thread;
    int failures;
} caller;

static void *call_predict(void *context)
{
    caller *self = context;
    for (int i = 0; i < 10; i++)
        self->failures += glia_net_predict(self->net, self->data->inputs, jobs[0].rows, self->outputs) != GLIA_OK;
    return NULL;
}

static void test_callers_may_share_the_threads_of_a_net(void **state)
{
    (void)state;
    enum {
        CALLERS = 4
    };
    const job *of = &jobs[0];
    size_t count = of->rows * of->outputs;
    rows data = rows_begin(of);
    helpers nobody = {.threads = 1}, threads = {.threads = 2};
    glia_net *alone = new_net(of, &nobody), *net = new_net(of, &threads);
    real *expected = random_reals(count, SEED);
    caller callers[CALLERS];
    predict(alone, of, &data, expected);
    for (size_t i = 0; i < CALLERS; i++) {
        callers[i] = (caller){.net = net, .data = &data, .outputs = random_reals(count, SEED)};
        assert_int_equal(pthread_create(&callers[i].thread, NULL, call_predict, &callers[i]), 0);
    }
    for (size_t i = 0; i < CALLERS; i++) {
        assert_int_equal(pthread_join(callers[i].thread, NULL), 0);
        assert_int_equal(callers[i].failures, 0);
        assert_same_bits(callers[i].outputs, expected, count);
        free(callers[i].outputs);
    }
    free(expected);
    glia_net_destroy(net);
    glia_net_destroy(alone);
    rows_end(&data);
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
        cmocka_unit_test(test_forward_backward_and_step_give_the_same_bits),
        cmocka_unit_test(test_backward_from_gives_the_same_bits),
        cmocka_unit_test(test_train_gives_the_same_bits),
        cmocka_unit_test(test_fit_gives_the_same_bits),
        cmocka_unit_test(test_predict_gives_the_same_bits),
        cmocka_unit_test(test_evaluate_gives_the_same_bits),
        cmocka_unit_test(test_thread_counts_may_change_between_calls),
        cmocka_unit_test(test_small_work_stays_with_the_caller),
        cmocka_unit_test(test_callers_may_share_the_threads_of_a_net),
    };
    return cmocka_run_group_tests(tests, print_seed, NULL) != 0;
}
