// SPDX-License-Identifier: GPL-2.0
/*
 * Private data in buffers that a device is about to write to: the host counts
 * what of it lies in shared pages while the reads are in flight. The host has
 * the disk answer one read at once, and no other one until it is told to.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ktap.h"
#include "wire/wire.h"

#define DISK		"/dev/vdb"
#define INFLIGHT	"/sys/block/vdb/inflight"
#define PATIENCE_S	60
/* The one that is answered at once, and those that are looked at. */
#define ALL_READS	(1 + WIRE_CANARY_READS)

static char *make_buffer(void)
{
	char *buf = aligned_alloc(4096, WIRE_CANARY_READ);
	size_t i;

	for (i = 0; buf && i < WIRE_CANARY_READ; i += WIRE_CANARY_BYTES)
		memcpy(buf + i, WIRE_CANARY, WIRE_CANARY_BYTES);
	return buf;
}

/* In a process of its own: one read past the cache, over a full buffer. */
static void read_over(int number)
{
	int fd = open(DISK, O_RDONLY | O_DIRECT | O_CLOEXEC);
	char *buf = make_buffer();
	off_t at = (off_t)number * WIRE_CANARY_READ;

	if (fd < 0 || !buf)
		_exit(1);
	if (pread(fd, buf, WIRE_CANARY_READ, at) != WIRE_CANARY_READ)
		_exit(2);
	/* The device has written all of it. */
	_exit(memmem(buf, WIRE_CANARY_READ, WIRE_CANARY, WIRE_CANARY_BYTES) ?
	      3 : 0);
}

static unsigned int inflight(void)
{
	unsigned int reads = 0;
	char text[64];

	if (read_text(INFLIGHT, text, sizeof(text)))
		sscanf(text, "%u", &reads);
	return reads;
}

static bool all_in_flight(void)
{
	int i;

	for (i = 0; i < PATIENCE_S * 10; i++) {
		if (inflight() == WIRE_CANARY_READS)
			return true;
		usleep(100 * 1000);
	}
	return false;
}

static bool all_good(struct result *res)
{
	int i, status;

	for (i = 0; i < ALL_READS; i++) {
		if (wait(&status) < 0 || status) {
			fail(res, "a read ended with status 0x%x", status);
			return false;
		}
		res->bytes += WIRE_CANARY_READ;
	}
	return true;
}

static void test_canary(const struct lab *lab, struct result *res)
{
	bool flying, scanned = false, released;
	int i;

	(void)lab;
	if (access(DISK, R_OK)) {
		fail_errno(res, "%s: is there a second virtio-blk?", DISK);
		return;
	}
	if (!ask_host("hold")) {
		fail(res, "the host did not hold the disk's reads");
		return;
	}
	for (i = 0; i < ALL_READS; i++)
		if (!fork())
			read_over(i);
	flying = all_in_flight();
	if (flying)
		scanned = ask_host("scan");
	released = ask_host("release");
	if (!released)
		fail(res, "the host did not let the reads go");
	else if (!all_good(res))
		return;
	else if (!flying)
		fail(res, "the reads were not in flight together");
	else if (!scanned)
		fail(res, "the host could not scan");
	else
		pass(res, "scanned with %d reads in flight", WIRE_CANARY_READS);
}
TEST("canary", test_canary)
