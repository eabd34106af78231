/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

void pattern_fill(uint64_t seed, uint64_t offset, void *buf, size_t len);
ssize_t pattern_mismatch(uint64_t seed, uint64_t offset, const void *buf,
			 size_t len);
/* A digest of data, which begins as SUM_START and goes on: FNV-1a of 64 bits. */
#define SUM_START	0xcbf29ce484222325ULL
uint64_t sum_update(uint64_t sum, const void *buf, size_t len);
void pattern_text(uint64_t seed, char *buf, size_t len);
