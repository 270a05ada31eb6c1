/* SPDX-License-Identifier: MIT */
/* What the tests of the network share: networks made without fail, and gradients against finite differences. */
#ifndef GLIA_NET_NETWORK_HARNESS_H
#define GLIA_NET_NETWORK_HARNESS_H

#include "api/harness.h"
#include "net/network.h"

/* How the networks here are made: the best kernels, memory of the default allocator. */
glia__network_setup network_setup(void);

/* A new network; release it with glia__network_release(). */
glia__network network_make(const char *architecture);

/* The text is refused with this status, and with a message that contains `part`. */
void network_assert_refused(const char *architecture, glia_status expected, const char *part);

/* A pass over so many rows of a network, a row behind the other. */
glia__pass network_pass(const glia__network *network, size_t rows);

/* The pass that the network itself would make of so many rows: over columns, where they are few and narrow. */
glia__pass network_own_pass(const glia__network *network, size_t rows);

/* What a layer says of its inputs (backward) and its trained arrays (differentiate), against central differences of the
 * sum of outputs x random directions. input: [rows][input_size], changed and put back. */
void network_check_layer(const glia__layer *layer, const glia__pass *pass, real *input);

/* Memory for reals that cannot fail, all 0; free it. */
real *network_reals(size_t count);

#endif
