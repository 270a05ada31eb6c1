/* SPDX-License-Identifier: MIT */
/* CRC-32C, the checksum in a model file: Castagnoli's polynomial, reflected 0x82F63B78, start and final XOR
 * 0xFFFFFFFF. */
#ifndef GLIA_BASE_CRC32C_H
#define GLIA_BASE_CRC32C_H

#include <stddef.h>
#include <stdint.h>

/* The checksum of what `crc` is the checksum of followed by these bytes; 0 is the checksum of nothing. */
uint32_t glia__crc32c(uint32_t crc, const void *bytes, size_t size);

#endif
