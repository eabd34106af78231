/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "table/std.h"

/* A whole report, for a person. */
void tables_print(const json_t *report);
/* What the last boot of a row has counted. The exit status of 'svm-lab counts'. */
int tables_counts(const char *row);
/*
 * The figures of bench/figures.def, of what is counted in a report, NULL: the last one.
 * The exit status of 'svm-lab figures'.
 */
int tables_figures(const char *file);
