// SPDX-License-Identifier: GPL-2.0
#include "wire/wire.h"
#include "cross.h"
#include "devices.h"
#include "machines.h"
#include "rows.h"

#define BOOT(id, what, ...)	{ .name = id, .about = what, __VA_ARGS__ },
#define LOG(id, end, said, ...) \
	{ .name = id, .expect = end, .text = said, __VA_ARGS__ },
#define COMMAND(id, status, line, ...) \
	{ .name = id, .expect = status, .command = line, __VA_ARGS__ },
#define FAULT(id, words, ...) \
	{ .name = id, .why = words, .row = { .about = words, __VA_ARGS__ } },

static const struct boot_row boot_rows[] = {
#include "tests/boots.def"
#include "bench/boots.def"
	{ 0 }
};

const struct log_row log_rows[] = {
#include "tests/console.def"
	{ 0 }
};

const struct command_row command_rows[] = {
#include "tests/commands.def"
	{ 0 }
};

const struct fault_row fault_rows[] = {
#include "tests/faults.def"
	{ 0 }
};

const char *boot_row_mode(const struct boot_row *row)
{
	if (row->flag)
		return row->secure ? "translate+bounce" : "translate";
	return row->secure ? "bounce" : "physical";
}

/* What a row leaves out. Time is generous: emulation, on a machine that may be busy. */
static void complete(struct boot_row *row)
{
	row->smp = row->smp ? row->smp : 1;
	row->mem = row->mem ? row->mem : 1024;
	row->timeout = row->timeout ? row->timeout : 300;
	row->stall = row->stall ? row->stall : 120;
	if (!row->machine)
		row->machine = "power";
	if (!row->kernel)
		row->kernel = "patched";
	if (!row->devices)
		row->devices = ROW_DEVICES;
	if (!row->mode)
		row->mode = boot_row_mode(row);
	row->about = g_strdup_printf("%s, %s%s: %s", row->kernel,
				     row->secure ? "secure" : "not secure",
				     row->flag ? ", flag set" : "", row->about);
}

static void add_rows(GArray *all, const struct boot_row *row)
{
	for (; row->name; row++) {
		g_array_append_vals(all, row, 1);
		complete(&g_array_index(all, struct boot_row, all->len - 1));
	}
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
	struct boot_row *crossed;

	for (row = boot_row_list(); row->name; row++)
		if (!strcmp(row->name, name))
			return row;
	crossed = cross_row_find(name);
	if (crossed)
		complete(crossed);
	return crossed;
}

static char *twice(GHashTable *names, const char *name)
{
	return g_hash_table_add(names, (gpointer)name) ? NULL :
	       g_strdup_printf("two rows are called '%s': name one of them otherwise",
			       name);
}

/* Does configs/kernels have a line for a kernel of that name? */
static gboolean kernel_known(const char *name)
{
	static char **lines;
	g_autofree char *text = NULL;
	size_t len = strlen(name);
	int i;

	if (!lines && g_file_get_contents("configs/kernels", &text, NULL, NULL))
		lines = g_strsplit(text, "\n", 0);
	for (i = 0; lines && lines[i]; i++)
		if (!strncmp(lines[i], name, len) && lines[i][len] == '\t')
			return TRUE;
	return FALSE;
}

gboolean boot_row_built(const struct boot_row *row, const char *machine)
{
	g_autofree char *kernel = g_strconcat(machine_find(machine)->kernels,
					      row->kernel, NULL);

	return kernel_known(kernel);
}

static char *boot_problem(GHashTable *names, const struct boot_row *row)
{
	g_auto(GStrv) words = g_strsplit(row->devices, " ", 0);
	g_autoptr(GHashTable) had = g_hash_table_new(g_str_hash, g_str_equal);
	const struct machine *machine = machine_find(row->machine);
	int i;

	if (!machine)
		return g_strdup_printf("the boot '%s' names a machine '%s': tests/machines.def has none of that name",
				       row->name, row->machine);
	if (!boot_row_built(row, row->machine))
		return g_strdup_printf("the boot '%s' names a kernel '%s%s': add a line for it to configs/kernels",
				       row->name, machine->kernels, row->kernel);
	for (i = 0; words[i]; i++) {
		if (!device_find(words[i]))
			return g_strdup_printf("the boot '%s' names a device '%s': tests/devices.def has none of that name",
					       row->name, words[i]);
		if (!g_hash_table_add(had, words[i]))
			return g_strdup_printf("the boot '%s' names the device '%s' twice: leave one out",
					       row->name, words[i]);
	}
	return twice(names, row->name);
}

char *rows_problem(const struct boot_row *more)
{
	g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) devices = g_hash_table_new(g_str_hash, g_str_equal);
	const struct boot_row *row = boot_row_list();
	const struct device *dev;
	struct boot_row whole;
	char *why = NULL;
	int i;

	for (i = 0; !why && log_rows[i].name; i++)
		why = twice(names, log_rows[i].name);
	for (i = 0; !why && fault_rows[i].name; i++)
		why = twice(names, fault_rows[i].name);
	for (i = 0; !why && command_rows[i].name; i++)
		why = twice(names, command_rows[i].name);
	for (dev = device_rows; !why && dev->name; dev++)
		why = twice(devices, dev->name);
	for (; !why && row->name; row++)
		why = boot_problem(names, row);
	if (!why && more) {
		whole = *more;
		complete(&whole);
		why = boot_problem(names, &whole);
	}
	return why;
}
