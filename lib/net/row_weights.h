/* SPDX-License-Identifier: MIT */
/* The weights of a batch's rows. */
#ifndef GLIA_NET_ROW_WEIGHTS_H
#define GLIA_NET_ROW_WEIGHTS_H

#include "kernels/kernels.h"

/* Their sum, by blocks of GLIA__ROW_BLOCK rows that are added in order; the number of rows where weights are NULL. */
double glia__sum_given_weights(const real *row_weights, size_t rows);
static inline double glia__sum_weights(const real *row_weights, size_t rows)
{
    return row_weights == NULL ? (double)rows : glia__sum_given_weights(row_weights, rows);
}

#endif
