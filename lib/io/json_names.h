/* SPDX-License-Identifier: MIT */
/* Lists of names as JSON arrays of strings, the form in which a network's metadata keeps them. */
#ifndef GLIA_IO_JSON_NAMES_H
#define GLIA_IO_JSON_NAMES_H

#include "io/names.h"

/* The first `count` names, which are UTF-8, as a JSON array; free it with free(). *json stays NULL if libglia-io was
 * built without jansson. */
glia_status glia__json_names_write(char **json, const glia__names *names, size_t count);

/* Read a JSON array into an empty list. Anything but different strings, at least one, is GLIA_ERR_FORMAT, with `what`
 * in front of the message; GLIA_ERR_UNSUPPORTED without jansson. On failure the list stays empty. */
glia_status glia__json_names_read(glia__names *names, const char *json, const char *what);

#endif
