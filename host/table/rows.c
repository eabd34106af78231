// SPDX-License-Identifier: GPL-2.0
#include "wire/wire.h"
#include "cross.h"
#include "rows.h"

#define BOOT(id, ...)		{ .name = id, __VA_ARGS__ },
#define LOG(id, end, ...)	{ .name = id, .expect = end, __VA_ARGS__ },
#define COMMAND(id, status, line, ...) \
	{ .name = id, .expect = status, .command = line, __VA_ARGS__ },

static const struct boot_row boot_rows[] = {
#include "tests/boots.def"
	{ NULL }
};

const struct log_row log_rows[] = {
#include "tests/console.def"
	{ NULL }
};

const struct command_row command_rows[] = {
#include "tests/commands.def"
	{ NULL }
};

static void add_rows(GArray *all, const struct boot_row *row)
{
	for (; row->name; row++)
		g_array_append_vals(all, row, 1);
}

const struct boot_row *boot_row_list(void)
{
	static GArray *all;

	if (!all) {
		all = g_array_new(TRUE, TRUE, sizeof(struct boot_row));
		add_rows(all, boot_rows);
		add_rows(all, cross_rows());
	}
	return (const struct boot_row *)all->data;
}

const struct boot_row *boot_row_find(const char *name)
{
	const struct boot_row *row;

	for (row = boot_rows; row->name; row++)
		if (!g_strcmp0(row->name, name))
			return row;
	return cross_row_find(name);
}
