/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Programs that run beside each other, as many at a time as the machine has CPUs
 * and memory for: boots, each an svm-lab of its own, so that none can spoil another
 * one, and commands, each of which has the machine for itself.
 */
#pragma once

#include "boot.h"

/*
 * A boot's svm-lab is called with all that this one was called with, so that it obeys
 * every option, and with this one: it makes a boot, whatever the command is.
 */
#define JOB_OPTION	"boot"

struct job {
	const char *group;	/* "boot", "command" */
	const char *name;	/* jobs of the same name never run together */
	char **argv;
	char *log;		/* gets what it writes, as it comes */
	int cpus, mib;		/* what it takes of the machine */
	int expect;		/* its exit status */
	char *inputs;		/* of a boot: see inputs.h */
	const void *about;	/* the owner's, and so is the number */
	int number;

	/* when it has ended */
	gboolean interrupted;	/* by a signal to svm-lab, if it ran at all */
	double seconds;
	char *problem;		/* NULL: it has ended as it must */
	json_t *report;		/* of a boot, NULL: it has left none */

	/* of the runner */
	struct jobs *runner;
	GPid pid;		/* and of its process group */
	gint64 start_us;
};

struct job *job_of_boot(const struct boot_row *row, const struct boot_options *opts);
struct job *job_of_command(const struct command_row *row);
void job_free(struct job *job);

/* An empty list of jobs. */
GPtrArray *jobs_new(void);
/* Called as a job has ended; FALSE: no further one is to start. */
typedef gboolean job_end_fn(struct job *job, void *data);
/*
 * Runs a list of jobs, which it frees, in their order; says every half a minute what
 * is running. FALSE if SIGINT or SIGTERM has ended it: then each job that was
 * running, with all that it has started, or was still to run, is ended as
 * interrupted.
 */
gboolean jobs_run(GPtrArray *list, job_end_fn *ended, void *data);
