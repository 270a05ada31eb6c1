/* SPDX-License-Identifier: MIT */
/* Memory: every allocation of every call failed in turn, where memory comes from, and when no more is asked for. */
#include "counted_memory.h"
#include "harness.h"
#include "scratch_folder.h"

/* Wide enough that predict cannot do with 16 KiB of stack. */
#define ARCHITECTURE "input 3, standardize, dense 6000 tanh init=zeros, dropout 0.25, dense 2 softmax init=zeros"
#define NARROW       "input 3, standardize, dense 4 tanh, dropout 0.25, dense 2 softmax"
enum {
    ROWS = 5,
    OUTPUTS = ROWS * 2,
    MOST_ALLOCATIONS = 10000
};

static real inputs[ROWS * 3];
static const int32_t classes[ROWS] = {0, 1, 1, 0, 1};
static const real targets[OUTPUTS] = {1, 0, 0, 1, 0.5, 0.5, 1, 0, 0, 1};

static int fill_data(void **state)
{
    harness_fill(inputs, COUNT_OF(inputs), 1);
    return scratch_folder_make(state);
}

static glia_samples rows_with_classes(void)
{
    return harness_with_classes(inputs, classes, ROWS);
}

static glia_net *new_net(counted_memory *memory, const char *architecture)
{
    glia_net *net = NULL;
    glia_options options = counted_memory_options(memory);
    assert_ok(glia_net_create_with(&net, architecture, &options));
    return net;
}

/* The calls. What is made besides is thrown away again. */

static glia_status call_copy(glia_net *net)
{
    glia_net *copy = NULL;
    glia_status status = glia_net_copy(&copy, net);
    assert_int_equal(copy != NULL, status == GLIA_OK);
    glia_net_destroy(copy);
    return status;
}

static glia_status call_set_loss(glia_net *net)
{
    return glia_net_set_loss(net, "cross_entropy l2=0.125");
}

static glia_status call_set_optimizer(glia_net *net)
{
    return glia_net_set_optimizer(net, "adamw learning_rate=0.125");
}

static glia_status call_set_learning_rate(glia_net *net)
{
    return glia_net_set_learning_rate(net, 0.125);
}

static glia_status call_set_threads(glia_net *net)
{
    return glia_net_set_threads(net, 2);
}

static glia_status call_forward(glia_net *net)
{
    real outputs[OUTPUTS] = {7};
    glia_status status = glia_net_forward(net, inputs, ROWS, outputs);
    assert_true(status == GLIA_OK || outputs[0] == 7);
    return status;
}

static glia_status call_backward(glia_net *net)
{
    return glia_net_backward(net, targets, NULL, NULL);
}

static glia_status call_backward_classes(glia_net *net)
{
    return glia_net_backward_classes(net, classes, NULL, NULL);
}

static glia_status call_backward_from(glia_net *net)
{
    real input_gradient[ROWS * 3];
    return glia_net_backward_from(net, targets, input_gradient);
}

static glia_status call_zero_gradients(glia_net *net)
{
    return glia_net_zero_gradients(net);
}

/* NULL is all that it can say. */
static glia_status call_gradients(glia_net *net)
{
    return glia_net_gradients(net, NULL) == NULL ? GLIA_ERR_NOMEM : GLIA_OK;
}

static glia_status call_step(glia_net *net)
{
    return glia_net_step(net);
}

static glia_status call_train(glia_net *net)
{
    double loss = -1;
    glia_samples rows = rows_with_classes();
    glia_status status = glia_net_train(net, &rows, &loss);
    assert_true(status == GLIA_OK || loss == -1);
    return status;
}

static glia_status call_predict(glia_net *net)
{
    real outputs[OUTPUTS] = {7};
    glia_status status = glia_net_predict(net, inputs, ROWS, outputs);
    assert_true(status == GLIA_OK || outputs[0] == 7);
    return status;
}

static glia_status call_adapt(glia_net *net)
{
    glia_samples rows = rows_with_classes();
    return glia_net_adapt(net, &rows);
}

static glia_status call_fit(glia_net *net)
{
    glia_samples rows = rows_with_classes();
    return glia_net_fit(net, &rows, &rows, "epochs=2 batch=2 patience=5", NULL, NULL);
}

static glia_status call_evaluate(glia_net *net)
{
    double values[4] = {-1, -1, -1, -1};
    glia_samples rows = rows_with_classes();
    glia_status status = glia_net_evaluate(net, &rows, "loss, accuracy, mse, mae", values);
    assert_true(status == GLIA_OK || values[0] == -1);
    return status;
}

static glia_status call_summary(glia_net *net)
{
    char text[4096] = "";
    glia_status status = glia_net_summary(net, text, sizeof text, NULL);
    assert_true(status == GLIA_OK || text[0] == '\0');
    return status;
}

static glia_status call_set_metadata(glia_net *net)
{
    return glia_net_set_metadata(net, "note", "kept with the network");
}

static glia_status call_replace_metadata(glia_net *net)
{
    return glia_net_set_metadata(net, "old", "a longer text than the one before");
}

static glia_status call_save(glia_net *net)
{
    char path[SCRATCH_PATH_SIZE];
    return glia_net_save(net, scratch_path(path, "allocations.glia"));
}

static glia_status call_save_memory(glia_net *net)
{
    size_t needed = 0;
    glia_status status = glia_net_save_memory(net, NULL, 0, &needed);
    return status == GLIA_ERR_ARGUMENT && needed > 0 ? GLIA_OK : status;
}

/* What the calls need to go before them. */

static void prepare_nothing(glia_net *net)
{
    (void)net;
}

static void prepare_metadata(glia_net *net)
{
    assert_ok(glia_net_set_metadata(net, "old", "text"));
}

static void prepare_forward(glia_net *net)
{
    assert_ok(glia_net_forward(net, inputs, ROWS, NULL));
}

static void prepare_smaller_forward(glia_net *net)
{
    assert_ok(glia_net_forward(net, inputs, 1, NULL));
}

/* Leaves a block of scratch that is too small for more rows. */
static void prepare_smaller_predict(glia_net *net)
{
    real outputs[2];
    assert_ok(glia_net_predict(net, inputs, 1, outputs));
}

static void prepare_backward(glia_net *net)
{
    prepare_forward(net);
    assert_ok(glia_net_backward_classes(net, classes, NULL, NULL));
}

static void prepare_training(glia_net *net)
{
    prepare_metadata(net);
    assert_ok(call_train(net));
}

typedef struct tested_call {
    const char *name;
    void (*prepare)(glia_net *net);
    glia_status (*call)(glia_net *net);
} tested_call;

static const tested_call tested_calls[] = {
    {"copy", prepare_training, call_copy},
    {"set_loss", prepare_nothing, call_set_loss},
    {"set_optimizer", prepare_training, call_set_optimizer},
    {"set_learning_rate", prepare_nothing, call_set_learning_rate},
    {"set_threads", prepare_nothing, call_set_threads},
    {"forward", prepare_nothing, call_forward},
    {"larger forward", prepare_smaller_forward, call_forward},
    {"backward", prepare_forward, call_backward},
    {"backward_classes", prepare_forward, call_backward_classes},
    {"backward_from", prepare_forward, call_backward_from},
    {"zero_gradients", prepare_nothing, call_zero_gradients},
    {"gradients", prepare_nothing, call_gradients},
    {"step", prepare_backward, call_step},
    {"train", prepare_nothing, call_train},
    {"train after forward", prepare_smaller_forward, call_train},
    {"predict", prepare_nothing, call_predict},
    {"larger predict", prepare_smaller_predict, call_predict},
    {"adapt", prepare_nothing, call_adapt},
    {"evaluate", prepare_nothing, call_evaluate},
    {"evaluate after predict", prepare_smaller_predict, call_evaluate},
    {"summary", prepare_nothing, call_summary},
    {"set_metadata", prepare_nothing, call_set_metadata},
    {"set_metadata again", prepare_metadata, call_replace_metadata},
    {"save", prepare_training, call_save},
    {"save_memory", prepare_training, call_save_memory},
};

/* The bytes that a network would be saved as after the call, had nothing failed. */
static harness_file undisturbed(const tested_call *tested)
{
    counted_memory memory = {0};
    glia_net *net = new_net(&memory, ARCHITECTURE);
    tested->prepare(net);
    assert_ok(tested->call(net));
    harness_file file = harness_save(net);
    glia_net_destroy(net);
    return file;
}

/* Fail the n-th allocation of the call: the network is as before and can be used; answers whether there was an n-th. */
static int fail_one(const tested_call *tested, size_t n, harness_file expected)
{
    counted_memory memory = {0};
    glia_net *net = new_net(&memory, ARCHITECTURE);
    tested->prepare(net);
    harness_file before = harness_save(net);
    (void)glia_error_set(GLIA_OK, "");
    counted_memory_fail(&memory, n);
    glia_status status = tested->call(net);
    int has_failed = counted_memory_relent(&memory);
    if (status != (has_failed ? GLIA_ERR_NOMEM : GLIA_OK))
        fail_msg("%s: allocation %zu fails, status %d", tested->name, n, (int)status);
    if (has_failed) {
        assert_true(glia_error_message()[0] != '\0');
        assert_saves(net, before);
        assert_ok(tested->call(net));
    }
    assert_saves(net, expected);
    glia_net_destroy(net);
    assert_int_equal(memory.blocks, 0);
    assert_int_equal(memory.bytes, 0);
    harness_free(&before);
    return has_failed;
}

static void test_failed_allocation_leaves_the_network_as_it_was(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(tested_calls); i++) {
        harness_file expected = undisturbed(&tested_calls[i]);
        size_t n = 1;
        while (fail_one(&tested_calls[i], n, expected))
            assert_true(++n < MOST_ALLOCATIONS);
        harness_free(&expected);
    }
}

/* What comes out of create and load, from nothing. */
typedef glia_status make_fn(glia_net **net, const glia_options *options);

static harness_file file_to_load;
static char path_to_load[SCRATCH_PATH_SIZE];

static glia_status make_by_create(glia_net **net, const glia_options *options)
{
    return glia_net_create_with(net, NARROW, options);
}

static glia_status make_by_load(glia_net **net, const glia_options *options)
{
    return glia_net_load(net, path_to_load, options);
}

static glia_status make_by_load_memory(glia_net **net, const glia_options *options)
{
    return glia_net_load_memory(net, file_to_load.bytes, file_to_load.size, options);
}

static void assert_making_survives(make_fn *make)
{
    int has_failed = 1;
    for (size_t n = 1; has_failed; n++) {
        counted_memory memory = {0};
        glia_options options = counted_memory_options(&memory);
        glia_net *net = NULL;
        counted_memory_fail(&memory, n);
        glia_status status = make(&net, &options);
        has_failed = counted_memory_relent(&memory);
        assert_int_equal(status, has_failed ? GLIA_ERR_NOMEM : GLIA_OK);
        assert_int_equal(net != NULL, !has_failed);
        assert_true(memory.blocks == 0 || !has_failed);
        glia_net_destroy(net);
        assert_int_equal(memory.blocks, 0);
        assert_true(n < MOST_ALLOCATIONS);
    }
}

static void test_failed_allocation_makes_no_network(void **state)
{
    (void)state;
    counted_memory memory = {0};
    glia_net *net = new_net(&memory, NARROW);
    prepare_training(net);
    file_to_load = harness_save(net);
    scratch_write(scratch_path(path_to_load, "load.glia"), file_to_load);
    glia_net_destroy(net);
    assert_making_survives(make_by_create);
    assert_making_survives(make_by_load);
    assert_making_survives(make_by_load_memory);
    harness_free(&file_to_load);
}

/* After a failed fit the network is as after the last completed step: it may have changed, and can be used. */
static void test_failed_allocation_in_fit_leaves_a_usable_network(void **state)
{
    (void)state;
    int has_failed = 1;
    for (size_t n = 1; has_failed; n++) {
        counted_memory memory = {0};
        glia_net *net = new_net(&memory, NARROW);
        counted_memory_fail(&memory, n);
        glia_status status = call_fit(net);
        has_failed = counted_memory_relent(&memory);
        assert_int_equal(status, has_failed ? GLIA_ERR_NOMEM : GLIA_OK);
        assert_ok(call_fit(net));
        glia_net_destroy(net);
        assert_int_equal(memory.blocks, 0);
        assert_true(n < MOST_ALLOCATIONS);
    }
}

static void test_failed_larger_forward_keeps_the_pending_one(void **state)
{
    (void)state;
    counted_memory memory = {0}, other_memory = {0};
    glia_net *net = new_net(&memory, NARROW);
    glia_net *other = new_net(&other_memory, NARROW);
    prepare_smaller_forward(net);
    prepare_smaller_forward(other);
    counted_memory_fail(&memory, 1);
    assert_status(glia_net_forward(net, inputs, ROWS, NULL), GLIA_ERR_NOMEM);
    (void)counted_memory_relent(&memory);
    assert_ok(glia_net_backward_classes(net, classes, NULL, NULL));
    assert_ok(glia_net_backward_classes(other, classes, NULL, NULL));
    assert_same_bits(glia_net_gradients(net, NULL), glia_net_gradients(other, NULL), harness_parameter_count(net));
    glia_net_destroy(other);
    glia_net_destroy(net);
}

/* Everything that a training loop calls. */
static void train_and_look(glia_net *net)
{
    prepare_backward(net);
    assert_ok(call_backward(net));
    assert_ok(call_backward_from(net));
    assert_ok(call_step(net));
    assert_ok(call_zero_gradients(net));
    assert_ok(call_step(net));
    assert_ok(call_train(net));
    assert_ok(call_predict(net));
    assert_ok(call_evaluate(net));
    assert_ok(call_gradients(net));
    assert_ok(call_set_learning_rate(net));
}

static void assert_second_round_allocates_nothing(const char *architecture)
{
    counted_memory memory = {0};
    glia_net *net = new_net(&memory, architecture);
    train_and_look(net);
    size_t calls = memory.calls, bytes = memory.bytes;
    train_and_look(net);
    prepare_smaller_forward(net);
    assert_status(glia_net_step(net), GLIA_ERR_STATE);
    train_and_look(net);
    assert_int_equal(memory.calls, calls);
    assert_int_equal(memory.bytes, bytes);
    glia_net_destroy(net);
    assert_int_equal(memory.blocks, 0);
}

static void test_calls_allocate_only_the_first_time(void **state)
{
    (void)state;
    assert_second_round_allocates_nothing(NARROW);
    assert_second_round_allocates_nothing(ARCHITECTURE);
}

static void test_larger_batch_grows_once(void **state)
{
    (void)state;
    counted_memory memory = {0};
    glia_net *net = new_net(&memory, NARROW);
    prepare_smaller_forward(net);
    size_t calls = memory.calls;
    prepare_forward(net);
    assert_true(memory.calls > calls);
    calls = memory.calls;
    prepare_smaller_forward(net);
    prepare_forward(net);
    assert_int_equal(memory.calls, calls);
    glia_net_destroy(net);
}

static void test_narrow_network_predicts_without_allocating(void **state)
{
    (void)state;
    counted_memory memory = {0};
    glia_net *net = new_net(&memory, NARROW);
    size_t calls = memory.calls;
    assert_ok(call_predict(net));
    assert_int_equal(memory.calls, calls);
    glia_net_destroy(net);
}

/* Gradients, moments and activations of 54 000 parameters would show. */
static void test_network_that_only_predicts_holds_parameters_only(void **state)
{
    (void)state;
    counted_memory memory = {0};
    glia_net *net = new_net(&memory, ARCHITECTURE);
    size_t parameters = harness_parameter_count(net) * sizeof(real);
    assert_true(memory.bytes < parameters + parameters / 2);
    size_t before = memory.bytes;
    assert_ok(call_train(net));
    assert_true(memory.bytes >= before + 3 * parameters);
    glia_net_destroy(net);
}

static void test_copy_and_load_take_their_memory_from_the_options(void **state)
{
    (void)state;
    counted_memory memory = {0}, memory_of_load = {0};
    glia_options options = counted_memory_options(&memory_of_load);
    glia_net *net = new_net(&memory, NARROW), *loaded = NULL;
    size_t blocks = memory.blocks;
    glia_net *copy = harness_copy(net);
    assert_true(memory.blocks > blocks);
    glia_net_destroy(net);
    harness_file file = harness_save(copy);
    assert_ok(glia_net_load_memory(&loaded, file.bytes, file.size, &options));
    assert_true(memory_of_load.blocks > 0);
    assert_ok(call_train(copy));
    assert_ok(call_train(loaded));
    assert_same_net(loaded, copy);
    glia_net_destroy(loaded);
    glia_net_destroy(copy);
    assert_int_equal(memory.blocks, 0);
    assert_int_equal(memory_of_load.blocks, 0);
    harness_free(&file);
}

static void test_refused_create_leaves_nothing(void **state)
{
    (void)state;
    static const char *const bad[] = {"input 3, dense 4 tanh, dropout 2", "input 3, dense 4 step, dense 2",
                                      "input 3, dense 1 softmax", "dense"};
    counted_memory memory = {0};
    glia_options options = counted_memory_options(&memory);
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        glia_net *net = NULL;
        assert_true(glia_net_create_with(&net, bad[i], &options) != GLIA_OK);
        assert_null(net);
        assert_int_equal(memory.blocks, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_failed_allocation_leaves_the_network_as_it_was),
        cmocka_unit_test(test_failed_allocation_makes_no_network),
        cmocka_unit_test(test_failed_allocation_in_fit_leaves_a_usable_network),
        cmocka_unit_test(test_failed_larger_forward_keeps_the_pending_one),
        cmocka_unit_test(test_calls_allocate_only_the_first_time),
        cmocka_unit_test(test_larger_batch_grows_once),
        cmocka_unit_test(test_narrow_network_predicts_without_allocating),
        cmocka_unit_test(test_network_that_only_predicts_holds_parameters_only),
        cmocka_unit_test(test_copy_and_load_take_their_memory_from_the_options),
        cmocka_unit_test(test_refused_create_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, fill_data, scratch_folder_remove) != 0;
}
