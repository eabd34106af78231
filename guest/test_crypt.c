// SPDX-License-Identifier: GPL-2.0
/*
 * An encrypted disk: private data are written to it and read back, past the
 * cache. Then the host looks for them in all shared pages, and the guest on the
 * disk below.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/dm-ioctl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "ktap.h"
#include "wire.h"

#define BELOW		"/dev/vdb"
#define SECTORS		((uint64_t)WIRE_CRYPT_BYTES / 512)
#define CONTROL		"/dev/mapper/control"
#define CRYPT		"/dev/dm-0"
/* AES-XTS: two keys of 256 bits. They need not be secret here. */
#define TABLE		"aes-xts-plain64 " \
			"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f" \
			"202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f" \
			" 0 " BELOW " 0"
/* Reads and writes are by so much, and by this part of it in turn. */
#define LARGE		(256u << 10)
#define SMALL		4096u

static struct {
	struct dm_ioctl head;
	struct dm_target_spec target;
	char table[sizeof(TABLE) + 8];
} request;

static bool dm(int control, unsigned long command)
{
	request.head.version[0] = DM_VERSION_MAJOR;
	request.head.data_size = sizeof(request);
	request.head.data_start = sizeof(request.head);
	strcpy(request.head.name, "lab");
	return !ioctl(control, command, &request);
}

static bool make_disk(struct result *res)
{
	int control = open(CONTROL, O_RDWR | O_CLOEXEC);
	bool made;

	if (control < 0) {
		fail_errno(res, "%s", CONTROL);
		return false;
	}
	made = dm(control, DM_DEV_CREATE);
	if (made) {
		memset(&request, 0, sizeof(request));
		request.head.target_count = 1;
		request.target.length = SECTORS;
		strcpy(request.target.target_type, "crypt");
		strcpy(request.table, TABLE);
		made = dm(control, DM_TABLE_LOAD);
	}
	if (made) {
		memset(&request, 0, sizeof(request));
		made = dm(control, DM_DEV_SUSPEND);	/* without the flag: resume */
	}
	if (!made)
		fail_errno(res, "device mapper");
	close(control);
	return made;
}

static char *buffer(void)
{
	return aligned_alloc(65536, LARGE);
}

/* Reads or writes the whole of a disk, with large and small requests in turn. */
static bool transfer(const char *disk, bool out, char *buf,
		     bool (*good)(const char *buf))
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
		ok = ok && (!good || good(buf));
	}
	if (fd >= 0 && close(fd))
		ok = false;
	return ok;
}

static bool all_canary(const char *buf)
{
	size_t i;

	for (i = 0; i < LARGE; i += WIRE_CANARY_BYTES)
		if (memcmp(buf + i, WIRE_CANARY, WIRE_CANARY_BYTES))
			return false;
	return true;
}

static bool no_canary(const char *buf)
{
	return !memmem(buf, LARGE, WIRE_CANARY, WIRE_CANARY_BYTES);
}

void test_crypt(const struct lab *lab, struct result *res)
{
	char *buf = buffer();
	size_t i;

	(void)lab;
	if (!buf || !make_disk(res)) {
		if (!buf)
			fail(res, "no memory");
		return;
	}
	for (i = 0; i < LARGE; i += WIRE_CANARY_BYTES)
		memcpy(buf + i, WIRE_CANARY, WIRE_CANARY_BYTES);
	if (!transfer(CRYPT, true, buf, NULL))
		fail_errno(res, "write %s", CRYPT);
	else if (!transfer(CRYPT, false, buf, all_canary))
		fail(res, "%s does not give back what was written to it", CRYPT);
	else if (!ask_host("scan"))
		fail(res, "the host could not scan");
	else if (!transfer(BELOW, false, buf, no_canary))
		fail(res, "%s is not encrypted, or cannot be read", BELOW);
	else {
		res->bytes = WIRE_CRYPT_BYTES;
		pass(res, "written and read back, encrypted below");
	}
}
