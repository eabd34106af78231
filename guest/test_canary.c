// SPDX-License-Identifier: GPL-2.0
/*
 * Private data in buffers that a device is about to write to: the host counts
 * what of it lies in shared pages while the reads are in flight. The host has
 * the disk answer one read at once, and no other one until it is told to.
 */
#include <signal.h>
#include <sys/wait.h>

#include "canary.h"
#include "wire/wire.h"

#define DISK		"/dev/vdb"
#define INFLIGHT	"/sys/block/vdb/inflight"
#define PATIENCE_S	60
/* The one that is answered at once, and those that are looked at. */
#define ALL_READS	(1 + WIRE_CANARY_READS)

/* In a process of its own: one read past the cache, over a full buffer. */
static void read_over(int number)
{
	int fd = open(DISK, O_RDONLY | O_DIRECT | O_CLOEXEC);
	char *buf = aligned_alloc(4096, WIRE_CANARY_READ);
	/* not beside each other: the block layer makes one request of two that are */
	off_t at = (off_t)number * 2 * WIRE_CANARY_READ;

	if (fd < 0 || !buf)
		_exit(1);
	canary_fill(buf, WIRE_CANARY_READ);
	if (pread(fd, buf, WIRE_CANARY_READ, at) != WIRE_CANARY_READ)
		_exit(2);
	/* The device has written all of it. */
	_exit(canary_in(buf, WIRE_CANARY_READ) ? 3 : 0);
}

/* How many are, at last. */
static unsigned long in_flight(void)
{
	unsigned long n;
	int i;

	for (i = 0; i < PATIENCE_S * 10; i++) {
		/* of its two numbers the first is that of reads */
		n = read_number(INFLIGHT);
		if (n == WIRE_CANARY_READS)
			break;
		usleep(100 * 1000);
	}
	return n;
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
	unsigned long flying;
	bool scanned;
	int i;

	if (access(DISK, R_OK))
		return fail_errno(res, "%s: is there a second virtio-blk?", DISK);
	if (!ask_host("hold"))
		return fail(res, "the host did not hold the disk's reads");
	for (i = 0; i < ALL_READS; i++)
		if (!fork_sure())
			read_over(i);
	flying = in_flight();
	scanned = flying == WIRE_CANARY_READS && ask_host("scan");
	if (!ask_host("release"))
		return fail(res, "the host did not let the reads go");
	if (!all_good(res))
		return false;
	if (flying != WIRE_CANARY_READS)
		return fail(res, "%lu reads are in flight, not %d", flying, WIRE_CANARY_READS);
	return result_set(res, scanned, "%s with %d reads in flight",
			  scanned ? "scanned" : "the host could not scan",
			  WIRE_CANARY_READS);
}
TEST("canary", test_canary)
