// SPDX-License-Identifier: GPL-2.0
/*
 * A directory of the host by virtiofs: symbolic links full of text are made, and
 * read back after another mount. No file is opened: virtiofs hands the flags of
 * the guest's open() to the host as they are, and O_LARGEFILE of POWER is
 * O_DIRECTORY of the host.
 */
#include <limits.h>
#include <sys/mount.h>

#include "stream.h"
#include "wire/pattern.h"
#include "wire/wire.h"

#define MNT	"/mnt"

static bool mount_fs(struct result *res)
{
	return !mount("lab", MNT, "virtiofs", MS_NOATIME, NULL) ||
	       fail_errno(res, "mount virtiofs: is virtiofs bound to a driver?");
}

static void link_of(const struct lab *lab, unsigned int i, char *path,
		    char *text)
{
	sprintf(path, MNT "/" WIRE_LINK, i);
	pattern_text(lab->seed + WIRE_LINKS_SEED + i, text, WIRE_LINK_BYTES);
	text[WIRE_LINK_BYTES] = '\0';
}

static bool make(const struct lab *lab, struct result *res)
{
	char path[PATH_MAX], text[WIRE_LINK_BYTES + 1];
	unsigned int i;

	for (i = 0; i < WIRE_LINKS; i++) {
		link_of(lab, i, path, text);
		if (symlink(text, path))
			return fail_errno(res, "symlink %s", path);
		res->bytes += WIRE_LINK_BYTES;
	}
	return true;
}

static bool read_back(const struct lab *lab, struct result *res)
{
	uint64_t sum = SUM_START;
	char path[PATH_MAX], text[WIRE_LINK_BYTES + 1], got[PATH_MAX];
	unsigned int i;

	for (i = 0; i < WIRE_LINKS; i++) {
		link_of(lab, i, path, text);
		if (readlink(path, got, sizeof(got)) != WIRE_LINK_BYTES)
			return fail_errno(res, "readlink %s", path);
		if (memcmp(got, text, WIRE_LINK_BYTES))
			return fail(res, "%s differs", path);
		sum = sum_update(sum, got, WIRE_LINK_BYTES);
		res->bytes += WIRE_LINK_BYTES;
	}
	sum_print("fs", sum);
	return true;
}

static bool test_fs(const struct lab *lab, struct result *res)
{
	bool good;

	good = mount_fs(res) && make(lab, res);
	umount(MNT);
	good = good && mount_fs(res) && read_back(lab, res);
	umount(MNT);
	return good && pass(res, "%u links made, read back and compared", WIRE_LINKS);
}
TEST("fs", test_fs)
