// SPDX-License-Identifier: GPL-2.0
/*
 * A disk's size changes while it is used: processes write and read what stays of it, and
 * each reads what it has written. The kernel has each new size, and when all is over no
 * more of the pool than before.
 */
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>

#include "lab.h"
#include "swiotlb.h"
#include "wire/pattern.h"
#include "wire/wire.h"

#define DISK		"/dev/vda"
#define SECTORS		"/sys/block/vda/size"
#define WORKERS		4
#define CHUNK		65536
#define ROUNDS		10
#define PATIENCE_S	30

/* In a process of its own, until it is killed, or something is wrong. */
static void work(unsigned int n, uint64_t *done)
{
	int fd = open(DISK, O_RDWR | O_DIRECT | O_CLOEXEC);
	char *was = aligned_alloc(CHUNK, CHUNK), *is = aligned_alloc(CHUNK, CHUNK);
	uint64_t seed = n;

	do {
		__atomic_fetch_add(done, 2 * CHUNK, __ATOMIC_RELAXED);
		seed += WORKERS;
		pattern_fill(seed, 0, was, CHUNK);
	} while (pwrite(fd, was, CHUNK, n * CHUNK) == CHUNK &&
		 pread(fd, is, CHUNK, n * CHUNK) == CHUNK && !memcmp(is, was, CHUNK));
	_exit(1);
}

static bool resize(const char *request, uint64_t bytes, const struct lab *lab,
		   struct result *res)
{
	time_t end = time(NULL) + PATIENCE_S * lab->slow;

	if (!ask_host(request))
		return fail(res, "the host did not make the disk %s", request);
	while (read_number(SECTORS) != bytes / 512 && time(NULL) < end)
		usleep(10000);
	return read_number(SECTORS) == bytes / 512 ||
	       fail(res, "%s: the kernel has %lu sectors", request, read_number(SECTORS));
}

static bool rounds(const struct lab *lab, const uint64_t *done, struct result *res)
{
	bool good = true;
	uint64_t was;
	int i;

	for (i = 0; good && i < ROUNDS; i++) {
		was = __atomic_load_n(done, __ATOMIC_RELAXED);
		good = resize("larger", WIRE_LARGER_BYTES, lab, res) &&
		       resize("smaller", WIRE_SMALLER_BYTES, lab, res);
		usleep(100000);
		if (good && __atomic_load_n(done, __ATOMIC_RELAXED) == was)
			good = fail(res, "no request was done meanwhile");
	}
	return good;
}

static bool test_resize(const struct lab *lab, struct result *res)
{
	uint64_t *done = mmap(NULL, sizeof(*done), PROT_READ | PROT_WRITE,
			      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	unsigned long before = read_number(SWIOTLB_USED), used;
	pid_t pids[WORKERS];
	bool good;
	int i, status;

	for (i = 0; i < WORKERS; i++) {
		pids[i] = fork_sure();
		if (!pids[i])
			work(i, done);
	}
	good = rounds(lab, done, res);
	for (i = 0; i < WORKERS; i++) {
		kill(pids[i], SIGKILL);
		waitpid(pids[i], &status, 0);
		if (good && !WIFSIGNALED(status))
			good = fail(res, "not what was written, or an error");
	}
	res->bytes = *done;
	used = read_number(SWIOTLB_USED);
	if (good && used > before)
		return fail(res, "%lu slots are used, before it were %lu", used, before);
	return good && pass(res, "resized %d times", 2 * ROUNDS);
}
TEST("resize", test_resize)
