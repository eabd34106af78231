// SPDX-License-Identifier: GPL-2.0
/* What a row claims beyond its ending, held against all that was seen. */
#include <linux/virtio_config.h>

#include "wire/pattern.h"
#include "wire/wire.h"
#include "table/machines.h"
#include "vm/audit.h"
#include "vm/files.h"
#include "vm/shares.h"
#include "boot.h"

static char *claim_console(const struct boot_result *res)
{
	const struct boot_row *row = res->row;
	const struct watch_test *blk = watch_find(&res->watch, "blk");
	const struct boot_device *dev;
	g_autofree char *text = NULL;

	if (row->no_blk && blk && blk->ok)
		return g_strdup("the blk test passed, it must not");
	if (!g_file_get_contents(res->console_log, &text, NULL, NULL))
		return g_strdup_printf("%s cannot be read", res->console_log);
	if (row->console && !strstr(text, row->console))
		return g_strdup_printf("\"%s\" is not in the console log",
				       row->console);
	for (dev = res->devices; dev->kind; dev++)
		if (dev->refusal && !strstr(text, dev->refusal))
			return g_strdup_printf("%s: \"%s\" is not in the console log",
					       dev->kind->name, dev->refusal);
	return NULL;
}

/* The bits that the row asks of QEMU, and nobody else, are agreed on. */
static char *claim_features(const struct boot_result *res, const char *driver)
{
	const struct {
		const char *name;
		unsigned int bit;
		gboolean wanted;
	} features[] = {
		{ "ACCESS_PLATFORM", VIRTIO_F_ACCESS_PLATFORM, res->row->flag },
		{ "RING_PACKED", VIRTIO_F_RING_PACKED, res->row->packed },
		{ "IN_ORDER", VIRTIO_F_IN_ORDER, res->row->in_order },
	};
	unsigned int i;

	for (i = 0; i < G_N_ELEMENTS(features); i++)
		if (watch_feature(&res->watch, driver, features[i].bit) !=
		    features[i].wanted)
			return g_strdup_printf("%s has %s feature %s", driver,
				features[i].wanted ? "not agreed on" : "agreed on",
				features[i].name);
	return NULL;
}

/* The mode and the features of a device, by the guest's account. */
static char *claim_mode(const struct boot_result *res,
			const struct boot_device *dev)
{
	const char *driver = dev->kind->driver;
	const char *mode = watch_mode(&res->watch, driver);

	if (!driver || dev->kind->untested || (dev->refusal && !mode))
		return NULL;
	if (dev->refusal)
		return g_strdup_printf("%s is bound, it must be refused", driver);
	if (!mode)
		return g_strdup_printf("the guest has no %s", driver);
	if (res->row->mode[0] && strcmp(mode, res->row->mode))
		return g_strdup_printf("%s is in mode %s, not %s", driver, mode,
				       res->row->mode);
	return claim_features(res, driver);
}

static char *claim_sum(const struct watch *w, const char *name, guint64 host)
{
	const char *guest = g_hash_table_lookup(w->sums, name);

	if (!guest)
		return g_strdup_printf("the guest printed no sum of %s",
				       name);
	if (g_ascii_strtoull(guest, NULL, 16) != host)
		return g_strdup_printf("%s: the guest's sum is %s, the host's %016" G_GINT64_MODIFIER "x",
				       name, guest, host);
	return NULL;
}

static char *claim_disk(const struct boot_result *res,
			const struct boot_device *dev)
{
	guint64 sum, bytes;
	char *why = NULL;

	if (!disk_sum(dev->image, &sum, &bytes, &why))
		return why;
	if (bytes != WIRE_BLK_BYTES)
		return g_strdup_printf("%s holds %" G_GUINT64_FORMAT " of %u bytes in %s",
				       WIRE_FILE, bytes, WIRE_BLK_BYTES,
				       dev->image);
	return claim_sum(&res->watch, dev->kind->name, sum);
}

/* A conversation: both sides must have seen the same, both ways. */
static char *claim_peer(const struct boot_result *res, const struct peer *peer,
			const char *sent, const char *received)
{
	char *why;

	if (peer->problem)
		return g_strdup(peer->problem);
	why = claim_sum(&res->watch, sent, peer->sum_received);
	return why ? why : claim_sum(&res->watch, received, peer->sum_sent);
}

/* Those of one connection, or of each of a tap. */
static char *claim_net(const struct boot_result *res,
		       const struct boot_device *dev)
{
	unsigned int n = dev->kind->peer == PEER_TAP ? WIRE_NET_QUEUES : 1, i;
	char *why = NULL;

	for (i = 0; !why && i < n; i++) {
		g_autofree char *sent = g_strdup_printf(WIRE_SUM_NET_SENT, i);
		g_autofree char *received = g_strdup_printf(WIRE_SUM_NET_RECEIVED, i);

		why = claim_peer(res, &dev->peers[i], sent, received);
	}
	return why;
}

static char *claim_text(const struct boot_result *res, const struct boot_device *dev)
{
	return claim_peer(res, dev->peers, WIRE_SUM_TEXT_SENT, WIRE_SUM_TEXT_RECEIVED);
}

/* 0, which no guest has printed, if it cannot be read. */
static guint64 sum_file(const char *dir, const char *name)
{
	g_autofree char *path = g_build_filename(dir, "share", name, NULL);
	g_autofree char *data = NULL;
	gsize len;

	if (!g_file_get_contents(path, &data, &len, NULL))
		return 0;
	return sum_update(SUM_START, data, len);
}

static char *claim_share(const struct boot_result *res, const struct boot_device *dev)
{
	char *why = claim_sum(&res->watch, WIRE_SUM_SHARE_SENT,
			      sum_file(res->dir, WIRE_SHARE_MADE));

	return why ? why : claim_sum(&res->watch, WIRE_SUM_SHARE_RECEIVED,
				     sum_file(res->dir, WIRE_SHARE_GIVEN));
}

static char *claim_links(const struct boot_result *res, const struct boot_device *dev)
{
	guint64 sum = SUM_START;
	unsigned int i;

	for (i = 0; i < WIRE_LINKS; i++) {
		g_autofree char *path = g_strdup_printf("%s/share/" WIRE_LINK,
							res->dir, i);
		g_autofree char *text = g_file_read_link(path, NULL);

		if (!text)
			return g_strdup_printf("%s cannot be read", path);
		sum = sum_update(sum, text, strlen(text));
	}
	return claim_sum(&res->watch, dev->kind->name, sum);
}

/* The whole image is what the last pass has written. */
static char *claim_soak(const struct boot_result *res, const struct boot_device *dev)
{
	enum wire_stream stream = dev->kind->claim == CLAIM_SOAK_BLK ? WIRE_BLK : WIRE_SCSI;
	guint64 seed = WIRE_SOAK_SEED(res->seed + stream, WIRE_SOAK_PASSES - 1);
	g_autoptr(GMappedFile) file = g_mapped_file_new(dev->image, FALSE, NULL);
	ssize_t bad;

	if (!file)
		return g_strdup_printf("%s cannot be read", dev->image);
	bad = pattern_mismatch(seed, 0, g_mapped_file_get_contents(file),
			       g_mapped_file_get_length(file));
	return bad < 0 ? NULL :
	       g_strdup_printf("%s differs at byte %zd", dev->image, bad);
}

/* A kernel that tests its ciphers has had the device work. */
static char *claim_crypto(const struct boot_result *res, const struct boot_device *dev)
{
	g_autofree char *path = boot_kernel(res, "config");
	g_autofree char *config = NULL;

	if (!g_file_get_contents(path, &config, NULL, NULL))
		return g_strdup_printf("%s cannot be read", path);
	if (!strstr(config, "\nCONFIG_CRYPTO_SELFTESTS=y\n") ||
	    audit_device_accesses(res->audit, dev->kind->id))
		return NULL;
	return g_strdup_printf("%s has touched no memory, so nothing was tested",
			       dev->kind->id);
}

/* The picture that QEMU shows is the one that the guest has drawn. */
static char *claim_screen(const struct boot_result *res, const struct boot_device *dev)
{
	g_autofree char *path = g_build_filename(res->dir, "screen.ppm", NULL);
	g_autofree char *data = NULL;
	unsigned int width, height;
	gsize len;
	int head;

	if (!g_file_get_contents(path, &data, &len, NULL))
		return g_strdup_printf("there is no %s", path);
	if (sscanf(data, "P6 %u %u 255%n", &width, &height, &head) != 2 ||
	    len != head + 1 + (gsize)width * height * 3)
		return g_strdup_printf("%s is not a whole picture", path);
	return claim_sum(&res->watch, dev->kind->name,
			 sum_update(SUM_START, data + head + 1, len - head - 1));
}

/* The guest has started anew, once; one that becomes secure by a call has made that. */
static char *claim_again(const struct boot_result *res, const struct boot_device *dev)
{
	const char *ultracall = dev->kind->claim == CLAIM_REBOOT ? "UV_ESM" :
				"UV_UNSHARE_ALL_PAGES";
	const char *by_call = machine_find(res->row->machine)->secure;
	json_auto_t *calls = audit_ultracalls(res->audit);

	if (res->watch.boots != 2)
		return g_strdup_printf("the guest has booted %d times, not 2",
				       res->watch.boots);
	return res->row->secure && by_call && by_call[0] &&
	       !json_integer_value(json_object_get(calls, ultracall)) ?
	       g_strdup_printf("the guest never called %s", ultracall) : NULL;
}

/* The first kernel has shared most, and nothing is shared when the second one starts. */
static char *claim_kexec(const struct boot_result *res, const struct boot_device *dev)
{
	g_autofree char *path = g_build_filename(res->dir, "shares.log", NULL);
	g_autoptr(GHashTable) now = g_hash_table_new(NULL, NULL);
	guint most = 0, left = 0, drop = 0, n;
	g_autofree char *text = NULL;
	char *line, *next;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return g_strdup_printf("%s cannot be read", path);
	for (line = text; (next = strchr(line, '\n')); line = next + 1) {
		*next = '\0';
		shares_take(now, NULL, line);
		n = g_hash_table_size(now);
		most = MAX(most, n);
		if (!drop || most - n > drop) {
			drop = most - n;
			left = n;
		}
	}
	if (!most)
		return g_strdup_printf("%s knows of no shared page", path);
	return left ? g_strdup_printf("%u of %u pages stay shared at kexec", left, most) :
		      claim_again(res, dev);
}

static char *(*const claims[])(const struct boot_result *res,
			       const struct boot_device *dev) = {
	[CLAIM_DISK] = claim_disk,
	[CLAIM_NET] = claim_net,
	[CLAIM_TEXT] = claim_text,
	[CLAIM_SHARE] = claim_share,
	[CLAIM_LINKS] = claim_links,
	[CLAIM_SOAK_BLK] = claim_soak,
	[CLAIM_SOAK_SCSI] = claim_soak,
	[CLAIM_SCREEN] = claim_screen,
	[CLAIM_CRYPTO] = claim_crypto,
	[CLAIM_REBOOT] = claim_again,
	[CLAIM_KEXEC] = claim_kexec,
};

static char *claim_canary(const struct boot_result *res)
{
	if (!res->row->scan || res->canary == res->row->canary)
		return NULL;
	return g_strdup_printf("%" G_GINT64_FORMAT " bytes of the canary lie in shared pages, expected %"
			       G_GINT64_FORMAT, res->canary, res->row->canary);
}

static char *claim_devices(const struct boot_result *res)
{
	const struct boot_device *dev;
	char *why = NULL;

	for (dev = res->devices; !why && dev->kind; dev++)
		why = claim_mode(res, dev);
	for (dev = res->devices; !why && dev->kind; dev++)
		if (!dev->refusal && dev->kind->claim)
			why = claims[dev->kind->claim](res, dev);
	return why;
}

/* A guest that never asked must have been left alone, and have no pool. */
static char *claim_plain(const struct boot_result *res)
{
	json_auto_t *calls = audit_ultracalls(res->audit);
	size_t kinds = json_object_size(calls);

	if (kinds)
		return g_strdup_printf("%zu kinds of ultracalls from a plain guest",
				       kinds);
	if (audit_shared_peak(res->audit))
		return g_strdup_printf("%" G_GINT64_FORMAT " shared pages in a plain guest",
				       audit_shared_peak(res->audit));
	if (res->watch.nslabs && !machine_find(res->row->machine)->pool)
		return g_strdup_printf("a plain guest has a bounce pool of %" G_GINT64_FORMAT " slabs",
				       res->watch.nslabs);
	return NULL;
}

static char *claim_pass(const struct boot_result *res)
{
	char *why;

	if (audit_secure(res->audit) != res->row->secure)
		return g_strdup_printf("the guest ended %ssecure",
				       res->row->secure ? "in" : "");
	if (res->row->secure && !audit_shared_peak(res->audit))
		return g_strdup("a secure guest has shared no page");
	why = res->row->secure ? NULL : claim_plain(res);
	if (!why)
		why = claim_devices(res);
	if (!why)
		why = claim_canary(res);
	return why;
}

static char *claim_caught(const struct boot_result *res)
{
	g_autofree char *culprits = audit_culprits(res->audit);

	return culprits[0] ? NULL :
	       g_strdup("refused accesses, but the audit names no device");
}

/*
 * What gets round every guard of the ultravisor falls into its trap. It must be empty,
 * but for the row that takes a guard away.
 */
static char *claim_trap(const struct boot_result *res)
{
	gint64 trapped = audit_device_refused(res->audit, "unknown");
	gboolean wanted = res->row->qemu &&
			  strstr(res->row->qemu, "-unguarded=");

	if (wanted == (trapped > 0))
		return NULL;
	return g_strdup_printf("%" G_GINT64_FORMAT " accesses got round the guards of the "
			       "ultravisor", trapped);
}

char *boot_claims(const struct boot_result *res)
{
	char *why;

	if (!res->audit &&
	    (res->row->secure || !machine_find(res->row->machine)->protect))
		return g_strdup_printf("no audit in %s, and none by QMP",
				       res->audit_path);
	why = claim_trap(res);
	if (!why)
		why = claim_console(res);
	if (!why && res->ending == END_PASS)
		why = claim_pass(res);
	if (!why && res->ending == END_REFUSED)
		why = claim_caught(res);
	return why;
}
