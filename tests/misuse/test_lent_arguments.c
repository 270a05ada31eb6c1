/* SPDX-License-Identifier: MIT */
/* What a network lends is handed back to it, or to a call that writes where it lies. */
#include "api/harness.h"

#include <string.h>

static glia_net *new_net(void)
{
    glia_net *net = harness_net("input 3, dense 4 tanh, dense 2 softmax", 1);
    assert_ok(glia_net_set_metadata(net, "key", "value"));
    assert_ok(glia_net_set_metadata(net, "other", "another value"));
    return net;
}

static void test_metadata_takes_its_own_value(void **state)
{
    (void)state;
    glia_net *net = new_net();
    assert_ok(glia_net_set_metadata(net, "key", glia_net_metadata(net, "key")));
    assert_string_equal(glia_net_metadata(net, "key"), "value");
    assert_ok(glia_net_set_metadata(net, "key", glia_net_metadata(net, "other")));
    assert_string_equal(glia_net_metadata(net, "key"), "another value");
    assert_ok(glia_net_set_metadata(net, "key", glia_net_metadata(net, "key") + strlen("another ")));
    assert_string_equal(glia_net_metadata(net, "key"), "value");
    glia_net_destroy(net);
}

static void test_metadata_takes_its_own_key(void **state)
{
    (void)state;
    glia_net *net = new_net();
    assert_ok(glia_net_set_metadata(net, glia_net_metadata_key(net, 1), "new"));
    assert_string_equal(glia_net_metadata(net, "other"), "new");
    assert_ok(glia_net_set_metadata(net, glia_net_metadata_key(net, 0), glia_net_metadata_key(net, 0)));
    assert_string_equal(glia_net_metadata(net, "key"), "key");
    assert_ok(glia_net_set_metadata(net, glia_net_metadata_key(net, 0), NULL));
    assert_null(glia_net_metadata(net, "key"));
    assert_string_equal(glia_net_metadata_key(net, 0), "other");
    glia_net_destroy(net);
}

static void test_error_takes_its_own_message(void **state)
{
    (void)state;
    assert_int_equal(glia_error_set(GLIA_ERR_IO, "a message"), GLIA_ERR_IO);
    assert_int_equal(glia_error_set(GLIA_ERR_IO, glia_error_message()), GLIA_ERR_IO);
    assert_string_equal(glia_error_message(), "a message");
    assert_int_equal(glia_error_set(GLIA_ERR_IO, glia_error_message() + 2), GLIA_ERR_IO);
    assert_string_equal(glia_error_message(), "message");
}

static void test_networks_are_made_of_lent_texts(void **state)
{
    (void)state;
    glia_net *net = new_net(), *same = NULL;
    const glia_options options = {.struct_size = sizeof options, .seed = 1, .kernels = glia_cpu(net)};
    assert_ok(glia_net_create_with(&same, glia_net_architecture(net), &options));
    assert_string_equal(glia_net_architecture(same), glia_net_architecture(net));
    assert_ok(glia_net_set_metadata(same, "key", glia_net_metadata(net, "key")));
    assert_ok(glia_net_set_metadata(same, "other", glia_net_metadata(net, "other")));
    assert_same_net(same, net);
    glia_net_destroy(net);
    glia_net_destroy(same);
}

static void test_copy_may_replace_its_handle(void **state)
{
    (void)state;
    glia_net *net = new_net(), *kept = net;
    assert_ok(glia_net_copy(&net, net));
    assert_ptr_not_equal(net, kept);
    assert_same_net(net, kept);
    glia_net_destroy(kept);
    glia_net_destroy(net);
}

static void test_parameters_and_gradients_are_rows_of_inputs(void **state)
{
    (void)state;
    real outputs[2 * 2], expected[2 * 2], rows[2 * 3];
    glia_net *net = new_net();
    memcpy(rows, glia_net_parameters(net, NULL), sizeof rows);
    assert_ok(glia_net_predict(net, rows, 2, expected));
    assert_ok(glia_net_predict(net, glia_net_parameters(net, NULL), 2, outputs));
    assert_same_bits(outputs, expected, COUNT_OF(outputs));
    assert_ok(glia_net_predict(net, glia_net_gradients(net, NULL), 2, outputs));
    glia_net_destroy(net);
}

/* What a progress function may do to the network: everything that sees it as const. */
static int32_t look_at(void *user, const glia_progress *progress)
{
    glia_net *net = user, *copy = NULL;
    real inputs[3] = {1, 2, 3}, outputs[2];
    char text[1024];
    size_t size = 0;
    (void)progress;
    assert_ok(glia_net_predict(net, inputs, 1, outputs));
    assert_ok(glia_net_copy(&copy, net));
    assert_ok(glia_net_summary(net, text, sizeof text, NULL));
    assert_status(glia_net_save_memory(net, NULL, 0, &size), GLIA_ERR_ARGUMENT);
    glia_net_history(net, "loss", &size);
    glia_net_destroy(copy);
    return 0;
}

static void test_progress_may_look_at_its_network(void **state)
{
    (void)state;
    real inputs[8 * 3];
    int32_t classes[8];
    harness_fill(inputs, COUNT_OF(inputs), 1);
    harness_fill_classes(classes, COUNT_OF(classes), 2, 2);
    const glia_samples rows = harness_with_classes(inputs, classes, COUNT_OF(classes));
    glia_net *net = new_net(), *alone = new_net();
    assert_ok(glia_net_fit(net, &rows, NULL, "epochs=3 batch=4", look_at, net));
    assert_ok(glia_net_fit(alone, &rows, NULL, "epochs=3 batch=4", NULL, NULL));
    assert_same_net(net, alone);
    glia_net_destroy(net);
    glia_net_destroy(alone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_metadata_takes_its_own_value),
        cmocka_unit_test(test_metadata_takes_its_own_key),
        cmocka_unit_test(test_error_takes_its_own_message),
        cmocka_unit_test(test_networks_are_made_of_lent_texts),
        cmocka_unit_test(test_copy_may_replace_its_handle),
        cmocka_unit_test(test_parameters_and_gradients_are_rows_of_inputs),
        cmocka_unit_test(test_progress_may_look_at_its_network),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
