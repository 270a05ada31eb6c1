/* SPDX-License-Identifier: MIT */
/*
 * One row-major matrix product with whichever library the includer is compiled for: BENCH_ONEDNN, BENCH_OPENBLAS or
 * BENCH_LIBXSMM. C[m][n] = A B over k steps; A is [m][k] or, transposed, [k][m]; B is [k][n] or [n][k].
 */
#ifndef GLIA_BENCH_BLAS_H
#define GLIA_BENCH_BLAS_H

#include <stdbool.h>
#include <stddef.h>

#include "bench.h"

typedef struct product {
    bool a_transposed, b_transposed;
    int m, n, k;
    const float *a, *b;
    float *c;
} product;

#if defined BENCH_ONEDNN

#include <dnnl.h>
#include <omp.h>

static inline void blas_begin(int threads)
{
    omp_set_num_threads(threads);
}

static inline void blas_product(const product *p)
{
    dnnl_sgemm(p->a_transposed ? 'T' : 'N', p->b_transposed ? 'T' : 'N', p->m, p->n, p->k, 1, p->a,
               p->a_transposed ? p->m : p->k, p->b, p->b_transposed ? p->k : p->n, 0, p->c, p->n);
}

#elif defined BENCH_OPENBLAS

#include <cblas.h>

static inline void blas_begin(int threads)
{
    openblas_set_num_threads(threads);
}

static inline void blas_product(const product *p)
{
    cblas_sgemm(CblasRowMajor, p->a_transposed ? CblasTrans : CblasNoTrans, p->b_transposed ? CblasTrans : CblasNoTrans,
                p->m, p->n, p->k, 1, p->a, p->a_transposed ? p->m : p->k, p->b, p->b_transposed ? p->k : p->n, 0, p->c,
                p->n);
}

#elif defined BENCH_LIBXSMM

#include <libxsmm.h>

/* libxsmm makes code for a shape, for one thread; the last one is kept. Its matrices are column-major: a row-major
 * A B is its B A. */
static inline void blas_begin(int threads)
{
    if (threads > 1)
        bench_fail("libxsmm: one thread");
    libxsmm_init();
}

static inline void blas_product(const product *p)
{
    static libxsmm_smmfunction function;
    static product made_for;
    if (function == NULL || p->a_transposed != made_for.a_transposed || p->b_transposed != made_for.b_transposed ||
        p->m != made_for.m || p->n != made_for.n || p->k != made_for.k) {
        const int lda = p->b_transposed ? p->k : p->n, ldb = p->a_transposed ? p->m : p->k, ldc = p->n;
        const float one = 1, zero = 0;
        const int flags =
            (p->b_transposed ? LIBXSMM_GEMM_FLAG_TRANS_A : 0) | (p->a_transposed ? LIBXSMM_GEMM_FLAG_TRANS_B : 0);
        function = libxsmm_smmdispatch(p->n, p->m, p->k, &lda, &ldb, &ldc, &one, &zero, &flags, NULL);
        made_for = *p;
    }
    if (function != NULL)
        function(p->b, p->a, p->c);
}

#endif

#endif
