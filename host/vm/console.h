/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "table/std.h"

/*
 * The guest's console. A hostile guest writes what it likes there: what goes to the log,
 * to the watcher, to a report or a terminal is lines of printable ASCII, each of a
 * bounded length.
 */
struct console {
	FILE *log;
	GString *line;		/* that has no end yet */
	gint64 bytes;		/* that were taken */
	gboolean no_space;	/* for the log */
};

typedef void console_line_fn(gpointer data, const char *line);

/* FALSE: the log cannot be written, errno says why, and nothing is to be closed. */
gboolean console_open(struct console *c, const char *log);
void console_close(struct console *c);
/* Keeps @n bytes, and calls @line for each line that ends in them. */
void console_take(struct console *c, const char *buf, gsize n, console_line_fn *line,
		  gpointer data);
/* Puts a '?' for each byte of @text that is not printable ASCII; returns @text. */
char *console_clean(char *text);
