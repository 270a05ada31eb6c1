/* SPDX-License-Identifier: MIT */
/* The table that runs everywhere, and that the others are compared with. */
#include "kernels/portable/kernels_portable.h"

const glia__kernels glia__kernels_portable = {
    .name = "portable",
    .dense_forward = glia__dense_forward_portable,
    .dense_weight_gradient = glia__dense_weight_gradient_portable,
    .dense_bias_gradient = glia__dense_bias_gradient_portable,
    .dense_input_gradient = glia__dense_input_gradient_portable,
    .relu = glia__relu_portable,
    .leaky_relu = glia__leaky_relu_portable,
    .sigmoid = glia__sigmoid_portable,
    .tanh = glia__tanh_portable,
    .step = glia__step_portable,
    .relu_backward = glia__relu_backward_portable,
    .leaky_relu_backward = glia__leaky_relu_backward_portable,
    .sigmoid_backward = glia__sigmoid_backward_portable,
    .tanh_backward = glia__tanh_backward_portable,
    .softmax = glia__softmax_portable,
    .softmax_backward = glia__softmax_backward_portable,
    .log_sum_exp = glia__log_sum_exp_portable,
    .softplus_tail = glia__softplus_tail_portable,
    .sgd_update = glia__sgd_update_portable,
    .momentum_update = glia__momentum_update_portable,
    .adam_update = glia__adam_update_portable,
    .penalty_gradient = glia__penalty_gradient_portable,
};
