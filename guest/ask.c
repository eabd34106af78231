// SPDX-License-Identifier: GPL-2.0
/*
 * Requests to the host: "# want NAME" on the console, and the host's answer,
 * "done NAME", with a number if it has one, or "failed NAME", as a line typed on the
 * same console.
 */
#include <poll.h>

#include "lab.h"

#define PATIENCE_MS	30000

bool ask_number(const char *what, unsigned long *n)
{
	struct pollfd pfd = { .fd = STDIN_FILENO, .events = POLLIN };
	char line[128], answer[16] = "", name[64] = "";
	ssize_t len;

	ktap_comment("want %s", what);
	/* In canonical mode a read is a line. */
	if (poll(&pfd, 1, PATIENCE_MS) != 1)
		return false;
	len = read(STDIN_FILENO, line, sizeof(line) - 1);
	if (len <= 0)
		return false;
	line[len] = '\0';
	return sscanf(line, "%15s %63s %lu", answer, name, n) >= 2 &&
	       !strcmp(answer, "done") && !strcmp(name, what);
}

bool ask_host(const char *what)
{
	unsigned long n;

	return ask_number(what, &n);
}
