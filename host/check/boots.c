// SPDX-License-Identifier: GPL-2.0
/* The boots of 'svm-lab check'. */
#include "boot/report.h"
#include "check.h"

static gboolean ended(struct job *job, void *data)
{
	const struct boot_row *row = job->about;
	g_autofree char *problem = NULL;
	struct tally *t = data;
	json_t *report;

	if (job->interrupted) {
		tally_skip(t, "boot", job);
		return TRUE;
	}
	problem = job_boot_problem(job, row, &report);
	if (problem)
		report_failure(report);
	tally_count(t, "boot", row->name, problem, job, report);
	return TRUE;
}

struct job *check_boot(const struct boot_row *row, const struct boot_options *opts)
{
	return job_of_boot(row, opts, ended, row);
}
