/* SPDX-License-Identifier: MIT */
/* A look into model files for the tests, from the format's description alone: the JSON header and the checksum. */
#ifndef GLIA_API_MODEL_BYTES_H
#define GLIA_API_MODEL_BYTES_H

#include "harness.h"

/* Bytes in front of the header: its length. */
#define HEADER_BEGIN 8

/* One entry of the header. */
typedef struct model_tensor {
    char name[64];
    char type[8];
    size_t rank, shape[4];
    size_t begin, end; /* in the data */
} model_tensor;

/* Length of the header, padding included. */
size_t model_header_size(harness_file file);

/* CRC-32C of bytes, bit by bit. */
uint32_t model_crc32c(const unsigned char *bytes, size_t size);

/* The 8 digits of glia.crc32c. */
unsigned char *model_checksum_digits(harness_file file);

/* Compute the checksum over the file with zeros for its digits, and write it there. */
void model_seal(harness_file file);

/* The tensors of the header, in its order; answers how many there are. */
size_t model_tensors(harness_file file, model_tensor *tensors, size_t capacity);

/* The tensor of this name; fails if there is none. */
model_tensor model_tensor_named(harness_file file, const char *name);

/* A number as it stands in a file, least significant byte first. */
real model_read_real(const unsigned char *at);
void model_write_real(unsigned char *at, real value);

/* A number of a tensor's data. */
real model_value(harness_file file, const model_tensor *tensor, size_t index);

/* Call `visit` for every key of __metadata__. */
void model_metadata_keys(harness_file file, void visit(const char *key));

/* Whether there is white space between the tokens of the header, apart from the spaces at its end. */
int model_header_has_white_space(harness_file file);

#endif
