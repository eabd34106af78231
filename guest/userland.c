// SPDX-License-Identifier: GPL-2.0
/* Programs of a Debian userland, on a disk of its own, run as a user would. */
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "output.h"
#include "userland.h"

#define ROOT	USERLAND_ROOT
#define OUTPUT	"/tmp/output"

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

static void exec_in_root(char *const argv[])
{
	if (chroot(ROOT) || chdir("/"))
		_exit(126);
	output_exec(argv, OUTPUT);
}

void userland_print(void)
{
	output_print(ROOT OUTPUT);
}

bool userland_run(char *const argv[], struct result *res)
{
	int status = 0;
	pid_t pid = fork();

	if (!pid)
		exec_in_root(argv);
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return fail_errno(res, "run %s", argv[0]);
	if (WIFEXITED(status) && !WEXITSTATUS(status))
		return true;
	userland_print();
	return fail(res, "%s ended with status 0x%x", argv[0], status);
}
