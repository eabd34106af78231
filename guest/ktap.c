// SPDX-License-Identifier: GPL-2.0
/*
 * KTAP goes through /dev/kmsg, not through the terminal: a line written to the
 * terminal can be cut in two by a kernel message, and then nobody reads it.
 */
#include <stdarg.h>

#include "lab.h"

#define KMSG_NOTICE	"<5>"

static int kmsg = -1;

bool ktap_open(void)
{
	kmsg = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);
	return kmsg >= 0;
}

void ktap_print(const char *fmt, ...)
{
	char buf[800] = KMSG_NOTICE;
	size_t head = strlen(buf);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(buf + head, sizeof(buf) - head - 1, fmt, ap);
	va_end(ap);
	/*
	 * One write is one record. Without the newline the kernel keeps it to
	 * itself until the next one comes: it could be continued.
	 */
	strcat(buf, "\n");
	if (write(kmsg, buf, strlen(buf)) < 0)
		perror("write /dev/kmsg");
}
