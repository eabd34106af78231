/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "lab.h"

/* Mount a directory of the host at @dir by 9p, read-only; @tag is its mount_tag. */
bool host_dir_mount(const char *tag, const char *dir, struct result *res);

/*
 * Run a program of the file system at @root, words between blanks, to its end, for at most
 * so many seconds (0: any): it dies of SIGALRM then. Returns the status of waitpid(), -1
 * if it was not run.
 */
int program_run(const char *root, const char *command, unsigned int seconds);
/* Print what the last one said, on both of its outputs. */
void program_print(void);
/* The same as a file; the caller closes it. */
FILE *program_output(void);
