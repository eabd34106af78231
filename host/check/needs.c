// SPDX-License-Identifier: GPL-2.0
/* What must be built for rows that are due: found in what their boots name. */
#include "boot/inputs.h"
#include "check.h"

static void add(GPtrArray *needed, const char *what)
{
	if (!g_ptr_array_find_with_equal_func(needed, what, g_str_equal, NULL))
		g_ptr_array_add(needed, g_strdup(what));
}

/* A script of the same name makes what is in a directory of build/. */
static void add_file(GPtrArray *needed, const char *path)
{
	g_auto(GStrv) parts = g_strsplit(path, "/", 4);
	g_autofree char *script = NULL, *what = NULL;

	if (g_strv_length(parts) < 2 || strcmp(parts[0], "build"))
		return;
	script = g_build_filename("scripts/build", parts[1], NULL);
	what = g_strjoin(" ", parts[1],
			 strcmp(parts[1], "kernel") ? NULL : parts[2], NULL);
	if (g_file_test(script, G_FILE_TEST_IS_REGULAR))
		add(needed, what);
}

static void add_boot(GPtrArray *needed, const struct boot_row *row,
		     const struct boot_options *opts)
{
	g_autoptr(GPtrArray) files = boot_files(row, opts);
	guint i;

	for (i = 0; i < files->len; i++)
		add_file(needed, files->pdata[i]);
}

int needs(char **names, enum row_when when, const struct boot_options *opts)
{
	g_autoptr(GPtrArray) needed = g_ptr_array_new_with_free_func(g_free);
	const struct boot_row *row;
	guint i;

	for (i = 0; names && names[i]; i++) {
		row = boot_row_find(names[i]);
		if (!row) {
			g_printerr("svm-lab: no boot is called '%s': see 'svm-lab list'\n",
				   names[i]);
			return END_USAGE;
		}
		add_boot(needed, row, opts);
	}
	for (row = boot_row_list(); !names && row->name; row++)
		if (row->when <= when)
			add_boot(needed, row, opts);
	for (i = 0; i < needed->len; i++)
		g_print("%s\n", (char *)needed->pdata[i]);
	return END_PASS;
}
