/* SPDX-License-Identifier: MIT */
/* A locale whose decimal point is a comma; see comma_locale.h. */
#include "comma_locale.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scratch_folder.h"

#if defined _WIN32
#define LOCALES "German_Germany.1252", "de-DE"

static void make_locale(void)
{
}

static void remove_locale(void)
{
}
#else
#define LOCALES "de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8"

/* Make a locale in the test's folder, for where none is installed. */
static void make_locale(void)
{
    char folder[SCRATCH_PATH_SIZE], command[100 + 3 * SCRATCH_PATH_SIZE];
    scratch_path(folder, "locale");
    snprintf(command, sizeof command, "mkdir -p '%s' && localedef -i de_DE -f UTF-8 '%s/de_DE.UTF-8' >'%s.log' 2>&1",
             folder, folder, folder);
    if (system(command) == 0)
        setenv("LOCPATH", folder, 1);
}

static void remove_locale(void)
{
    char folder[SCRATCH_PATH_SIZE], command[100 + SCRATCH_PATH_SIZE];
    snprintf(command, sizeof command, "rm -rf '%s'", scratch_path(folder, "locale"));
    (void)!system(command);
}
#endif

int comma_locale_enter(void **state)
{
    static const char *const names[] = {LOCALES};
    if (scratch_folder_make(state) != 0)
        return 1;
    for (int attempt = 0; attempt < 2; attempt++) {
        for (size_t i = 0; i < COUNT_OF(names); i++)
            if (setlocale(LC_ALL, names[i]) != NULL)
                return 0;
        make_locale();
    }
    print_message("there is no locale with a decimal comma, and localedef (Debian: locales) cannot make one\n");
    return 0;
}

int comma_locale_leave(void **state)
{
    setlocale(LC_ALL, "C");
    remove_locale();
    return scratch_folder_remove(state);
}

void comma_locale_need(void)
{
    if (strcmp(localeconv()->decimal_point, ",") != 0)
        skip();
}
