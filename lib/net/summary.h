/* SPDX-License-Identifier: MIT */
/* A table of a network's layers, for people to read. */
#ifndef GLIA_NET_SUMMARY_H
#define GLIA_NET_SUMMARY_H

#include "net/network.h"

void glia__summary_write(glia__writer *writer, const glia__network *network);

#endif
