// SPDX-License-Identifier: GPL-2.0
/*
 * The bounce pool grows (CONFIG_SWIOTLB_DYNAMIC) before a request finds it full. fio
 * has so many reads in flight that an eighth of it is left, and again as much when it
 * has grown: none is done before the last is started.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>

#include "ktap.h"
#include "userland.h"

#define DISK		"/dev/vda"
#define ROOT_DISK	"/dev/vdb"
#define NSLABS		"/sys/kernel/debug/swiotlb/io_tlb_nslabs"
#define USED		"/sys/kernel/debug/swiotlb/io_tlb_used"
#define HIWATER		"/sys/kernel/debug/swiotlb/io_tlb_used_hiwater"
#define ROUNDS		2
#define SLOT_KIB	2
#define READ_KIB	256
#define LOG_READ_ALL	3	/* of klogctl() */
#define LOG_BYTES	(1 << 20)

static bool read_at_once(unsigned int reads, struct result *res)
{
	char depth[32], batch[32], ios[32];
	char *const argv[] = {
		"/usr/bin/fio", "--name=lab", "--filename=" DISK, "--rw=randread",
		"--bs=256k", depth, batch, ios, "--ioengine=libaio", "--direct=1",
		"--norandommap", "--output-format=terse", NULL
	};

	snprintf(depth, sizeof(depth), "--iodepth=%u", reads);
	snprintf(batch, sizeof(batch), "--iodepth_batch=%u", reads);
	snprintf(ios, sizeof(ios), "--number_ios=%u", reads);
	return userland_run(argv, res);
}

/* Has a request found the pool full? */
static bool logged_full(void)
{
	char *log = calloc(1, LOG_BYTES);
	bool full;

	if (!log || klogctl(LOG_READ_ALL, log, LOG_BYTES - 1) < 0)
		return true;
	full = strstr(log, "swiotlb buffer is full");
	free(log);
	return full;
}

static bool grown(unsigned long left, struct result *res)
{
	unsigned long before = read_number(NSLABS), after;
	unsigned int reads = (before - read_number(USED) - left) / (READ_KIB / SLOT_KIB);

	if (!read_at_once(reads, res))
		return false;
	after = read_number(NSLABS);
	ktap_comment("%u reads in flight: from %lu slots to %lu, %lu in use at most", reads,
		     before, after, read_number(HIWATER));
	if (logged_full())
		fail(res, "a request has found the pool full");
	else if (after <= before)
		fail(res, "the pool has %lu slots still", after);
	else
		return true;
	return false;
}

void test_grow(const struct lab *lab, struct result *res)
{
	unsigned long left = read_number(NSLABS) / 8;
	int round = 0;

	(void)lab;
	if (!userland_mount(ROOT_DISK, true, res))
		return;
	while (round < ROUNDS && grown(left, res))
		round++;
	userland_umount();
	if (round == ROUNDS)
		pass(res, "the pool has grown %d times", round);
}
