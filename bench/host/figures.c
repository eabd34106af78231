// SPDX-License-Identifier: GPL-2.0
/* From samples to figures: medians, ranges, and ratios taken repeat by repeat. */
#include "bench.h"
#include "bench/plugin/counts.h"

#define LOADS_MAX	4

#define FIGURE(id, ...)	{ .name = id, __VA_ARGS__ },

static const struct figure {
	const char *name, *counter;
	const char *arm, *over;	/* NULL: D, no other one */
	const char *loads[LOADS_MAX + 1];	/* ends in NULL */
	double target;
	const char *plus;	/* a counter, or NULL */
	gboolean elsewhere;	/* of the machines that are not POWER's, and of no other one */
} figures[] = {
#include "bench/figures.def"
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

static json_t *arm_of(const json_t *report, const char *arm)
{
	return json_object_get(json_object_get(report, "arms"), arm);
}

static json_t *samples_of(const json_t *report, const char *arm)
{
	return json_object_get(arm_of(report, arm), "repeats");
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

static const char *arm_name(const struct figure *f)
{
	return f->arm ? f->arm : "D";
}

static gboolean one(const struct figure *f, const json_t *report, size_t repeat,
		    const char *load, double *value)
{
	const json_t *samples = samples_of(report, arm_name(f));
	double other;

	if (!number(json_array_get(samples, repeat), load, f->counter, value))
		return FALSE;
	if (!f->over)
		return TRUE;
	if (!number(json_array_get(samples_of(report, f->over), repeat), load,
		    f->counter, &other) || !other)
		return FALSE;
	*value /= other;
	return TRUE;
}

gboolean figures_is_io(const char *load)
{
	return strcmp(load, "boot") && !g_str_has_prefix(load, "known-");
}

/* Of several loads; of all if none is named. FALSE: one was not counted. */
static gboolean worst(const struct figure *f, const json_t *report,
		      size_t repeat, double *worst)
{
	json_t *samples = samples_of(report, arm_name(f)), *unused;
	const char *load;
	guint n = 0;
	double value;

	json_object_foreach(json_array_get(samples, repeat), load, unused) {
		if (f->loads[0] ? !g_strv_contains(f->loads, load) :
				  !figures_is_io(load))
			continue;
		if (!one(f, report, repeat, load, &value))
			return FALSE;
		*worst = n++ ? MAX(*worst, value) : value;
	}
	return n && (!f->loads[0] || n == g_strv_length((char **)f->loads));
}

/* The guest is the same in all repeats: the first that was counted will do. */
static double target_of(const struct figure *f, const json_t *report)
{
	json_t *samples = samples_of(report, arm_name(f)), *s;
	double n;
	size_t i;

	json_array_foreach(samples, i, s)
		if (f->plus && number(s, f->loads[0], f->plus, &n))
			return f->target + n;
	return f->target;
}

/* Which of the arms or of the loads of a figure no repeat has counted, to be freed. */
static char *missing(const struct figure *f, const json_t *report)
{
	const char *const names[] = { arm_name(f), f->over };
	int i, j;

	for (i = 0; i < 2 && names[i]; i++) {
		const json_t *loads = json_object_get(arm_of(report, names[i]),
						      "loads");

		if (!json_object_size(loads))
			return g_strdup_printf("no boot of arm %s was counted",
					       names[i]);
		for (j = 0; f->loads[j]; j++)
			if (!json_object_get(loads, f->loads[j]))
				return g_strdup_printf("arm %s has no load '%s': a bench_begin() in bench/guest/ makes one",
						       names[i], f->loads[j]);
	}
	return g_strdup_printf("no repeat has counted '%s': boot all arms anew",
			       f->counter);
}

/* Targets have two decimals: the median is rounded to as many. */
static gboolean met(double median, double target)
{
	return (gint64)(median * 100 + 0.5) <= (gint64)(target * 100 + 0.5);
}

static gboolean add_figure(const struct figure *f, const json_t *report,
			   json_t *values, json_t *details)
{
	g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(double));
	json_t *samples = samples_of(report, arm_name(f)), *detail, *median;
	double target = target_of(f, report), value;
	g_autofree char *why = NULL;
	size_t i;

	for (i = 0; i < json_array_size(samples); i++)
		if (worst(f, report, i, &value))
			g_array_append_val(list, value);
	if (list->len) {
		detail = spread(list);
		median = json_incref(json_object_get(detail, "median"));
		json_object_set_new(detail, "met",
				    json_boolean(met(json_real_value(median),
						     target)));
	} else {
		why = missing(f, report);
		detail = json_pack("{s:s}", "missing", why);
		median = json_null();
	}
	json_object_set_new(values, f->name, median);
	json_object_set_new(detail, "repeats", json_integer(list->len));
	json_object_set_new(detail, "target", json_real(target));
	json_object_set_new(details, f->name, detail);
	return list->len > 0;
}

/* The medians of one arm: { LOAD: { COUNTER: { median, min, max } } } */
static json_t *summarise(json_t *list)
{
	json_t *summary = json_object(), *first = NULL, *load, *unused, *s;
	const char *name, *counter;
	size_t i;

	json_array_foreach(list, i, s)
		if (json_is_object(s))
			first = s;
	json_object_foreach(first, name, load) {
		json_t *counters = json_object();

		json_object_foreach(load, counter, unused) {
			g_autoptr(GArray) v = g_array_new(FALSE, FALSE,
							  sizeof(double));
			double value;

			json_array_foreach(list, i, s)
				if (number(s, name, counter, &value))
					g_array_append_val(v, value);
			json_object_set_new(counters, counter, spread(v));
		}
		json_object_set_new(summary, name, counters);
	}
	return summary;
}

gboolean figures_add(json_t *report)
{
	json_t *values = json_object(), *details = json_object(), *arm;
	gboolean whole = TRUE;
	const char *name;
	guint i;

	json_object_foreach(json_object_get(report, "arms"), name, arm)
		json_object_set_new(arm, "loads",
				    summarise(samples_of(report, name)));
	for (i = 0; i < G_N_ELEMENTS(figures); i++)
		if (figures[i].elsewhere == !!json_object_get(report, "machine"))
			whole &= add_figure(&figures[i], report, values, details);
	json_object_set_new(report, "figures", values);
	json_object_set_new(report, "details", details);
	return whole;
}

static gboolean is_arm(const char *name)
{
	int i;

	for (i = 0; i < ARMS; i++)
		if (!strcmp(arms[i].name, name))
			return TRUE;
	return FALSE;
}

char *figures_problem(void)
{
	guint i;

	for (i = 0; i < G_N_ELEMENTS(figures); i++) {
		const struct figure *f = &figures[i];

		if (!counts_have(f->counter) || (f->plus && !counts_have(f->plus)))
			return g_strdup_printf("%s: there is no counter '%s': a row of bench/plugin/counters.def makes one",
					       f->name, f->counter);
		if (!is_arm(arm_name(f)) || (f->over && !is_arm(f->over)))
			return g_strdup_printf("%s: there is no such arm: bench/host/arms.c has them",
					       f->name);
	}
	return NULL;
}

double figures_median(const json_t *report, const char *arm, const char *load,
		      const char *counter)
{
	json_t *loads = json_object_get(arm_of(report, arm), "loads");
	json_t *n = json_object_get(json_object_get(loads, load), counter);

	return json_number_value(json_object_get(n, "median"));
}

const json_t *figures_loads(const json_t *report)
{
	json_t *arm;
	const char *name;

	json_object_foreach(json_object_get(report, "arms"), name, arm) {
		json_t *loads = json_object_get(arm, "loads");

		if (json_object_size(loads))
			return loads;
	}
	return NULL;
}
