// SPDX-License-Identifier: GPL-2.0
/*
 * The guest starts anew, once: by the machine's reset, or by kexec of the kernel
 * that it runs. The host knows which time this is. All tests run again then, and
 * what the first kernel had shared must be private to the second one.
 */
#include <linux/kexec.h>
#include <sys/reboot.h>
#include <sys/syscall.h>

#include "programs.h"

#define KERNEL_DIR	"/kernel"
#if defined(__aarch64__)
#define KERNEL		"/Image"
#elif defined(__powerpc64__)
#define KERNEL		"/vmlinux"
#else
#define KERNEL		"/bzImage"
#endif
#define INITRD_DIR	"/initrd"

static int open_on_host(const char *tag, const char *dir, const char *path,
			struct result *res)
{
	int fd;

	if (!host_dir_mount(tag, dir, res))
		return -1;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		fail_errno(res, "open %s", path);
	return fd;
}

static bool load(struct result *res)
{
	char cmdline[2048] = "";
	int kernel, initrd;

	read_text("/proc/cmdline", cmdline, sizeof(cmdline));
	kernel = open_on_host("kernel", KERNEL_DIR, KERNEL_DIR KERNEL, res);
	if (kernel < 0)
		return false;
	initrd = open_on_host("initrd", INITRD_DIR, INITRD_DIR "/initramfs.cpio", res);
	if (initrd < 0)
		return false;
	return !syscall(SYS_kexec_file_load, kernel, initrd, strlen(cmdline) + 1, cmdline, 0UL) ||
	       fail_errno(res, "kexec_file_load");
}

static bool start_anew(struct result *res, int how)
{
	sync();
	reboot(how);
	return fail_errno(res, "reboot");
}

static bool test_reboot(const struct lab *lab, struct result *res)
{
	return ask_host("again") ? start_anew(res, RB_AUTOBOOT) :
				   pass(res, "this is the second boot");
}
TEST("reboot", test_reboot)

static bool test_kexec(const struct lab *lab, struct result *res)
{
	if (!ask_host("again"))
		return pass(res, "this is the second kernel");
	return load(res) && start_anew(res, RB_KEXEC);
}
TEST("kexec", test_kexec)
