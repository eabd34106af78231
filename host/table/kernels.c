// SPDX-License-Identifier: GPL-2.0
#include "kernels.h"

gboolean kernel_known(const char *name)
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
