/* SPDX-License-Identifier: MIT */
/* Exclusive or with every shape a constant: a network 2-8-1, sigmoids, half the squared error, one row a step; the
 * weights never leave their registers. Rows a second. */
#include "limit_math.h"
#include "xor_by_hand.h"

typedef struct network {
    lanes w1[2], b1, w2; /* a lane for each hidden unit; w2 is 0 in the spare ones */
    float b2;
} network;

static lanes random_lanes(void)
{
    _Alignas(64) float values[LANES] = {0};
    for (int j = 0; j < HIDDEN; j++)
        values[j] = bench_random();
    return load(values);
}

/* One row; answers the error. */
ALWAYS_INLINE float step(network *net, const float *x, float target)
{
    const lanes x0 = all(x[0]), x1 = all(x[1]);
    const lanes hidden = limit_sigmoid(x0 * net->w1[0] + (x1 * net->w1[1] + net->b1));
    const lanes output = limit_sigmoid(all(sum_of(hidden * net->w2) + net->b2));
    const float y = first_of(output), error = y - target, rate_d_z = learning_rate * error * y * (1 - y);
    const lanes d = all(rate_d_z) * net->w2 * (hidden * (all(1) - hidden));
    net->w2 = net->w2 - all(rate_d_z) * first_lanes(hidden, HIDDEN);
    net->b2 -= rate_d_z;
    net->w1[0] = net->w1[0] - d * x0;
    net->w1[1] = net->w1[1] - d * x1;
    net->b1 = net->b1 - d;
    return error;
}

static float train(void)
{
    network net = {.b2 = 0.1F};
    net.w1[0] = random_lanes();
    net.w1[1] = random_lanes();
    net.b1 = random_lanes();
    net.w2 = random_lanes();
    float mean_square = 0;
    for (long i = 0; i < STEPS; i++) {
        const float error = step(&net, inputs[i & 3], targets[i & 3]);
        mean_square = mean_square_with(mean_square, error);
    }
    return mean_square;
}

int main(void)
{
    measure_training(train);
    return 0;
}
