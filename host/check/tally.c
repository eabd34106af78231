// SPDX-License-Identifier: GPL-2.0
#include "boot/report.h"
#include "tally.h"

/* The boots that have passed, by name, until the run is over. */
#define PARTIAL	"check.partial.json"

void tally_init(struct tally *t, gboolean resume)
{
	g_autofree char *path = report_path(PARTIAL);

	*t = (struct tally){ .rows = json_array() };
	if (!resume)
		return;
	t->earlier = json_load_file(path, 0, NULL);
	if (!json_is_object(t->earlier))
		t->earlier = json_object();
}

void tally_clear(struct tally *t)
{
	json_decref(t->rows);
	json_decref(t->earlier);
}

void tally_count(struct tally *t, const char *group, const char *name,
		 const char *why, const struct job *job)
{
	double seconds = job ? job->seconds : 0;
	json_t *row = json_pack("{s:s, s:s, s:s, s:f, s:s*, s:s*, s:O*}",
				"name", name, "group", group,
				"result", why ? "fail" : "pass",
				"seconds", seconds, "why", why,
				"inputs", job ? job->inputs : NULL,
				"detail", job ? job->report : NULL);

	if (why) {
		t->failed++;
		g_print("FAIL %-8s %-24s %6.1f s  %s\n", group, name, seconds,
			why);
	} else {
		t->passed++;
		g_print("ok   %-8s %-24s %6.1f s\n", group, name, seconds);
		if (t->earlier && job && job->inputs) {
			json_object_set(t->earlier, name, row);
			report_write(PARTIAL, t->earlier);
		}
	}
	json_array_append_new(t->rows, row);
}

void tally_skip(struct tally *t, const struct job *job, const char *why)
{
	t->skipped++;
	json_array_append_new(t->rows, json_pack("{s:s, s:s, s:s, s:s}", "name",
						 job->name, "group", job->group,
						 "result", "skip", "why",
						 why));
	if (job->seconds)
		g_print("skip %-8s %-24s %6.1f s  %s; output: %s\n",
			job->group, job->name, job->seconds, why, job->log);
}

gboolean tally_resumed(struct tally *t, const struct job *job)
{
	json_t *row = json_object_get(t->earlier, job->name);

	if (g_strcmp0(json_string_value(json_object_get(row, "inputs")),
		      job->inputs))
		return FALSE;
	t->passed++;
	json_array_append(t->rows, row);
	g_print("ok   %-8s %-24s before the interrupt\n", job->group, job->name);
	return TRUE;
}

gboolean tally_report(struct tally *t, gboolean interrupted)
{
	json_auto_t *report = json_pack("{s:i, s:i, s:i, s:s, s:O}", "passed",
				   t->passed, "failed", t->failed, "skipped",
				   t->skipped, "verdict",
				   t->failed || t->skipped ? "fail" : "pass",
				   "rows", t->rows);
	gboolean written = report_write("check.json", report);

	if (t->earlier && !interrupted)
		report_remove(PARTIAL);
	g_print("%d passed, %d failed, %d skipped\n", t->passed, t->failed,
		t->skipped);
	return written;
}
