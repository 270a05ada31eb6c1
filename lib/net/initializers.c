/* SPDX-License-Identifier: MIT */
/*
 * Initial weights: normal or uniform numbers of a variance that keeps signals about as large behind a layer as in
 * front.
 *
 * lecun: variance 1 / inputs (LeCun, Bottou, Orr and Mueller, 1998); glorot: 2 / (inputs + units) (Glorot and Bengio,
 * 2010); he: 2 / inputs (He, Zhang, Ren and Sun, 2015). A uniform number within +-a has variance a^2 / 3.
 */
#include "net/initializers.h"

#include "base/random.h"
#include "kernels/random_normal.h"

const char *const glia__initializer_names[] = {"lecun_normal", "glorot_uniform", "glorot_normal", "he_uniform",
                                               "he_normal",    "uniform",        "zeros",         NULL};

static double variance_of(glia__initializer initializer, double inputs, double units)
{
    switch (initializer) {
    case GLIA__GLOROT_UNIFORM:
    case GLIA__GLOROT_NORMAL:
        return 2 / (inputs + units);
    case GLIA__HE_UNIFORM:
    case GLIA__HE_NORMAL:
        return 2 / inputs;
    case GLIA__UNIFORM:
        return 1 / (3 * inputs); /* within 1 / sqrt(inputs) */
    case GLIA__LECUN_NORMAL:
        return 1 / inputs;
    default:
        return 0;
    }
}

void glia__initialize_weights(real *weight, size_t inputs, size_t units, glia__initializer initializer, uint64_t seed,
                              uint32_t stream)
{
    double variance = variance_of(initializer, (double)inputs, (double)units);
    double deviation = sqrt(variance);
    double limit = sqrt(3 * variance);
    bool is_normal =
        initializer == GLIA__LECUN_NORMAL || initializer == GLIA__GLOROT_NORMAL || initializer == GLIA__HE_NORMAL;
    for (size_t i = 0; i < inputs * units; i++) {
        if (is_normal)
            weight[i] = (real)(deviation * glia__random_normal(seed, stream, 0, i));
        else
            weight[i] = (real)(limit * (2 * glia__random_uniform(seed, stream, 0, i) - 1));
    }
}
