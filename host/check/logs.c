// SPDX-License-Identifier: GPL-2.0
/* Console logs, fed to the watcher. */
#include "check.h"
#include "vm/watch.h"

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
	w.asked = row->asked;
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

void check_log(struct tally *t, const struct log_row *row)
{
	g_autofree char *path = g_strdup_printf("tests/console/%s.log",
						row->name);
	g_autofree char *text = NULL, *why = NULL, *problem = NULL;
	g_autoptr(GError) error = NULL;
	enum ending ending;

	if (!g_file_get_contents(path, &text, NULL, &error)) {
		tally_count(t, "console", row->name, error->message, NULL);
		return;
	}
	ending = judge_log(row, text, &why);
	if (ending != row->expect || (row->why && !strstr(why, row->why)))
		problem = g_strdup_printf("expected '%s' (%s), judged '%s' (%s)",
					  ending_name(row->expect),
					  row->why ? row->why : "",
					  ending_name(ending), why);
	tally_count(t, "console", row->name, problem, NULL);
}
