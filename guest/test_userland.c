// SPDX-License-Identifier: GPL-2.0
/*
 * Real programs of a Debian userland on a second virtio-blk disk: fio verifies
 * what it writes there, iperf3 talks to a server on the host. They are run as a
 * user would, and it is their own exit status that counts.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ktap.h"

#define ROOT	"/debian"
#define DISK	"/dev/vdb"
#define OUTPUT	"/tmp/output"

static bool mount_root(struct result *res)
{
	mkdir(ROOT, 0755);
	if (mount(DISK, ROOT, "ext4", MS_NOATIME, NULL) && errno != EBUSY) {
		fail_errno(res, "mount %s: is there a second virtio-blk?", DISK);
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

static void umount_root(void)
{
	umount(ROOT "/tmp");
	umount(ROOT "/dev");
	umount(ROOT "/sys");
	umount(ROOT "/proc");
	umount(ROOT);
}

static void exec_in_root(char *const argv[])
{
	int fd;

	if (chroot(ROOT) || chdir("/"))
		_exit(126);
	fd = open(OUTPUT, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	dup2(fd, STDOUT_FILENO);
	dup2(fd, STDERR_FILENO);
	execv(argv[0], argv);
	_exit(127);
}

static void print_output(void)
{
	char line[256];
	FILE *f = fopen(ROOT OUTPUT, "re");

	if (!f)
		return;
	while (fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		ktap_comment("| %s", line);
	}
	fclose(f);
}

static bool run(char *const argv[], struct result *res)
{
	int status = 0;
	pid_t pid = fork();

	if (!pid)
		exec_in_root(argv);
	if (pid < 0 || waitpid(pid, &status, 0) != pid) {
		fail_errno(res, "run %s", argv[0]);
		return false;
	}
	print_output();
	if (WIFEXITED(status) && !WEXITSTATUS(status))
		return true;
	fail(res, "%s ended with status 0x%x", argv[0], status);
	return false;
}

void test_fio(const struct lab *lab, struct result *res)
{
	/* random writes and reads in flight together, each block verified */
	static char *const argv[] = {
		"/usr/bin/fio", "--name=lab", "--filename=/lab.fio",
		"--size=32M", "--rw=randrw", "--bsrange=4k-128k",
		"--ioengine=libaio", "--iodepth=16", "--direct=1",
		"--verify=crc32c", "--verify_fatal=1", "--do_verify=1",
		"--end_fsync=1", "--output-format=terse", NULL
	};

	(void)lab;
	if (!mount_root(res))
		return;
	if (run(argv, res)) {
		res->bytes = 32 << 20;
		pass(res, "fio wrote, read and verified");
	}
	umount_root();
}

void test_iperf3(const struct lab *lab, struct result *res)
{
	/* as many bytes as the other network test, to the host and back */
	static char bytes[32], port[LAB_VALUE];
	static char *const send[] = {
		"/usr/bin/iperf3", "-c", "10.0.2.2", "-p", port, "-n", bytes,
		"-f", "k", "-i", "0", NULL
	};
	static char *const receive[] = {
		"/usr/bin/iperf3", "-c", "10.0.2.2", "-p", port, "-n", bytes,
		"-f", "k", "-i", "0", "-R", NULL
	};

	if (!mount_root(res))
		return;
	strcpy(port, lab->port);
	snprintf(bytes, sizeof(bytes), "%llu",
		 (unsigned long long)lab->net_bytes);
	if (net_up(res) && run(send, res) && run(receive, res)) {
		res->bytes = 2 * lab->net_bytes;
		pass(res, "iperf3 sent and received");
	}
	umount_root();
}
