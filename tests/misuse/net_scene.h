/* SPDX-License-Identifier: MIT */
/*
 * A network, and arguments for every call of glia.h, each good as it stands. What they point to is memory of exactly
 * that size, so that AddressSanitizer sees the first byte too many.
 */
#ifndef GLIA_MISUSE_NET_SCENE_H
#define GLIA_MISUSE_NET_SCENE_H

#include "misuse/matrix_case.h"

#define SCENE_ARCHITECTURE "input 3, standardize, dense 4 tanh, dropout 0.25, dense 2 softmax"

/* Of so many numbers that a size_t cannot count them, and of the largest widths that a text can say. */
#if SIZE_MAX > UINT32_MAX
#define SCENE_UNCOUNTABLE "input 4294967296, dense 4294967296"
#define SCENE_WIDEST      "input 9007199254740992, dense 9007199254740992"
#else
#define SCENE_UNCOUNTABLE "input 65536, dense 65536"
#define SCENE_WIDEST      "input 4294967295, dense 4294967295"
#endif

enum {
    SCENE_ROWS = 4,
    SCENE_INPUTS = 3,
    SCENE_OUTPUTS = 2
};

/* Arguments have the names of the parameters, with `_text` where a name is used for a text as well. */
struct scene {
    glia_net *net;
    glia_net **made; /* of the calls that hand over a network */
    glia_options *options;
    const char *architecture, *loss_text, *optimizer, *options_text, *metrics, *metric, *message;
    const char *key, *value, *path;
    uint64_t seed, pass, at;
    uint32_t stream;
    int32_t threads, status;
    double learning_rate;
    real *inputs, *outputs, *targets, *row_weights, *output_gradient, *input_gradient;
    int32_t *classes;
    double *loss, *values;
    size_t rows, index, capacity, size, *count, *needed;
    char *buffer;
    unsigned char *bytes;
    glia_samples *samples, *validation;
    glia_progress_fn *progress;
    void *user;
    glia_tensor *view;

    /* What they point to, and what has to be freed. */
    glia_net *own_net, *own_made;
    glia_options own_options;
    glia_samples own_samples, own_validation;
    glia_tensor own_view;
    harness_file model, before;
    void *blocks[32];
    size_t block_sizes[32], n_blocks;
    unsigned char *copies[32]; /* of the blocks, by scene_remember() */
};

/* The states that a network can be in; a new one has done nothing yet. */
void scene_new(scene *s);
void scene_forward(scene *s);
void scene_backward(scene *s);
void scene_stepped(scene *s);
void scene_zeroed(scene *s);
void scene_fitted(scene *s);
void scene_without_optimizer(scene *s);
void scene_diverged(scene *s);

/* An allocator that has nothing. */
void *scene_allocate(void *user, size_t size, size_t alignment);
void scene_release(void *user, void *block, size_t size);

/* A copy of an array that begins one element behind where it would be aligned, and ends where its memory ends. */
void *scene_misalign(scene *s, const void *array, size_t count, size_t element);

/* Room for one array right behind another: the first begins with a copy of `first`. */
void *scene_adjoin(scene *s, const void *first, size_t first_size, size_t second_size);

#endif
