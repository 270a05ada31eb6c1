/* SPDX-License-Identifier: MIT */
/* Fused multiply-adds as fast as they go. Compiled for the processor at hand. */
#include "peak.h"

#include <pthread.h>

#include "bench.h"

/* A multiply-add into `sum`, a vector of floats, with operands 12 and 13. */
#if defined __AVX512F__
typedef float lanes __attribute__((vector_size(64)));
#define MULTIPLY_ADD(sum) "vfmadd213ps %13, %12, %" #sum "\n\t"
#define IN_REGISTER       "v"
#elif defined __FMA__
typedef float lanes __attribute__((vector_size(32)));
#define MULTIPLY_ADD(sum) "vfmadd213ps %13, %12, %" #sum "\n\t"
#define IN_REGISTER       "x"
#elif defined __aarch64__
typedef float lanes __attribute__((vector_size(16)));
#define MULTIPLY_ADD(sum) "fmla %" #sum ".4s, %12.4s, %13.4s\n\t"
#define IN_REGISTER       "w"
#endif

#ifdef MULTIPLY_ADD

#define TWELVE(each) each(0) each(1) each(2) each(3) each(4) each(5) each(6) each(7) each(8) each(9) each(10) each(11)
#define KEPT(sum)    "+" IN_REGISTER(sum)

enum {
    CHAINS = 12, /* sums at a time: more than latency times units, and no more than there are registers for */
    ROUNDS = 10000,
    MOST_THREADS = 64
};
static const double sample_seconds = 0.02;

/* A thread: where it begins together with the others, and what it achieves. */
typedef struct worker {
    pthread_barrier_t *start;
    double operations; /* a second */
} worker;

static void *work(void *context)
{
    worker *own = context;
    const lanes factor = (lanes){0} + 0.999999F, term = (lanes){0} + 1e-6F;
    lanes a = factor, b = a, c = a, d = a, e = a, f = a, g = a, h = a, i = a, j = a, k = a, l = a;
    pthread_barrier_wait(own->start);
    double begin = bench_seconds(), seconds, count = 0;
    do {
        for (int round = 0; round < ROUNDS; round++)
            __asm__ volatile(TWELVE(MULTIPLY_ADD) TWELVE(MULTIPLY_ADD)
                             : KEPT(a), KEPT(b), KEPT(c), KEPT(d), KEPT(e), KEPT(f), KEPT(g), KEPT(h), KEPT(i), KEPT(j),
                               KEPT(k), KEPT(l)
                             : IN_REGISTER(factor), IN_REGISTER(term));
        count += 2 * ROUNDS;
        seconds = bench_seconds() - begin;
    } while (seconds < sample_seconds);
    own->operations = count * CHAINS * 2 * (sizeof(lanes) / sizeof(float)) / seconds;
    return NULL;
}

double peak_operations(size_t threads)
{
    if (threads > MOST_THREADS)
        bench_fail("threads=%zu: at most %d", threads, MOST_THREADS);
    pthread_barrier_t start;
    pthread_barrier_init(&start, NULL, (unsigned)threads);
    pthread_t others[MOST_THREADS];
    worker workers[MOST_THREADS];
    for (size_t i = 0; i < threads; i++) {
        workers[i].start = &start;
        if (i > 0 && pthread_create(&others[i], NULL, work, &workers[i]) != 0)
            bench_fail("no thread");
    }
    work(&workers[0]);
    double operations = workers[0].operations;
    for (size_t i = 1; i < threads; i++) {
        pthread_join(others[i], NULL);
        operations += workers[i].operations;
    }
    pthread_barrier_destroy(&start);
    return operations;
}

#else

double peak_operations(size_t threads)
{
    (void)threads;
    return 0;
}

#endif
