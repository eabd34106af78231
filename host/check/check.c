// SPDX-License-Identifier: GPL-2.0
/* The rows of the tables, and the tally. */
#include "boot/report.h"
#include "check.h"

static gboolean known(const char *name)
{
	int i;

	for (i = 0; log_rows[i].name; i++)
		if (!strcmp(log_rows[i].name, name))
			return TRUE;
	for (i = 0; fault_rows[i].name; i++)
		if (!strcmp(fault_rows[i].name, name))
			return TRUE;
	for (i = 0; command_rows[i].name; i++)
		if (!strcmp(command_rows[i].name, name))
			return TRUE;
	return !!boot_row_find(name);
}

static gboolean wanted(char **names, const char *name)
{
	return !names || g_strv_contains((const char *const *)names, name);
}

static gboolean ended(struct job *job, void *data)
{
	if (job->interrupted) {
		tally_skip(data, job, "interrupted");
		return TRUE;
	}
	if (job->problem && json_integer_value(
			json_object_get(job->report, "status")) == END_SKIPPED) {
		tally_skip(data, job, json_string_value(
				json_object_get(job->report, "why")));
		return TRUE;
	}
	if (job->problem && job->report)
		report_failure(job->report);
	tally_count(data, job->group, job->name, job->problem, job);
	return TRUE;
}

static void add_boot(struct tally *t, GPtrArray *jobs, const struct boot_row *row,
		     const struct boot_options *opts)
{
	struct job *job = job_of_boot(row, opts);

	if (tally_resumed(t, job))
		job_free(job);
	else
		g_ptr_array_add(jobs, job);
}

static gboolean check_rows(struct tally *t, char **names, enum row_when when,
			   const struct boot_options *opts)
{
	const struct boot_row *row;
	GPtrArray *jobs = jobs_new();
	int i;

	for (i = 0; log_rows[i].name; i++)
		if (wanted(names, log_rows[i].name))
			check_log(t, &log_rows[i]);
	for (i = 0; fault_rows[i].name; i++)
		if (wanted(names, fault_rows[i].name))
			check_fault(t, &fault_rows[i]);
	for (i = 0; command_rows[i].name; i++)
		if (wanted(names, command_rows[i].name) &&
		    (names || command_rows[i].when <= when))
			g_ptr_array_add(jobs, job_of_command(&command_rows[i]));
	for (i = 0; names && names[i]; i++) {
		row = boot_row_find(names[i]);
		if (row)
			add_boot(t, jobs, row, opts);
	}
	for (row = boot_row_list(); !names && row->name; row++)
		if (row->when <= when)
			add_boot(t, jobs, row, opts);
	return jobs_run(jobs, ended, t);
}

int check(char **names, enum row_when when, const struct boot_options *opts)
{
	gboolean finished, written;
	struct tally t;
	int i, failed, skipped;

	for (i = 0; names && names[i]; i++) {
		if (!known(names[i])) {
			g_printerr("svm-lab: no row is called '%s': see 'svm-lab list'\n",
				   names[i]);
			return END_USAGE;
		}
	}
	tally_init(&t, !names);
	finished = check_rows(&t, names, when, opts);
	written = tally_report(&t, !finished);
	failed = t.failed;
	skipped = t.skipped;
	tally_clear(&t);
	if (!finished) {
		g_print("svm-lab: interrupted\n");
		return END_INTERRUPTED;
	}
	return failed || !written ? 1 : skipped ? END_SKIPPED : 0;
}
