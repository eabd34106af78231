// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>

#include "lab.h"

bool result_set(struct result *res, bool ok, const char *fmt, ...)
{
	va_list ap;

	res->ok = ok;
	va_start(ap, fmt);
	vsnprintf(res->note, sizeof(res->note), fmt, ap);
	va_end(ap);
	return ok;
}

pid_t fork_sure(void)
{
	pid_t pid = fork();

	if (pid < 0) {
		ktap_comment("errno=%s fork", strerrorname_np(errno));
		_exit(1);
	}
	return pid;
}
