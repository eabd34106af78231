// SPDX-License-Identifier: GPL-2.0
/*
 * KTAP goes through /dev/kmsg, not through the terminal: a line written to the
 * terminal can be cut in two by a kernel message, and then nobody reads it.
 */
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ktap.h"

#define KMSG_NOTICE	"<5>"

static int kmsg = -1;

bool ktap_open(void)
{
	kmsg = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);
	return kmsg >= 0;
}

static void line(const char *fmt, va_list ap)
{
	char buf[800] = KMSG_NOTICE;
	size_t head = strlen(buf);
	int n = vsnprintf(buf + head, sizeof(buf) - head - 1, fmt, ap);

	if (n < 0)
		return;
	/*
	 * One write is one record. Without the newline the kernel keeps it to
	 * itself until the next one comes: it could be continued.
	 */
	strcat(buf, "\n");
	if (write(kmsg, buf, strlen(buf)) < 0)
		perror("write /dev/kmsg");
}

__attribute__((format(printf, 1, 2)))
static void print(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	line(fmt, ap);
	va_end(ap);
}

void ktap_plan(unsigned int tests)
{
	print("KTAP version 1");
	print("1..%u", tests);
}

void ktap_result(unsigned int number, const char *name,
		 const struct result *res)
{
	print("%s %u %s # bytes=%llu %s",
	      res->outcome == OK ? "ok" : "not ok", number, name,
	      (unsigned long long)res->bytes, res->note);
}

void ktap_comment(const char *fmt, ...)
{
	char buf[700];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(buf, sizeof(buf), fmt, ap);
	va_end(ap);
	print("# %s", buf);
}
