/* SPDX-License-Identifier: MIT */
/* Save, load and copy: training goes on as if nothing had happened, and nothing is lost. */
#include "harness.h"
#include "scratch_folder.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if !defined _WIN32
#include <signal.h>
#include <sys/resource.h>
#endif

#define ARCHITECTURE "input 2, standardize, dense 5 tanh, dropout 0.25, dense 2 softmax"
enum {
    ROWS = 8,
    STEPS = 50
};

static const char *const optimizers[] = {
    "sgd learning_rate=0.05",
    "sgd learning_rate=0.05 momentum=0.9",
    "sgd learning_rate=0.05 momentum=0.9 nesterov=yes",
    "adam learning_rate=0.01",
    "adamw learning_rate=0.01 weight_decay=0.1",
};

static real inputs[ROWS * 2];
static int32_t classes[ROWS];

static int fill_data(void **state)
{
    harness_fill(inputs, COUNT_OF(inputs), 1);
    harness_fill_classes(classes, ROWS, 2, 2);
    return scratch_folder_make(state);
}

static glia_net *new_net(const char *optimizer)
{
    glia_samples rows = harness_with_classes(inputs, classes, ROWS);
    glia_net *net = harness_net(ARCHITECTURE, 11);
    assert_ok(glia_net_adapt(net, &rows));
    assert_ok(glia_net_set_loss(net, "cross_entropy l1=0.001 l2=0.01 reduction=sum"));
    assert_ok(glia_net_set_optimizer(net, optimizer));
    assert_ok(glia_net_set_metadata(net, "note", "kept"));
    return net;
}

static void train(glia_net *net, int n_steps)
{
    glia_samples batch = harness_with_classes(inputs, classes, ROWS);
    for (int i = 0; i < n_steps; i++)
        assert_ok(glia_net_train(net, &batch, NULL));
}

typedef glia_net *again_fn(const glia_net *net);

static glia_net *through_memory(const glia_net *net)
{
    harness_file file = harness_save(net);
    glia_net *loaded = harness_load(file);
    harness_free(&file);
    return loaded;
}

static glia_net *through_file(const glia_net *net)
{
    char path[SCRATCH_PATH_SIZE];
    glia_net *loaded = NULL;
    assert_ok(glia_net_save(net, scratch_path(path, "half-way.glia")));
    assert_ok(glia_net_load(&loaded, path, NULL));
    return loaded;
}

/* 50 steps, a new net from the old one, and 50 steps more are 100 steps, bit for bit. */
static void assert_training_goes_on(again_fn *again)
{
    for (size_t i = 0; i < COUNT_OF(optimizers); i++) {
        glia_net *straight = new_net(optimizers[i]);
        glia_net *first = new_net(optimizers[i]);
        train(straight, 2 * STEPS);
        train(first, STEPS);
        glia_net *second = again(first);
        glia_net_destroy(first);
        train(second, STEPS);
        assert_same_bits(glia_net_parameters(second, NULL), glia_net_parameters(straight, NULL),
                         harness_parameter_count(straight));
        assert_same_net(second, straight);
        glia_net_destroy(second);
        glia_net_destroy(straight);
    }
}

static void test_training_goes_on_after_save_and_load_in_memory(void **state)
{
    (void)state;
    assert_training_goes_on(through_memory);
}

static void test_training_goes_on_after_save_and_load_of_a_file(void **state)
{
    (void)state;
    assert_training_goes_on(through_file);
}

static void test_training_goes_on_after_copy(void **state)
{
    (void)state;
    assert_training_goes_on(harness_copy);
}

static void test_file_and_memory_get_the_same_bytes(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    glia_net *net = new_net("adam");
    train(net, 3);
    assert_ok(glia_net_save(net, scratch_path(path, "bytes.glia")));
    harness_file file = scratch_read(path);
    assert_saves(net, file);
    harness_free(&file);
    glia_net_destroy(net);
}

static void test_load_then_save_gives_the_same_bytes(void **state)
{
    (void)state;
    static const char *const architectures[] = {
        "input 3, dense 1",
        "input 3, dense 4 tanh init=he_normal bias=no, dense 1 step",
        "input 3, standardize, dense 4, leaky_relu slope=0.30000000000000004, dropout 0.1, dense 2, softmax",
        "input 1, dropout 0.5, dense 7 sigmoid",
        "input 3, identity",
    };
    for (size_t i = 0; i < COUNT_OF(architectures); i++) {
        glia_net *net = harness_net(architectures[i], UINT64_MAX - i);
        glia_net *loaded = through_memory(net);
        assert_same_net(loaded, net);
        assert_string_equal(glia_net_architecture(loaded), glia_net_architecture(net));
        glia_net_destroy(loaded);
        glia_net_destroy(net);
    }
}

static void test_copy_and_load_keep_what_there_is(void **state)
{
    (void)state;
    again_fn *const ways[] = {harness_copy, through_memory, through_file};
    glia_samples rows = harness_with_classes(inputs, classes, ROWS);
    for (size_t i = 0; i < COUNT_OF(ways); i++) {
        glia_net *net = new_net("adam");
        train(net, 3);
        assert_ok(glia_net_fit(net, &rows, NULL, "epochs=2 batch=4", NULL, NULL)); /* for the count of epochs */
        glia_net *again = ways[i](net);
        assert_same_net(again, net);
        assert_string_equal(glia_net_metadata(again, "note"), "kept");
        assert_true(harness_metric(again, &rows, "loss") == harness_metric(net, &rows, "loss"));
        glia_net_destroy(again);
        glia_net_destroy(net);
    }
}

static void test_copy_is_independent(void **state)
{
    (void)state;
    glia_net *net = new_net("adam");
    glia_net *copy = harness_copy(net);
    harness_file before = harness_save(net);
    train(copy, 3);
    assert_ok(glia_net_set_metadata(copy, "note", "changed"));
    assert_ok(glia_net_set_loss(copy, "mse"));
    assert_saves(net, before);
    glia_net_destroy(net);
    train(copy, 3);
    glia_net_destroy(copy);
    harness_free(&before);
}

static void test_history_is_neither_copied_nor_saved(void **state)
{
    (void)state;
    glia_samples rows = harness_with_classes(inputs, classes, ROWS);
    glia_net *net = new_net("adam");
    assert_ok(glia_net_fit(net, &rows, NULL, "epochs=2", NULL, NULL));
    assert_non_null(glia_net_history(net, "loss", NULL));
    glia_net *copy = harness_copy(net);
    glia_net *loaded = through_memory(net);
    assert_null(glia_net_history(copy, "loss", NULL));
    assert_null(glia_net_history(loaded, "loss", NULL));
    glia_net_destroy(loaded);
    glia_net_destroy(copy);
    glia_net_destroy(net);
}

static void test_saving_changes_nothing(void **state)
{
    (void)state;
    glia_net *net = new_net("adam");
    glia_net *other = new_net("adam");
    for (int i = 0; i < 3; i++) {
        harness_file file = harness_save(net);
        train(net, 1);
        train(other, 1);
        harness_free(&file);
    }
    assert_same_net(net, other);
    glia_net_destroy(other);
    glia_net_destroy(net);
}

/* The smallest subnormal number, the largest number and the negative zero. */
static void test_files_keep_every_finite_bit(void **state)
{
    (void)state;
    const real smallest = (real)(LEAST_NORMAL * 2 * ROUNDING), values[] = {smallest, REAL_MAX, -smallest, (real)-0.0};
    assert_true(smallest > 0 && smallest / 2 == 0);
    glia_net *net = harness_net("input 3, dense 1", 1);
    memcpy(glia_net_parameters(net, NULL), values, sizeof values);
    glia_net *loaded = through_memory(net);
    assert_same_bits(glia_net_parameters(loaded, NULL), values, COUNT_OF(values));
    glia_net_destroy(loaded);
    glia_net_destroy(net);
}

static void test_dropped_optimizer_makes_the_small_file_to_ship(void **state)
{
    (void)state;
    real outputs[ROWS * 2], expected[ROWS * 2];
    size_t count;
    glia_net *net = new_net("adam");
    train(net, 3);
    harness_file with_state = harness_save(net);
    assert_ok(glia_net_set_optimizer(net, NULL));
    harness_file without_state = harness_save(net);
    (void)glia_net_parameters(net, &count);
    assert_true(without_state.size + 2 * count * sizeof(real) <= with_state.size);

    glia_net *loaded = harness_load(without_state);
    assert_ok(glia_net_predict(net, inputs, ROWS, expected));
    assert_ok(glia_net_predict(loaded, inputs, ROWS, outputs));
    assert_same_bits(outputs, expected, ROWS * 2);
    assert_ok(glia_net_zero_gradients(loaded));
    assert_status(glia_net_step(loaded), GLIA_ERR_STATE);
    assert_ok(glia_net_set_optimizer(loaded, "adam"));
    assert_ok(glia_net_step(loaded));
    glia_net_destroy(loaded);
    harness_free(&without_state);
    harness_free(&with_state);
    glia_net_destroy(net);
}

static void test_save_of_numbers_not_finite_writes_nothing(void **state)
{
    (void)state;
    static const double bad[] = {NAN, INFINITY, -INFINITY};
    char path[SCRATCH_PATH_SIZE];
    glia_net *net = new_net("adam");
    assert_ok(glia_net_save(net, scratch_path(path, "old.glia")));
    harness_file old = scratch_read(path);
    size_t n_files = scratch_file_count();
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        unsigned char buffer[16384] = {0};
        glia_net_parameters(net, NULL)[i] = (real)bad[i];
        assert_status(glia_net_save(net, path), GLIA_ERR_DIVERGED);
        assert_status(glia_net_save_memory(net, buffer, sizeof buffer, NULL), GLIA_ERR_DIVERGED);
        for (size_t j = 0; j < sizeof buffer; j++)
            assert_int_equal(buffer[j], 0);
        glia_net_parameters(net, NULL)[i] = 0;
    }
    harness_file now = scratch_read(path);
    assert_int_equal(now.size, old.size);
    assert_memory_equal(now.bytes, old.bytes, old.size);
    assert_int_equal(scratch_file_count(), n_files);
    harness_free(&now);
    harness_free(&old);
    glia_net_destroy(net);
}

/* The square of such a gradient is infinite in a moment of adam, while the parameters stay finite. */
static void test_save_of_moments_not_finite_is_refused(void **state)
{
    (void)state;
    unsigned char buffer[4096];
    glia_net *net = harness_net("input 1, dense 1", 1);
    assert_ok(glia_net_zero_gradients(net));
    glia_net_gradients(net, NULL)[0] = REAL_MAX / 2;
    assert_ok(glia_net_step(net));
    assert_true(isfinite(glia_net_parameters(net, NULL)[0]));
    assert_status(glia_net_save_memory(net, buffer, sizeof buffer, NULL), GLIA_ERR_DIVERGED);
    assert_ok(glia_net_set_optimizer(net, NULL));
    assert_ok(glia_net_save_memory(net, buffer, sizeof buffer, NULL));
    glia_net_destroy(net);
}

static void test_save_memory_with_too_little_room_writes_nothing(void **state)
{
    (void)state;
    glia_net *net = new_net("adam");
    harness_file file = harness_save(net);
    for (size_t capacity = 0; capacity < file.size; capacity += capacity < 16 ? 1 : 97) {
        size_t needed = 0;
        memset(file.bytes, 0xA5, file.size);
        assert_status(glia_net_save_memory(net, file.bytes, capacity, &needed), GLIA_ERR_ARGUMENT);
        assert_int_equal(needed, file.size);
        for (size_t i = 0; i < file.size; i++)
            assert_int_equal(file.bytes[i], 0xA5);
    }
    assert_status(glia_net_save_memory(net, file.bytes, file.size - 1, NULL), GLIA_ERR_ARGUMENT);
    assert_ok(glia_net_save_memory(net, file.bytes, file.size, NULL));
    harness_free(&file);
    glia_net_destroy(net);
}

static void test_save_replaces_the_old_file_and_leaves_no_other(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    glia_net *net = new_net("adam");
    assert_ok(glia_net_save(net, scratch_path(path, "replaced.glia")));
    size_t n_files = scratch_file_count();
    train(net, 3);
    assert_ok(glia_net_save(net, path));
    assert_int_equal(scratch_file_count(), n_files);
    harness_file file = scratch_read(path);
    assert_saves(net, file);
    harness_free(&file);
    glia_net_destroy(net);
}

static void test_paths_that_cannot_be_are_io_errors(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    glia_net *net = new_net("adam");
    glia_net *loaded = NULL;
    size_t n_files = scratch_file_count();
    assert_status(glia_net_load(&loaded, scratch_path(path, "missing.glia"), NULL), GLIA_ERR_IO);
    assert_message_has("missing.glia");
    assert_status(glia_net_save(net, scratch_path(path, "no/such/folder.glia")), GLIA_ERR_IO);
    assert_message_has("folder.glia");
    assert_status(glia_net_save(net, scratch_path(path, ".")), GLIA_ERR_IO);
    assert_status(glia_net_load(&loaded, path, NULL), GLIA_ERR_IO);
    assert_status(glia_net_load(&loaded, "", NULL), GLIA_ERR_IO);
    assert_status(glia_net_save(net, ""), GLIA_ERR_IO);
    assert_null(loaded);
    assert_int_equal(scratch_file_count(), n_files);
    glia_net_destroy(net);
}

#if !defined _WIN32
/* A limit on the size of files stands for the full disk. */
static void test_failed_write_leaves_the_old_file(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    struct rlimit limit, small;
    glia_net *net = new_net("adam");
    assert_ok(glia_net_save(net, scratch_path(path, "full.glia")));
    harness_file old = scratch_read(path);
    size_t n_files = scratch_file_count();
    train(net, 3);

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    small = (struct rlimit){.rlim_cur = 100, .rlim_max = limit.rlim_max};
    assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    glia_status status = glia_net_save(net, path);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);

    assert_status(status, GLIA_ERR_IO);
    assert_message_has("full.glia");
    assert_int_equal(scratch_file_count(), n_files);
    harness_file now = scratch_read(path);
    assert_int_equal(now.size, old.size);
    assert_memory_equal(now.bytes, old.bytes, old.size);
    harness_free(&now);
    harness_free(&old);
    glia_net_destroy(net);
}
#endif

static void test_load_checks_its_options(void **state)
{
    (void)state;
    glia_net *net = new_net("adam"), *loaded = NULL;
    harness_file file = harness_save(net);
    glia_options options = {.struct_size = sizeof options, .input_size = 2, .output_size = 2, .seed = 99};
    assert_ok(glia_net_load_memory(&loaded, file.bytes, file.size, &options));
    assert_same_net(loaded, net); /* the seed is the file's */
    glia_net_destroy(loaded);

    loaded = NULL;
    options.input_size = 3;
    assert_status(glia_net_load_memory(&loaded, file.bytes, file.size, &options), GLIA_ERR_SHAPE);
    options = (glia_options){.struct_size = sizeof options, .output_size = 3};
    assert_status(glia_net_load_memory(&loaded, file.bytes, file.size, &options), GLIA_ERR_SHAPE);
    options = (glia_options){.struct_size = sizeof options, .threads = -1};
    assert_status(glia_net_load_memory(&loaded, file.bytes, file.size, &options), GLIA_ERR_ARGUMENT);
    options = (glia_options){.struct_size = 0};
    assert_status(glia_net_load_memory(&loaded, file.bytes, file.size, &options), GLIA_ERR_ARGUMENT);
    assert_null(loaded);
    harness_free(&file);
    glia_net_destroy(net);
}

static void test_load_refuses_kernels_that_are_none(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    glia_net *net = new_net("adam"), *loaded = NULL;
    glia_options options = {.struct_size = sizeof options, .kernels = "abacus"};
    assert_ok(glia_net_save(net, scratch_path(path, "kernels.glia")));
    harness_file file = harness_save(net);
    assert_status(glia_net_load(&loaded, path, &options), GLIA_ERR_TEXT);
    assert_message_has("abacus");
    assert_status(glia_net_load_memory(&loaded, file.bytes, file.size, &options), GLIA_ERR_TEXT);
    assert_message_has("abacus");
    assert_null(loaded);
    harness_free(&file);
    glia_net_destroy(net);
}

static void test_load_needs_no_alignment(void **state)
{
    (void)state;
    glia_net *net = new_net("adam"), *loaded = NULL;
    harness_file file = harness_save(net);
    unsigned char *shifted = malloc(file.size + 1);
    assert_non_null(shifted);
    memcpy(shifted + 1, file.bytes, file.size);
    assert_ok(glia_net_load_memory(&loaded, shifted + 1, file.size, NULL));
    free(shifted);
    assert_same_net(loaded, net);
    glia_net_destroy(loaded);
    harness_free(&file);
    glia_net_destroy(net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_training_goes_on_after_save_and_load_in_memory),
        cmocka_unit_test(test_training_goes_on_after_save_and_load_of_a_file),
        cmocka_unit_test(test_training_goes_on_after_copy),
        cmocka_unit_test(test_file_and_memory_get_the_same_bytes),
        cmocka_unit_test(test_load_then_save_gives_the_same_bytes),
        cmocka_unit_test(test_copy_and_load_keep_what_there_is),
        cmocka_unit_test(test_copy_is_independent),
        cmocka_unit_test(test_history_is_neither_copied_nor_saved),
        cmocka_unit_test(test_saving_changes_nothing),
        cmocka_unit_test(test_files_keep_every_finite_bit),
        cmocka_unit_test(test_dropped_optimizer_makes_the_small_file_to_ship),
        cmocka_unit_test(test_save_of_numbers_not_finite_writes_nothing),
        cmocka_unit_test(test_save_of_moments_not_finite_is_refused),
        cmocka_unit_test(test_save_memory_with_too_little_room_writes_nothing),
        cmocka_unit_test(test_save_replaces_the_old_file_and_leaves_no_other),
        cmocka_unit_test(test_paths_that_cannot_be_are_io_errors),
#if !defined _WIN32
        cmocka_unit_test(test_failed_write_leaves_the_old_file),
#endif
        cmocka_unit_test(test_load_checks_its_options),
        cmocka_unit_test(test_load_refuses_kernels_that_are_none),
        cmocka_unit_test(test_load_needs_no_alignment),
    };
    return cmocka_run_group_tests(tests, fill_data, scratch_folder_remove) != 0;
}
