// SPDX-License-Identifier: GPL-2.0
/* The static programs of the kernel's tree, in a directory of the host, by 9p. */
#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ktap.h"
#include "programs.h"

#define OUTPUT	"/output"

bool programs_mount(struct result *res)
{
	mkdir(PROGRAMS, 0755);
	if (mount("programs", PROGRAMS, "9p", MS_RDONLY,
		  "trans=virtio,version=9p2000.L")) {
		fail_errno(res, "mount 9p: is virtio-9p bound to a driver?");
		return false;
	}
	return true;
}

static void exec_program(char *const argv[], unsigned int seconds)
{
	int fd = open(OUTPUT, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	dup2(fd, STDOUT_FILENO);
	dup2(fd, STDERR_FILENO);
	alarm(seconds);
	execv(argv[0], argv);
	_exit(127);
}

static void print_output(void)
{
	FILE *f = program_output();
	char line[256];

	if (!f)
		return;
	while (fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		ktap_comment("| %s", line);
	}
	fclose(f);
}

int program_run(char *const argv[], unsigned int seconds)
{
	int status = -1;
	pid_t pid = fork();

	if (!pid)
		exec_program(argv, seconds);
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return -1;
	print_output();
	return status;
}

FILE *program_output(void)
{
	return fopen(OUTPUT, "re");
}
