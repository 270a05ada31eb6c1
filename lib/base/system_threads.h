/* SPDX-License-Identifier: MIT */
/* What the pool of workers asks of the system's threads: POSIX threads, or those of Windows. */
#ifndef GLIA_BASE_SYSTEM_THREADS_H
#define GLIA_BASE_SYSTEM_THREADS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Either header offers these, all of which cannot fail unless they say so:
 *
 *   glia__mutex, glia__condition        with initializers; lock, unlock, wait, wake_all, destroy
 *   glia__thread                        start (false: the system gives no more), join
 *   glia__thread_result, GLIA__THREAD_CALL, GLIA__THREAD_DONE
 *                                       how a thread's function is declared and what it returns
 *   glia__signals_block, _restore       in the calling thread, which new threads inherit: all that others send
 *   glia__cancellation_defer, _restore  of the calling thread, where threads can be cancelled
 *   glia__nanoseconds                   of a clock that only goes forward
 *   glia__give_way                      let another thread have the processor
 *   glia__process                       the number of this process, another one in a forked child
 *   glia__usable_processors             by the calling thread; 0: not to be known
 */
#if defined _WIN32
#include "base/system_threads_windows.h"
#else
#include "base/system_threads_posix.h"
#endif

#endif
