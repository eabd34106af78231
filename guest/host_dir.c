// SPDX-License-Identifier: GPL-2.0
#include <sys/mount.h>
#include <sys/stat.h>

#include "host_dir.h"

bool host_dir_mount(const char *tag, const char *dir, struct result *res)
{
	mkdir(dir, 0755);
	if (!mount(tag, dir, "9p", MS_RDONLY, "trans=virtio,version=9p2000.L"))
		return true;
	return fail_errno(res, "mount 9p '%s': is virtio-9p bound to a driver?", tag);
}
