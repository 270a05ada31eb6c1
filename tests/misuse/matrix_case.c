/* SPDX-License-Identifier: MIT */
/* Runs the matrix of misuse, each case as a test of its own, with the call on a thread with a small stack. */
#include "misuse/matrix_case.h"

#include <stdlib.h>
#include <string.h>

#include "api/small_stack.h"

static scene *set_up(const matrix_case *c, matrix_change *change)
{
    scene *s = scene_create();
    if (c->state != NULL)
        c->state(s);
    if (change != NULL)
        change(s);
    return s;
}

/* The call, and what it answers there. */
typedef struct errand {
    const matrix_case *c;
    scene *s;
    int32_t answer;
    char message[512]; /* of that thread */
} errand;

static void run_call(void *context)
{
    errand *of = context;
    of->answer = of->c->call(of->s);
    strncpy(of->message, glia_error_message(), sizeof of->message - 1);
}

/* The case that took most of the stack so far. */
static const char *deepest_name = "";
static size_t deepest;

static void assert_answer(const matrix_case *c, scene *s)
{
    errand of = {.c = c, .s = s};
    size_t used = small_stack_run(run_call, &of);
    if (used > deepest) {
        deepest = used;
        deepest_name = c->name;
    }
    if (of.answer == c->expected)
        return;
    print_error("the answer is %ld, not %ld; the last message: %s\n", (long)of.answer, (long)c->expected, of.message);
    fail();
}

/* A refused call leaves no trace, now or in what follows. */
static void assert_no_trace(const matrix_case *c, scene *s)
{
    scene_assert_unchanged(s);
    scene *plain = set_up(c, NULL);
    scene_assert_goes_on(s, plain);
    scene_destroy(plain);
}

static void test_case(void **state)
{
    const matrix_case *c = *state;
    scene *s = set_up(c, c->change);
    scene_remember(s);
    assert_answer(c, s);
    if (c->is_refusal)
        assert_no_trace(c, s);
    if (c->is_harmless) {
        scene *plain = set_up(c, NULL);
        assert_answer(c, plain);
        scene_assert_same(s, plain);
        scene_destroy(plain);
    }
    scene_destroy(s);
}

static void test_no_call_takes_more_stack_than_promised(void **state)
{
    (void)state;
    print_message("%zu bytes of stack at most, by %s\n", deepest, deepest_name);
    if (SMALL_STACK_IS_TELLING)
        assert_true(deepest <= SMALL_STACK_PROMISED);
}

int matrix_run(const matrix_case *cases, size_t count)
{
    struct CMUnitTest *tests = calloc(count + 1, sizeof *tests);
    if (tests == NULL)
        return 1;
    for (size_t i = 0; i < count; i++)
        tests[i] =
            (struct CMUnitTest){.name = cases[i].name, .test_func = test_case, .initial_state = (void *)&cases[i]};
    tests[count] = (struct CMUnitTest)cmocka_unit_test(test_no_call_takes_more_stack_than_promised);
    /* What the macro stands for, which wants an array of known size. */
    int failures = _cmocka_run_group_tests("misuse", tests, count + 1, NULL, NULL);
    free(tests);
    return failures != 0;
}
