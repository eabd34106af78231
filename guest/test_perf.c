// SPDX-License-Identifier: GPL-2.0
/*
 * Samples of the performance monitor, whose interrupts come at any time: while the
 * kernel has them masked, too, as in page faults. In a kernel with lockdep, which then
 * watches how they are replayed.
 */
#include <linux/perf_event.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include "lab.h"

#define PERIOD	20000		/* cycles */
#define SAMPLES	(256u << 10)	/* bytes of them */
#define FAULTS	20000

/* Where samples are written to, or NULL. */
static struct perf_event_mmap_page *sample(size_t page)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_HARDWARE,
		.config = PERF_COUNT_HW_CPU_CYCLES,
		.size = sizeof(attr),
		.sample_period = PERIOD,
		.sample_type = PERF_SAMPLE_IP,
	};
	int fd = syscall(SYS_perf_event_open, &attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
	void *map = MAP_FAILED;

	if (fd >= 0)
		map = mmap(NULL, page + SAMPLES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	return map == MAP_FAILED ? NULL : map;
}

static bool test_perf(const struct lab *lab, struct result *res)
{
	size_t page = sysconf(_SC_PAGESIZE);
	struct perf_event_mmap_page *samples = sample(page);
	char *memory;
	int i;

	if (!samples)
		return fail_errno(res, "perf_event_open");
	memory = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED)
		return fail_errno(res, "mmap");
	for (i = 0; i < FAULTS; i++) {
		*(volatile char *)memory = 1;
		madvise(memory, page, MADV_DONTNEED);
	}
	if (!samples->data_head)
		return fail(res, "%d page faults gave no sample", FAULTS);
	return pass(res, "%llu bytes of samples", (unsigned long long)samples->data_head);
}
TEST("perf", test_perf)
