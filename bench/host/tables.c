// SPDX-License-Identifier: GPL-2.0
/* The benchmark for a person. */
#include "bench.h"
#include "bench/plugin/counts.h"
#include "boot/report.h"

static double get(const json_t *object, const char *key)
{
	return json_number_value(json_object_get(object, key));
}

static void print_figures(const json_t *report)
{
	json_t *details = json_object_get(report, "details"), *d;
	const char *name;

	g_print("\n%-34s %9s %19s %9s\n", "figure", "median", "range",
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

static gboolean has(const json_t *report, int arm)
{
	return !!json_object_get(json_object_get(report, "arms"), arms[arm].name);
}

static void print_arms(const json_t *report, const char *load,
		       const char *counter, int digits)
{
	int i;

	for (i = 0; i < ARMS; i++)
		if (has(report, i))
			g_print(" %11.*f", digits,
				figures_median(report, arms[i].name, load, counter));
	g_print("\n");
}

static void print_head(const json_t *report, const char *title)
{
	int i;

	g_print("\n%-24s", title);
	for (i = 0; i < ARMS; i++)
		if (has(report, i))
			g_print(" %11s", arms[i].name);
	g_print("\n");
}

static void print_counter(const json_t *report, const char *title,
			  const char *counter, int digits)
{
	const char *load;
	json_t *unused;

	print_head(report, title);
	json_object_foreach((json_t *)figures_loads(report), load, unused) {
		if (!figures_is_io(load))
			continue;
		g_print("%-24s", load);
		print_arms(report, load, counter, digits);
	}
}

int tables_counts(const char *row)
{
	static const char *const columns[] = {
		"instructions", "user_instructions", "copied_per_byte", "maps",
		"bounces", "pool_searches", "kicks", "interrupts", "timer_interrupts",
		"spinlocks", "hypercalls", "ultracalls", "slots", "shared_pages",
	};
	g_autofree char *dir = g_build_filename("build", "log", row, NULL);
	g_autofree char *why = NULL;
	json_auto_t *sample = counts_read(dir, &why);
	json_t *counters;
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
	return END_PASS;
}

static void print_boot(const json_t *report)
{
	static const struct {
		const char *title, *counter;
	} rows[] = {
		{ "instructions", "instructions" },
		{ "ultracalls", "ultracalls" },
		{ "hypercalls", "hypercalls" },
		{ "pages shared, peak", "shared_pages_peak" },
	};
	json_t *all = json_object_get(report, "arms");
	guint i;

	print_head(report, "boot to idle");
	for (i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_print("%-24s", rows[i].title);
		print_arms(report, "boot", rows[i].counter, 0);
	}
	g_print("%-24s", "2K slots of pool, peak");
	for (i = 0; i < ARMS; i++)
		if (has(report, i))
			g_print(" %11.0f", get(json_object_get(all, arms[i].name),
					       "slots_peak"));
	g_print("\n");
}

void tables_print(const json_t *report)
{
	print_boot(report);
	print_counter(report, "instructions per I/O", "instructions", 0);
	print_counter(report, "bytes copied per byte", "copied_per_byte", 3);
	print_counter(report, "maps per I/O", "maps", 2);
	print_counter(report, "kicks per I/O", "kicks", 2);
	print_figures(report);
}

int tables_figures(const char *file, const char *machine)
{
	g_autofree char *last = report_path("bench.json");
	g_autofree char *problem = figures_problem();
	json_auto_t *all = NULL;
	json_t *report = NULL;
	gboolean whole;

	if (!problem) {
		file = file ? file : last;
		all = json_load_file(file, 0, NULL);
		report = !machine ? all :
			 json_object_get(json_object_get(all, "machines"), machine);
		problem = report ? NULL :
			  g_strdup_printf("%s is no report: 'make bench' writes one",
					  file);
	}
	if (problem) {
		g_printerr("svm-lab: figures: %s\n", problem);
		return END_SETUP;
	}
	whole = figures_add(report);
	print_figures(report);
	return whole ? END_PASS : END_CHECK;
}
