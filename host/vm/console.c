// SPDX-License-Identifier: GPL-2.0
#include "console.h"

/* The kernel's longest line of printk() is a quarter of that. */
#define LINE_MOST	4096

static char clean(char c)
{
	return g_ascii_isprint(c) || c == '\t' ? c : '?';
}

char *console_clean(char *text)
{
	char *c;

	for (c = text; *c; c++)
		*c = clean(*c);
	return text;
}

gboolean console_open(struct console *c, const char *log)
{
	*c = (struct console){ .log = fopen(log, "we") };
	if (c->log)
		c->line = g_string_new(NULL);
	return !!c->log;
}

void console_close(struct console *c)
{
	fclose(c->log);
	g_string_free(c->line, TRUE);
}

static void keep(struct console *c, gboolean failed)
{
	if (failed && (errno == ENOSPC || errno == EDQUOT))
		c->no_space = TRUE;
}

void console_take(struct console *c, const char *buf, gsize n, console_line_fn *line,
		  gpointer data)
{
	gsize i;

	c->bytes += n;
	for (i = 0; i < n; i++) {
		char out = buf[i] == '\n' ? '\n' : clean(buf[i]);

		if (buf[i] == '\r')
			continue;
		keep(c, putc(out, c->log) == EOF);
		if (out != '\n')
			g_string_append_c(c->line, out);
		if (out != '\n' && c->line->len < LINE_MOST)
			continue;
		line(data, c->line->str);
		g_string_truncate(c->line, 0);
	}
	keep(c, fflush(c->log));
}
