// SPDX-License-Identifier: GPL-2.0
/*
 * Random bytes through virtio-rng. A device that cannot reach the buffer
 * leaves what the bounce page held: zeroes, or the same bytes twice.
 */
#include "lab.h"

#define CURRENT	"/sys/class/misc/hw_random/rng_current"
#define BYTES	4096
/* 32768 fair bits have 16384 ones; 640 off is seven standard deviations. */
#define SLACK	640

static bool read_random(unsigned char *buf, struct result *res)
{
	int fd = open("/dev/hwrng", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return fail_errno(res, "open /dev/hwrng");
	if (!read_all(fd, buf, BYTES))
		return fail_errno(res, "read %d bytes of /dev/hwrng", BYTES);
	close(fd);
	res->bytes += BYTES;
	return true;
}

static int ones(const unsigned char *buf)
{
	int i, sum = 0;

	for (i = 0; i < BYTES; i++)
		sum += __builtin_popcount(buf[i]);
	return sum;
}

static bool test_rng(const struct lab *lab, struct result *res)
{
	unsigned char first[BYTES], second[BYTES];
	char current[64] = "";
	int n;

	if (!read_text(CURRENT, current, sizeof(current)) ||
	    strncmp(current, "virtio_rng", strlen("virtio_rng")))
		return fail(res, "the hardware generator in use is '%s', not virtio_rng",
			    current);
	if (!read_random(first, res) || !read_random(second, res))
		return false;
	if (!memcmp(first, second, BYTES))
		return fail(res, "two reads gave the same bytes");
	n = ones(first);
	if (abs(n - BYTES * 4) > SLACK)
		return fail(res, "%d of %d bits are set", n, BYTES * 8);
	return pass(res, "%s, %d of %d bits set", current, n, BYTES * 8);
}
TEST("rng", test_rng)
