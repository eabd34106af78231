// SPDX-License-Identifier: GPL-2.0
/* From samples to figures: medians, ranges, and ratios taken repeat by repeat. */
#include <stdlib.h>
#include <string.h>

#include "bench.h"

#define LOADS_MAX	5

/*
 * What the benchmark is asked for: a counter of arm D, or its ratio to another
 * arm in the same repeat. Of several loads the worst one counts; no load: all
 * but the boot.
 */
static const struct figure {
	const char *name, *counter;
	const char *over;	/* arm, or NULL */
	const char *loads[LOADS_MAX];
	double target;		/* at most */
	const char *plus;	/* and one for each of this counter, or NULL */
} figures[] = {
	{ "copied_per_byte_read_4k", "copied_per_byte", NULL,
	  { "blk-4k-randread-1" }, .target = 1.00 },
	{ "copied_per_byte_write_4k", "copied_per_byte", NULL,
	  { "blk-4k-randwrite-1" }, .target = 1.00 },
	{ "maps_per_request_4k", "maps", NULL, { "blk-4k-randread-1" }, .target = 1 },
	{ "instructions_read_4k_vs_normal", "instructions", "A",
	  { "blk-4k-randread-1" }, .target = 1.15 },
	{ "instructions_read_4k_vs_flag", "instructions", "B",
	  { "blk-4k-randread-1" }, .target = 0.8 },
	{ "instructions_read_128k_vs_flag", "instructions", "B",
	  { "blk-128k-randread-1" }, .target = 0.6 },
	{ "copied_per_byte_encrypted", "copied_per_byte", NULL,
	  { "crypt-4k-randread-1", "crypt-4k-randwrite-1",
	    "crypt-128k-randread-1", "crypt-128k-randwrite-1" }, .target = 0 },
	{ "instructions_net_1500_vs_normal", "instructions", "A",
	  { "net-1500-send", "net-1500-receive" }, .target = 1.3 },
	{ "instructions_net_60k_vs_normal", "instructions", "A",
	  { "net-60k-send", "net-60k-receive" }, .target = 1.3 },
	{ "ultracalls_per_io", "ultracalls", NULL, { NULL }, .target = 0 },
	{ "ultracalls_boot", "ultracalls", NULL, { "boot" }, .target = 10,
	  .plus = "virtqueues" },
	{ "instructions_boot_vs_normal", "instructions", "A", { "boot" }, .target = 1.05 },
};

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* { "median", "min", "max" } */
static json_t *spread(GArray *values)
{
	double *v = (double *)values->data;
	guint n = values->len;

	qsort(v, n, sizeof(*v), compare);
	return json_pack("{s:f, s:f, s:f}", "median",
			 n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2,
			 "min", v[0], "max", v[n - 1]);
}

static const json_t *sample_of(const json_t *samples, const char *arm,
			       int repeat)
{
	return json_array_get(json_object_get(samples, arm), repeat);
}

static gboolean number(const json_t *sample, const char *load,
		       const char *counter, double *value)
{
	json_t *n = json_object_get(json_object_get(sample, load), counter);

	if (!json_is_number(n))
		return FALSE;
	*value = json_number_value(n);
	return TRUE;
}

static gboolean one(const struct figure *f, const json_t *samples, int repeat,
		    const char *load, double *value)
{
	double other;

	if (!number(sample_of(samples, "D", repeat), load, f->counter, value))
		return FALSE;
	if (!f->over)
		return TRUE;
	if (!number(sample_of(samples, f->over, repeat), load, f->counter,
		    &other) || !other)
		return FALSE;
	*value /= other;
	return TRUE;
}

static gboolean worst_of_all(const struct figure *f, const json_t *samples,
			     int repeat, double *worst)
{
	const json_t *sample = sample_of(samples, "D", repeat);
	gboolean any = FALSE;
	const char *load;
	json_t *unused;
	double value;

	json_object_foreach((json_t *)sample, load, unused) {
		if (!strcmp(load, "boot") || g_str_has_prefix(load, "known-") ||
		    !one(f, samples, repeat, load, &value))
			continue;
		*worst = any ? MAX(*worst, value) : value;
		any = TRUE;
	}
	return any;
}

static gboolean worst(const struct figure *f, const json_t *samples, int repeat,
		      double *worst)
{
	double value;
	int i;

	if (!f->loads[0])
		return worst_of_all(f, samples, repeat, worst);
	for (i = 0; i < LOADS_MAX && f->loads[i]; i++) {
		if (!one(f, samples, repeat, f->loads[i], &value))
			return FALSE;
		*worst = i ? MAX(*worst, value) : value;
	}
	return TRUE;
}

/* The guest is the same in all repeats: the first that was counted will do. */
static double target_of(const struct figure *f, const json_t *samples,
			int repeats)
{
	double n;
	int i;

	for (i = 0; f->plus && i < repeats; i++)
		if (number(sample_of(samples, "D", i), f->loads[0], f->plus, &n))
			return f->target + n;
	return f->target;
}

/* Targets have two decimals: the median is rounded to as many. */
static gboolean met(double median, double target)
{
	return (gint64)(median * 100 + 0.5) <= (gint64)(target * 100 + 0.5);
}

static void add_figure(const struct figure *f, const json_t *samples,
		       int repeats, json_t *values, json_t *details)
{
	g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(double));
	double target = target_of(f, samples, repeats), value;
	json_t *detail, *median;
	int i;

	for (i = 0; i < repeats; i++)
		if (worst(f, samples, i, &value))
			g_array_append_val(list, value);
	if (list->len) {
		detail = spread(list);
		median = json_object_get(detail, "median");
		json_object_set(values, f->name, median);
		json_object_set_new(detail, "met",
				    json_boolean(met(json_real_value(median),
						     target)));
	} else {
		detail = json_pack("{s:s}", "missing",
				   "no repeat has counted all of it");
		json_object_set_new(values, f->name, json_null());
	}
	json_object_set_new(detail, "repeats", json_integer(list->len));
	json_object_set_new(detail, "target", json_real(target));
	json_object_set_new(details, f->name, detail);
}

/* The medians of one arm: { LOAD: { COUNTER: { median, min, max } } } */
static json_t *summarise(const json_t *samples, const char *arm)
{
	const json_t *list = json_object_get(samples, arm), *first = NULL;
	json_t *summary = json_object(), *load, *unused, *s;
	const char *name, *counter;
	size_t i;

	json_array_foreach((json_t *)list, i, s)
		if (json_is_object(s))
			first = s;
	json_object_foreach((json_t *)first, name, load) {
		json_t *counters = json_object();

		json_object_foreach(load, counter, unused) {
			g_autoptr(GArray) v = g_array_new(FALSE, FALSE,
							  sizeof(double));
			double value;

			json_array_foreach((json_t *)list, i, s)
				if (number(s, name, counter, &value))
					g_array_append_val(v, value);
			json_object_set_new(counters, counter, spread(v));
		}
		json_object_set_new(summary, name, counters);
	}
	return summary;
}

static json_t *report_arm(const struct bench_arm *arm, const json_t *samples,
			  const json_t *peaks)
{
	const struct boot_row *row = boot_row_find(arm->row);
	json_t *peak = json_object_get(peaks, arm->name), *slots = json_object();
	const char *name;
	json_t *load;

	json_object_foreach(peak, name, load)
		json_object_set(slots, name, json_object_get(load, "slots"));
	return json_pack("{s:s, s:s, s:b, s:b, s:o, s:o, s:O}",
			 "about", row->about, "kernel", row->kernel,
			 "secure", row->secure, "flag", row->flag,
			 "loads", summarise(samples, arm->name),
			 "slots_peak", slots,
			 "repeats", json_object_get(samples, arm->name));
}

json_t *bench_report(const json_t *samples, const json_t *peaks, int repeats)
{
	json_t *values = json_object(), *details = json_object();
	json_t *arms = json_object();
	guint i;

	for (i = 0; i < G_N_ELEMENTS(figures); i++)
		add_figure(&figures[i], samples, repeats, values, details);
	for (i = 0; i < BENCH_ARMS; i++)
		json_object_set_new(arms, bench_arms[i].name,
				    report_arm(&bench_arms[i], samples, peaks));
	return json_pack("{s:o, s:o, s:i, s:o}", "figures", values, "details",
			 details, "repeats", repeats, "arms", arms);
}
