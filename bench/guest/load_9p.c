// SPDX-License-Identifier: GPL-2.0
/* Reads of a file of the host by 9p, past the cache. */
#include <sys/mount.h>

#include "bench.h"
#include "wire/wire.h"

#define MNT	"/mnt"
#define PATH	MNT "/" WIRE_SHARE_GIVEN
#define OPTIONS	"trans=virtio,version=9p2000.L,cache=none"
#define WARM	20

static bool read_some(int fd, char *buf, size_t bytes, unsigned int ios)
{
	unsigned int blocks = WIRE_SHARE_BYTES / bytes, i;

	for (i = 0; i < ios; i++)
		if (pread(fd, buf, bytes, (off_t)bytes * (i % blocks)) !=
		    (ssize_t)bytes)
			return false;
	return true;
}

static bool load(const char *name, int fd, char *buf, size_t bytes,
		 unsigned int ios, struct result *res)
{
	bool good = read_some(fd, buf, bytes, WARM);

	bench_begin(name);
	good = good && read_some(fd, buf, bytes, ios);
	bench_end(name, ios, bytes);
	if (!good)
		fail_errno(res, "read %s", PATH);
	return good;
}

static bool test_bench_9p(const struct lab *lab, struct result *res)
{
	char *buf = aligned_alloc(65536, 65536);
	int fd;

	if (mount("lab", MNT, "9p", 0, OPTIONS))
		return fail_errno(res, "mount 9p");
	fd = open(PATH, O_RDONLY | O_CLOEXEC);
	if (!buf || fd < 0)
		fail_errno(res, "open %s", PATH);
	else if (load("9p-4k-read", fd, buf, 4096, 500, res) &&
		 load("9p-64k-read", fd, buf, 65536, 200, res))
		pass(res, "two loads");
	close(fd);
	umount(MNT);
	return res->ok;
}
TEST("bench-9p", test_bench_9p, BENCH_S)
