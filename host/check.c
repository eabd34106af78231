// SPDX-License-Identifier: GPL-2.0
/* All rows of the tables, one after the other, and the tally. */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <signal.h>

#include "check.h"
#include "report.h"

struct tally {
	char **names;
	int passed, failed, skipped;
	gboolean interrupted;
	json_t *rows;
};

static gboolean wanted(const struct tally *t, const char *name)
{
	return !t->names || g_strv_contains((const char *const *)t->names,
					    name);
}

/* @why is NULL for a row that is as it must be. */
static void count(struct tally *t, const char *group, const char *name,
		  const char *why, double seconds, json_t *detail)
{
	json_t *row = json_pack("{s:s, s:s, s:s, s:f}", "name", name,
				"group", group,
				"result", why ? "fail" : "pass",
				"seconds", seconds);

	if (why) {
		json_object_set_new(row, "why", json_string(why));
		t->failed++;
		g_print("FAIL %-8s %-24s %6.1f s  %s\n", group, name, seconds,
			why);
	} else {
		t->passed++;
		g_print("ok   %-8s %-24s %6.1f s\n", group, name, seconds);
	}
	if (detail)
		json_object_set_new(row, "detail", detail);
	json_array_append_new(t->rows, row);
}

static void skip(struct tally *t, const char *group, const char *name)
{
	t->skipped++;
	json_array_append_new(t->rows, json_pack("{s:s, s:s, s:s}", "name",
						 name, "group", group,
						 "result", "skip"));
}

/* Feed the log with a line a millisecond, then the row's kind of end. */
static enum ending judge_log(const struct log_row *row, const char *text,
			     char **why)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", 0);
	enum ending ending;
	struct watch w;
	gint64 now = 0;

	watch_init(&w);
	w.stall_ms = 60000;
	w.caught_ms = 45000;
	w.release = "7.3.4";
	w.refused = row->refused;
	for (; lines[now]; now++)
		if (lines[now][0])
			watch_line(&w, lines[now], now);
	/* Neither too early nor never. */
	if (row->silence && (watch_tick(&w, now) ||
			     !watch_tick(&w, now + w.stall_ms)))
		g_printerr("svm-lab: %s: the stall is seen at the wrong time\n",
			   row->name);
	ending = watch_verdict(&w, why);
	watch_clear(&w);
	return ending;
}

static void check_log(struct tally *t, const struct log_row *row)
{
	g_autofree char *path = g_strdup_printf("tests/console/%s.log",
						row->name);
	g_autofree char *text = NULL, *why = NULL, *problem = NULL;
	g_autoptr(GError) error = NULL;
	enum ending ending;

	if (!g_file_get_contents(path, &text, NULL, &error)) {
		count(t, "console", row->name, error->message, 0, NULL);
		return;
	}
	ending = judge_log(row, text, &why);
	if (ending != row->expect || (row->why && !strstr(why, row->why)))
		problem = g_strdup_printf("expected '%s' (%s), judged '%s' (%s)",
					  ending_name(row->expect),
					  row->why ? row->why : "",
					  ending_name(ending), why);
	count(t, "console", row->name, problem, 0, NULL);
}

static void die_with_parent(gpointer data)
{
	(void)data;
	prctl(PR_SET_PDEATHSIG, SIGTERM);
}

static char *run_command(const struct command_row *row, const char *log)
{
	g_autofree char *out = NULL, *err = NULL;
	g_autoptr(GError) error = NULL;
	g_auto(GStrv) argv = NULL;
	g_autofree char *both = NULL;
	int status;

	if (!g_shell_parse_argv(row->command, NULL, &argv, &error) ||
	    !g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH,
			  die_with_parent, NULL, &out, &err, &status, &error))
		return g_strdup(error->message);
	both = g_strconcat(out, err, NULL);
	g_file_set_contents(log, both, -1, NULL);
	if (!WIFEXITED(status))
		return g_strdup_printf("died of signal %d; output: %s",
				       WTERMSIG(status), log);
	if (WEXITSTATUS(status) != row->expect)
		return g_strdup_printf("exit status %d, expected %d; output: %s",
				       WEXITSTATUS(status), row->expect, log);
	return NULL;
}

static void check_command(struct tally *t, const struct command_row *row)
{
	g_autofree char *log = g_strdup_printf("build/log/%s.log", row->name);
	g_autofree char *why = NULL;
	gint64 start = g_get_monotonic_time();

	g_mkdir_with_parents("build/log", 0755);
	why = run_command(row, log);
	count(t, "command", row->name, why,
	      (g_get_monotonic_time() - start) / 1e6, NULL);
}

static void check_boot(struct tally *t, const struct boot_row *row,
		       const struct boot_options *opts)
{
	g_autofree char *problem = NULL;
	struct boot_result res;

	boot(row, opts, &res);
	if (res.ending == END_INTERRUPTED) {
		t->interrupted = TRUE;
		skip(t, "boot", row->name);
		boot_result_clear(&res);
		return;
	}
	if (res.ending != row->expect)
		problem = g_strdup_printf("expected '%s', got '%s': %s",
					  ending_name(row->expect),
					  ending_name(res.ending), res.why);
	count(t, "boot", row->name, problem, res.seconds,
	      report_boot(row, &res));
	if (problem)
		report_failure(row->name, &res);
	boot_result_clear(&res);
}

static gboolean known(const char *name)
{
	int i;

	for (i = 0; log_rows[i].name; i++)
		if (!strcmp(log_rows[i].name, name))
			return TRUE;
	for (i = 0; command_rows[i].name; i++)
		if (!strcmp(command_rows[i].name, name))
			return TRUE;
	return !!boot_row_find(name);
}

static void check_all(struct tally *t, const struct boot_options *opts)
{
	int i;

	for (i = 0; log_rows[i].name; i++)
		if (wanted(t, log_rows[i].name))
			check_log(t, &log_rows[i]);
	for (i = 0; command_rows[i].name; i++)
		if (wanted(t, command_rows[i].name))
			check_command(t, &command_rows[i]);
	for (i = 0; boot_rows[i].name; i++) {
		if (!wanted(t, boot_rows[i].name))
			continue;
		if (t->interrupted)
			skip(t, "boot", boot_rows[i].name);
		else
			check_boot(t, &boot_rows[i], opts);
	}
}

int check(char **names, const struct boot_options *opts)
{
	struct tally t = { .names = names, .rows = json_array() };
	gboolean written;
	json_t *report;
	int i;

	for (i = 0; names && names[i]; i++) {
		if (!known(names[i])) {
			g_printerr("svm-lab: no row is called '%s': see 'svm-lab list'\n",
				   names[i]);
			json_decref(t.rows);
			return END_USAGE;
		}
	}
	check_all(&t, opts);
	report = json_pack("{s:i, s:i, s:i, s:s, s:o}", "passed", t.passed,
			   "failed", t.failed, "skipped", t.skipped, "verdict",
			   t.failed || t.skipped ? "fail" : "pass",
			   "rows", t.rows);
	written = report_write("check.json", report);
	json_decref(report);
	g_print("%d passed, %d failed, %d skipped\n", t.passed, t.failed,
		t.skipped);
	if (t.interrupted)
		return END_INTERRUPTED;
	return t.failed || !written ? 1 : 0;
}
