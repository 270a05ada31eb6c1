/* SPDX-License-Identifier: MIT */
/*
 * The matrix of misuse: every call, with one thing wrong. matrix.py makes the cases from the description of the
 * interface; a scene is what the calls act on. A scene's header says what it holds.
 */
#ifndef GLIA_MISUSE_MATRIX_CASE_H
#define GLIA_MISUSE_MATRIX_CASE_H

#include "api/harness.h"

typedef struct scene scene;

/* Makes a call with the scene's arguments. The answer is the status; of a call that lends, 1 for something and 0 for
 * NULL; of a call that counts, 1 for a number and 0 for none; else 0. */
typedef int32_t matrix_call(scene *s);

/* Brings the scene into a state, or puts one of its arguments wrong. */
typedef void matrix_change(scene *s);

typedef struct matrix_case {
    const char *name;
    matrix_call *call;
    matrix_change *state;
    matrix_change *change;
    int32_t expected;
    int is_refusal;  /* nothing may have changed */
    int is_harmless; /* the results must be those without the change */
} matrix_case;

/* Run the cases; what main returns. */
int matrix_run(const matrix_case *cases, size_t count);

/* What a scene's source offers. */
scene *scene_create(void);
void scene_destroy(scene *s);
void scene_remember(scene *s);                     /* as it is now, before the call */
void scene_assert_unchanged(scene *s);             /* since then */
void scene_assert_same(scene *a, scene *b);        /* the results of the same call */
void scene_assert_goes_on(scene *s, scene *plain); /* as the plain one does, in which that call was not made */

#endif
