/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include <stdio.h>

#include "lab.h"

#define PROGRAMS	"/programs"

/* Have the host's build/programs (scripts/build/programs) below PROGRAMS. */
bool programs_mount(struct result *res);

/*
 * Run a program to its end, for at most so many seconds: it dies of SIGALRM then.
 * Prints what it said. Returns the status of waitpid(), -1 if it was not run.
 */
int program_run(char *const argv[], unsigned int seconds);

/* What the last one said, on both of its outputs; the caller closes it. */
FILE *program_output(void);
