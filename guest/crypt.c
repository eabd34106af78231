// SPDX-License-Identifier: GPL-2.0
/*
 * dm-crypt by the device mapper's ioctls (Documentation/admin-guide/device-mapper
 * of the kernel): create a device, load its table, let it run.
 */
#include <linux/dm-ioctl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>

#include "crypt.h"

#define CONTROL	"/dev/mapper/control"
#define NAME	"lab"
/* aes-xts-plain64 with 256 bits takes two keys; what they are matters not. */
#define CRYPT	"aes-xts-plain64 " \
		"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f" \
		"202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"

struct request {
	struct dm_ioctl dm;
	struct dm_target_spec spec;
	char parameters[512];
};

static void prepare(struct request *r)
{
	memset(r, 0, sizeof(*r));
	r->dm.version[0] = DM_VERSION_MAJOR;
	r->dm.data_size = sizeof(*r);
	r->dm.data_start = sizeof(r->dm);
	strcpy(r->dm.name, NAME);
}

static bool set_up(int control, const char *disk, const char *options, uint64_t sectors)
{
	struct request r;

	prepare(&r);
	if (ioctl(control, DM_DEV_CREATE, &r))
		return false;
	prepare(&r);
	r.dm.target_count = 1;
	r.spec.length = sectors;
	strcpy(r.spec.target_type, "crypt");
	snprintf(r.parameters, sizeof(r.parameters), CRYPT " 0 %s 0 %s", disk,
		 options);
	if (ioctl(control, DM_TABLE_LOAD, &r))
		return false;
	/* without DM_SUSPEND_FLAG: resume */
	prepare(&r);
	return !ioctl(control, DM_DEV_SUSPEND, &r);
}

bool crypt_open(const char *disk, const char *options, struct result *res)
{
	int fd = open(disk, O_RDONLY | O_CLOEXEC), control;
	uint64_t bytes = 0;
	bool good;

	if (fd < 0 || ioctl(fd, BLKGETSIZE64, &bytes))
		return fail_errno(res, "open %s", disk);
	close(fd);
	control = open(CONTROL, O_RDWR | O_CLOEXEC);
	if (control < 0)
		return fail_errno(res, "open %s: has the kernel dm-crypt?", CONTROL);
	good = set_up(control, disk, options, bytes >> 9);
	if (!good)
		fail_errno(res, "dm-crypt on %s", disk);
	close(control);
	return good;
}
