/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_CHECK_H
#define LAB_CHECK_H

#include "boot.h"

/* Run the rows called @names, or all if it is NULL; the exit status. */
int check(char **names, const struct boot_options *opts);

#endif
