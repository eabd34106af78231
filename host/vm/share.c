// SPDX-License-Identifier: GPL-2.0
#include "wire/pattern.h"
#include "wire/wire.h"
#include "share.h"

/* What the virtiofs test of an earlier boot has made. */
static void unlink_links(const char *share)
{
	unsigned int i;

	for (i = 0; i < WIRE_LINKS; i++) {
		g_autofree char *path = g_strdup_printf("%s/" WIRE_LINK, share,
							i);

		g_unlink(path);
	}
}

gboolean share_make(const char *dir, guint64 seed, char **why)
{
	g_autofree char *share = g_build_filename(dir, "share", NULL);
	g_autofree char *given = g_build_filename(share, WIRE_SHARE_GIVEN, NULL);
	g_autofree char *made = g_build_filename(share, WIRE_SHARE_MADE, NULL);
	g_autofree char *data = g_malloc(WIRE_SHARE_BYTES);
	g_autoptr(GError) error = NULL;

	g_unlink(made);
	unlink_links(share);
	if (g_mkdir_with_parents(share, 0755)) {
		*why = g_strdup_printf("make %s: %s", share, g_strerror(errno));
		return FALSE;
	}
	pattern_fill(seed + WIRE_SHARE_RECEIVED, 0, data, WIRE_SHARE_BYTES);
	if (g_file_set_contents(given, data, WIRE_SHARE_BYTES, &error))
		return TRUE;
	*why = g_strdup(error->message);
	return FALSE;
}
