/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include <glib.h>
#include <stdint.h>

/* The functions of an ELF file by name, NULL: it is none that can be read. */
GHashTable *symbols_read(const char *path);

/*
 * The first instruction that every call executes: calls from the same module
 * enter past the two that set up r2 (ELFv2 ABI, 3.4.1, st_other). 0: no such
 * function.
 */
uint64_t symbols_entry(GHashTable *symbols, const char *name);

/*
 * All instructions of a function, FALSE if there is none. Functions written in
 * assembler may have no size: these end where the next one begins.
 */
gboolean symbols_range(GHashTable *symbols, const char *name, uint64_t *start,
		       uint64_t *end);
