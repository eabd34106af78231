// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "lab.h"

void pass(struct result *res, const char *fmt, ...)
{
	va_list ap;

	res->outcome = OK;
	va_start(ap, fmt);
	vsnprintf(res->note, sizeof(res->note), fmt, ap);
	va_end(ap);
}

void fail(struct result *res, const char *fmt, ...)
{
	va_list ap;

	res->outcome = NOT_OK;
	va_start(ap, fmt);
	vsnprintf(res->note, sizeof(res->note), fmt, ap);
	va_end(ap);
}

void fail_errno(struct result *res, const char *fmt, ...)
{
	const char *name = strerrorname_np(errno);
	int n = snprintf(res->note, sizeof(res->note), "errno=%s ",
			 name ? name : "?");
	va_list ap;

	res->outcome = NOT_OK;
	va_start(ap, fmt);
	vsnprintf(res->note + n, sizeof(res->note) - n, fmt, ap);
	va_end(ap);
}
