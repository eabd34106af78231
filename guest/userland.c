// SPDX-License-Identifier: GPL-2.0
/* Programs of a Debian userland, on a disk of its own, run as a user would. */
#include <stdarg.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include "programs.h"
#include "userland.h"

#define ROOT	USERLAND_ROOT

/* What the kernel lacks that cannot mount it. */
static const char *lacking(int error)
{
	switch (error) {
	case ENOENT:
		return "no such disk: has the kernel CONFIG_VIRTIO_BLK=y and CONFIG_VIRTIO_PCI=y?";
	case ENODEV:
		return "has the kernel CONFIG_EXT4_FS=y?";
	default:
		return "is it a whole ext4?";
	}
}

bool userland_have(const char *dir, const char *type, const char *options)
{
	char path[64];

	snprintf(path, sizeof(path), ROOT "%s", dir);
	mkdir(path, 0755);
	return !mount(type, path, type, 0, options);
}

bool userland_mount(const char *disk, bool read_only, struct result *res)
{
	unsigned long flags = MS_NOATIME | (read_only ? MS_RDONLY : 0);

	mkdir(ROOT, 0755);
	if (mount(disk, ROOT, "ext4", flags, NULL) && errno != EBUSY)
		return fail_errno(res, "mount %s: %s", disk, lacking(errno));
	if (userland_have("/proc", "proc", NULL) &&
	    userland_have("/sys", "sysfs", NULL) &&
	    userland_have("/dev", "devtmpfs", NULL) &&
	    userland_have("/tmp", "tmpfs", NULL))
		return true;
	return fail_errno(res, "mount below %s", ROOT);
}

void userland_umount(void)
{
	umount2(ROOT, MNT_DETACH);
}

bool userland_run(struct result *res, const char *fmt, ...)
{
	char command[1024];
	va_list ap;
	int status;

	va_start(ap, fmt);
	vsnprintf(command, sizeof(command), fmt, ap);
	va_end(ap);
	status = program_run(ROOT, command, 0);
	program_print();
	return !status || fail(res, "%.60s ended with status 0x%x", command, status);
}

bool fio_run(const char *disk, const struct fio_load *load, struct result *res)
{
	unsigned int n = load->jobs ? load->jobs : 1;

	/* else (disk_util) a thread reads each disk's statistics 4 times a second */
	return userland_run(res, "/usr/bin/fio --name=lab --filename=%s --rw=%s --bs=%uk "
			    "--iodepth=%u --number_ios=%u --iodepth_batch=%u --numjobs=%u "
			    "--cpus_allowed=0-%u --cpus_allowed_policy=split "
			    "--ioengine=libaio --direct=1 --norandommap --randrepeat=1 "
			    "--output-format=terse --disk_util=0",
			    disk, load->rw, load->kib, load->depth, load->ios / n,
			    load->batch ? load->batch : 1, n, n - 1);
}
