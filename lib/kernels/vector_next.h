/* SPDX-License-Identifier: MIT */
/* Walking along an array in vectors, the last of which may be a part of one: once, so that the whole ones are expected.
 * Written against a vector header, which is included before. n numbers are left, 1 or more. */
#ifndef GLIA_KERNELS_VECTOR_NEXT_H
#define GLIA_KERNELS_VECTOR_NEXT_H

static inline bool vec_is_part(size_t n)
{
    return VEC_LANES > 1 && __builtin_expect(n < VEC_LANES, 0);
}

/* As many of them as a vector holds; the other lanes are 0. */
static inline vec vec_load_next(const real *x, size_t n)
{
    return vec_is_part(n) ? vec_load_first(x, n) : vec_load(x);
}

static inline void vec_store_next(real *x, size_t n, vec v)
{
    if (vec_is_part(n))
        vec_store_first(x, n, v);
    else
        vec_store(x, v);
}

/* The same, with another value in the other lanes. */
static inline vec vec_load_next_or(const real *x, size_t n, real other)
{
    return vec_is_part(n) ? vec_load_first_or(x, n, other) : vec_load(x);
}

/* The last vector of many rows in turn, with the same lanes in all of them: 1 or more, at most all. */
static inline vec vec_load_last(const real *x, size_t lanes)
{
    return VEC_LOADS_PARTS_FREELY ? vec_load_first(x, lanes) : vec_load_next(x, lanes);
}

static inline void vec_store_last(real *x, size_t lanes, vec v)
{
    if (VEC_MASKS_ARE_FREE)
        vec_store_first(x, lanes, v);
    else
        vec_store_next(x, lanes, v);
}

#endif
