// SPDX-License-Identifier: GPL-2.0
#include "../guest/wire.h"
#include "rows.h"

#define BOOT(id, ...)		{ .name = id, __VA_ARGS__ },
#define LOG(id, end, ...)	{ .name = id, .expect = end, __VA_ARGS__ },
#define COMMAND(id, status, line) \
	{ .name = id, .expect = status, .command = line },

const struct boot_row boot_rows[] = {
#include "../tests/boots.def"
	{ NULL }
};

const struct log_row log_rows[] = {
#include "../tests/console.def"
	{ NULL }
};

const struct command_row command_rows[] = {
#include "../tests/commands.def"
	{ NULL }
};

const struct boot_row *boot_row_find(const char *name)
{
	const struct boot_row *row;

	for (row = boot_rows; row->name; row++)
		if (!g_strcmp0(row->name, name))
			return row;
	return NULL;
}
