/* SPDX-License-Identifier: MIT */
/**
 * @file
 * GLIA_API marks what the shared libraries export; everything else in them is hidden.
 *
 * Nothing needs to be defined to link either kind of library. On Windows, GLIA_SHARED makes calls into the DLL cheaper.
 */
#ifndef GLIA_EXPORT_H
#define GLIA_EXPORT_H

#if defined _WIN32
#if defined GLIA_BUILDING_SHARED
#define GLIA_API __declspec(dllexport)
#elif defined GLIA_SHARED
#define GLIA_API __declspec(dllimport)
#else
#define GLIA_API
#endif
#elif defined __GNUC__
#define GLIA_API __attribute__((visibility("default"))) /**< a call of the public interface */
#else
#define GLIA_API
#endif

#endif
