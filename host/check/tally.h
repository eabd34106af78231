/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "boot/jobs.h"

/* What has come of the rows of the tables so far. */
struct tally {
	int passed, failed, skipped;
	json_t *rows;		/* for the report */
	json_t *earlier;	/* boots that passed before an interrupt, NULL: no resume */
};

/* @resume: boots that passed in a run that was interrupted may be taken over. */
void tally_init(struct tally *t, gboolean resume);
void tally_clear(struct tally *t);
/* @why: NULL for a row that is as it must be; @job: NULL for one that was none. */
void tally_count(struct tally *t, const char *group, const char *name,
		 const char *why, const struct job *job);
/*
 * A job that this host cannot run, or that an interrupt has ended, or that was still
 * to run: @why says which. A skip is no pass.
 */
void tally_skip(struct tally *t, const struct job *job, const char *why);
/* Has this boot passed before an interrupt, of the same inputs? Then it is counted. */
gboolean tally_resumed(struct tally *t, const struct job *job);
/* Prints the sum and writes build/report/check.json; FALSE if it cannot. */
gboolean tally_report(struct tally *t, gboolean interrupted);
