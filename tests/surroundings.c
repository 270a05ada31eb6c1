/* SPDX-License-Identifier: MIT */
/* Part of every test program: before it begins, puts it into the surroundings that GLIA_TEST_SURROUNDINGS names. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A host that follows the user's locale, in which the decimal point is a comma. What the system says stays English, as
 * the tests know it. */
static void comma_locale(void)
{
    if (setlocale(LC_ALL, "de_DE.UTF-8") == NULL || strcmp(localeconv()->decimal_point, ",") != 0)
        _exit(99);
    setlocale(LC_MESSAGES, "C");
}

/* New files are everybody's, or nobody else's. */
static void open_umask(void)
{
    umask(0);
}

static void strict_umask(void)
{
    umask(077);
}

/* The next file to be opened gets the number that standard input has elsewhere. */
static void closed_streams(void)
{
    for (int stream = 0; stream <= 2; stream++)
        close(stream);
}

static const struct {
    const char *name;
    void (*enter)(void);
} surroundings[] = {
    {"comma_locale", comma_locale},
    {"open_umask", open_umask},
    {"strict_umask", strict_umask},
    {"closed_streams", closed_streams},
};

__attribute__((constructor)) static void enter(void)
{
    const char *wanted = getenv("GLIA_TEST_SURROUNDINGS");
    if (wanted == NULL)
        return;
    for (size_t i = 0; i < sizeof surroundings / sizeof *surroundings; i++) {
        if (strcmp(surroundings[i].name, wanted) != 0)
            continue;
        surroundings[i].enter();
        return;
    }
    _exit(98); /* there are no such */
}
