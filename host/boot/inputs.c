// SPDX-License-Identifier: GPL-2.0
#include "boot.h"
#include "inputs.h"

static void add(GChecksum *sum, const char *text)
{
	g_checksum_update(sum, (const guchar *)text, strlen(text) + 1);
}

/*
 * A file counts by the key of the build that it, or its directory, is of; any other one
 * by its size and when it was written.
 */
static void add_file(GChecksum *sum, const char *path)
{
	g_autofree char *dir = g_path_get_dirname(path);
	const char *const built[] = { path, dir };
	GStatBuf st;
	guint i;

	for (i = 0; i < G_N_ELEMENTS(built); i++) {
		g_autofree char *file = g_build_filename(built[i], "key", NULL);
		g_autofree char *key = NULL;

		if (g_file_get_contents(file, &key, NULL, NULL)) {
			add(sum, key);
			return;
		}
	}
	if (!g_stat(path, &st) && S_ISREG(st.st_mode)) {
		g_autofree char *text = g_strdup_printf("%lld %lld.%09ld",
			(long long)st.st_size, (long long)st.st_mtim.tv_sec,
			st.st_mtim.tv_nsec);

		add(sum, text);
	}
}

/* What is named in @argv, but for what the boot makes itself. */
static GPtrArray *files_of(char **argv, const struct boot_result *res)
{
	GPtrArray *files = g_ptr_array_new_with_free_func(g_free);
	int i, j;

	g_ptr_array_add(files, g_strdup("build/host/svm-lab"));
	for (i = 0; argv[i]; i++) {
		g_auto(GStrv) parts = g_strsplit_set(argv[i], ",=:", 0);

		for (j = 0; parts[j]; j++)
			if (strchr(parts[j], '/') &&
			    !g_str_has_prefix(parts[j], res->dir))
				g_ptr_array_add(files, g_strdup(parts[j]));
	}
	return files;
}

GPtrArray *boot_files(const struct boot_row *row, const struct boot_options *opts)
{
	g_auto(GStrv) argv = NULL;
	struct boot_result res;
	GPtrArray *files;

	boot_resolve(row, opts, &res);
	argv = boot_argv(opts, &res);
	files = files_of(argv, &res);
	boot_result_clear(&res);
	return files;
}

char *boot_inputs(const struct boot_row *row, const struct boot_options *opts)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	g_autoptr(GPtrArray) files = NULL;
	g_auto(GStrv) argv = NULL;
	struct boot_result res;
	guint i;

	boot_resolve(row, opts, &res);
	argv = boot_argv(opts, &res);
	files = files_of(argv, &res);
	for (i = 0; argv[i]; i++)
		add(sum, argv[i]);
	for (i = 0; i < files->len; i++)
		add_file(sum, files->pdata[i]);
	boot_result_clear(&res);
	return g_strdup(g_checksum_get_string(sum));
}
