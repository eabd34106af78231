// SPDX-License-Identifier: GPL-2.0
#include "options.h"

struct boot_options boot_options = { .slow = 1 };

const GOptionEntry option_entries[] = {
	{ "qemu", 0, 0, G_OPTION_ARG_FILENAME, &boot_options.qemu,
	  "another qemu-system-ppc64", "FILE" },
	{ "kernels", 0, 0, G_OPTION_ARG_FILENAME, &boot_options.kernels,
	  "kernels of another base: build/kernel-6.12", "DIRECTORY" },
	{ "disk", 0, 0, G_OPTION_ARG_FILENAME, &boot_options.disk,
	  "a disk image with an empty ext4 instead of a new one", "FILE" },
	{ "seed", 0, 0, G_OPTION_ARG_INT64, &boot_options.seed,
	  "of the test data, to repeat a boot", "N" },
	{ "quick", 0, 0, G_OPTION_ARG_NONE, &boot_options.quick,
	  "of the benchmark, only the loads that figures need", NULL },
	{ "slow", 0, 0, G_OPTION_ARG_INT, &boot_options.slow,
	  "multiply every time limit", "FACTOR" },
	{ NULL }
};

G_GNUC_PRINTF(2, 3)
static void add(GPtrArray *argv, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	g_ptr_array_add(argv, g_strdup_vprintf(fmt, ap));
	va_end(ap);
}

static void pass(GPtrArray *argv, const GOptionEntry *e)
{
	switch (e->arg) {
	case G_OPTION_ARG_NONE:
		if (*(gboolean *)e->arg_data)
			add(argv, "--%s", e->long_name);
		return;
	case G_OPTION_ARG_INT:
		add(argv, "--%s=%d", e->long_name, *(int *)e->arg_data);
		return;
	case G_OPTION_ARG_INT64:
		add(argv, "--%s=%" G_GINT64_FORMAT, e->long_name,
		    *(gint64 *)e->arg_data);
		return;
	default:
		g_assert(e->arg == G_OPTION_ARG_FILENAME);
		if (*(char **)e->arg_data)
			add(argv, "--%s=%s", e->long_name,
			    *(char **)e->arg_data);
	}
}

void options_pass(GPtrArray *argv)
{
	const GOptionEntry *e;

	for (e = option_entries; e->long_name; e++)
		pass(argv, e);
}
