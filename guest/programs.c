// SPDX-License-Identifier: GPL-2.0
/* The static programs of the kernel's tree, in a directory of the host, by 9p. */
#include <sys/wait.h>

#include "host_dir.h"
#include "output.h"
#include "programs.h"

#define OUTPUT	"/output"

bool programs_mount(struct result *res)
{
	return host_dir_mount("programs", PROGRAMS, res);
}

int program_run(char *const argv[], unsigned int seconds)
{
	int status = -1;
	pid_t pid = fork();

	if (!pid) {
		alarm(seconds);
		output_exec(argv, OUTPUT);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return -1;
	output_print(OUTPUT);
	return status;
}

FILE *program_output(void)
{
	return fopen(OUTPUT, "re");
}
