// SPDX-License-Identifier: GPL-2.0
/*
 * An encrypted disk: private data are written to it and read back, past the
 * cache. Then the host looks for them in all shared pages, and the guest on the
 * disk below.
 */
#include "canary.h"
#include "crypt.h"
#include "wire/wire.h"

#define BELOW		"/dev/vdb"
/* Reads and writes are by so much, and by this part of it in turn. */
#define LARGE		(256u << 10)
#define SMALL		4096u

/* Reads or writes the whole of a disk, with large and small requests in turn. */
static bool transfer(const char *disk, bool out, char *buf,
		     bool (*good)(const void *buf, size_t len))
{
	int fd = open(disk, (out ? O_WRONLY : O_RDONLY) | O_DIRECT | O_CLOEXEC);
	bool large = true, ok = fd >= 0;
	uint64_t at;
	ssize_t n;

	for (at = 0; ok && at < WIRE_CRYPT_BYTES; at += LARGE, large = !large) {
		size_t len = large ? LARGE : SMALL, i;

		if (!out)
			memset(buf, 0, LARGE);
		for (i = 0; ok && i < LARGE; i += len) {
			n = out ? pwrite(fd, buf + i, len, at + i) :
				  pread(fd, buf + i, len, at + i);
			ok = n == (ssize_t)len;
		}
		ok = ok && (!good || good(buf, LARGE));
	}
	return fd >= 0 && !close(fd) && ok;
}

static bool no_canary(const void *buf, size_t len)
{
	return !canary_in(buf, len);
}

static bool test_crypt(const struct lab *lab, struct result *res)
{
	char *buf = aligned_alloc(65536, LARGE);

	if (!buf)
		return fail(res, "no memory");
	if (!crypt_open(BELOW, "", res))
		return false;
	canary_fill(buf, LARGE);
	if (!transfer(CRYPT_DISK, true, buf, NULL))
		return fail_errno(res, "write " CRYPT_DISK);
	if (!transfer(CRYPT_DISK, false, buf, canary_all))
		return fail(res, CRYPT_DISK " does not give back what was written to it");
	if (!ask_host("scan"))
		return fail(res, "the host could not scan");
	if (!transfer(BELOW, false, buf, no_canary))
		return fail(res, BELOW " is not encrypted, or cannot be read");
	res->bytes = WIRE_CRYPT_BYTES;
	return pass(res, "written and read back, encrypted below");
}
TEST("crypt", test_crypt)
