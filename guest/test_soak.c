// SPDX-License-Identifier: GPL-2.0
/*
 * Many small requests: passes over a whole disk, each of which writes every block in a
 * scattered order, and reads and compares them backwards. Several processes do so at a
 * time, each with blocks of its own. The host compares the disk with the last pass.
 */
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>

#include "lab.h"
#include "wire/pattern.h"
#include "wire/wire.h"

#define DEADLINE_S	1800
#define WORKERS		4
/* Odd, and so coprime with a number of blocks that is a power of two. */
#define STRIDE		40503
#define REPORT_S	20

struct soak {
	const struct lab *lab;
	struct result *res;
	const char *name, *disk;
	enum wire_stream stream;
	uint64_t blocks;
	/* shared between the workers */
	uint64_t *done;
};

static uint64_t seed_of(const struct soak *s, int pass)
{
	return WIRE_SOAK_SEED(s->lab->seed + s->stream, pass);
}

static bool write_block(const struct soak *s, int fd, char *buf, int pass,
			uint64_t block)
{
	uint64_t at = block * WIRE_SOAK_BLOCK;

	pattern_fill(seed_of(s, pass), at, buf, WIRE_SOAK_BLOCK);
	return pwrite(fd, buf, WIRE_SOAK_BLOCK, at) == WIRE_SOAK_BLOCK ||
	       fail_errno(s->res, "%s: write block %llu", s->disk, (unsigned long long)block);
}

static bool read_block(const struct soak *s, int fd, char *buf, int pass,
		       uint64_t block)
{
	uint64_t at = block * WIRE_SOAK_BLOCK;
	ssize_t bad;

	if (pread(fd, buf, WIRE_SOAK_BLOCK, at) != WIRE_SOAK_BLOCK)
		return fail_errno(s->res, "%s: read block %llu", s->disk,
				  (unsigned long long)block);
	bad = pattern_mismatch(seed_of(s, pass), at, buf, WIRE_SOAK_BLOCK);
	return bad < 0 || fail(s->res, "%s differs at byte %llu in pass %d", s->disk,
			       (unsigned long long)at + bad, pass);
}

static uint64_t scatter(const struct soak *s, uint64_t i)
{
	return i * STRIDE % s->blocks;
}

static bool work(const struct soak *s, int worker)
{
	int fd = open(s->disk, O_RDWR | O_DIRECT | O_CLOEXEC), pass;
	char *buf = aligned_alloc(4096, WIRE_SOAK_BLOCK);
	uint64_t i;

	if (fd < 0 || !buf)
		return fail_errno(s->res, "open %s", s->disk);
	for (pass = 0; pass < WIRE_SOAK_PASSES; pass++) {
		for (i = worker; i < s->blocks; i += WORKERS, s->done[worker]++)
			if (!write_block(s, fd, buf, pass, scatter(s, i)))
				return false;
		/* The same blocks backwards. */
		for (; i >= WORKERS; i -= WORKERS, s->done[worker]++)
			if (!read_block(s, fd, buf, pass,
					scatter(s, i - WORKERS)))
				return false;
	}
	return true;
}

static uint64_t sum_done(const struct soak *s)
{
	uint64_t sum = 0;
	int i;

	for (i = 0; i < WORKERS; i++)
		sum += __atomic_load_n(&s->done[i], __ATOMIC_RELAXED);
	return sum;
}

static bool wait_all(const struct soak *s)
{
	int left = WORKERS, status;
	time_t next = time(NULL) + REPORT_S;
	bool good = true;

	while (left) {
		pid_t pid = waitpid(-1, &status, WNOHANG);

		if (pid > 0) {
			left--;
			good = good && !status;
			continue;
		}
		usleep(100 * 1000);
		if (time(NULL) >= next) {
			next += REPORT_S;
			ktap_comment("%s: %llu of %llu requests", s->name,
				     (unsigned long long)sum_done(s),
				     (unsigned long long)s->blocks * 2 *
					     WIRE_SOAK_PASSES);
		}
	}
	return good;
}

static bool soak(const struct lab *lab, struct result *res, const char *name,
		 const char *disk, enum wire_stream stream)
{
	struct soak s = { .lab = lab, .res = res, .name = name, .disk = disk, .stream = stream };
	int fd = open(disk, O_RDWR | O_CLOEXEC), i;
	uint64_t bytes = 0;

	if (fd < 0 || ioctl(fd, BLKGETSIZE64, &bytes))
		return fail_errno(res, "open %s", disk);
	close(fd);
	s.blocks = bytes / WIRE_SOAK_BLOCK;
	s.done = mmap(NULL, sizeof(*s.done) * WORKERS, PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (s.done == MAP_FAILED)
		return fail(res, "no memory");
	for (i = 0; i < WORKERS; i++)
		if (!fork_sure())
			_exit(!work(&s, i));
	if (!wait_all(&s))
		return false;
	res->bytes = sum_done(&s) * WIRE_SOAK_BLOCK;
	ktap_comment("requests %s %llu", name,
		     (unsigned long long)sum_done(&s));
	return pass(res, "%llu requests", (unsigned long long)sum_done(&s));
}

static bool test_soak_blk(const struct lab *lab, struct result *res)
{
	return soak(lab, res, "soak-blk", "/dev/vda", WIRE_BLK);
}
TEST("soak-blk", test_soak_blk, DEADLINE_S)

static bool test_soak_scsi(const struct lab *lab, struct result *res)
{
	char path[16];

	return first_scsi_disk(path, sizeof(path), res) &&
	       soak(lab, res, "soak-scsi", path, WIRE_SCSI);
}
TEST("soak-scsi", test_soak_scsi, DEADLINE_S)
