// SPDX-License-Identifier: GPL-2.0
/* Programs of a Debian userland, on a disk of its own, run as a user would. */
#include <errno.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "output.h"
#include "userland.h"

#define ROOT	"/debian"
#define OUTPUT	"/tmp/output"

bool userland_mount(const char *disk, bool read_only, struct result *res)
{
	unsigned long flags = MS_NOATIME | (read_only ? MS_RDONLY : 0);

	mkdir(ROOT, 0755);
	if (mount(disk, ROOT, "ext4", flags, NULL) && errno != EBUSY) {
		fail_errno(res, "mount %s: is there a second virtio-blk?", disk);
		return false;
	}
	if (mount("proc", ROOT "/proc", "proc", 0, NULL) ||
	    mount("sysfs", ROOT "/sys", "sysfs", 0, NULL) ||
	    mount("devtmpfs", ROOT "/dev", "devtmpfs", 0, NULL) ||
	    mount("tmpfs", ROOT "/tmp", "tmpfs", 0, NULL)) {
		fail_errno(res, "mount below %s", ROOT);
		return false;
	}
	return true;
}

void userland_umount(void)
{
	umount(ROOT "/tmp");
	umount(ROOT "/dev");
	umount(ROOT "/sys");
	umount(ROOT "/proc");
	umount(ROOT);
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
	if (pid < 0 || waitpid(pid, &status, 0) != pid) {
		fail_errno(res, "run %s", argv[0]);
		return false;
	}
	if (WIFEXITED(status) && !WEXITSTATUS(status))
		return true;
	userland_print();
	fail(res, "%s ended with status 0x%x", argv[0], status);
	return false;
}
