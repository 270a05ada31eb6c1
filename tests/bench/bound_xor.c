/* SPDX-License-Identifier: MIT */
/*
 * What bounds a library in exclusive or, whatever else it saves: by hand again, with shapes that are known and nothing
 * checked, but in three calls, each of which finds in memory what the last has left there; with sums in the order of
 * the inputs, as in batches; and with glia's sigmoid, which is right everywhere. Rows a second.
 */
#include <stddef.h>

#include "base/not_inline.h"
#include "xor_by_hand.h"

#ifdef __AVX512F__
#include "kernels/x86/vector_avx512.h"
#else
#include "kernels/x86/vector_avx2.h"
#endif

#include "kernels/elementary.h"

enum {
    PARAMETERS = INPUTS * HIDDEN + 2 * HIDDEN + 1
};

/* In one piece, and room for a vector from the last on. */
typedef struct parameters {
    float w1[INPUTS][HIDDEN], b1[HIDDEN], w2[HIDDEN], b2, room[VEC_LANES];
} parameters;

typedef struct network {
    parameters values, gradients;
    float hidden[HIDDEN + VEC_LANES], output, error;
} network;

NOT_INLINE static void forward(network *net, const float *x)
{
    const parameters *at = &net->values;
    vec sums = vec_load(at->b1);
    for (int i = 0; i < INPUTS; i++)
        sums = vec_multiply_add(vec_all(x[i]), vec_load(at->w1[i]), sums);
    vec_store(net->hidden, vec_sigmoid(sums));
    vec sum = vec_all(at->b2);
    for (int i = 0; i < HIDDEN; i++)
        sum = vec_multiply_add(vec_all(net->hidden[i]), vec_all(at->w2[i]), sum);
    net->output = vec_first(vec_sigmoid(sum));
}

NOT_INLINE static void backward(network *net, const float *x, float target)
{
    parameters *to = &net->gradients;
    const float y = net->output, error = y - target, d_output = error * y * (1 - y);
    const vec hidden = vec_load(net->hidden);
    const vec d = vec_all(d_output) * vec_load(net->values.w2) * (hidden * (1 - hidden));
    for (int i = 0; i < INPUTS; i++)
        vec_store(to->w1[i], d * vec_all(x[i]));
    vec_store(to->b1, d);
    vec_store(to->w2, hidden * vec_all(d_output));
    to->b2 = d_output;
    net->error = error;
}

NOT_INLINE static void step(network *net)
{
    float *values = net->values.w1[0];
    const float *gradients = net->gradients.w1[0];
    size_t i = 0;
    for (; i + VEC_LANES <= PARAMETERS; i += VEC_LANES)
        vec_store(values + i, vec_multiply_add(vec_all(-learning_rate), vec_load(gradients + i), vec_load(values + i)));
    for (; i < PARAMETERS; i++)
        values[i] -= learning_rate * gradients[i];
}

static float train(void)
{
    network net = {.values = {.b2 = 0.1F}};
    float *values = net.values.w1[0];
    for (size_t i = 0; i < PARAMETERS - 1; i++)
        values[i] = bench_random();
    float mean_square = 0;
    for (long i = 0; i < STEPS; i++) {
        forward(&net, inputs[i & 3]);
        backward(&net, inputs[i & 3], targets[i & 3]);
        step(&net);
        mean_square = mean_square_with(mean_square, net.error);
    }
    return mean_square;
}

int main(void)
{
    measure_training(train);
    return 0;
}
