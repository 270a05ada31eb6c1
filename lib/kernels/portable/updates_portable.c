/* SPDX-License-Identifier: MIT */
/* The optimizers' updates and the gradient of the penalties, one pass over the arrays each. */
#include "kernels/portable/kernels_portable.h"

void glia__sgd_update_portable(real *w, const real *g, real learning_rate, size_t n)
{
    for (size_t i = 0; i < n; i++)
        w[i] -= learning_rate * g[i];
}

void glia__momentum_update_portable(real *w, real *velocity, const real *g, const glia__sgd_rates *rates, size_t n)
{
    const glia__sgd_rates r = *rates;
    for (size_t i = 0; i < n; i++) {
        velocity[i] = r.momentum * velocity[i] + g[i];
        w[i] -= r.learning_rate * (r.is_nesterov ? g[i] + r.momentum * velocity[i] : velocity[i]);
    }
}

void glia__adam_update_portable(real *w, real *m1, real *m2, const real *g, const glia__adam_rates *rates, size_t n)
{
    const glia__adam_rates r = *rates;
    for (size_t i = 0; i < n; i++) {
        m1[i] += r.beta1_rest * (g[i] - m1[i]);
        m2[i] += r.beta2_rest * (g[i] * g[i] - m2[i]);
        real step = r.learning_rate * (m1[i] / r.correction1) / (real_sqrt(m2[i] / r.correction2) + r.epsilon);
        w[i] -= r.decay * w[i] + step;
    }
}

void glia__penalty_gradient_portable(real *d_w, const real *w, real l1, real l2, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        real sign = w[i] > 0 ? 1 : w[i] < 0 ? -1 : 0;
        d_w[i] += l1 * sign + l2 * w[i];
    }
}
