/* SPDX-License-Identifier: MIT */
/* A model in the file system: there is always the old file or the new one, whole. */
#ifndef GLIA_MODEL_MODEL_FILE_H
#define GLIA_MODEL_MODEL_FILE_H

#include "model/file_calls.h"
#include "model/model.h"

/* Write beside the file that `path` names, flush, rename, flush the folder. */
glia_status glia__model_file_write(const glia__model *model, const char *path, const glia__file_calls *calls);

#endif
