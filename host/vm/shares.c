// SPDX-License-Identifier: GPL-2.0
#include "shares.h"

#define MOST_PAGES	(1 << 20)	/* more than a guest has, of 4 KiB or of 64 */

/* "set_pages share GFN+N", or unshare. */
void shares_take(GHashTable *now, GHashTable *ever, const char *line)
{
	const char *set = strstr(line, "set_pages ");
	unsigned long gfn, n;
	char what[16];

	if (!set || sscanf(set, "set_pages %15s 0x%lx+0x%lx", what, &gfn, &n) != 3 ||
	    n > MOST_PAGES)
		return;
	for (; n; n--, gfn++) {
		if (strcmp(what, "share")) {
			g_hash_table_remove(now, GSIZE_TO_POINTER(gfn));
			continue;
		}
		g_hash_table_add(now, GSIZE_TO_POINTER(gfn));
		if (ever)
			g_hash_table_add(ever, GSIZE_TO_POINTER(gfn));
	}
}
