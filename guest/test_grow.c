// SPDX-License-Identifier: GPL-2.0
/*
 * The bounce pool grows (CONFIG_SWIOTLB_DYNAMIC) before a request finds it full. fio
 * has so many reads in flight that an eighth of it is left, and again as much when it
 * has grown: none is done before the last is started.
 */
#include <sys/klog.h>

#include "swiotlb.h"
#include "userland.h"

#define DISK		"/dev/vda"
#define ROOT_DISK	"/dev/vdb"
#define ROUNDS		2
#define READ_KIB	256
#define LOG_READ_ALL	3	/* of klogctl() */
#define LOG_BYTES	(1 << 20)

/* Has a request found the pool full? */
static bool logged_full(void)
{
	char *log = calloc(1, LOG_BYTES);

	return !log || klogctl(LOG_READ_ALL, log, LOG_BYTES - 1) < 0 ||
	       strstr(log, "swiotlb buffer is full");
}

static bool grown(unsigned long left, struct result *res)
{
	unsigned long before = read_number(SWIOTLB_NSLABS), after;
	unsigned int reads = (before - read_number(SWIOTLB_USED) - left) /
			     (READ_KIB / SWIOTLB_SLOT_KIB);
	const struct fio_load load = {
		.rw = "randread", .kib = READ_KIB, .depth = reads, .batch = reads,
		.ios = reads,
	};

	if (!fio_run(DISK, &load, res))
		return false;
	after = read_number(SWIOTLB_NSLABS);
	ktap_comment("%u reads in flight: from %lu slots to %lu, %lu in use at most", reads,
		     before, after, read_number(SWIOTLB_HIWATER));
	if (logged_full())
		return fail(res, "a request has found the pool full");
	return after > before || fail(res, "the pool has %lu slots still", after);
}

static bool test_grow(const struct lab *lab, struct result *res)
{
	unsigned long left = read_number(SWIOTLB_NSLABS) / 8;
	int round = 0;

	if (!userland_mount(ROOT_DISK, true, res))
		return false;
	while (round < ROUNDS && grown(left, res))
		round++;
	userland_umount();
	return round == ROUNDS && pass(res, "the pool has grown %d times", round);
}
TEST("grow", test_grow)
