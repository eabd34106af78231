/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "boot/jobs.h"
#include "tally.h"

/*
 * Run the rows called @names, or if it is NULL those that are due @when;
 * returns the exit status.
 */
int check(char **names, enum row_when when, const struct boot_options *opts);

/* Prints what must be built for them, a line each: words for scripts/build/. */
int needs(char **names, enum row_when when, const struct boot_options *opts);

/* A console log, a row with a fault: judged at once. */
void check_log(struct tally *t, const struct log_row *row);
void check_fault(struct tally *t, const struct fault_row *row);
