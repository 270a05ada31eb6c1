/* SPDX-License-Identifier: MIT */
/* A locale whose decimal point is a comma, for tests that nothing depends on it: one that is installed, or made for the
 * test. */
#ifndef GLIA_API_COMMA_LOCALE_H
#define GLIA_API_COMMA_LOCALE_H

/* CMocka's setup and teardown of a group: make a scratch folder and put the whole process into such a locale, if there
 * is one; go back, and remove the folder. */
int comma_locale_enter(void **state);
int comma_locale_leave(void **state);

/* Skip the test where the process is in no such locale. */
void comma_locale_need(void);

#endif
