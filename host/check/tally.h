/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_TALLY_H
#define LAB_TALLY_H

#include <glib.h>
#include <jansson.h>

#include "boot/jobs.h"

/* What has come of the rows of the tables so far. */
struct tally {
	int passed, failed, skipped;
	json_t *rows;		/* for the report */
	char *inputs;		/* digest of all that is tested, NULL: no resume */
	json_t *earlier;	/* rows that passed before an interruption */
};

/*
 * @resume: take over the rows that passed in a run that was interrupted, if
 * what they tested is still the same.
 */
void tally_init(struct tally *t, gboolean resume);
void tally_clear(struct tally *t);
/* @why: NULL for a row that is as it must be. Takes @detail, which may be NULL. */
void tally_count(struct tally *t, const char *group, const char *name,
		 const char *why, double seconds, json_t *detail);
/* A row that an interrupt has ended, or that was still to run. */
void tally_skip(struct tally *t, const char *group, const struct job *job);
/* Was this row passed before an interruption? Then it is counted. */
gboolean tally_resumed(struct tally *t, const char *group, const char *name);
/* Prints the sum and writes build/report/check.json; FALSE if it cannot. */
gboolean tally_report(struct tally *t, gboolean interrupted);

/* A digest of the contents of files, a list that ends in NULL; to be freed. */
char *digest_files(const char *const *files);

#endif
