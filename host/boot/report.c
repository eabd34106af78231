// SPDX-License-Identifier: GPL-2.0
#include "vm/audit.h"
#include "report.h"

/* scripts/lib/lib.sh has ccache write it. */
#define COMPILER_LOG	"build/log/ccache.log"
#define TAIL_LINES	12
#define MOST_REFUSALS	8

static const char *string(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

static json_int_t number(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

static const char *mode_of(const struct boot_result *res,
			   const struct boot_device *dev)
{
	const char *mode = watch_mode(&res->watch, dev->kind->driver);

	return mode ? mode : dev->kind->driver ? "unknown" : "-";
}

static json_t *report_devices(const struct boot_result *res)
{
	json_t *list = json_array();
	const struct boot_device *dev;

	for (dev = res->devices; dev->kind; dev++) {
		const struct device *kind = dev->kind;
		const struct watch_test *t = watch_find(&res->watch, kind->name);

		json_array_append_new(list, json_pack(
			"{s:s, s:s*, s:s, s:I, s:I, s:b}",
			"name", kind->id, "driver", kind->driver,
			"mode", mode_of(res, dev),
			"bytes", (json_int_t)(t ? t->bytes : 0),
			"refused", (json_int_t)audit_device_refused(res->audit,
								    kind->id),
			"ok", t ? t->ok : dev->refusal || kind->untested));
	}
	return list;
}

static char *base(const struct boot_result *res)
{
	g_autofree char *path = g_build_filename(res->kernels, "base", NULL);
	char *text = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return g_strdup("unknown");
	return g_strstrip(text);
}

char *boot_report_name(const char *boot)
{
	return g_strdup_printf("boots/%s.json", boot);
}

json_t *report_boot(const struct boot_result *res)
{
	g_autofree char *base_text = base(res);
	const char *kernel = res->watch.guest_release;

	return json_pack("{s:s, s:s, s:s, s:i, s:s, s:s, s:s, s:s, s:b, s:I, s:I, s:o, s:f, s:I, s:I, s:o, s:o, s:s, s:s}",
		"verdict", res->ending == END_PASS ? "pass" : "fail",
		"boot", res->row->name,
		"ending", ending_name(res->ending),
		"status", res->ending,
		"next", ending_advice(res->ending),
		"why", res->why ? res->why : "",
		"base", base_text,
		"kernel", kernel ? kernel : "unknown",
		"secure", audit_secure(res->audit),
		"refused", (json_int_t)audit_refused(res->audit),
		"shared_pages_peak", (json_int_t)audit_shared_peak(res->audit),
		"ultracalls", audit_ultracalls(res->audit),
		"seconds", res->seconds,
		"seed", (json_int_t)res->seed,
		"canary_bytes", (json_int_t)res->canary,
		"devices", report_devices(res),
		"refusals", audit_refusals(res->audit),
		"console_log", res->console_log,
		"audit", res->audit_path);
}

static char *result_of(const struct boot_result *res,
		       const struct boot_device *dev)
{
	const struct watch_test *t = watch_find(&res->watch, dev->kind->name);

	if (dev->kind->untested)
		return g_strdup_printf("%" G_GINT64_FORMAT " accesses",
			audit_device_accesses(res->audit, dev->kind->id));
	return g_strdup(t ? t->ok ? "ok" : "FAILED" :
			dev->refusal ? "refused by the guest" : "not run");
}

void report_table(const struct boot_result *res)
{
	const struct boot_device *dev;

	g_print("\n%-9s %-16s %12s %8s  %s\n", "device", "mode", "bytes",
		"refused", "result");
	for (dev = res->devices; dev->kind; dev++) {
		const struct device *kind = dev->kind;
		const struct watch_test *t = watch_find(&res->watch, kind->name);
		g_autofree char *result = result_of(res, dev);

		/* a line of the machine's, which the audit knows nothing of */
		if (kind->untested && !kind->driver)
			continue;
		g_print("%-9s %-16s %12" G_GINT64_FORMAT " %8" G_GINT64_FORMAT "  %s\n",
			kind->id, mode_of(res, dev), t ? t->bytes : 0,
			audit_device_refused(res->audit, kind->id), result);
	}
	g_print("\nsecure %s, %" G_GINT64_FORMAT " accesses refused, at most %"
		G_GINT64_FORMAT " pages shared, %.1f s\n",
		audit_secure(res->audit) ? "yes" : "no",
		audit_refused(res->audit), audit_shared_peak(res->audit),
		res->seconds);
}

void report_compiled(void)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	int c = 0, assembler = 0, hits = 0, i;
	const char *source = "";

	if (!g_file_get_contents(COMPILER_LOG, &text, NULL, NULL))
		return;
	lines = g_strsplit(text, "\n", 0);
	for (i = 0; lines[i]; i++) {
		if (lines[i][0] == '#')
			source = lines[i];
		/* one that asks what options the compiler has */
		else if (!strcmp(source, "# /dev/null"))
			continue;
		else if (!strcmp(lines[i], "local_storage_hit"))
			hits++;
		else if (!strcmp(lines[i], "cache_miss"))
			g_str_has_suffix(source, ".S") ? assembler++ : c++;
	}
	g_print("compiler  %d sources of C, %d of assembler; %d came from the cache\n",
		c, assembler, hits);
}

/* The last lines of a log, and the refused accesses: enough to see why. */
static void print_tail(const char *path)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	guint n, i;

	if (!path || !g_file_get_contents(path, &text, NULL, NULL))
		return;
	lines = g_strsplit(g_strchomp(text), "\n", 0);
	n = g_strv_length(lines);
	for (i = n > TAIL_LINES ? n - TAIL_LINES : 0; i < n; i++)
		g_print("    | %s\n", lines[i]);
}

static void print_refusals(const json_t *refusals)
{
	json_t *r;
	size_t i;

	json_array_foreach(refusals, i, r) {
		if (i == MOST_REFUSALS) {
			g_print("    ! ... more in the audit\n");
			return;
		}
		g_print("    ! %s: %s of %lld bytes at 0x%llx (%s)\n",
			string(r, "device"), string(r, "direction"),
			number(r, "size"), number(r, "address"),
			string(r, "kind"));
	}
}

void report_failure(const json_t *report)
{
	const char *log = string(report, "console_log");

	g_print("svm-lab: %s: %s: %s\n", string(report, "boot"),
		string(report, "ending"), string(report, "why"));
	if (number(report, "status") != END_INTERRUPTED)
		print_tail(log);
	print_refusals(json_object_get(report, "refusals"));
	g_print("svm-lab: next: %s\n", string(report, "next"));
	g_print("svm-lab: console log: %s\nsvm-lab: audit: %s\n", log,
		string(report, "audit"));
}

char *report_path(const char *name)
{
	return g_build_filename("build", "report", name, NULL);
}

void report_remove(const char *name)
{
	g_autofree char *path = report_path(name);

	g_unlink(path);
}

gboolean report_write(const char *name, const json_t *report)
{
	g_autofree char *path = report_path(name);
	g_autofree char *dir = g_path_get_dirname(path);
	g_autofree char *new = g_strconcat(path, ".new", NULL);

	if (!g_mkdir_with_parents(dir, 0755) &&
	    !json_dump_file(report, new, JSON_INDENT(2)) &&
	    !g_rename(new, path))
		return TRUE;
	g_printerr("svm-lab: cannot write %s: is the disk full?\n", path);
	return FALSE;
}
