// SPDX-License-Identifier: GPL-2.0
/*
 * dm-crypt with sectors of 4 KiB: reads of 4 to 60 KiB, while the disk below is read by
 * so many bytes that an odd number of the pool's slots is needed.
 */
#include <signal.h>

#include "crypt.h"
#include "wire/pattern.h"
#include "wire/wire.h"

#define BELOW	"/dev/vda"
#define SECTOR	4096u
#define LARGEST	15u
#define READS	1500
#define ODD	4608
#define STRIDE	65536u

static pid_t make_noise(void)
{
	int fd = open(BELOW, O_RDONLY | O_DIRECT | O_CLOEXEC);
	char *buf = aligned_alloc(STRIDE, STRIDE);
	pid_t pid = fork_sure();

	while (!pid && pread(fd, buf, ODD, 0) == ODD)
		;
	if (!pid)
		_exit(0);
	return pid;
}

static bool read_all_sizes(const struct lab *lab, int fd, char *buf, struct result *res)
{
	unsigned int i;

	for (i = 0; i < READS; i++) {
		const size_t len = (i % LARGEST + 1) * SECTOR;
		const uint64_t at = (uint64_t)i * 7 * SECTOR % (WIRE_CRYPT_BYTES / 2);

		if (pread(fd, buf, len, at) != (ssize_t)len)
			return fail_errno(res, "read %zu bytes, the %u. time", len, i);
		if (pattern_mismatch(lab->seed, at, buf, len) >= 0)
			return fail(res, "%zu bytes differ, the %u. time", len, i);
		res->bytes += len;
	}
	return true;
}

static bool test_sectors(const struct lab *lab, struct result *res)
{
	char *buf = aligned_alloc(STRIDE, WIRE_CRYPT_BYTES);
	bool good;
	pid_t pid;
	int fd;

	if (!crypt_open(BELOW, "1 sector_size:4096", res))
		return false;
	fd = open(CRYPT_DISK, O_RDWR | O_DIRECT | O_CLOEXEC);
	pattern_fill(lab->seed, 0, buf, WIRE_CRYPT_BYTES);
	if (pwrite(fd, buf, WIRE_CRYPT_BYTES, 0) != WIRE_CRYPT_BYTES)
		return fail_errno(res, "write " CRYPT_DISK);
	pid = make_noise();
	good = read_all_sizes(lab, fd, buf, res);
	kill(pid, SIGKILL);
	return good && pass(res, "%d reads compared", READS);
}
TEST("sectors", test_sectors)
