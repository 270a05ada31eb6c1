/* SPDX-License-Identifier: MIT */
/* The scene of the calls of glia.h. */
#include "misuse/net_scene.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define UNTOUCHED 0x5A
#define ROOM      4096 /* bytes for a text or a file */

/* Memory that the scene owns, filled with a pattern. */
static void *new_block(scene *s, size_t size)
{
    void *block = malloc(size);
    assert_non_null(block);
    assert_true(s->n_blocks < COUNT_OF(s->blocks));
    memset(block, UNTOUCHED, size);
    s->blocks[s->n_blocks] = block;
    s->block_sizes[s->n_blocks++] = size;
    return block;
}

static void *new_copy(scene *s, const void *bytes, size_t size)
{
    return memcpy(new_block(s, size), bytes, size);
}

static int32_t go_on(void *user, const glia_progress *progress)
{
    (void)user, (void)progress;
    return 0;
}

static void set_texts(scene *s)
{
    s->architecture = SCENE_ARCHITECTURE;
    s->loss_text = "cross_entropy l2=0.01";
    s->optimizer = "sgd learning_rate=0.125";
    s->options_text = "epochs=1 batch=2";
    s->metrics = "loss, accuracy";
    s->metric = "loss";
    s->message = "a message";
    s->key = "another key";
    s->value = "value";
    s->path = "scene.glia";
}

static void set_arrays(scene *s)
{
    static const real inputs[SCENE_ROWS * SCENE_INPUTS] = {0.5, -1, 2, 0.25, -0.75, 1.5, 1, 1, -2, -0.5, 0.125, 0.75};
    static const real targets[SCENE_ROWS * SCENE_OUTPUTS] = {1, 0, 0, 1, 0.5, 0.5, 1, 0};
    static const real row_weights[SCENE_ROWS] = {1, 0.5, 2, 0};
    static const int32_t classes[SCENE_ROWS] = {0, 1, 1, 0};
    s->rows = SCENE_ROWS;
    s->inputs = new_copy(s, inputs, sizeof inputs);
    s->targets = new_copy(s, targets, sizeof targets);
    s->row_weights = new_copy(s, row_weights, sizeof row_weights);
    s->classes = new_copy(s, classes, sizeof classes);
    s->output_gradient = new_copy(s, targets, sizeof targets);
    s->outputs = new_block(s, sizeof targets);
    s->input_gradient = new_block(s, sizeof inputs);
    s->loss = new_block(s, sizeof *s->loss);
    s->values = new_block(s, 2 * sizeof *s->values);
    s->count = new_block(s, sizeof *s->count);
    s->needed = new_block(s, sizeof *s->needed);
}

static void set_structs(scene *s)
{
    s->own_samples = harness_with_classes(s->inputs, s->classes, SCENE_ROWS);
    s->own_samples.row_weights = s->row_weights;
    s->own_validation = s->own_samples;
    s->own_options = (glia_options){.struct_size = sizeof s->own_options, .kernels = "portable"};
    s->own_view = (glia_tensor){.struct_size = sizeof s->own_view};
    s->samples = &s->own_samples;
    s->validation = &s->own_validation;
    s->options = &s->own_options;
    s->view = &s->own_view;
}

/* Room for the text and the file of any state. */
static void set_room(scene *s)
{
    s->model = harness_save(s->net);
    s->size = s->model.size;
    s->bytes = s->model.bytes;
    s->capacity = ROOM;
    s->buffer = new_block(s, s->capacity);
}

scene *scene_create(void)
{
    scene *s = calloc(1, sizeof *s);
    assert_non_null(s);
    set_texts(s);
    set_arrays(s);
    set_structs(s);
    s->own_net = s->net = harness_net(SCENE_ARCHITECTURE, 1);
    assert_ok(glia_net_set_metadata(s->net, "another key", "another value"));
    set_room(s);
    s->made = &s->own_made;
    s->threads = 2;
    s->learning_rate = 0.5;
    s->progress = go_on;
    s->user = s;
    return s;
}

static void forget(scene *s)
{
    for (size_t i = 0; i < s->n_blocks; i++)
        free(s->copies[i]);
    memset(s->copies, 0, sizeof s->copies);
    harness_free(&s->before);
}

void scene_destroy(scene *s)
{
    forget(s);
    glia_net_destroy(s->own_net);
    glia_net_destroy(s->own_made);
    harness_free(&s->model);
    for (size_t i = 0; i < s->n_blocks; i++)
        free(s->blocks[i]);
    free(s);
}

/* What would be saved; nothing of a network that has diverged, and so cannot be. */
static harness_file saved(const glia_net *net)
{
    size_t size = 0;
    if (glia_net_save_memory(net, NULL, 0, &size) == GLIA_ERR_DIVERGED)
        return (harness_file){NULL, 0};
    return harness_save(net);
}

void scene_remember(scene *s)
{
    forget(s);
    s->before = saved(s->own_net);
    for (size_t i = 0; i < s->n_blocks; i++) {
        s->copies[i] = malloc(s->block_sizes[i]);
        assert_non_null(s->copies[i]);
        memcpy(s->copies[i], s->blocks[i], s->block_sizes[i]);
    }
}

void scene_assert_unchanged(scene *s)
{
    assert_null(s->own_made);
    if (s->before.bytes != NULL)
        assert_saves(s->own_net, s->before);
    assert_null(s->own_view.name);
    for (size_t i = 0; i < s->n_blocks; i++)
        if (s->blocks[i] != s->needed && s->blocks[i] != s->count) /* which failing calls may set */
            assert_memory_equal(s->blocks[i], s->copies[i], s->block_sizes[i]);
}

static void assert_same_saved(const glia_net *net, const glia_net *expected)
{
    harness_file file = saved(expected);
    if (file.bytes != NULL)
        assert_saves(net, file);
    harness_free(&file);
}

static void assert_same_gradients(scene *s, scene *plain)
{
    size_t count, plain_count;
    const real *gradients = glia_net_gradients(s->own_net, &count);
    const real *expected = glia_net_gradients(plain->own_net, &plain_count);
    assert_int_equal(count, plain_count);
    assert_memory_equal(gradients, expected, count * sizeof *gradients);
}

static void assert_same_record(scene *s, scene *plain)
{
    size_t count, plain_count;
    const double *record = glia_net_history(s->own_net, "loss", &count);
    const double *expected = glia_net_history(plain->own_net, "loss", &plain_count);
    assert_int_equal(count, plain_count);
    if (count > 0)
        assert_memory_equal(record, expected, count * sizeof *record);
}

/* The gradients are the same; a step is allowed, or is not; a forward is pending, with all that its backward needs, or
 * none is. */
void scene_assert_goes_on(scene *s, scene *plain)
{
    double loss = 0, expected_loss = 0;
    assert_same_record(s, plain);
    assert_same_gradients(s, plain);
    glia_status expected = glia_net_step(plain->own_net);
    assert_int_equal(glia_net_step(s->own_net), expected);
    assert_same_saved(s->own_net, plain->own_net);
    expected = glia_net_backward_classes(plain->own_net, plain->classes, NULL, &expected_loss);
    assert_int_equal(glia_net_backward_classes(s->own_net, plain->classes, NULL, &loss), expected);
    assert_memory_equal(&loss, &expected_loss, sizeof loss);
    assert_same_gradients(s, plain);
}

void scene_assert_same(scene *a, scene *b)
{
    assert_same_saved(a->own_net, b->own_net);
    assert_memory_equal(a->outputs, b->outputs, SCENE_ROWS * SCENE_OUTPUTS * sizeof(real));
    assert_memory_equal(a->input_gradient, b->input_gradient, SCENE_ROWS * SCENE_INPUTS * sizeof(real));
    assert_memory_equal(a->loss, b->loss, sizeof *a->loss);
    assert_memory_equal(a->values, b->values, 2 * sizeof *a->values);
    assert_memory_equal(a->buffer, b->buffer, ROOM);
    assert_int_equal(a->own_made == NULL, b->own_made == NULL);
    if (a->own_made != NULL)
        assert_same_net(a->own_made, b->own_made);
}

void scene_new(scene *s)
{
    (void)s;
}

void scene_forward(scene *s)
{
    assert_ok(glia_net_forward(s->net, s->inputs, s->rows, NULL));
}

void scene_backward(scene *s)
{
    scene_forward(s);
    assert_ok(glia_net_backward_classes(s->net, s->classes, NULL, NULL));
}

void scene_stepped(scene *s)
{
    scene_backward(s);
    assert_ok(glia_net_step(s->net));
}

void scene_zeroed(scene *s)
{
    assert_ok(glia_net_zero_gradients(s->net));
}

void scene_fitted(scene *s)
{
    assert_ok(glia_net_fit(s->net, s->samples, NULL, NULL, NULL, NULL));
}

void scene_without_optimizer(scene *s)
{
    assert_ok(glia_net_set_optimizer(s->net, NULL));
}

void scene_diverged(scene *s)
{
    glia_net_parameters(s->net, NULL)[0] = (real)NAN;
}

void *scene_allocate(void *user, size_t size, size_t alignment)
{
    (void)user, (void)size, (void)alignment;
    return NULL;
}

void scene_release(void *user, void *block, size_t size)
{
    (void)user, (void)block, (void)size;
}

void *scene_misalign(scene *s, const void *array, size_t count, size_t element)
{
    char *block = new_block(s, (count + 1) * element);
    return memcpy(block + element, array, count * element);
}

void *scene_adjoin(scene *s, const void *first, size_t first_size, size_t second_size)
{
    return memcpy(new_block(s, first_size + second_size), first, first_size);
}
