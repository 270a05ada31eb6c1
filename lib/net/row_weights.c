/* SPDX-License-Identifier: MIT */
/* The weights of a batch's rows. */
#include "net/row_weights.h"

double glia__sum_given_weights(const real *row_weights, size_t rows)
{
    double total = 0;
    for (size_t begin = 0; begin < rows; begin += GLIA__ROW_BLOCK) {
        double sum = 0;
        for (size_t row = begin; row < rows && row < begin + GLIA__ROW_BLOCK; row++)
            sum += (double)row_weights[row];
        total += sum;
    }
    return total;
}
