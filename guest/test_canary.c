// SPDX-License-Identifier: GPL-2.0
/*
 * Private data in buffers that a device is about to write to: the host counts
 * what of it lies in shared pages while the reads are in flight. The host has
 * the disk answer one read at once, and no other one until it is told to.
 */
#include <signal.h>
#include <sys/wait.h>

#include "lab.h"
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
	_exit(memmem(buf, WIRE_CANARY_READ, WIRE_CANARY, WIRE_CANARY_BYTES) ? 3 : 0);
}

static bool all_in_flight(void)
{
	int i;

	for (i = 0; i < PATIENCE_S * 10; i++) {
		/* of its two numbers the first is that of reads */
		if (read_number(INFLIGHT) == WIRE_CANARY_READS)
			return true;
		usleep(100 * 1000);
	}
	return false;
}

static bool all_good(struct result *res)
{
	int i, status;

	for (i = 0; i < ALL_READS; i++) {
		if (wait(&status) < 0 || status)
			return fail(res, "a read ended with status 0x%x", status);
		res->bytes += WIRE_CANARY_READ;
	}
	return true;
}

static bool test_canary(const struct lab *lab, struct result *res)
{
	bool flying, scanned;
	int i;

	if (access(DISK, R_OK))
		return fail_errno(res, "%s: is there a second virtio-blk?", DISK);
	if (!ask_host("hold"))
		return fail(res, "the host did not hold the disk's reads");
	for (i = 0; i < ALL_READS; i++)
		if (!fork_sure())
			read_over(i);
	flying = all_in_flight();
	scanned = flying && ask_host("scan");
	if (!ask_host("release"))
		return fail(res, "the host did not let the reads go");
	if (!all_good(res))
		return false;
	if (!flying)
		return fail(res, "the reads were not in flight together");
	return result_set(res, scanned, "%s with %d reads in flight",
			  scanned ? "scanned" : "the host could not scan",
			  WIRE_CANARY_READS);
}
TEST("canary", test_canary)
