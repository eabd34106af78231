/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The benchmark's report, build/report/bench.json. It begins as what was counted,
 *	{ "arms": { ARM: { "repeats": [ SAMPLE or null, ... ], ... }, ... }, ... }
 * with the samples of bench/plugin/counts.h.
 */
#pragma once

#include "table/std.h"

/* What is wrong with bench/figures.def, to be freed; NULL: nothing. */
char *figures_problem(void);
/*
 * Puts medians, ranges and figures of all that was counted into a report; FALSE if
 * it lacks what a figure needs: "details" says what.
 */
gboolean figures_add(json_t *report);

/* A median of an arm; 0: none. */
double figures_median(const json_t *report, const char *arm, const char *load,
		      const char *counter);
/* The loads in their order: an object that has their names. */
const json_t *figures_loads(const json_t *report);
/* Is that a load of I/Os: neither the boot nor known beforehand? */
gboolean figures_is_io(const char *load);
