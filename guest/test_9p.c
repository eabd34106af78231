// SPDX-License-Identifier: GPL-2.0
/*
 * A directory of the host by 9p: read and compare the file that the host has
 * put there, write another one, and read it back past the cache.
 */
#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

#include "digest.h"
#include "ktap.h"
#include "wire/pattern.h"
#include "wire/wire.h"

#define MNT	"/mnt"
/* Nothing is cached: what is read comes from the device. */
#define OPTIONS	"trans=virtio,version=9p2000.L,cache=none"
#define CHUNK	(64u << 10)

static char chunk[CHUNK];

static bool read_back(struct result *res, const char *path, uint64_t seed,
		      struct digest *d)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	uint64_t done = 0;

	if (fd < 0) {
		fail_errno(res, "open %s", path);
		return false;
	}
	while (done < WIRE_SHARE_BYTES) {
		ssize_t n = read(fd, chunk, CHUNK), at;

		if (n <= 0) {
			fail_errno(res, "read %s after %llu bytes: %zd", path,
				   (unsigned long long)done, n);
			break;
		}
		at = pattern_mismatch(seed, done, chunk, n);
		if (at >= 0) {
			fail(res, "%s differs at byte %llu", path,
			     (unsigned long long)done + at);
			break;
		}
		if (!digest_update(d, res, chunk, n))
			break;
		done += n;
		res->bytes += n;
	}
	close(fd);
	return done == WIRE_SHARE_BYTES;
}

static bool write_out(struct result *res, const char *path, uint64_t seed)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	uint64_t done = 0;

	if (fd < 0) {
		fail_errno(res, "create %s", path);
		return false;
	}
	while (done < WIRE_SHARE_BYTES) {
		pattern_fill(seed, done, chunk, CHUNK);
		if (!write_all(fd, chunk, CHUNK)) {
			fail_errno(res, "write %s after %llu bytes", path,
				   (unsigned long long)done);
			break;
		}
		done += CHUNK;
		res->bytes += CHUNK;
	}
	if (close(fd)) {
		fail_errno(res, "close %s", path);
		return false;
	}
	return done == WIRE_SHARE_BYTES;
}

static bool compare(struct result *res, const char *path, uint64_t seed,
		    const char *sum)
{
	struct digest d;

	return digest_open(&d, res) &&
	       digest_close(&d, res, sum, read_back(res, path, seed, &d));
}

static void test_9p(const struct lab *lab, struct result *res)
{
	const char *given = MNT "/" WIRE_SHARE_GIVEN;
	const char *made = MNT "/" WIRE_SHARE_MADE;

	if (mount("lab", MNT, "9p", MS_NOATIME, OPTIONS)) {
		fail_errno(res, "mount 9p: is virtio-9p bound to a driver?");
		return;
	}
	if (compare(res, given, lab->seed + WIRE_SHARE_RECEIVED,
		    WIRE_SUM_SHARE_RECEIVED) &&
	    write_out(res, made, lab->seed + WIRE_SHARE_SENT) &&
	    compare(res, made, lab->seed + WIRE_SHARE_SENT,
		    WIRE_SUM_SHARE_SENT))
		pass(res, "files read, written and compared");
	umount(MNT);
}
TEST("9p", test_9p)
