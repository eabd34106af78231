// SPDX-License-Identifier: GPL-2.0
/*
 * What many guests cost, from what an I/O costs in one: Documentation/fleet.md. An
 * I/O is one of 4 KiB on a disk, at depth 1, seven reads to three writes.
 */
#include <stdio.h>

#include "bench.h"

#define GUESTS		10000
#define RATE_MIN	10	/* I/Os a second of each guest */
#define RATE_MAX	100000

static double instructions(const json_t *report, const char *arm)
{
	return 0.7 * bench_median(report, arm, "blk-4k-randread-1",
				  "instructions") +
	       0.3 * bench_median(report, arm, "blk-4k-randwrite-1",
				  "instructions");
}

gboolean bench_fleet(const json_t *report)
{
	double normal = instructions(report, "A");
	FILE *f = bench_data("bench-fleet.tsv", "rate");
	int rate, i;

	if (!f)
		return FALSE;
	for (rate = RATE_MIN; rate <= RATE_MAX; rate *= 10) {
		fprintf(f, "%d", rate);
		for (i = 0; i < BENCH_ARMS; i++)
			fprintf(f, "\t%g", (double)GUESTS * rate *
				(instructions(report, bench_arms[i].name) -
				 normal));
		fprintf(f, "\n");
	}
	return !fclose(f);
}
