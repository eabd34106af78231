// SPDX-License-Identifier: GPL-2.0
#include <glib/gstdio.h>
#include <string.h>

#include "audit.h"
#include "report.h"

static const struct {
	const char *name, *driver, *test;
} devices[] = {
	{ "blk0", "virtio_blk", "blk" },
	{ "net0", "virtio_net", "net" },
	{ "rng0", "virtio_rng", "rng" },
	{ "con0", "virtio_console", "console" },
};

static const char *mode_of(const struct boot_result *res, guint i)
{
	const char *mode = g_hash_table_lookup(res->watch.modes,
					       devices[i].driver);

	return mode ? mode : "unknown";
}

static json_t *report_devices(const struct boot_result *res)
{
	json_t *list = json_array();
	guint i;

	for (i = 0; i < G_N_ELEMENTS(devices); i++) {
		const struct watch_test *t = watch_find(&res->watch,
							devices[i].test);

		json_array_append_new(list, json_pack(
			"{s:s, s:s, s:s, s:I, s:I, s:b}",
			"name", devices[i].name,
			"driver", devices[i].driver,
			"mode", mode_of(res, i),
			"bytes", (json_int_t)(t ? t->bytes : 0),
			"refused", (json_int_t)audit_device_refused(res->audit,
							devices[i].name),
			"ok", t && t->ok));
	}
	return list;
}

static char *base(void)
{
	char *text = NULL;

	if (!g_file_get_contents("build/kernel/base", &text, NULL, NULL))
		return g_strdup("unknown");
	return g_strstrip(text);
}

json_t *report_boot(const struct boot_row *row, const struct boot_result *res)
{
	g_autofree char *base_text = base();
	const char *kernel = res->watch.guest_release;

	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:I, s:I, s:o, s:f, s:I, s:o, s:s, s:s}",
		"verdict", res->ending == END_PASS ? "pass" : "fail",
		"boot", row->name,
		"ending", ending_name(res->ending),
		"why", res->why ? res->why : "",
		"base", base_text,
		"kernel", kernel ? kernel : "unknown",
		"secure", audit_secure(res->audit),
		"refused", (json_int_t)audit_refused(res->audit),
		"shared_pages_peak", (json_int_t)audit_shared_peak(res->audit),
		"ultracalls", audit_ultracalls(res->audit),
		"seconds", res->seconds,
		"seed", (json_int_t)res->seed,
		"devices", report_devices(res),
		"console_log", res->console_log,
		"audit", res->audit_path);
}

void report_table(const struct boot_result *res)
{
	guint i;

	g_print("\n%-8s %-10s %12s %8s  %s\n", "device", "mode", "bytes",
		"refused", "result");
	for (i = 0; i < G_N_ELEMENTS(devices); i++) {
		const struct watch_test *t = watch_find(&res->watch,
							devices[i].test);

		g_print("%-8s %-10s %12" G_GINT64_FORMAT " %8" G_GINT64_FORMAT "  %s\n",
			devices[i].name, mode_of(res, i), t ? t->bytes : 0,
			audit_device_refused(res->audit, devices[i].name),
			!t ? "not run" : t->ok ? "ok" : "FAILED");
	}
	g_print("\nsecure %s, %" G_GINT64_FORMAT " accesses refused, at most %"
		G_GINT64_FORMAT " pages shared, %.1f s\n",
		audit_secure(res->audit) ? "yes" : "no",
		audit_refused(res->audit), audit_shared_peak(res->audit),
		res->seconds);
}

void report_failure(const char *name, const struct boot_result *res)
{
	g_autofree char *culprits = audit_culprits(res->audit);

	g_print("svm-lab: %s: %s: %s\n", name, ending_name(res->ending),
		res->why ? res->why : "");
	if (culprits[0])
		g_print("svm-lab: refused accesses by device: %s (%s)\n",
			culprits, res->audit_path);
	g_print("svm-lab: next: %s\n", ending_advice(res->ending));
	if (res->console_log)
		g_print("svm-lab: console log: %s\n", res->console_log);
}

gboolean report_write(const char *name, const json_t *report)
{
	g_autofree char *path = g_build_filename("build", "report", name, NULL);

	if (!g_mkdir_with_parents("build/report", 0755) &&
	    !json_dump_file(report, path, JSON_INDENT(2)))
		return TRUE;
	g_printerr("svm-lab: cannot write %s: is the disk full?\n", path);
	return FALSE;
}
