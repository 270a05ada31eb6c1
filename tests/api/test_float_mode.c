/* SPDX-License-Identifier: MIT */
/* The processor's floating-point mode: calls that train, and those that read numbers or draw them, have their own and
 * hand the caller's back; the caller's functions and predict run in the caller's. */
#include "aligned_memory.h"
#include "harness.h"

#include <fenv.h>
#include <stdlib.h>
#include <string.h>

#ifdef __SSE2__
#include <xmmintrin.h>
#endif

/* The word of the processor that says how it computes, and its bits for taking subnormal numbers as 0, if it can. */
#if defined __SSE2__
#define FLUSHING_BITS UINT64_C(0x8040) /* MXCSR: FTZ and DAZ */
static uint64_t control_word(void)
{
    return _mm_getcsr();
}
static void set_control_word(uint64_t word)
{
    _mm_setcsr((unsigned)word);
}
#elif defined __aarch64__
#define FLUSHING_BITS UINT64_C(0x01000000) /* FPCR: FZ */
static uint64_t control_word(void)
{
    uint64_t word;
    __asm__ volatile("mrs %0, fpcr" : "=r"(word));
    return word;
}
static void set_control_word(uint64_t word)
{
    __asm__ volatile("msr fpcr, %0" : : "r"(word));
}
#else
#define FLUSHING_BITS UINT64_C(0)
static uint64_t control_word(void)
{
    return 0;
}
static void set_control_word(uint64_t word)
{
    (void)word;
}
#endif
#define CAN_FLUSH (FLUSHING_BITS != 0)

#define ARCHITECTURE "input 2, dense 5 tanh, dropout 0.25, dense 2 softmax"
enum {
    ROWS = 10
};

static real inputs[ROWS * 2];
static int32_t classes[ROWS];

static int fill_data(void **state)
{
    (void)state;
    harness_fill(inputs, COUNT_OF(inputs), 1);
    harness_fill_classes(classes, ROWS, 2, 2);
    return 0;
}

/* A mode that a caller may be in. */
typedef struct caller_mode {
    int rounding;
    unsigned flushing; /* 1: subnormal numbers are 0 */
} caller_mode;

static const caller_mode nearest = {FE_TONEAREST, 0};
static const caller_mode modes[] = {
    {FE_UPWARD, 0}, {FE_DOWNWARD, 0}, {FE_TOWARDZERO, 0}, {FE_TONEAREST, CAN_FLUSH}, {FE_TOWARDZERO, CAN_FLUSH}};

static caller_mode mode_now(void)
{
    uint64_t flushing = control_word() & FLUSHING_BITS;
    return (caller_mode){.rounding = fegetround(), .flushing = CAN_FLUSH && flushing == FLUSHING_BITS};
}

static void enter(caller_mode mode)
{
    assert_int_equal(fesetround(mode.rounding), 0);
    set_control_word((control_word() & ~FLUSHING_BITS) | mode.flushing * FLUSHING_BITS);
}

/* Back from a mode, which should still be there. */
static void leave(caller_mode mode)
{
    caller_mode now = mode_now();
    enter(nearest);
    assert_int_equal(now.rounding, mode.rounding);
    assert_int_equal(now.flushing, mode.flushing);
}

/* Everything that trains. */
static void train(glia_net *net)
{
    glia_samples rows = harness_with_classes(inputs, classes, ROWS);
    assert_ok(glia_net_train(net, &rows, NULL));
    assert_ok(glia_net_forward(net, inputs, ROWS, NULL));
    assert_ok(glia_net_backward_classes(net, classes, NULL, NULL));
    assert_ok(glia_net_step(net));
    assert_ok(glia_net_fit(net, &rows, NULL, "epochs=3", NULL, NULL));
}

static void test_mode_of_the_caller_changes_no_bit_of_training(void **state)
{
    (void)state;
    glia_net *expected = harness_net(ARCHITECTURE, 1);
    train(expected);
    for (size_t i = 0; i < COUNT_OF(modes); i++) {
        glia_net *net = harness_net(ARCHITECTURE, 1);
        enter(modes[i]);
        train(net);
        leave(modes[i]);
        assert_same_net(net, expected);
        glia_net_destroy(net);
    }
    glia_net_destroy(expected);
}

/* Numbers that no binary fraction is, read from texts, drawn and learnt. */
static glia_net *net_of_fractions(void)
{
    glia_samples rows = harness_with_classes(inputs, classes, ROWS);
    glia_net *net = harness_net("input 2, standardize, dense 5 tanh init=glorot_normal, leaky_relu slope=0.3, "
                                "dropout 0.1, dense 2 softmax init=he_uniform",
                                1);
    assert_ok(glia_net_set_loss(net, "cross_entropy l1=0.1 l2=0.3"));
    assert_ok(glia_net_set_optimizer(net, "adamw learning_rate=0.003 beta1=0.7 epsilon=1e-7 weight_decay=0.07"));
    assert_ok(glia_net_adapt(net, &rows));
    return net;
}

static void test_mode_of_the_caller_changes_no_bit_of_a_new_network(void **state)
{
    (void)state;
    glia_net *expected = net_of_fractions();
    for (size_t i = 0; i < COUNT_OF(modes); i++) {
        enter(modes[i]);
        glia_net *net = net_of_fractions();
        leave(modes[i]);
        assert_same_net(net, expected);
        glia_net_destroy(net);
    }
    glia_net_destroy(expected);
}

static void test_mode_of_the_caller_changes_no_bit_of_a_copy(void **state)
{
    (void)state;
    glia_net *net = net_of_fractions();
    train(net);
    for (size_t i = 0; i < COUNT_OF(modes); i++) {
        enter(modes[i]);
        glia_net *copy = harness_copy(net);
        leave(modes[i]);
        assert_same_net(copy, net);
        glia_net_destroy(copy);
    }
    glia_net_destroy(net);
}

static void test_mode_of_the_caller_changes_no_bit_of_a_file(void **state)
{
    (void)state;
    glia_net *net = net_of_fractions();
    train(net);
    harness_file expected = harness_save(net);
    for (size_t i = 0; i < COUNT_OF(modes); i++) {
        enter(modes[i]);
        harness_file file = harness_save(net);
        leave(modes[i]);
        assert_int_equal(file.size, expected.size);
        assert_memory_equal(file.bytes, expected.bytes, file.size);
        harness_free(&file);
    }
    harness_free(&expected);
    glia_net_destroy(net);
}

static void test_files_are_loaded_in_every_mode(void **state)
{
    (void)state;
    glia_net *net = net_of_fractions();
    train(net);
    harness_file file = harness_save(net);
    for (size_t i = 0; i < COUNT_OF(modes); i++) {
        enter(modes[i]);
        glia_net *loaded = harness_load(file);
        leave(modes[i]);
        assert_saves(loaded, file);
        glia_net_destroy(loaded);
    }
    harness_free(&file);
    glia_net_destroy(net);
}

static void test_subnormal_weights_are_loaded_in_every_mode(void **state)
{
    (void)state;
    const real weights[] = {LEAST_NORMAL / 100, -LEAST_NORMAL / 2, LEAST_NORMAL * 2 * ROUNDING};
    glia_net *net = harness_net("input 3, dense 1 bias=no", 1);
    memcpy(glia_net_parameters(net, NULL), weights, sizeof weights);
    harness_file file = harness_save(net);
    for (size_t i = 0; i < COUNT_OF(modes); i++) {
        enter(modes[i]);
        glia_net *loaded = harness_load(file);
        leave(modes[i]);
        assert_same_bits(glia_net_parameters(loaded, NULL), weights, COUNT_OF(weights));
        glia_net_destroy(loaded);
    }
    harness_free(&file);
    glia_net_destroy(net);
}

static void test_mode_of_the_caller_changes_no_bit_of_random_numbers(void **state)
{
    (void)state;
    enum {
        COUNT = 1000
    };
    for (size_t i = 0; i < COUNT_OF(modes); i++) {
        double numbers[COUNT];
        enter(modes[i]);
        for (uint64_t j = 0; j < COUNT; j++)
            numbers[j] = glia_random_normal(1, UINT32_C(0x80000000), 0, j);
        leave(modes[i]);
        for (uint64_t j = 0; j < COUNT; j++)
            assert_true(numbers[j] == glia_random_normal(1, UINT32_C(0x80000000), 0, j));
    }
}

/* The mode that the caller's functions should see, and how often they have seen which. */
typedef struct witness {
    caller_mode expected;
    size_t n_calls, n_others;
} witness;

static void look(witness *seen)
{
    caller_mode now = mode_now();
    seen->n_calls++;
    seen->n_others += now.rounding != seen->expected.rounding || now.flushing != seen->expected.flushing;
}

static void *allocate(void *user, size_t size, size_t alignment)
{
    look(user);
    return aligned_memory_take(size, alignment);
}

static void release(void *user, void *block, size_t size)
{
    (void)size;
    look(user);
    aligned_memory_give(block);
}

static int32_t progress(void *user, const glia_progress *told)
{
    (void)told;
    look(user);
    return 0;
}

static void fit_with_validation(glia_net *net)
{
    glia_samples rows = harness_with_classes(inputs, classes, ROWS);
    assert_ok(glia_net_fit(net, &rows, &rows, "epochs=3", NULL, NULL));
}

static void assert_allocator_sees_the_mode_of_the_caller(void use(glia_net *net))
{
    for (size_t i = 0; i < COUNT_OF(modes); i++) {
        witness seen = {.expected = nearest};
        glia_options options = {
            .struct_size = sizeof options, .seed = 1, .user = &seen, .allocate = allocate, .release = release};
        glia_net *net = NULL;
        assert_ok(glia_net_create_with(&net, ARCHITECTURE, &options));
        seen = (witness){.expected = modes[i]};
        enter(modes[i]);
        use(net);
        leave(modes[i]);
        assert_true(seen.n_calls > 0);
        assert_int_equal(seen.n_others, 0);
        glia_net_destroy(net);
    }
}

static void test_allocator_sees_the_mode_of_the_caller_in_training(void **state)
{
    (void)state;
    assert_allocator_sees_the_mode_of_the_caller(train);
}

static void test_allocator_sees_the_mode_of_the_caller_in_validation(void **state)
{
    (void)state;
    assert_allocator_sees_the_mode_of_the_caller(fit_with_validation);
}

static void test_progress_sees_the_mode_of_the_caller(void **state)
{
    (void)state;
    glia_samples rows = harness_with_classes(inputs, classes, ROWS);
    for (size_t i = 0; i < COUNT_OF(modes); i++) {
        witness seen = {.expected = modes[i]};
        glia_net *net = harness_net(ARCHITECTURE, 1);
        enter(modes[i]);
        assert_ok(glia_net_fit(net, &rows, &rows, "epochs=3 batch=4", progress, &seen));
        leave(modes[i]);
        assert_int_equal(seen.n_calls, 3 * (3 + 1));
        assert_int_equal(seen.n_others, 0);
        glia_net_destroy(net);
    }
}

/* A mode that is training's own already is left alone, flags and all: so it is where nothing flushes. */
static void test_exception_flags_of_the_caller_stay(void **state)
{
    (void)state;
    if (!CAN_FLUSH)
        skip();
    glia_net *net = harness_net(ARCHITECTURE, 1);
    assert_int_equal(feclearexcept(FE_ALL_EXCEPT), 0);
    train(net);
    assert_int_equal(fetestexcept(FE_ALL_EXCEPT), 0);
    assert_int_equal(feraiseexcept(FE_DIVBYZERO), 0);
    train(net);
    assert_int_equal(fetestexcept(FE_ALL_EXCEPT), FE_DIVBYZERO);
    assert_int_equal(feclearexcept(FE_ALL_EXCEPT), 0);
    glia_net_destroy(net);
}

/* Where a processor can take subnormal numbers for 0, it does in training. */
static void test_training_flushes_subnormal_numbers(void **state)
{
    (void)state;
#if defined __SSE2__ || defined __aarch64__
    const real one[] = {1};
    real output = 1;
    glia_net *net = harness_net("input 1, dense 1", 1);
    glia_net_parameters(net, NULL)[0] = LEAST_NORMAL / 2;
    assert_ok(glia_net_forward(net, one, 1, &output));
    assert_true(output == 0);
    glia_net_destroy(net);
#else
    skip();
#endif
}

/* The caller's own arithmetic still knows subnormal numbers after a training call. */
static void test_caller_keeps_subnormal_numbers(void **state)
{
    (void)state;
    volatile real least = LEAST_NORMAL;
    glia_net *net = harness_net(ARCHITECTURE, 1);
    train(net);
    assert_true(least / 2 != 0);
    glia_net_destroy(net);
}

/* A parameter below the normal numbers is left by predict, which runs in the caller's mode. */
static void test_predict_runs_in_the_mode_of_the_caller(void **state)
{
    (void)state;
    const real one[] = {1};
    real output;
    glia_net *net = harness_net("input 1, dense 1", 1);
    glia_net_parameters(net, NULL)[0] = LEAST_NORMAL / 2;
    assert_ok(glia_net_predict(net, one, 1, &output));
    assert_true(output == LEAST_NORMAL / 2);
    glia_net_destroy(net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mode_of_the_caller_changes_no_bit_of_training),
        cmocka_unit_test(test_mode_of_the_caller_changes_no_bit_of_a_new_network),
        cmocka_unit_test(test_mode_of_the_caller_changes_no_bit_of_a_copy),
        cmocka_unit_test(test_mode_of_the_caller_changes_no_bit_of_a_file),
        cmocka_unit_test(test_files_are_loaded_in_every_mode),
        cmocka_unit_test(test_subnormal_weights_are_loaded_in_every_mode),
        cmocka_unit_test(test_mode_of_the_caller_changes_no_bit_of_random_numbers),
        cmocka_unit_test(test_allocator_sees_the_mode_of_the_caller_in_training),
        cmocka_unit_test(test_allocator_sees_the_mode_of_the_caller_in_validation),
        cmocka_unit_test(test_progress_sees_the_mode_of_the_caller),
        cmocka_unit_test(test_exception_flags_of_the_caller_stay),
        cmocka_unit_test(test_training_flushes_subnormal_numbers),
        cmocka_unit_test(test_caller_keeps_subnormal_numbers),
        cmocka_unit_test(test_predict_runs_in_the_mode_of_the_caller),
    };
    return cmocka_run_group_tests(tests, fill_data, NULL) != 0;
}
