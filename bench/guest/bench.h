/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The benchmark's side of the guest. What is counted lies between two marks:
 * instructions that do nothing, which QEMU's plugin knows (bench/plugin).
 */
#pragma once

#include "lab.h"

#if defined(__aarch64__)
#define BENCH_MARK	"mov x20, x20"
#elif defined(__x86_64__)
#define BENCH_MARK	"nopl 0x42424242(%%rax)"
#else
#define BENCH_MARK	"or 20,20,20"
#endif
/* for a load's TEST() */
#define BENCH_S		900

/*
 * A load begins; its name goes to the log before the mark. The pool's peak is
 * counted from here.
 */
void bench_begin(const char *load);
/* As many as QEMU's plugin sees started. */
#define BENCH_ALL_REQUESTS	0ul

/*
 * And ends, after @ios of @bytes each. The k-th "# bench" line of the log is the
 * k-th mark.
 */
void bench_end(const char *load, unsigned long ios, unsigned long bytes);
