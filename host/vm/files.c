// SPDX-License-Identifier: GPL-2.0
#include "wire/pattern.h"
#include "wire/wire.h"
#include "files.h"

/* e2fsprogs lives where a plain user's PATH does not lead. */
#define MKFS	"/sbin/mkfs.ext4"
#define DEBUGFS	"/sbin/debugfs"

enum ending disk_make(const char *path, int mib, const char *from, char **why)
{
	g_autofree char *size = g_strdup_printf("%dM", mib), *said = NULL;
	const char *argv[] = { MKFS, "-q", "-F", "-m", "0", path, size,
			       from ? "-d" : NULL, from, NULL };
	g_autoptr(GError) error = NULL;
	int status;

	g_unlink(path);
	if (!g_spawn_sync(NULL, (char **)argv, NULL,
			  G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &said,
			  &status, &error))
		return ending_why(END_SETUP, why, "%s: install e2fsprogs", error->message);
	if (g_spawn_check_wait_status(status, NULL))
		return END_PASS;
	return ending_why(strstr(said, g_strerror(ENOSPC)) ? END_DISK_FULL : END_SETUP, why,
			  MKFS " %s: %s", path, g_strchomp(said));
}

gboolean disk_sum(const char *path, guint64 *sum, guint64 *bytes, char **why)
{
	g_autoptr(GSubprocess) child = NULL;
	g_autoptr(GBytes) data = NULL;
	g_autoptr(GError) error = NULL;

	/* Opened read-only: the guest has unmounted, nothing is replayed. */
	child = g_subprocess_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE |
				 G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
				 DEBUGFS, "-R", "cat /" WIRE_FILE, path, NULL);
	if (!child) {
		*why = g_strdup_printf("%s: install e2fsprogs", error->message);
		return FALSE;
	}
	if (!g_subprocess_communicate(child, NULL, NULL, &data, NULL, &error) ||
	    !g_subprocess_wait_check(child, NULL, &error)) {
		*why = g_strdup_printf("%s %s: %s", DEBUGFS, path,
				       error->message);
		return FALSE;
	}
	*bytes = g_bytes_get_size(data);
	*sum = sum_update(SUM_START, g_bytes_get_data(data, NULL), *bytes);
	return TRUE;
}

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
