// SPDX-License-Identifier: GPL-2.0
/*
 * A directory of the host by 9p: read and compare the file that the host has
 * put there, write another one, and read it back past the cache.
 */
#include <sys/mount.h>

#include "stream.h"
#include "wire/wire.h"

#define MNT	"/mnt"
/* Nothing is cached: what is read comes from the device. */
#define OPTIONS	"trans=virtio,version=9p2000.L,cache=none"

static bool test_9p(const struct lab *lab, struct result *res)
{
	const struct stream given = {
		.name = MNT "/" WIRE_SHARE_GIVEN, .bytes = WIRE_SHARE_BYTES,
		.seed = lab->seed + WIRE_SHARE_RECEIVED, .sum = WIRE_SUM_SHARE_RECEIVED,
	};
	struct stream made = {
		.name = MNT "/" WIRE_SHARE_MADE, .bytes = WIRE_SHARE_BYTES,
		.seed = lab->seed + WIRE_SHARE_SENT,
	};
	bool good;

	if (mount("lab", MNT, "9p", MS_NOATIME, OPTIONS))
		return fail_errno(res, "mount 9p: is virtio-9p bound to a driver?");
	good = stream_from_file(&given, res) && stream_to_file(&made, res);
	made.sum = WIRE_SUM_SHARE_SENT;
	good = good && stream_from_file(&made, res);
	umount(MNT);
	return good && pass(res, "files read, written and compared");
}
TEST("9p", test_9p)
