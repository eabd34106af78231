/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "boot/boot.h"

/* What is compared: each arm is a row of boots, whose kernel and guest say what it is. */
struct arm {
	const char *name;	/* in the report */
	const char *row;	/* of boots */
	const char *peak_row;	/* the same with the pool's peak counted, or NULL */
};

#define ARMS	6
extern const struct arm arms[ARMS];
/* Is there a kernel of it for the machine? One without is left out. */
gboolean arm_built(const struct arm *arm, const struct boot_options *opts);

/*
 * Runs all arms @repeats times, with all loads, or the quick ones: those of the figures.
 * The exit status of 'svm-lab bench'. The report, build/report/bench.json, begins as what
 * was counted,
 *	{ "arms": { ARM: { "repeats": [ SAMPLE or null, ... ], ... }, ... }, ... }
 * with the samples of bench/plugin/counts.h. That of another machine than POWER's is
 * bench.json's "machines", under the machine's name, and names it as "machine".
 */
int rounds_run(int repeats, const struct boot_options *opts);

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

/* A whole report, for a person. */
void tables_print(const json_t *report);
/* What the last boot of a row has counted. The exit status of 'svm-lab counts'. */
int tables_counts(const char *row);
/*
 * The figures of bench/figures.def, of what is counted in a report, NULL: the last one; of
 * a machine, NULL: POWER's.
 * The exit status of 'svm-lab figures'.
 */
int tables_figures(const char *file, const char *machine);

/* bench/plots.gp of a report, SVGs beside it; FALSE if that fails. */
gboolean plots_draw(const json_t *report);
