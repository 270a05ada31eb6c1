/* SPDX-License-Identifier: MIT */
/* Runs the matrix of misuse, each case as a test of its own. */
#include "misuse/matrix_case.h"

#include <stdlib.h>

static scene *set_up(const matrix_case *c, matrix_change *change)
{
    scene *s = scene_create();
    if (c->state != NULL)
        c->state(s);
    if (change != NULL)
        change(s);
    return s;
}

static void assert_answer(const matrix_case *c, scene *s)
{
    int32_t answer = c->call(s);
    if (answer == c->expected)
        return;
    print_error("the answer is %ld, not %ld; the last message: %s\n", (long)answer, (long)c->expected,
                glia_error_message());
    fail();
}

static void test_case(void **state)
{
    const matrix_case *c = *state;
    scene *s = set_up(c, c->change);
    scene_remember(s);
    assert_answer(c, s);
    if (c->is_refusal)
        scene_assert_unchanged(s);
    if (c->is_harmless) {
        scene *plain = set_up(c, NULL);
        assert_answer(c, plain);
        scene_assert_same(s, plain);
        scene_destroy(plain);
    }
    scene_destroy(s);
}

int matrix_run(const matrix_case *cases, size_t count)
{
    struct CMUnitTest *tests = calloc(count, sizeof *tests);
    if (tests == NULL)
        return 1;
    for (size_t i = 0; i < count; i++)
        tests[i] =
            (struct CMUnitTest){.name = cases[i].name, .test_func = test_case, .initial_state = (void *)&cases[i]};
    /* What the macro stands for, which wants an array of known size. */
    int failures = _cmocka_run_group_tests("misuse", tests, count, NULL, NULL);
    free(tests);
    return failures != 0;
}
