/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_CHECK_H
#define LAB_CHECK_H

#include "boot/boot.h"
#include "tally.h"

/*
 * Run the rows called @names, or if it is NULL those that are due @when;
 * returns the exit status.
 */
int check(char **names, enum row_when when, const struct boot_options *opts);

/* A console log, a command: judged at once. */
void check_log(struct tally *t, const struct log_row *row);
void check_command(struct tally *t, const struct command_row *row);
/*
 * Boots, as many at a time as the machine has CPUs and memory for; TRUE unless
 * interrupted. @rows ends in NULL.
 */
gboolean check_boots(struct tally *t, const struct boot_row *const *rows,
		     const struct boot_options *opts);

#endif
