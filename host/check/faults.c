// SPDX-License-Identifier: GPL-2.0
/* Rows that the tables must not have: found as they are read. */
#include "check.h"

void check_fault(struct tally *t, const struct fault_row *row)
{
	g_autofree char *said = rows_problem(&row->row);
	g_autofree char *problem = NULL;

	if (!said || !strstr(said, row->why))
		problem = g_strdup_printf("expected \"%s\", found: %s", row->why,
					  said ? said : "nothing wrong");
	tally_count(t, "table", row->name, problem, NULL);
}
