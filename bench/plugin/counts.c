// SPDX-License-Identifier: GPL-2.0
/*
 * What the plugin has written (bench/plugin/count.c), cut into loads by the
 * guest's log, and the pages that were shared by QEMU's trace.
 */
#include <math.h>

#include "vm/audit.h"
#include "vm/shares.h"
#include "boot/boot.h"
#include "counts.h"

/* bench/plugin/counters.def says what the plugin counts; the others are made of that. */
static const char *const names[] = {
	"ios", "bytes", "slots", "instructions", "user_instructions",
	"zeroed_bytes", "copied_per_byte", "shared_pages", "shared_pages_peak",
#define FUNCTION(id, ...)	#id,
#define OPCODE(id, ...)		#id,
#define COPY(id, ...)		#id "_all", #id "_shared",
#include "counters.def"
	NULL
};

#define DCBZ_BYTES	128	/* POWER9's cache line */

struct counts {
	json_t *lines;		/* the plugin's */
	GHashTable *shared;	/* numbers of pages that were shared at any time */
	GArray *shared_at;	/* gint64: how many were at each mark */
	gint64 shared_peak;	/* at most, by the audit */
};

/* A load as the guest has named it. */
struct load {
	char *name;
	gint64 ios, bytes, slots;	/* ios 0: the requests that were started */
};

static gboolean read_lines(const char *dir, const char *name, char ***lines,
			   char **why)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;

	if (!g_file_get_contents(path, &text, NULL, &error)) {
		*why = g_strdup(error->message);
		return FALSE;
	}
	*lines = g_strsplit(text, "\n", 0);
	return TRUE;
}

/* QEMU's lines, and "mark N" by the plugin. */
static void take_trace(struct counts *c, GHashTable *now, const char *line)
{
	gint64 count = g_hash_table_size(now);

	if (g_str_has_prefix(line, "mark "))
		g_array_append_val(c->shared_at, count);
	shares_take(now, c->shared, line);
}

static gboolean read_shared(struct counts *c, const char *dir, char **why)
{
	g_autofree char *path = g_build_filename(dir, "audit.json", NULL);
	g_autoptr(GHashTable) now = g_hash_table_new(NULL, NULL);
	json_auto_t *audit = NULL;
	g_auto(GStrv) lines = NULL;
	int i;

	/* most machines keep none of a guest that is not secure */
	if (g_file_test(path, G_FILE_TEST_EXISTS) && !(audit = audit_read(path, why)))
		return FALSE;
	c->shared_peak = audit_shared_peak(audit);
	if (!read_lines(dir, "shares.log", &lines, why))
		return FALSE;
	for (i = 0; lines[i]; i++)
		take_trace(c, now, lines[i]);
	if (g_hash_table_size(c->shared) >= c->shared_peak)
		return TRUE;
	*why = g_strdup_printf("%s/shares.log knows of %u pages, %" G_GINT64_FORMAT
			       " were shared", dir,
			       g_hash_table_size(c->shared), c->shared_peak);
	return FALSE;
}

static void add(json_t *counters, const char *name, gint64 n)
{
	json_t *old = json_object_get(counters, name);

	json_object_set_new(counters, name,
			    json_integer(json_integer_value(old) + n));
}

/* [ page, counter, bytes ]: one side of a copy */
static void take_page(const struct counts *c, json_t *copied, json_t *page)
{
	gpointer n = GSIZE_TO_POINTER(json_integer_value(json_array_get(page, 0)));
	const char *counter = json_string_value(json_array_get(page, 1));
	gint64 bytes = json_integer_value(json_array_get(page, 2));
	g_autofree char *all = g_strconcat(counter, "_all", NULL);
	g_autofree char *shared = g_strconcat(counter, "_shared", NULL);

	add(copied, all, bytes);
	if (g_hash_table_contains(c->shared, n))
		add(copied, shared, bytes);
}

/* Keeps a line, with all that was @copied until then among its counters. */
static void take_line(struct counts *c, json_t *copied, const char *text)
{
	json_t *line = json_loads(text, 0, NULL), *page;
	size_t i;

	json_array_foreach(json_object_get(line, "pages"), i, page)
		take_page(c, copied, page);
	json_object_update(json_object_get(line, "counters"), copied);
	json_object_del(line, "pages");
	json_array_append_new(c->lines, line);
}

/* The counters at a mark, and so many periods after it; mark 0 is the kernel's start. */
static const json_t *find(const struct counts *c, gint64 mark, gint64 period)
{
	json_t *line;
	size_t i;

	json_array_foreach(c->lines, i, line)
		if (json_integer_value(json_object_get(line, "mark")) == mark &&
		    json_integer_value(json_object_get(line, "period")) == period)
			return json_object_get(line, "counters");
	return NULL;
}

static gint64 passed(const json_t *from, const json_t *to, const char *name)
{
	return json_integer_value(json_object_get(to, name)) -
	       json_integer_value(json_object_get(from, name));
}

/* At a mark, of which the first is 1; -1: the log has not seen it. */
static gint64 shared_at(const struct counts *c, gint64 mark)
{
	return mark <= c->shared_at->len ?
	       g_array_index(c->shared_at, gint64, mark - 1) : -1;
}

static json_t *per_io(const json_t *from, const json_t *to, gint64 ios,
		      const struct load *load)
{
	json_t *sample = json_pack("{s:I, s:I, s:I}", "ios", (json_int_t)ios,
				   "bytes", (json_int_t)load->bytes, "slots",
				   (json_int_t)load->slots);
	const char *name;
	json_t *value;

	json_object_foreach((json_t *)to, name, value)
		json_object_set_new(sample, name,
				    json_real((double)passed(from, to, name) /
					      ios));
	if (json_object_get(to, "zeroings"))
		json_object_set_new(sample, "zeroed_bytes",
				    json_real((double)DCBZ_BYTES *
					      passed(from, to, "zeroings") / ios));
	if (load->bytes)
		json_object_set_new(sample, "copied_per_byte",
				    json_real((double)passed(from, to, "copied_shared") /
					      ios / load->bytes));
	return sample;
}

/*
 * Between the marks, or if there are requests between them, from the first to the
 * last time that so many of them were started.
 */
static json_t *cut(const struct counts *c, const struct load *load,
		   gint64 mark, char **why)
{
	const json_t *begin = find(c, mark, 0);
	const json_t *end = find(c, mark + 1, 0);
	gint64 requests, last;

	if (!begin || !end) {
		*why = g_strdup_printf("%s: the plugin has not seen its marks",
				       load->name);
		return NULL;
	}
	if (!strcmp(load->name, "boot"))
		return per_io(find(c, 0, 0), begin, 1, load);
	requests = passed(begin, end, "requests");
	if (!requests && load->ios)
		return per_io(begin, end, load->ios, load);
	if (load->ios && requests != load->ios) {
		*why = g_strdup_printf("%s: %" G_GINT64_FORMAT " requests of %"
				       G_GINT64_FORMAT, load->name, requests,
				       load->ios);
		return NULL;
	}
	last = requests / BENCH_PERIOD;
	begin = find(c, mark, 1);
	end = find(c, mark, last);
	if (!begin || !end || last < 2) {
		*why = g_strdup_printf("%s: too few requests", load->name);
		return NULL;
	}
	return per_io(begin, end,
		      (last - 1) * BENCH_PERIOD, load);
}

/* The value of "key=N" in a line, or -1. */
static gint64 number(const char *line, const char *key)
{
	const char *at = strstr(line, key);

	return at ? g_ascii_strtoll(at + strlen(key), NULL, 10) : -1;
}

static json_t *cut_all(const struct counts *c, char **console, char **why)
{
	json_t *loads = json_object(), *sample;
	gint64 mark = 1;
	int i;

	for (i = 0; console[i]; i++) {
		const char *line = strstr(console[i], "# bench end ");
		g_autofree char *name = NULL;
		struct load load;

		if (!line)
			continue;
		line += strlen("# bench end ");
		name = g_strndup(line, strcspn(line, " "));
		load = (struct load){ name, number(line, "ios="),
				      number(line, "bytes="),
				      number(line, "slots=") };
		sample = cut(c, &load, mark, why);
		if (!sample) {
			json_decref(loads);
			return NULL;
		}
		json_object_set_new(sample, "shared_pages",
				    json_integer(shared_at(c, mark + 1)));
		json_object_set_new(loads, name, sample);
		mark += 2;
	}
	return loads;
}

static gint64 ios(const json_t *loads, const char *load)
{
	json_t *sample = json_object_get(loads, load);

	return json_integer_value(json_object_get(sample, "ios"));
}

/* The count of a whole load. */
static double sum(const json_t *loads, const char *load, const char *counter)
{
	json_t *sample = json_object_get(loads, load);
	double each = json_real_value(json_object_get(sample, counter));

	return rint(each * ios(loads, load));
}

/* See bench/guest/bench.c: a loop, nothing, and a copy of 1 MiB in and out of a pipe. */
static char *check_known(const json_t *loads)
{
	double loop = sum(loads, "known-loop", "user_instructions");
	double expect = ios(loads, "known-loop") + 2;
	double nothing = sum(loads, "known-nothing", "user_copied_all");
	double copy = sum(loads, "known-copy", "user_copied_all");

	if (loop != expect)
		return g_strdup_printf("a loop of %.0f instructions was counted as %.0f",
				       expect, loop);
	if (nothing)
		return g_strdup_printf("%.0f bytes were copied as nothing was",
				       nothing);
	if (copy != 2 << 20)
		return g_strdup_printf("a copy of %d bytes was counted as %.0f",
				       2 << 20, copy);
	return NULL;
}

static json_t *sample_of(struct counts *c, const char *dir, char **why)
{
	g_auto(GStrv) lines = NULL, console = NULL;
	json_auto_t *copied = json_object();
	json_t *loads;
	int i;

	if (!read_lines(dir, "counts", &lines, why) ||
	    !read_lines(dir, "console.log", &console, why) ||
	    !read_shared(c, dir, why))
		return NULL;
	for (i = 0; lines[i]; i++)
		take_line(c, copied, lines[i]);
	loads = cut_all(c, console, why);
	*why = loads ? check_known(loads) : *why;
	if (loads && !*why) {
		json_object_set_new(json_object_get(loads, "boot"),
				    "shared_pages_peak",
				    json_integer(c->shared_peak));
		return loads;
	}
	json_decref(loads);
	return NULL;
}

json_t *counts_read(const char *dir, char **why)
{
	struct counts c = {
		.lines = json_array(),
		.shared = g_hash_table_new(NULL, NULL),
		.shared_at = g_array_new(FALSE, FALSE, sizeof(gint64)),
	};
	json_t *sample = sample_of(&c, dir, why);

	json_decref(c.lines);
	g_hash_table_unref(c.shared);
	g_array_unref(c.shared_at);
	return sample;
}

gboolean counts_have(const char *counter)
{
	return g_strv_contains(names, counter);
}
