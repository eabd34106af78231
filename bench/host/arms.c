// SPDX-License-Identifier: GPL-2.0
#include "bench.h"

const struct arm arms[ARMS] = {
	{ .name = "stock", .row = "bench-stock" },
	{ .name = "A", .row = "bench-a" },
	{ .name = "B", .row = "bench-b", .peak_row = "bench-peak-b" },
	{ .name = "C", .row = "bench-c", .peak_row = "bench-peak-c" },
	{ .name = "D", .row = "bench-d", .peak_row = "bench-peak-d" },
	{ .name = "E", .row = "bench-e" },
};

gboolean arm_built(const struct arm *arm, const struct boot_options *opts)
{
	const struct boot_row *row = boot_row_find(arm->row);

	return boot_row_built(row, opts->machine ? opts->machine : row->machine);
}
