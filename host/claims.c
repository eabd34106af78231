// SPDX-License-Identifier: GPL-2.0
/* What a row claims beyond its ending, held against all that was seen. */
#include <string.h>

#include "../guest/wire.h"
#include "audit.h"
#include "boot.h"
#include "disk.h"

static char *check_console(const struct boot_row *row,
			   const struct boot_result *res)
{
	const struct watch_test *blk = watch_find(&res->watch, "blk");
	g_autofree char *text = NULL;

	if (row->no_blk && blk && blk->ok)
		return g_strdup("the blk test passed, it must not");
	if (!row->console)
		return NULL;
	if (!g_file_get_contents(res->console_log, &text, NULL, NULL) ||
	    !strstr(text, row->console))
		return g_strdup_printf("\"%s\" is not in the console log",
				       row->console);
	return NULL;
}

static char *check_modes(const struct boot_row *row, const struct watch *w)
{
	static const char *const drivers[] = {
		"virtio_blk", "virtio_net", "virtio_rng", "virtio_console",
	};
	guint i;

	for (i = 0; i < G_N_ELEMENTS(drivers); i++) {
		const char *mode = g_hash_table_lookup(w->modes, drivers[i]);

		if (!mode)
			return g_strdup_printf("the guest has no %s",
					       drivers[i]);
		if (row->mode && strcmp(mode, row->mode))
			return g_strdup_printf("%s is in mode %s, not %s",
					       drivers[i], mode, row->mode);
	}
	return NULL;
}

static char *check_sum(const struct watch *w, const char *name,
		       const char *host)
{
	const char *guest = g_hash_table_lookup(w->sums, name);

	if (!guest)
		return g_strdup_printf("the guest printed no sha256 of %s",
				       name);
	if (g_strcmp0(guest, host))
		return g_strdup_printf("%s: the guest's sha256 is %s, the host's %s",
				       name, guest, host);
	return NULL;
}

static char *check_disk(const struct boot_result *res)
{
	g_autofree char *sum = NULL;
	guint64 bytes;
	char *why = NULL;

	sum = disk_sum(res->disk, &bytes, &why);
	if (!sum)
		return why;
	if (bytes != BLK_BYTES)
		return g_strdup_printf("%s holds %" G_GUINT64_FORMAT " of %d bytes in %s",
				       WIRE_FILE, bytes, BLK_BYTES, res->disk);
	return check_sum(&res->watch, WIRE_SUM_BLK, sum);
}

static char *check_data(const struct boot_result *res)
{
	const struct watch *w = &res->watch;
	char *why;

	if (res->net.problem)
		return g_strdup(res->net.problem);
	if (res->console.problem)
		return g_strdup(res->console.problem);
	why = check_sum(w, WIRE_SUM_NET_SENT, res->net.sum_received);
	if (!why)
		why = check_sum(w, WIRE_SUM_NET_RECEIVED, res->net.sum_sent);
	if (!why)
		why = check_sum(w, WIRE_SUM_TEXT_SENT,
				res->console.sum_received);
	if (!why)
		why = check_sum(w, WIRE_SUM_TEXT_RECEIVED,
				res->console.sum_sent);
	if (!why)
		why = check_disk(res);
	return why;
}

/* A guest that never asked must have been left alone, and have no pool. */
static char *check_plain(const struct boot_result *res)
{
	json_t *calls = audit_ultracalls(res->audit);
	size_t kinds = json_object_size(calls);

	json_decref(calls);
	if (kinds)
		return g_strdup_printf("%zu kinds of ultracalls from a plain guest",
				       kinds);
	if (audit_shared_peak(res->audit))
		return g_strdup_printf("%" G_GINT64_FORMAT " shared pages in a plain guest",
				       audit_shared_peak(res->audit));
	if (res->watch.nslabs)
		return g_strdup_printf("a plain guest has a bounce pool of %" G_GINT64_FORMAT " slabs",
				       res->watch.nslabs);
	return NULL;
}

static char *check_pass(const struct boot_row *row,
			const struct boot_result *res)
{
	char *why;

	if (audit_secure(res->audit) != row->secure)
		return g_strdup_printf("the guest ended %ssecure",
				       row->secure ? "in" : "");
	why = row->secure ? NULL : check_plain(res);
	if (!why)
		why = check_modes(row, &res->watch);
	if (!why)
		why = check_data(res);
	return why;
}

static char *check_caught(const struct boot_result *res)
{
	g_autofree char *culprits = audit_culprits(res->audit);

	return culprits[0] ? NULL :
	       g_strdup("refused accesses, but the audit names no device");
}

char *boot_check(const struct boot_row *row, const struct boot_result *res)
{
	char *why;

	if (!res->audit)
		return g_strdup_printf("no audit in %s, and none by QMP",
				       res->audit_path);
	why = check_console(row, res);
	if (!why && res->ending == END_PASS)
		why = check_pass(row, res);
	if (!why && res->ending == END_REFUSED)
		why = check_caught(res);
	return why;
}
