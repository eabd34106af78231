/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_REPORT_H
#define LAB_REPORT_H

#include "boot.h"

/* What 'svm-lab run' leaves behind: build/report/run.json, and a table. */
json_t *report_boot(const struct boot_row *row, const struct boot_result *res);
void report_table(const struct boot_result *res);
/* One line on a boot that did not pass, what to do, and where the log is. */
void report_failure(const char *name, const struct boot_result *res);
gboolean report_write(const char *name, const json_t *report);

#endif
