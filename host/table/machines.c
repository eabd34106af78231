// SPDX-License-Identifier: GPL-2.0
#include "machines.h"

#define MACHINE(id, ...)	{ .name = id, __VA_ARGS__ },

static const struct machine machine_rows[] = {
#include "tests/machines.def"
};

const struct machine *machine_find(const char *name)
{
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(machine_rows); i++)
		if (!strcmp(machine_rows[i].name, name))
			return &machine_rows[i];
	return NULL;
}
