/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "table/std.h"

/*
 * A sample, what a boot has counted, by its directory; a new reference:
 * { LOAD: { "ios": N, "bytes": N of each, "slots": N, COUNTER: per I/O, ... }, ... }.
 * NULL: *why says what is not as it must be, to be freed. The loads whose counts are
 * known are held to them.
 */
json_t *counts_read(const char *dir, char **why);

/* Do samples have a counter of that name? */
gboolean counts_have(const char *counter);
