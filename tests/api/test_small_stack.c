/* SPDX-License-Identifier: MIT */
/* A network's whole life on a thread with 64 KiB of stack: none of its calls takes more than glia.h says. The matrix in
 * tests/misuse does the same with every call there is. */
#include "small_stack.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "scratch_folder.h"

enum {
    ROWS = 300,
    MOST_INPUTS = 300,
    MOST_OUTPUTS = 200
};

static real inputs[ROWS * MOST_INPUTS], outputs[ROWS * MOST_OUTPUTS], gradient[ROWS * MOST_INPUTS];
static int32_t classes[ROWS];

/* A network, and what went wrong in its life: the call that did not answer as it should. */
typedef struct life {
    const char *architecture;
    int32_t threads;
    char path[SCRATCH_PATH_SIZE];
    const char *failed;
    char message[512];
} life;

static bool is_fine(life *of, glia_status status, const char *call)
{
    if (status == GLIA_OK || of->failed != NULL)
        return of->failed == NULL;
    of->failed = call;
    strncpy(of->message, glia_error_message(), sizeof of->message - 1);
    return false;
}

static int32_t go_on(void *user, const glia_progress *progress)
{
    (void)user;
    (void)progress;
    return 0;
}

static void train(life *of, glia_net *net, const glia_samples *samples)
{
    double loss;
    is_fine(of, glia_net_set_optimizer(net, "adamw learning_rate=0.0123456789012345678 weight_decay=1e-5"),
            "optimizer");
    is_fine(of, glia_net_set_loss(net, "cross_entropy l1=1e-4 l2=1e-4 reduction=sum"), "loss");
    is_fine(of, glia_net_adapt(net, samples), "adapt");
    is_fine(of, glia_net_forward(net, inputs, ROWS, outputs), "forward");
    is_fine(of, glia_net_backward_classes(net, classes, NULL, &loss), "backward_classes");
    is_fine(of, glia_net_backward(net, outputs, NULL, &loss), "backward");
    is_fine(of, glia_net_backward_from(net, outputs, gradient), "backward_from");
    is_fine(of, glia_net_step(net), "step");
    is_fine(of, glia_net_train(net, samples, &loss), "train");
    is_fine(of, glia_net_fit(net, samples, samples, "epochs=2 batch=70 patience=1", go_on, NULL), "fit");
}

static void use(life *of, const glia_net *net, const glia_samples *samples)
{
    static char text[65536];
    double values[3];
    size_t needed;
    is_fine(of, glia_net_predict(net, inputs, 1, outputs), "predict one row");
    is_fine(of, glia_net_predict(net, inputs, ROWS, outputs), "predict");
    is_fine(of, glia_net_evaluate(net, samples, "loss, accuracy, mse", values), "evaluate");
    is_fine(of, glia_net_summary(net, text, sizeof text, &needed), "summary");
}

static void keep(life *of, const glia_net *net, glia_net **copy)
{
    size_t size = 0;
    is_fine(of, glia_net_save(net, of->path), "save");
    is_fine(of, glia_net_load(copy, of->path, NULL), "load");
    glia_net_destroy(*copy);
    *copy = NULL;
    (void)glia_net_save_memory(net, NULL, 0, &size);
    void *bytes = malloc(size);
    is_fine(of, bytes != NULL ? glia_net_save_memory(net, bytes, size, NULL) : GLIA_ERR_NOMEM, "save_memory");
    is_fine(of, bytes != NULL ? glia_net_load_memory(copy, bytes, size, NULL) : GLIA_ERR_NOMEM, "load_memory");
    free(bytes);
}

static void live(void *context)
{
    life *of = context;
    const glia_options options = {.struct_size = sizeof options, .seed = 1, .threads = of->threads};
    const glia_samples samples = harness_with_classes(inputs, classes, ROWS);
    glia_net *net = NULL, *copy = NULL;
    if (!is_fine(of, glia_net_create_with(&net, of->architecture, &options), "create"))
        return;
    train(of, net, &samples);
    use(of, net, &samples);
    keep(of, net, &copy);
    glia_net_destroy(copy);
    copy = NULL;
    is_fine(of, glia_net_copy(&copy, net), "copy");
    glia_net_destroy(copy);
    glia_net_destroy(net);
}

static void assert_lives(const char *architecture, int32_t threads)
{
    static life of;
    of = (life){.architecture = architecture, .threads = threads};
    scratch_path(of.path, "small_stack.glia");
    harness_fill(inputs, COUNT_OF(inputs), 1);
    size_t used = small_stack_run(live, &of);
    print_message("%zu bytes of stack: %.60s, threads %d\n", used, architecture, (int)threads);
    if (of.failed != NULL)
        fail_msg("%s: %s", of.failed, of.message);
    if (SMALL_STACK_IS_TELLING)
        assert_true(used <= SMALL_STACK_PROMISED);
}

static void test_tiny_network_lives_on_a_small_stack(void **state)
{
    (void)state;
    assert_lives("input 2, standardize, dense 3 tanh, dense 2 softmax", 1);
}

static void test_wide_network_lives_on_a_small_stack(void **state)
{
    (void)state;
    assert_lives("input 300, dense 300 relu, dropout 0.2, dense 200 softmax", 1);
    assert_lives("input 300, dense 300 relu, dropout 0.2, dense 200 softmax", 3);
}

static void test_deep_network_lives_on_a_small_stack(void **state)
{
    (void)state;
    static char text[32768] = "input 4";
    for (size_t i = 0; i < 500; i++)
        strcat(text, ", dense 4 leaky_relu init=he_normal");
    strcat(text, ", dense 2 softmax");
    assert_lives(text, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tiny_network_lives_on_a_small_stack),
        cmocka_unit_test(test_wide_network_lives_on_a_small_stack),
        cmocka_unit_test(test_deep_network_lives_on_a_small_stack),
    };
    return cmocka_run_group_tests(tests, scratch_folder_make, scratch_folder_remove) != 0;
}
