// SPDX-License-Identifier: GPL-2.0
/*
 * Maps and unmaps alone: the kernel's own benchmark of them
 * (kernel/dma/map_benchmark.c) has one buffer mapped and unmapped, over and over,
 * for a device that has no other driver. What is counted lies between two of its
 * maps, as with fio's requests.
 */
#include <linux/ioctl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/time.h>

#include "bench.h"

#define BIND		"/sys/bus/pci/drivers/dma_map_benchmark/new_id"
#define TESTDEV		"1b36 0005"	/* QEMU's pci-testdev */
#define BENCHMARK	"/sys/kernel/debug/dma_map_benchmark"

/* linux/map_benchmark.h, which Debian 12's headers do not have */
#define MAP_TO_DEVICE	1
#define MAP_FROM_DEVICE	2
#define MAP_ANY_NODE	(-1)

struct map_benchmark {
	uint64_t avg_map_100ns, map_stddev, avg_unmap_100ns, unmap_stddev;
	uint32_t threads, seconds;
	int32_t node;
	uint32_t dma_bits, dma_dir, dma_trans_ns;
	uint32_t granule;	/* pages mapped at a time */
	uint8_t map_mode;	/* 0: dma_map_single() */
	uint8_t expansion[75];
};

#define RUN		_IOWR('d', 1, struct map_benchmark)

static const struct map_load {
	unsigned int kib, dir;
	bool quick;
} loads[] = {
	{ 64, MAP_TO_DEVICE, true },
	{ 64, MAP_FROM_DEVICE, true },
	{ 128, MAP_TO_DEVICE },
	{ 128, MAP_FROM_DEVICE },
	{ 256, MAP_TO_DEVICE },
	{ 256, MAP_FROM_DEVICE },
};

static void on_alarm(int sig)
{
}

/*
 * The benchmark is told how many seconds to take, but a signal ends it sooner: after
 * 2 ms of the guest's time for each KiB, which is several hundred maps.
 */
static bool map_for_a_while(int fd, const struct map_load *load)
{
	struct itimerval soon = { .it_value.tv_usec = load->kib * 2000 };
	struct map_benchmark benchmark = {
		.threads = 1,
		.seconds = 10,
		.node = MAP_ANY_NODE,
		.dma_bits = 64,
		.dma_dir = load->dir,
		.granule = (load->kib << 10) / sysconf(_SC_PAGESIZE),
	};

	return !setitimer(ITIMER_REAL, &soon, NULL) &&
	       !ioctl(fd, RUN, &benchmark);
}

static bool run(int fd, const struct map_load *load)
{
	char name[64];
	bool good;

	snprintf(name, sizeof(name), "map-%uk-%s", load->kib,
		 load->dir == MAP_TO_DEVICE ? "to" : "from");
	bench_begin(name);
	good = map_for_a_while(fd, load);
	bench_end(name, BENCH_ALL_REQUESTS, load->kib << 10);
	return good;
}

static bool test_bench_map(const struct lab *lab, struct result *res)
{
	const struct sigaction action = { .sa_handler = on_alarm };
	size_t i;
	int fd;

	sigaction(SIGALRM, &action, NULL);
	if (!write_text(BIND, TESTDEV))
		return fail_errno(res, "write %s", BIND);
	fd = open(BENCHMARK, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return fail_errno(res, "open %s", BENCHMARK);
	for (i = 0; i < sizeof(loads) / sizeof(loads[0]); i++) {
		if (lab->quick && !loads[i].quick)
			continue;
		if (!run(fd, &loads[i]))
			return fail_errno(res, "map %u KiB", loads[i].kib);
	}
	return pass(res, "mapped and unmapped");
}
TEST("bench-map", test_bench_map, BENCH_S)
