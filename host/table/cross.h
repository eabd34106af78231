/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "rows.h"

/*
 * The selection of the crossing (tests/cross.def), ending in a NULL name: rows
 * that cover all pairs of levels are due in check, further ones, which cover all
 * triples, in check-all. It lives as long as the program.
 */
const struct boot_row *cross_rows(void);

/* Any possible combination by its name, selected or not, to be freed; NULL: none. */
struct boot_row *cross_row_find(const char *name);
