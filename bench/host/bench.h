/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The benchmark: boots of several arms, each counted by QEMU's plugin, and what
 * comes of them. Documentation/bench.md says what the figures mean.
 */
#ifndef LAB_BENCH_H
#define LAB_BENCH_H

#include <glib.h>
#include <jansson.h>
#include <stdio.h>

#include "boot/boot.h"

/* An arm is a row of boots; its kernel and its guest say what it is. */
struct bench_arm {
	const char *name;	/* in the report */
	const char *row;	/* of bench/boots.def */
	const char *peak_row;	/* the same with the pool's peak counted, or NULL */
};

#define BENCH_ARMS	5
extern const struct bench_arm bench_arms[BENCH_ARMS];

/*
 * What a boot has counted, a new reference: { LOAD: { "ios": N, "bytes": N of
 * each, "slots": N, COUNTER: per I/O, ... }, ... }. NULL: *why says what is not
 * as it must be, to be freed. The loads whose counts are known are held to them.
 */
json_t *bench_sample(const char *dir, char **why);

/* build/report/bench.json of the samples: { ARM: [ sample or null, ... ], ... } */
json_t *bench_report(const json_t *samples, const json_t *peaks, int repeats);
/* A median of an arm in the report; 0: none. */
double bench_median(const json_t *report, const char *arm, const char *load,
		    const char *counter);
/* The figures and the loads, for a person. */
void bench_table(const json_t *report);
/* SVG plots beside the report; FALSE if gnuplot fails. */
gboolean bench_plots(const json_t *report);

/*
 * A table to plot, build/report/<name>: its first line is written, with the column
 * that all of them have first and one for each arm. NULL: it cannot be written.
 */
FILE *bench_data(const char *name, const char *first);
/* What a fleet costs, as a table to plot; FALSE if it cannot be written. */
gboolean bench_fleet(const json_t *report);

/* Print what the last boot of a row has counted; returns the exit status. */
int bench_counts(const char *row);

/*
 * Run all arms @repeats times, with all loads, or @quick: those of the figures;
 * returns the exit status.
 */
int bench(int repeats, gboolean quick);

#endif
