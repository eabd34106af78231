// SPDX-License-Identifier: GPL-2.0
/* What is said on consoles, fed to the watcher. */
#include "check.h"
#include "vm/console.h"
#include "vm/watch.h"

struct feed {
	struct watch watch;
	gint64 now;
};

/* A line a millisecond. */
static void on_line(gpointer data, const char *line)
{
	struct feed *f = data;

	watch_line(&f->watch, line, f->now++);
}

/* Feed what is said, then the row's kind of end. */
static enum ending judge_log(const struct log_row *row, char **why)
{
	struct feed f = { .now = 0 };
	struct watch *w = &f.watch;
	struct console console;
	enum ending ending;
	int i;

	watch_init(w);
	w->stall_ms = 60000;
	w->caught_ms = 45000;
	w->release = "7.3.4";
	w->refused = row->refused;
	w->asked = row->asked;
	if (console_open(&console, "/dev/null")) {
		for (i = 0; i <= row->again; i++)
			console_take(&console, row->text, strlen(row->text),
				     on_line, &f);
		w->said = console.bytes;
		console_close(&console);
	}
	/* Neither too early nor never. */
	if (row->silence && (watch_tick(w, f.now) ||
			     !watch_tick(w, f.now + w->stall_ms)))
		g_printerr("svm-lab: %s: the stall is seen at the wrong time\n",
			   row->name);
	ending = watch_verdict(w, why);
	watch_clear(w);
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
