// SPDX-License-Identifier: GPL-2.0
/* The benchmark for a person: tables on the terminal, and plots. */
#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

#include "bench.h"
#include "boot/report.h"

static const json_t *counter_of(const json_t *report, const char *arm,
				const char *load, const char *counter)
{
	json_t *arms = json_object_get(report, "arms");
	json_t *loads = json_object_get(json_object_get(arms, arm), "loads");

	return json_object_get(json_object_get(loads, load), counter);
}

double bench_median(const json_t *report, const char *arm, const char *load,
		    const char *counter)
{
	return json_number_value(json_object_get(counter_of(report, arm, load,
							    counter),
						 "median"));
}

static double get(const json_t *object, const char *key)
{
	return json_number_value(json_object_get(object, key));
}

static void print_figures(const json_t *report)
{
	json_t *details = json_object_get(report, "details"), *d;
	const char *name;

	g_print("\n%-34s %9s %19s %9s\n", "figure (arm D)", "median", "range",
		"target");
	json_object_foreach(details, name, d) {
		if (json_object_get(d, "missing"))
			g_print("%-34s %9s  %s\n", name, "-",
				json_string_value(json_object_get(d, "missing")));
		else
			g_print("%-34s %9.3f %9.3f-%9.3f %9.2f  %s\n", name,
				get(d, "median"), get(d, "min"), get(d, "max"),
				get(d, "target"),
				json_is_true(json_object_get(d, "met")) ?
				"met" : "MISSED");
	}
}

/* The loads in their order: those of the first arm that has any. */
static const json_t *loads_of(const json_t *report)
{
	json_t *arms = json_object_get(report, "arms"), *arm;
	const char *name;

	json_object_foreach(arms, name, arm) {
		json_t *loads = json_object_get(arm, "loads");

		if (json_object_size(loads))
			return loads;
	}
	return NULL;
}

static gboolean is_load(const char *name)
{
	return strcmp(name, "boot") && !g_str_has_prefix(name, "known-");
}

/* A map alone is next to nothing in arm A: a ratio to it would dwarf all others. */
static gboolean has_ratio(const char *name)
{
	return is_load(name) && !g_str_has_prefix(name, "map-");
}

static void print_counter(const json_t *report, const char *title,
			  const char *counter, int digits)
{
	const json_t *loads = loads_of(report);
	const char *load;
	json_t *unused;
	int i;

	g_print("\n%-24s", title);
	for (i = 0; i < BENCH_ARMS; i++)
		g_print(" %11s", bench_arms[i].name);
	g_print("\n");
	json_object_foreach((json_t *)loads, load, unused) {
		if (!is_load(load))
			continue;
		g_print("%-24s", load);
		for (i = 0; i < BENCH_ARMS; i++)
			g_print(" %11.*f", digits,
				bench_median(report, bench_arms[i].name, load,
					     counter));
		g_print("\n");
	}
}

int bench_counts(const char *row)
{
	static const char *const columns[] = {
		"instructions", "user_instructions", "copied_per_byte", "maps",
		"bounces", "pool_searches", "kicks", "interrupts", "spinlocks",
		"hypercalls", "ultracalls", "slots", "shared_pages",
	};
	g_autofree char *dir = g_build_filename("build", "log", row, NULL);
	g_autofree char *why = NULL;
	json_t *sample = bench_sample(dir, &why), *counters;
	const char *load;
	guint i;

	if (!sample) {
		g_printerr("svm-lab: %s: %s\n", row, why);
		return END_CHECK;
	}
	g_print("%-24s", "each I/O");
	for (i = 0; i < G_N_ELEMENTS(columns); i++)
		g_print(" %11.11s", columns[i]);
	g_print("\n");
	json_object_foreach(sample, load, counters) {
		g_print("%-24s", load);
		for (i = 0; i < G_N_ELEMENTS(columns); i++)
			g_print(" %11.3f", get(counters, columns[i]));
		g_print("\n");
	}
	json_decref(sample);
	return END_PASS;
}

/* The most slots of the pool that any load has used. */
static double slots_peak(const json_t *report, const char *arm)
{
	json_t *arms = json_object_get(report, "arms"), *slots;
	json_t *peaks = json_object_get(json_object_get(arms, arm), "slots_peak");
	const char *load;
	double most = 0;

	json_object_foreach(peaks, load, slots)
		most = MAX(most, json_number_value(slots));
	return most;
}

static void print_boot(const json_t *report)
{
	static const struct {
		const char *title, *counter;
	} rows[] = {
		{ "instructions", "instructions" },
		{ "ultracalls", "ultracalls" },
		{ "hypercalls", "hypercalls" },
		{ "64K pages shared, peak", "shared_pages_peak" },
	};
	guint i, j;

	g_print("\n%-24s", "boot to idle");
	for (i = 0; i < BENCH_ARMS; i++)
		g_print(" %11s", bench_arms[i].name);
	for (j = 0; j < G_N_ELEMENTS(rows); j++) {
		g_print("\n%-24s", rows[j].title);
		for (i = 0; i < BENCH_ARMS; i++)
			g_print(" %11.0f",
				bench_median(report, bench_arms[i].name, "boot",
					     rows[j].counter));
	}
	g_print("\n%-24s", "2K slots of pool, peak");
	for (i = 0; i < BENCH_ARMS; i++)
		g_print(" %11.0f", slots_peak(report, bench_arms[i].name));
	g_print("\n");
}

void bench_table(const json_t *report)
{
	print_boot(report);
	print_counter(report, "instructions per I/O", "instructions", 0);
	print_counter(report, "bytes copied per byte", "copied_per_byte", 3);
	print_counter(report, "maps per I/O", "maps", 2);
	print_counter(report, "kicks per I/O", "kicks", 2);
	print_figures(report);
}

FILE *bench_data(const char *name, const char *first)
{
	g_autofree char *path = report_path(name);
	FILE *f = fopen(path, "we");
	int i;

	if (!f)
		return NULL;
	fprintf(f, "%s", first);
	for (i = 0; i < BENCH_ARMS; i++)
		fprintf(f, "\t%s", bench_arms[i].name);
	fprintf(f, "\n");
	return f;
}

/* A line for each load, a column for each arm: counter, or its ratio to A. */
static gboolean write_data(const json_t *report, const char *name,
			   const char *counter, gboolean ratio)
{
	const json_t *loads = loads_of(report);
	FILE *f = bench_data(name, "load");
	const char *load;
	json_t *unused;
	int i;

	if (!f)
		return FALSE;
	json_object_foreach((json_t *)loads, load, unused) {
		double normal = bench_median(report, "A", load, counter);

		if (ratio ? !has_ratio(load) : !is_load(load))
			continue;
		fprintf(f, "%s", load);
		for (i = 0; i < BENCH_ARMS; i++)
			fprintf(f, "\t%f",
				bench_median(report, bench_arms[i].name, load,
					     counter) / (ratio ? normal : 1));
		fprintf(f, "\n");
	}
	return !fclose(f);
}

gboolean bench_plots(const json_t *report)
{
	g_autoptr(GSubprocess) child = NULL;
	g_autoptr(GError) error = NULL;

	if (!write_data(report, "bench-instructions.tsv", "instructions", TRUE) ||
	    !write_data(report, "bench-copied.tsv", "copied_per_byte", FALSE) ||
	    !bench_fleet(report)) {
		g_printerr("svm-lab: cannot write build/report/bench-*.tsv\n");
		return FALSE;
	}
	child = g_subprocess_new(G_SUBPROCESS_FLAGS_NONE, &error, "gnuplot",
				 "bench/plots.gp", NULL);
	if (child && g_subprocess_wait_check(child, NULL, &error)) {
		g_print("\nsvm-lab: plots: build/report/bench-*.svg; all counts: build/report/bench.json\n");
		return TRUE;
	}
	g_printerr("svm-lab: gnuplot: %s: install gnuplot-nox\n",
		   error->message);
	return FALSE;
}
