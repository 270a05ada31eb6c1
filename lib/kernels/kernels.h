/* SPDX-License-Identifier: MIT */
/*
 * The table of kernels: maths on plain arrays of `real`, one table an instruction set.
 *
 * Matrices are row-major. m counts rows of the batch, n outputs (units), k inputs. Arrays do not overlap, except that
 * an activation's output may be its input and that x_backward's d_input may be its d_output. NaN in, NaN out.
 */
#ifndef GLIA_KERNELS_KERNELS_H
#define GLIA_KERNELS_KERNELS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "kernels/real.h"

#define GLIA__ROW_BLOCK 64 /* sums over rows are partial sums of this many rows, added in order */
#define GLIA__LANES_MAX 16

/* Products of so many rows or more give each of them the same bits, whatever their number: rows may be shared out in
 * parts of it. */
#define GLIA__ROWS_ALIKE 16

/* Products take scratch of the table's scratch_count; forward may be given NULL and is then slower with large matrices.
 *
 * y[m][n] = bias[n] + x[m][k] weight[k][n]: each output one running sum in the order of k, begun with the bias (0 where
 * bias is NULL). */
typedef void glia__dense_forward_fn(real *y, const real *x, const real *weight, const real *bias, size_t m, size_t n,
                                    size_t k, real *scratch);

/* d_weight[k][n] = transposed x[m][k] times d_y[m][n], added to what is there if `adds`: running sums in the order of
 * m. The rows of x lie x_stride apart, at least k: more where only some columns of a wider matrix are wanted. */
typedef void glia__dense_weight_gradient_fn(real *d_weight, const real *x, const real *d_y, size_t m, size_t n,
                                            size_t k, size_t x_stride, bool adds, real *scratch);

/* d_bias[n] += sum over rows of d_y[m][n], in blocks of GLIA__ROW_BLOCK rows */
typedef void glia__dense_bias_gradient_fn(real *d_bias, const real *d_y, size_t m, size_t n);

/* d_x[m][k] = d_y[m][n] times transposed weight[k][n] */
typedef void glia__dense_input_gradient_fn(real *d_x, const real *d_y, const real *weight, size_t m, size_t n, size_t k,
                                           real *scratch);

/* columns[j stride + i] = rows[i n + j] for i < m and j < n, and 0 for m <= i < stride */
typedef void glia__to_columns_fn(real *columns, const real *rows, size_t m, size_t n, size_t stride);

/* rows[i n + j] = columns[j stride + i] for i < m and j < n */
typedef void glia__to_rows_fn(real *rows, const real *columns, size_t m, size_t n, size_t stride);

/*
 * Columns: a matrix of `width` numbers for each row of the batch as [width][stride], a column behind the other. stride
 * is a multiple of the table's lanes; what stands behind the rows of the batch is computed with like a row.
 */

/* y = bias + x times weight[k][n], of n and k columns; each number one running sum as in dense_forward */
typedef void glia__columns_forward_fn(real *y, const real *x, const real *weight, const real *bias, size_t stride,
                                      size_t n, size_t k);

/* d_weight[k][n] = transposed x times d_y, added to what is there if `adds` */
typedef void glia__columns_weight_gradient_fn(real *d_weight, const real *x, const real *d_y, size_t stride, size_t n,
                                              size_t k, bool adds);

/* d_bias[n] = the sum of each column of d_y, likewise, in blocks of GLIA__ROW_BLOCK rows */
typedef void glia__columns_bias_gradient_fn(real *d_bias, const real *d_y, size_t stride, size_t n, bool adds);

/* d_x = d_y times transposed weight[k][n] */
typedef void glia__columns_input_gradient_fn(real *d_x, const real *d_y, const real *weight, size_t stride, size_t n,
                                             size_t k);

/* The softmax of each row of n columns, with the same bits as softmax has, and backward from it. */
typedef void glia__softmax_columns_fn(real *y, const real *x, size_t stride, size_t n);
typedef void glia__softmax_columns_backward_fn(real *d_x, const real *d_y, const real *y, size_t stride, size_t n);

/* Results beside what was wanted, in columns; or of one row on its own, stride 1. */
typedef struct glia__compared {
    const real *outputs, *logits, *targets; /* [width][stride] each */
    real *losses;                           /* [stride]: of each row; NULL: not wanted */
    real *gradient;                         /* [width][stride]: of the row's loss; NULL: not wanted */
    size_t width, stride;
} glia__compared;

/* cross_entropy, of outputs = softmax(logits): -sum t log y, by the logits; its gradient by them is y sum t - t.
 * binary_cross_entropy, of outputs = sigmoid(logits): the mean of -t log y - (1 - t) log(1 - y), by the logits.
 * mean_squared_error: the mean of (y - t)^2, and its gradient by the outputs.
 * perceptron: the sum of (y - t) z; its gradient by the logits z, y held fixed, is y - t. */
typedef void glia__compare_fn(const glia__compared *at);

/* y[i] = f(x[i]) for n values; leaky_relu's slope is `setting`, the others pass it over */
typedef void glia__activation_fn(real *y, const real *x, real setting, size_t n);

/* d_x[i] = d_y[i] f'(x[i]), told from y = f(x) */
typedef void glia__activation_backward_fn(real *d_x, const real *d_y, const real *y, real setting, size_t n);

/* Each of m rows of n: y = exp(x - max x) / sum of that */
typedef void glia__softmax_fn(real *y, const real *x, size_t m, size_t n);

/* Each of m rows of n: d_x = y (d_y - sum of d_y y) */
typedef void glia__softmax_backward_fn(real *d_x, const real *d_y, const real *y, size_t m, size_t n);

/* Dense layers with the activations behind them, for a row on its own: small networks are done before a call for each
 * layer would be. */
typedef enum glia__row_activation {
    GLIA__ROW_UNKNOWN, /* not among these */
    GLIA__ROW_IDENTITY,
    GLIA__ROW_STEP,
    GLIA__ROW_SIGMOID,
    GLIA__ROW_TANH,
    GLIA__ROW_RELU,
    GLIA__ROW_LEAKY_RELU,
    GLIA__ROW_SOFTMAX
} glia__row_activation;

typedef struct glia__row_layer {
    size_t n, k;
    const real *weight, *bias; /* [k][n]; [n] or NULL */
    glia__row_activation activation;
    real setting;            /* leaky_relu's slope */
    size_t sums, outputs;    /* their places among the activations; the same where the sums are not kept */
    size_t delta;            /* the place of the sums' gradient among the deltas */
    size_t d_weight, d_bias; /* the places of the gradients among those of all parameters */
} glia__row_layer;

/* Forward through the layers from `first` to that before `end`, with the same bits as dense_forward and the activations
 * have: sums and outputs of every layer go among the activations, which have room for as many numbers more as a vector
 * has lanes; the outputs of the last layer to `output` besides, unless it is NULL. */
typedef void glia__row_forward_fn(const glia__row_layer *first, const glia__row_layer *end, const real *input,
                                  real *activations, real *output);

/* Backward, from the last delta, which is the gradient of the outputs, or of the sums if `from_logits`, to the
 * gradients of all parameters, added to what is there if `adds`; the other deltas are scratch. */
typedef struct glia__row_backward {
    const glia__row_layer *first, *end;
    const real *input, *activations; /* of forward */
    real *deltas, *gradients;
    bool from_logits, adds;
} glia__row_backward;
typedef void glia__row_backward_fn(const glia__row_backward *at);

/* What an optimizer kernel needs besides its arrays. */
typedef struct glia__sgd_rates {
    real learning_rate;
    real momentum;
    bool is_nesterov;
} glia__sgd_rates;

typedef struct glia__adam_rates {
    real learning_rate;
    real decay;                    /* taken off outside the moments: w -= decay w */
    real beta1_rest, beta2_rest;   /* 1 - beta */
    real correction1, correction2; /* 1 - beta^t */
    real epsilon;
} glia__adam_rates;

/* w -= rate g */
typedef void glia__sgd_update_fn(real *w, const real *g, real learning_rate, size_t n);

/* v = momentum v + g; w -= rate v, with Nesterov w -= rate (g + momentum v) */
typedef void glia__momentum_update_fn(real *w, real *velocity, const real *g, const glia__sgd_rates *rates, size_t n);

/* m1 += (1 - beta1) (g - m1); m2 += (1 - beta2) (g g - m2);
 * w -= decay w + rate (m1 / c1) / (sqrt(m2 / c2) + epsilon) */
typedef void glia__adam_update_fn(real *w, real *m1, real *m2, const real *g, const glia__adam_rates *rates, size_t n);

/* d_w[i] += l1 sign(w[i]) + l2 w[i]; the sign of 0 is 0 */
typedef void glia__penalty_gradient_fn(real *d_w, const real *w, real l1, real l2, size_t n);

typedef struct glia__kernels {
    const char *name;
    size_t lanes;         /* columns are a multiple of it long: a power of 2, at most GLIA__LANES_MAX */
    size_t scratch_count; /* numbers of scratch that a product may use */
    glia__dense_forward_fn *dense_forward;
    glia__dense_weight_gradient_fn *dense_weight_gradient;
    glia__dense_bias_gradient_fn *dense_bias_gradient;
    glia__dense_input_gradient_fn *dense_input_gradient;
    glia__to_columns_fn *to_columns;
    glia__to_rows_fn *to_rows;
    glia__columns_forward_fn *columns_forward;
    glia__columns_weight_gradient_fn *columns_weight_gradient;
    glia__columns_bias_gradient_fn *columns_bias_gradient;
    glia__columns_input_gradient_fn *columns_input_gradient;
    glia__activation_fn *relu, *leaky_relu, *sigmoid, *tanh, *step;
    glia__activation_backward_fn *relu_backward, *leaky_relu_backward, *sigmoid_backward, *tanh_backward;
    glia__softmax_fn *softmax;
    glia__softmax_backward_fn *softmax_backward;
    glia__softmax_columns_fn *softmax_columns;
    glia__softmax_columns_backward_fn *softmax_columns_backward;
    glia__compare_fn *cross_entropy, *binary_cross_entropy, *mean_squared_error, *perceptron;
    glia__row_forward_fn *row_forward;
    glia__row_backward_fn *row_backward;
    glia__sgd_update_fn *sgd_update;
    glia__momentum_update_fn *momentum_update;
    glia__adam_update_fn *adam_update;
    glia__penalty_gradient_fn *penalty_gradient;
} glia__kernels;

/* Tables that this build has; kernels/select.c knows which it is. */
extern const glia__kernels glia__kernels_portable;
extern const glia__kernels glia__kernels_neon;
extern const glia__kernels glia__kernels_avx2;
extern const glia__kernels glia__kernels_avx512;

/* The best table that this processor can run, at most the one named `limit` (NULL: any). */
glia_status glia__kernels_select(const glia__kernels **kernels, const char *limit);

#endif
