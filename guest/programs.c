// SPDX-License-Identifier: GPL-2.0
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "programs.h"

#define OUTPUT		"/output"
#define WORDS_MAX	32

bool host_dir_mount(const char *tag, const char *dir, struct result *res)
{
	mkdir(dir, 0755);
	return !mount(tag, dir, "9p", MS_RDONLY, "trans=virtio,version=9p2000.L") ||
	       fail_errno(res, "mount 9p '%s': is virtio-9p bound to a driver?", tag);
}

static void __attribute__((noreturn))
become(const char *root, const char *command, unsigned int seconds)
{
	int fd = open(OUTPUT, O_WRONLY | O_CREAT | O_TRUNC, 0644), i;
	char *argv[WORDS_MAX] = { NULL }, *rest = strdup(command);

	for (i = 0; i < WORDS_MAX - 1 && (argv[i] = strsep(&rest, " ")); i++)
		;
	dup2(fd, STDOUT_FILENO);
	dup2(fd, STDERR_FILENO);
	if (chroot(root) || chdir("/"))
		_exit(126);
	alarm(seconds);
	execv(argv[0], argv);
	_exit(127);
}

int program_run(const char *root, const char *command, unsigned int seconds)
{
	int status = -1;
	pid_t pid = fork();

	if (!pid)
		become(root, command, seconds);
	return pid < 0 || waitpid(pid, &status, 0) != pid ? -1 : status;
}

FILE *program_output(void)
{
	return fopen(OUTPUT, "re");
}

void program_print(void)
{
	FILE *f = program_output();
	char line[256];

	while (f && fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		ktap_comment("| %s", line);
	}
	if (f)
		fclose(f);
}
