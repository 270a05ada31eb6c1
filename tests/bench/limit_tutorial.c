/* SPDX-License-Identifier: MIT */
/*
 * The tutorial's job with every shape a constant: a network 2-3-2, tanh and softmax, 200 rows, summed cross-entropy
 * with l2 on the weights, gradient descent. By hand in vectors, and as plain C that the compiler makes vectors of.
 * Microseconds a pass.
 */
#include <math.h>

#include "bench.h"
#include "bench_data.h"
#include "limit_math.h"

enum {
    ROWS = 200,
    PADDED = (ROWS + LANES - 1) / LANES * LANES,
    INPUTS = 2,
    HIDDEN = 3,
    OUTPUTS = 2,
    PASSES = 20000,
    SAMPLES = 9
};
static const float learning_rate = 0.01F, l2 = 0.01F;

/* The points, a column after the other; class is 0 or 1. */
static _Alignas(64) float input[INPUTS][PADDED], class[PADDED];

typedef struct weights {
    float w1[INPUTS][HIDDEN], b1[HIDDEN], w2[HIDDEN][OUTPUTS], b2[OUTPUTS];
} weights;

static const weights initial = {
    .w1 = {{1.2474F, 0.28296F, 0.69207F}, {1.58455F, 1.32056F, -0.69104F}},
    .w2 = {{0.54853F, -0.08739F}, {-0.05959F, 0.23706F}, {0.08316F, 0.83963F}},
};

/* What is the same for all rows, in every lane; of the two outputs only the difference counts. */
typedef struct spread {
    lanes w1[INPUTS][HIDDEN], b1[HIDDEN], w2[HIDDEN], b2;
} spread;

ALWAYS_INLINE spread spread_weights(const weights *net)
{
    spread in;
    for (int j = 0; j < HIDDEN; j++) {
        for (int i = 0; i < INPUTS; i++)
            in.w1[i][j] = all(net->w1[i][j]);
        in.b1[j] = all(net->b1[j]);
        in.w2[j] = all(net->w2[j][1] - net->w2[j][0]);
    }
    in.b2 = all(net->b2[1] - net->b2[0]);
    return in;
}

/* Forward and backward of a vector of rows, of which the first `in_use` count. */
ALWAYS_INLINE void add_rows(spread *gradient, const spread *net, int row, int in_use)
{
    const lanes x0 = load(input[0] + row), x1 = load(input[1] + row);
    lanes hidden[HIDDEN], z = net->b2;
    for (int j = 0; j < HIDDEN; j++) {
        hidden[j] = limit_tanh(x0 * net->w1[0][j] + (x1 * net->w1[1][j] + net->b1[j]));
        z = hidden[j] * net->w2[j] + z;
    }
    lanes d_z = limit_sigmoid(z) - load(class + row);
    if (in_use < LANES)
        d_z = first_lanes(d_z, in_use);
    gradient->b2 = gradient->b2 + d_z;
    for (int j = 0; j < HIDDEN; j++) {
        const lanes d = d_z * net->w2[j] * (all(1) - hidden[j] * hidden[j]);
        gradient->w2[j] = hidden[j] * d_z + gradient->w2[j];
        gradient->b1[j] = gradient->b1[j] + d;
        gradient->w1[0][j] = x0 * d + gradient->w1[0][j];
        gradient->w1[1][j] = x1 * d + gradient->w1[1][j];
    }
}

/* The two outputs have opposite gradients. */
ALWAYS_INLINE void step(weights *net, const spread *gradient)
{
    const float d_b2 = sum_of(gradient->b2);
    net->b2[0] += learning_rate * d_b2;
    net->b2[1] -= learning_rate * d_b2;
    for (int j = 0; j < HIDDEN; j++) {
        const float d_w2 = sum_of(gradient->w2[j]);
        net->w2[j][0] -= learning_rate * (l2 * net->w2[j][0] - d_w2);
        net->w2[j][1] -= learning_rate * (l2 * net->w2[j][1] + d_w2);
        net->b1[j] -= learning_rate * sum_of(gradient->b1[j]);
        for (int i = 0; i < INPUTS; i++)
            net->w1[i][j] -= learning_rate * (l2 * net->w1[i][j] + sum_of(gradient->w1[i][j]));
    }
}

static weights train_by_hand(void)
{
    weights net = initial;
    for (int pass = 0; pass < PASSES; pass++) {
        const spread in = spread_weights(&net);
        spread gradient = {0};
        for (int row = 0; row < PADDED; row += LANES)
            add_rows(&gradient, &in, row, row + LANES > ROWS ? ROWS - row : LANES);
        step(&net, &gradient);
    }
    return net;
}

/* The same in loops over rows. */
static float hidden_rows[HIDDEN][ROWS], d_output[OUTPUTS][ROWS];

static void plain_forward(const weights *net)
{
    for (int j = 0; j < HIDDEN; j++)
        for (int i = 0; i < ROWS; i++)
            hidden_rows[j][i] = tanhf(input[0][i] * net->w1[0][j] + input[1][i] * net->w1[1][j] + net->b1[j]);
}

/* Softmax, and its loss's gradient in d_output. */
static void plain_compare(const weights *net, weights *gradient)
{
    float sum0 = 0, sum1 = 0;
    for (int i = 0; i < ROWS; i++) {
        const float h0 = hidden_rows[0][i], h1 = hidden_rows[1][i], h2 = hidden_rows[2][i];
        const float z0 = net->b2[0] + h0 * net->w2[0][0] + h1 * net->w2[1][0] + h2 * net->w2[2][0];
        const float z1 = net->b2[1] + h0 * net->w2[0][1] + h1 * net->w2[1][1] + h2 * net->w2[2][1];
        const float most = z0 > z1 ? z0 : z1, e0 = expf(z0 - most), e1 = expf(z1 - most), part = 1 / (e0 + e1);
        d_output[0][i] = e0 * part - (1 - class[i]);
        d_output[1][i] = e1 * part - class[i];
        sum0 += d_output[0][i];
        sum1 += d_output[1][i];
    }
    gradient->b2[0] = sum0;
    gradient->b2[1] = sum1;
}

static void plain_backward(const weights *net, weights *gradient)
{
    for (int j = 0; j < HIDDEN; j++) {
        float d_w20 = 0, d_w21 = 0, d_w10 = 0, d_w11 = 0, d_b1 = 0;
        for (int i = 0; i < ROWS; i++) {
            const float h = hidden_rows[j][i];
            const float d = (d_output[0][i] * net->w2[j][0] + d_output[1][i] * net->w2[j][1]) * (1 - h * h);
            d_w20 += h * d_output[0][i];
            d_w21 += h * d_output[1][i];
            d_w10 += d * input[0][i];
            d_w11 += d * input[1][i];
            d_b1 += d;
        }
        gradient->w2[j][0] = d_w20;
        gradient->w2[j][1] = d_w21;
        gradient->w1[0][j] = d_w10;
        gradient->w1[1][j] = d_w11;
        gradient->b1[j] = d_b1;
    }
}

static void plain_step(weights *net, const weights *gradient)
{
    for (int j = 0; j < HIDDEN; j++) {
        for (int i = 0; i < INPUTS; i++)
            net->w1[i][j] -= learning_rate * (gradient->w1[i][j] + l2 * net->w1[i][j]);
        for (int k = 0; k < OUTPUTS; k++)
            net->w2[j][k] -= learning_rate * (gradient->w2[j][k] + l2 * net->w2[j][k]);
        net->b1[j] -= learning_rate * gradient->b1[j];
    }
    for (int k = 0; k < OUTPUTS; k++)
        net->b2[k] -= learning_rate * gradient->b2[k];
}

static weights train_plainly(void)
{
    weights net = initial, gradient;
    for (int pass = 0; pass < PASSES; pass++) {
        plain_forward(&net);
        plain_compare(&net, &gradient);
        plain_backward(&net, &gradient);
        plain_step(&net, &gradient);
    }
    return net;
}

static double loss_of(const weights *net)
{
    double loss = 0;
    for (int i = 0; i < ROWS; i++) {
        double z = (double)(net->b2[1] - net->b2[0]);
        for (int j = 0; j < HIDDEN; j++)
            z += tanh((double)(input[0][i] * net->w1[0][j] + input[1][i] * net->w1[1][j] + net->b1[j])) *
                 (double)(net->w2[j][1] - net->w2[j][0]);
        loss += log1p(exp(class[i] > 0 ? -z : z));
    }
    return loss / ROWS;
}

/* Answers the loss, which shows that the training is real. */
static double measure(const char *name, weights (*train)(void))
{
    double samples[SAMPLES];
    weights net;
    for (int i = 0; i < SAMPLES; i++) {
        const double begin = bench_seconds();
        net = train();
        samples[i] = (bench_seconds() - begin) / PASSES;
    }
    bench_report_time(1e6, bench_time_of(samples, SAMPLES), "%s", name);
    return loss_of(&net);
}

int main(void)
{
    const bench_data moons = bench_moons();
    for (size_t i = 0; i < ROWS; i++) {
        input[0][i] = moons.inputs[2 * i];
        input[1][i] = moons.inputs[2 * i + 1];
        class[i] = (float)moons.classes[i];
    }
    const double by_hand = measure("pass", train_by_hand), plain = measure("pass in plain C", train_plainly);
    if (!(by_hand < 0.2 && fabs(by_hand - plain) < 1e-3))
        bench_fail("the limit programs end with the losses %g and %g", by_hand, plain);
    return 0;
}
