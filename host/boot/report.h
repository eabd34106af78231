/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "boot.h"

/* What a boot leaves behind: a report in JSON, and a table for the terminal. */
json_t *report_boot(const struct boot_result *res);
void report_table(const struct boot_result *res);
/*
 * Another line of it: what ccache has seen compiled for QEMU and kernels, but for the
 * empty source by which a kernel asks the compiler what options it has.
 */
void report_compiled(void);
/*
 * Says of a boot, given its report, how it ended and what to do, with the last
 * lines of its console and the refused accesses.
 */
void report_failure(const json_t *report);

/* build/report/NAME, to be freed. */
char *report_path(const char *name);
/* The name of a boot's report, to be freed. */
char *boot_report_name(const char *boot);
/* Whole or not at all. */
gboolean report_write(const char *name, const json_t *report);
void report_remove(const char *name);
