/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The version of the headers; glia_version() tells that of the library. Semantic versioning (semver.org).
 */
#ifndef GLIA_VERSION_H
#define GLIA_VERSION_H

#define GLIA_VERSION_MAJOR 0 /**< grows with a break of the interface */
#define GLIA_VERSION_MINOR 1 /**< grows with an addition */
#define GLIA_VERSION_PATCH 0 /**< grows with a repair */

/** One number to compare: major x 1 000 000 + minor x 1 000 + patch. */
#define GLIA_VERSION_NUMBER (GLIA_VERSION_MAJOR * 1000000 + GLIA_VERSION_MINOR * 1000 + GLIA_VERSION_PATCH)

#endif
