// SPDX-License-Identifier: GPL-2.0
/*
 * The bounce pool is exhausted while other tests run: on each disk of zeroes, DEPTH
 * processes read without a pause, over private data. `busy` starts them, `idle` has the
 * host look for these in all shared pages, and ends them: none has read anything but
 * zeroes or met an error, and most of the pool is free again.
 */
#include <dirent.h>
#include <limits.h>
#include <sys/mman.h>
#include <time.h>

#include "canary.h"
#include "swiotlb.h"
#include "wire/wire.h"

#define STATE		"/busy"
#define DEPTH		128
#define READ		(64u << 10)
#define PATIENCE_S	30

/* What the processes and the two tests have in common, in a file. */
static volatile struct busy {
	bool over;
	unsigned int running;
	uint64_t reads;
	char error[128];
} *busy;

static bool busy_map(int flags, struct result *res)
{
	int fd = open(STATE, O_RDWR | O_CLOEXEC | flags, 0600);

	if (fd < 0 || ftruncate(fd, sizeof(*busy)))
		return fail_errno(res, "open " STATE ": did `busy` run?");
	busy = mmap(NULL, sizeof(*busy), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	return busy != MAP_FAILED || fail_errno(res, "map " STATE);
}

static bool read_zeroes(int fd, char *buf, off_t at)
{
	size_t i;

	canary_fill(buf, READ);
	if (pread(fd, buf, READ, at) != READ)
		return false;
	errno = EILSEQ;
	for (i = 0; i < READ && !buf[i]; i++)
		;
	return i == READ;
}

static void reader(const char *disk, unsigned int n)
{
	int fd = open(disk, O_RDONLY | O_DIRECT | O_CLOEXEC);
	char *buf = aligned_alloc(READ, READ);

	while (!busy->over && !busy->error[0]) {
		if (fd < 0 || !buf || !read_zeroes(fd, buf, (off_t)n * READ))
			snprintf((char *)busy->error, sizeof(busy->error), "%.64s: %s", disk,
				 strerror(errno));
		__atomic_fetch_add(&busy->reads, 1, __ATOMIC_RELAXED);
	}
	__atomic_fetch_sub(&busy->running, 1, __ATOMIC_RELAXED);
	_exit(0);
}

static bool start(const char *name, struct result *res)
{
	char path[PATH_MAX];
	unsigned int n;

	snprintf(path, sizeof(path), "/sys/block/%s/size", name);
	if (read_number(path) != WIRE_BUSY_BYTES / 512)
		return true;
	snprintf(path, sizeof(path), "/dev/%s", name);
	for (n = 0; n < DEPTH; n++) {
		__atomic_fetch_add(&busy->running, 1, __ATOMIC_RELAXED);
		if (!fork_sure())
			reader(path, n);
	}
	return true;
}

static bool test_busy(const struct lab *lab, struct result *res)
{
	DIR *dir = opendir("/sys/block");
	bool good = dir && busy_map(O_CREAT, res);
	struct dirent *de;

	while (good && (de = readdir(dir)))
		good = start(de->d_name, res);
	return good && (busy->running ? pass(res, "%u processes read", busy->running) :
			fail(res, "no disk has %u bytes", WIRE_BUSY_BYTES));
}
TEST("busy", test_busy)

static bool test_idle(const struct lab *lab, struct result *res)
{
	time_t end = time(NULL) + PATIENCE_S * lab->slow;
	unsigned long used, all = read_number(SWIOTLB_NSLABS);

	if (!busy_map(0, res))
		return false;
	if (lab->secure && !ask_host("scan"))
		return fail(res, "the host could not scan");
	busy->over = true;
	do {
		usleep(100000);
		used = read_number(SWIOTLB_USED);
	} while ((busy->running || used > all / 2) && time(NULL) < end);
	res->bytes = busy->reads * READ;
	if (busy->error[0])
		return fail(res, "%s", (char *)busy->error);
	if (busy->running)
		return fail(res, "%u reads never end", busy->running);
	if (used > all / 2)
		return fail(res, "%lu of %lu slots are still in use", used, all);
	return pass(res, "%llu reads of zeroes", (unsigned long long)busy->reads);
}
TEST("idle", test_idle)
