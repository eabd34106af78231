// SPDX-License-Identifier: GPL-2.0
/* A key that the host presses on the virtio keyboard arrives in the guest. */
#include <linux/input.h>
#include <poll.h>
#include <sys/ioctl.h>

#include "lab.h"

#define PATIENCE_MS	30000
#define MOST_DEVICES	16

static int open_keyboard(void)
{
	char path[32], name[64];
	int i, fd;

	for (i = 0; i < MOST_DEVICES; i++) {
		snprintf(path, sizeof(path), "/dev/input/event%d", i);
		fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd < 0)
			continue;
		if (ioctl(fd, EVIOCGNAME(sizeof(name)), name) > 0 &&
		    strstr(name, "Virtio Keyboard"))
			return fd;
		close(fd);
	}
	return -1;
}

static bool next_event(int fd, struct input_event *ev)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };

	return poll(&pfd, 1, PATIENCE_MS) == 1 &&
	       read(fd, ev, sizeof(*ev)) == sizeof(*ev);
}

/* Down and up again, in this order. */
static bool saw_key(int fd, struct result *res)
{
	struct input_event ev;
	int expect = 1;

	while (next_event(fd, &ev)) {
		res->bytes += sizeof(ev);
		if (ev.type != EV_KEY)
			continue;
		if (ev.code != KEY_A || ev.value != expect)
			return fail(res, "key %u value %d came, not A", ev.code, ev.value);
		if (!expect--)
			return true;
	}
	return fail(res, "the key did not come");
}

static bool test_input(const struct lab *lab, struct result *res)
{
	int fd = open_keyboard();

	if (fd < 0)
		return fail(res, "no virtio keyboard: is virtio-input bound to a driver?");
	if (!ask_host("key"))
		return fail(res, "the host did not press a key");
	return saw_key(fd, res) && pass(res, "key pressed and released");
}
TEST("input", test_input)
