/* SPDX-License-Identifier: MIT */
/* A model in the file system: there is always the old file or the new one, whole. */
#ifndef GLIA_MODEL_MODEL_FILE_H
#define GLIA_MODEL_MODEL_FILE_H

#include "model/model.h"

/* Write beside `path`, flush, rename, flush the folder. */
glia_status glia__model_file_write(const glia__model *model, const char *path);

/* The whole of a regular file; the caller releases the block, whatever the answer. */
glia_status glia__model_file_read(glia__block *content, size_t *size, const char *path,
                                  const glia__allocator *allocator);

#endif
