// SPDX-License-Identifier: GPL-2.0
/*
 * Random bytes through virtio-rng. A device that cannot reach the buffer
 * leaves what the bounce page held: zeroes, or the same bytes twice.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ktap.h"

#define CURRENT	"/sys/class/misc/hw_random/rng_current"
#define BYTES	4096
/* 32768 fair bits have 16384 ones; 640 off is seven standard deviations. */
#define SLACK	640

static bool read_random(unsigned char *buf, struct result *res)
{
	int fd = open("/dev/hwrng", O_RDONLY | O_CLOEXEC);
	size_t done = 0;

	if (fd < 0) {
		fail_errno(res, "open /dev/hwrng");
		return false;
	}
	while (done < BYTES) {
		ssize_t n = read(fd, buf + done, BYTES - done);

		if (n <= 0) {
			fail_errno(res, "read /dev/hwrng after %zu bytes",
				   done);
			close(fd);
			return false;
		}
		done += n;
	}
	close(fd);
	res->bytes += done;
	return true;
}

static int ones(const unsigned char *buf)
{
	int i, sum = 0;

	for (i = 0; i < BYTES; i++)
		sum += __builtin_popcount(buf[i]);
	return sum;
}

static void test_rng(const struct lab *lab, struct result *res)
{
	unsigned char first[BYTES], second[BYTES];
	char current[64] = "";
	int n;

	(void)lab;
	if (!read_text(CURRENT, current, sizeof(current)) ||
	    strncmp(current, "virtio_rng", strlen("virtio_rng"))) {
		fail(res, "the hardware generator in use is '%s', not virtio_rng",
		     current);
		return;
	}
	if (!read_random(first, res) || !read_random(second, res))
		return;
	if (!memcmp(first, second, BYTES)) {
		fail(res, "two reads gave the same bytes");
		return;
	}
	n = ones(first);
	if (abs(n - BYTES * 4) > SLACK) {
		fail(res, "%d of %d bits are set", n, BYTES * 8);
		return;
	}
	pass(res, "%s, %d of %d bits set", current, n, BYTES * 8);
}
TEST("rng", test_rng)
