// SPDX-License-Identifier: GPL-2.0
#include <glib/gstdio.h>

#include "boot/report.h"
#include "tally.h"

/* Rows that have passed, until the run is over. */
#define PARTIAL	"check.partial.json"

/* What the boots depend on; each changes with its contents. */
static const char *const input_files[] = {
	"build/kernel/4k/key",
	"build/kernel/debug/key",
	"build/kernel/dynamic/key",
	"build/kernel/kasan/key",
	"build/kernel/kunit/key",
	"build/kernel/vhost/key",
	"build/kernel/patched/key",
	"build/kernel/unpatched/key",
	"build/kernel/fix1/key",
	"build/kernel/fixes/key",
	"build/qemu/key",
	"build/qemu-10.0/key",
	"build/bench/count.so",
	"build/programs/key",
	"build/guest/initramfs.cpio.gz",
	"build/host/svm-lab",
	NULL
};

char *digest_files(const char *const *files)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

	for (; *files; files++) {
		g_autofree char *text = NULL;
		gsize len = 0;

		g_file_get_contents(*files, &text, &len, NULL);
		g_checksum_update(sum, (const guchar *)&len, sizeof(len));
		g_checksum_update(sum, (const guchar *)text, len);
	}
	return g_strdup(g_checksum_get_string(sum));
}

void tally_init(struct tally *t, gboolean resume)
{
	g_autofree char *path = report_path(PARTIAL);
	json_t *partial;

	*t = (struct tally){ .rows = json_array() };
	if (!resume)
		return;
	t->inputs = digest_files(input_files);
	partial = json_load_file(path, 0, NULL);
	if (!g_strcmp0(json_string_value(json_object_get(partial, "inputs")),
		       t->inputs))
		t->earlier = json_incref(json_object_get(partial, "rows"));
	json_decref(partial);
	if (!t->earlier)
		t->earlier = json_object();
	if (json_object_size(t->earlier))
		g_print("svm-lab: going on with an interrupted run: %zu boots have passed (%s)\n",
			json_object_size(t->earlier), path);
}

void tally_clear(struct tally *t)
{
	json_decref(t->rows);
	json_decref(t->earlier);
	g_free(t->inputs);
}

static void keep(struct tally *t, const char *name, json_t *row)
{
	json_t *partial;

	if (!t->inputs)
		return;
	json_object_set(t->earlier, name, row);
	partial = json_pack("{s:s, s:O}", "inputs", t->inputs, "rows",
			    t->earlier);
	report_write(PARTIAL, partial);
	json_decref(partial);
}

void tally_count(struct tally *t, const char *group, const char *name,
		 const char *why, double seconds, json_t *detail)
{
	json_t *row = json_pack("{s:s, s:s, s:s, s:f}", "name", name, "group",
				group, "result", why ? "fail" : "pass",
				"seconds", seconds);

	if (detail)
		json_object_set_new(row, "detail", detail);
	if (why) {
		json_object_set_new(row, "why", json_string(why));
		t->failed++;
		g_print("FAIL %-8s %-24s %6.1f s  %s\n", group, name, seconds,
			why);
	} else {
		t->passed++;
		g_print("ok   %-8s %-24s %6.1f s\n", group, name, seconds);
		if (detail)
			keep(t, name, row);
	}
	json_array_append_new(t->rows, row);
}

void tally_skip(struct tally *t, const char *group, const struct job *job)
{
	t->skipped++;
	json_array_append_new(t->rows, json_pack("{s:s, s:s, s:s, s:s}", "name",
						 job->name, "group", group,
						 "result", "skip", "why",
						 "interrupted"));
	if (job->seconds)
		g_print("skip %-8s %-24s %6.1f s  interrupted; output: %s\n",
			group, job->name, job->seconds, job->log);
}

gboolean tally_resumed(struct tally *t, const char *group, const char *name)
{
	json_t *row = json_object_get(t->earlier, name);

	if (!row)
		return FALSE;
	t->passed++;
	json_array_append(t->rows, row);
	g_print("ok   %-8s %-24s before the interruption\n", group, name);
	return TRUE;
}

gboolean tally_report(struct tally *t, gboolean interrupted)
{
	json_t *report = json_pack("{s:i, s:i, s:i, s:s, s:O}", "passed",
				   t->passed, "failed", t->failed, "skipped",
				   t->skipped, "verdict",
				   t->failed || t->skipped ? "fail" : "pass",
				   "rows", t->rows);
	gboolean written = report_write("check.json", report);

	json_decref(report);
	if (t->inputs && !interrupted) {
		g_autofree char *path = report_path(PARTIAL);

		g_unlink(path);
	}
	g_print("%d passed, %d failed, %d skipped\n", t->passed, t->failed,
		t->skipped);
	return written;
}
