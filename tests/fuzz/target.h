/* SPDX-License-Identifier: MIT */
/* What every target of the fuzzer is: a function of bytes that returns, whatever they are. */
#ifndef GLIA_FUZZ_TARGET_H
#define GLIA_FUZZ_TARGET_H

#include <stdint.h>
#include <stdlib.h>

/* libFuzzer's name for it. Answers 0. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* What must be true of anything that was accepted. */
#define REQUIRE(condition) ((condition) ? (void)0 : abort())

#endif
