// SPDX-License-Identifier: GPL-2.0
/* A line of text each way: over the virtio console, and over a port beside it. */
#include <poll.h>
#include <termios.h>

#include "stream.h"
#include "wire/pattern.h"
#include "wire/wire.h"

#define PORT		"lab"
#define PATIENCE_MS	30000

static bool make_raw(int fd)
{
	struct termios t;

	if (tcgetattr(fd, &t))
		return false;
	cfmakeraw(&t);
	return !tcsetattr(fd, TCSANOW, &t);
}

static size_t read_line(int fd, char *buf, size_t size)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	size_t done = 0;

	while (done < size && poll(&pfd, 1, PATIENCE_MS) == 1) {
		ssize_t n = read(fd, buf + done, size - done);

		if (n <= 0)
			break;
		done += n;
		if (buf[done - 1] == '\n')
			break;
	}
	return done;
}

static bool exchange(const struct lab *lab, struct result *res, int fd,
		     const char *path)
{
	char sent[WIRE_TEXT_BYTES], got[WIRE_TEXT_BYTES];
	char want[WIRE_TEXT_BYTES];
	size_t n;

	pattern_text(lab->seed + WIRE_TEXT_SENT, sent, sizeof(sent));
	pattern_text(lab->seed + WIRE_TEXT_RECEIVED, want, sizeof(want));
	if (!write_all(fd, sent, sizeof(sent)))
		return fail_errno(res, "write %s", path);
	res->bytes += sizeof(sent);
	n = read_line(fd, got, sizeof(got));
	res->bytes += n;
	if (n != sizeof(got))
		return fail(res, "%zu of %zu characters came back on %s", n, sizeof(got), path);
	if (memcmp(got, want, n))
		return fail(res, "received text differs");
	sum_print(WIRE_SUM_TEXT_SENT, sum_update(SUM_START, sent, sizeof(sent)));
	sum_print(WIRE_SUM_TEXT_RECEIVED, sum_update(SUM_START, got, n));
	return pass(res, "text both ways compared");
}

static bool test_console(const struct lab *lab, struct result *res)
{
	int fd = open(VIRTIO_CONSOLE, O_RDWR | O_NOCTTY | O_CLOEXEC);

	if (fd < 0)
		return fail_errno(res, "open " VIRTIO_CONSOLE ": is virtio-console bound to a driver?");
	if (!make_raw(fd))
		return fail_errno(res, "make " VIRTIO_CONSOLE " raw");
	return exchange(lab, res, fd, VIRTIO_CONSOLE);
}
TEST("console", test_console)

static bool test_serialport(const struct lab *lab, struct result *res)
{
	int fd = port_open(PORT, res);

	return fd >= 0 && exchange(lab, res, fd, PORT);
}
TEST("serialport", test_serialport)
