// SPDX-License-Identifier: GPL-2.0
/* A line of text each way: over the virtio console, and over a port beside it. */
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "digest.h"
#include "ktap.h"
#include "wire/pattern.h"
#include "wire/wire.h"

#define CONSOLE		"/dev/hvc1"
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

static bool print_sum(struct result *res, const char *name, const char *buf,
		      size_t len)
{
	struct digest d;

	return digest_open(&d, res) &&
	       digest_close(&d, res, name, digest_update(&d, res, buf, len));
}

static void exchange(const struct lab *lab, struct result *res, int fd,
		     const char *path)
{
	char sent[WIRE_TEXT_BYTES], got[WIRE_TEXT_BYTES];
	char want[WIRE_TEXT_BYTES];
	size_t n;

	pattern_text(lab->seed + WIRE_TEXT_SENT, sent, sizeof(sent));
	pattern_text(lab->seed + WIRE_TEXT_RECEIVED, want, sizeof(want));
	if (!write_all(fd, sent, sizeof(sent))) {
		fail_errno(res, "write %s", path);
		return;
	}
	res->bytes += sizeof(sent);
	n = read_line(fd, got, sizeof(got));
	res->bytes += n;
	if (n != sizeof(got)) {
		fail(res, "%zu of %zu characters came back on %s", n,
		     sizeof(got), path);
		return;
	}
	if (memcmp(got, want, n)) {
		fail(res, "received text differs");
		return;
	}
	if (print_sum(res, WIRE_SUM_TEXT_SENT, sent, sizeof(sent)) &&
	    print_sum(res, WIRE_SUM_TEXT_RECEIVED, got, n))
		pass(res, "text both ways compared");
}

static void test_console(const struct lab *lab, struct result *res)
{
	int fd = open(CONSOLE, O_RDWR | O_NOCTTY | O_CLOEXEC);

	if (fd < 0) {
		fail_errno(res, "open %s: is virtio-console bound to a driver?",
			   CONSOLE);
		return;
	}
	if (!make_raw(fd))
		fail_errno(res, "make %s raw", CONSOLE);
	else
		exchange(lab, res, fd, CONSOLE);
	close(fd);
}
TEST("console", test_console)

static void test_serialport(const struct lab *lab, struct result *res)
{
	int fd = port_open(PORT, res);

	if (fd < 0)
		return;
	exchange(lab, res, fd, PORT);
	close(fd);
}
TEST("serialport", test_serialport)
