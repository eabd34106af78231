// SPDX-License-Identifier: GPL-2.0
/* Commands and their exit status. */
#include "check.h"

static gboolean ended(struct job *job, void *data)
{
	const struct command_row *row = job->about;
	g_autofree char *problem = NULL;

	if (job->interrupted) {
		tally_skip(data, "command", job);
		return TRUE;
	}
	if (job->status != row->expect)
		problem = g_strdup_printf("exit status %d, expected %d; output: %s",
					  job->status, row->expect, job->log);
	tally_count(data, "command", row->name, problem, job, NULL);
	return TRUE;
}

struct job *check_command(const struct command_row *row)
{
	char **argv;

	/* a row of the table, which is not parsed, is a fault of the table */
	g_assert(g_shell_parse_argv(row->command, NULL, &argv, NULL));
	return job_new(row->name, argv,
		       g_strdup_printf("build/log/%s.log", row->name), ended,
		       row);
}
