/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Programs that run beside each other, as many at a time as the machine has CPUs
 * and memory for: boots, each an svm-lab of its own, so that none can
 * spoil another one, and commands.
 */
#ifndef LAB_JOBS_H
#define LAB_JOBS_H

#include <jansson.h>

#include "boot.h"

/*
 * Each boot is an svm-lab that is called with all that this one was called with, so that
 * it obeys every option, and with this one: it makes a boot, whatever the command is.
 */
#define JOB_OPTION	"boot"

struct job;

/* Called as a job has ended; FALSE: no further one is to start. */
typedef gboolean job_end_fn(struct job *job, void *data);

struct job {
	const char *name;	/* jobs of the same name never run together */
	char **argv;
	char *log;		/* gets what it writes, as it comes */
	int cpus, mib;		/* what it takes of the machine */
	job_end_fn *ended;
	const void *about;	/* the caller's */
	char *inputs;		/* of a boot: see inputs.h */

	int status;		/* its exit status, or that of a shell */
	gboolean interrupted;	/* by a signal to svm-lab, if it ran at all */
	double seconds;

	/* of the runner */
	struct jobs *runner;
	GPid pid;		/* and of its process group */
	gint64 start_us;
};

/* An empty list of jobs, for jobs_run(). */
GPtrArray *jobs_new(void);
/* A program: takes @argv and @log. It has the machine for itself. */
struct job *job_new(const char *name, char **argv, char *log,
		    job_end_fn *ended, const void *about);
/* A boot. */
struct job *job_of_boot(const struct boot_row *row,
			const struct boot_options *opts, job_end_fn *ended,
			const void *about);
/* A job that is in no list. */
void job_free(struct job *job);
/*
 * NULL if the boot has ended as the row wants, else what is wrong, to be freed.
 * *report, a new reference, is NULL if it has left none.
 */
char *job_boot_problem(const struct job *job, const struct boot_row *row,
		       json_t **report);

/*
 * Runs a list of jobs, which it frees, in their order; says every half a minute what
 * is running. FALSE if SIGINT or SIGTERM has ended it: then each job that was
 * running, with all that it has started, or was still to run, is ended as
 * interrupted.
 */
gboolean jobs_run(GPtrArray *list, void *data);

#endif
