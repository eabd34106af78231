// SPDX-License-Identifier: GPL-2.0
/* What is said on consoles, fed to the watcher. */
#include "check.h"
#include "vm/watch.h"

/* Feed the log with a line a millisecond, then the row's kind of end. */
static enum ending judge_log(const struct log_row *row, char **why)
{
	g_auto(GStrv) lines = g_strsplit(row->text, "\n", 0);
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
	g_autofree char *why = NULL, *problem = NULL;
	enum ending ending = judge_log(row, &why);

	if (ending != row->expect || (row->why && !strstr(why, row->why)))
		problem = g_strdup_printf("expected '%s' (%s), judged '%s' (%s)",
					  ending_name(row->expect),
					  row->why ? row->why : "",
					  ending_name(ending), why);
	tally_count(t, "console", row->name, problem, NULL);
}
