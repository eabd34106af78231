// SPDX-License-Identifier: GPL-2.0
/* What a row claims beyond its ending, held against all that was seen. */
#include <linux/virtio_config.h>
#include <stdio.h>
#include <string.h>

#include "wire/pattern.h"
#include "wire/wire.h"
#include "vm/audit.h"
#include "bench/host/bench.h"
#include "boot.h"
#include "claims.h"
#include "vm/disk.h"

static char *check_console(const struct boot_result *res)
{
	const struct boot_row *row = res->row;
	const struct watch_test *blk = watch_find(&res->watch, "blk");
	const struct device *dev;
	g_autofree char *text = NULL;
	int i;

	if (row->no_blk && blk && blk->ok)
		return g_strdup("the blk test passed, it must not");
	if (!g_file_get_contents(res->console_log, &text, NULL, NULL))
		return g_strdup_printf("%s cannot be read", res->console_log);
	if (row->console && !strstr(text, row->console))
		return g_strdup_printf("\"%s\" is not in the console log",
				       row->console);
	for (i = 0; (dev = res->devices[i]); i++)
		if (boot_refusal(row, dev) && !strstr(text, boot_refusal(row, dev)))
			return g_strdup_printf("%s: \"%s\" is not in the console log",
					       dev->name, boot_refusal(row, dev));
	return NULL;
}

/* The bits that the row asks of QEMU, and nobody else, are agreed on. */
static char *check_features(const struct boot_result *res, const char *driver)
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

/* The mode and the features of each device, by the guest's account. */
static char *check_modes(const struct boot_result *res)
{
	const struct boot_row *row = res->row;
	const struct device *dev;
	char *why;
	int i;

	for (i = 0; (dev = res->devices[i]); i++) {
		const char *mode = watch_mode(&res->watch, dev->driver);

		if (!dev->driver)
			continue;
		if (boot_refusal(row, dev)) {
			if (mode)
				return g_strdup_printf("%s is bound, it must be refused",
						       dev->driver);
			continue;
		}
		if (!mode)
			return g_strdup_printf("the guest has no %s",
					       dev->driver);
		if (row->mode && strcmp(mode, row->mode))
			return g_strdup_printf("%s is in mode %s, not %s",
					       dev->driver, mode, row->mode);
		why = check_features(res, dev->driver);
		if (why)
			return why;
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

char *check_disk(const struct boot_result *res, const struct device *dev)
{
	g_autofree char *image = boot_image(res, dev);
	g_autofree char *sum = NULL;
	guint64 bytes;
	char *why = NULL;

	sum = disk_sum(image, &bytes, &why);
	if (!sum)
		return why;
	if (bytes != BLK_BYTES)
		return g_strdup_printf("%s holds %" G_GUINT64_FORMAT " of %d bytes in %s",
				       WIRE_FILE, bytes, BLK_BYTES, image);
	return check_sum(&res->watch, dev->name, sum);
}

/* A conversation: both sides must have seen the same, both ways. */
static char *check_peer(const struct boot_result *res, const struct device *dev,
			const char *sent, const char *received)
{
	const struct peer *peer = &res->peers[device_index(dev)];
	char *why;

	if (peer->problem)
		return g_strdup(peer->problem);
	why = check_sum(&res->watch, sent, peer->sum_received);
	return why ? why : check_sum(&res->watch, received, peer->sum_sent);
}

char *check_net(const struct boot_result *res, const struct device *dev)
{
	return check_peer(res, dev, WIRE_SUM_NET_SENT, WIRE_SUM_NET_RECEIVED);
}

char *check_text(const struct boot_result *res, const struct device *dev)
{
	return check_peer(res, dev, WIRE_SUM_TEXT_SENT, WIRE_SUM_TEXT_RECEIVED);
}

static char *sum_file(const char *dir, const char *name)
{
	g_autofree char *path = g_build_filename(dir, "share", name, NULL);
	g_autofree char *data = NULL;
	gsize len;

	if (!g_file_get_contents(path, &data, &len, NULL))
		return NULL;
	return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (guchar *)data,
					   len);
}

char *check_share(const struct boot_result *res, const struct device *dev)
{
	g_autofree char *made = sum_file(res->dir, WIRE_SHARE_MADE);
	g_autofree char *given = sum_file(res->dir, WIRE_SHARE_GIVEN);
	char *why = check_sum(&res->watch, WIRE_SUM_SHARE_SENT, made);

	(void)dev;
	return why ? why : check_sum(&res->watch, WIRE_SUM_SHARE_RECEIVED, given);
}

char *check_links(const struct boot_result *res, const struct device *dev)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	unsigned int i;

	for (i = 0; i < WIRE_LINKS; i++) {
		g_autofree char *path = g_strdup_printf("%s/share/" WIRE_LINK,
							res->dir, i);
		g_autofree char *text = g_file_read_link(path, NULL);

		if (!text)
			return g_strdup_printf("%s cannot be read", path);
		g_checksum_update(sum, (guchar *)text, -1);
	}
	return check_sum(&res->watch, dev->name, g_checksum_get_string(sum));
}

/* The whole image is what the last pass has written. */
static char *check_soak(const struct boot_result *res, const struct device *dev,
			enum wire_stream stream)
{
	guint64 seed = WIRE_SOAK_SEED(res->seed + stream, WIRE_SOAK_PASSES - 1);
	g_autofree char *path = boot_image(res, dev);
	g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, NULL);
	ssize_t bad;

	if (!file)
		return g_strdup_printf("%s cannot be read", path);
	bad = pattern_mismatch(seed, 0, g_mapped_file_get_contents(file),
			       g_mapped_file_get_length(file));
	return bad < 0 ? NULL :
	       g_strdup_printf("%s differs at byte %zd", path, bad);
}

char *check_soak_blk(const struct boot_result *res, const struct device *dev)
{
	return check_soak(res, dev, WIRE_BLK);
}

char *check_soak_scsi(const struct boot_result *res, const struct device *dev)
{
	return check_soak(res, dev, WIRE_SCSI);
}

/* A kernel that tests its ciphers has had the device work. */
char *check_crypto(const struct boot_result *res, const struct device *dev)
{
	g_autofree char *path = boot_kernel(res, "config");
	g_autofree char *config = NULL;

	if (!g_file_get_contents(path, &config, NULL, NULL))
		return g_strdup_printf("%s cannot be read", path);
	if (!strstr(config, "\nCONFIG_CRYPTO_SELFTESTS=y\n") ||
	    audit_device_accesses(res->audit, dev->id))
		return NULL;
	return g_strdup_printf("%s has touched no memory, so nothing was tested",
			       dev->id);
}

/* The picture that QEMU shows is the one that the guest has drawn. */
char *check_screen(const struct boot_result *res, const struct device *dev)
{
	g_autofree char *path = g_build_filename(res->dir, "screen.ppm", NULL);
	g_autofree char *data = NULL, *sum = NULL;
	unsigned int width, height;
	gsize len;
	int head;

	if (!g_file_get_contents(path, &data, &len, NULL))
		return g_strdup_printf("there is no %s", path);
	if (sscanf(data, "P6 %u %u 255%n", &width, &height, &head) != 2 ||
	    len != head + 1 + (gsize)width * height * 3)
		return g_strdup_printf("%s is not a whole picture", path);
	sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256,
					  (guchar *)data + head + 1,
					  len - head - 1);
	return check_sum(&res->watch, dev->name, sum);
}

/* The guest has started anew, once, and asked for its mode as often as . */
static char *check_again(const struct boot_result *res, const char *ultracall)
{
	json_t *calls;
	gint64 n;

	if (res->watch.boots != 2)
		return g_strdup_printf("the guest has booted %d times, not 2",
				       res->watch.boots);
	calls = audit_ultracalls(res->audit);
	n = json_integer_value(json_object_get(calls, ultracall));
	json_decref(calls);
	return !n && res->row->secure ?
	       g_strdup_printf("the guest never called %s", ultracall) : NULL;
}

char *check_reboot(const struct boot_result *res, const struct device *dev)
{
	(void)dev;
	return check_again(res, "UV_ESM");
}

/* Pages that the old kernel has shared must not stay so. */
char *check_kexec(const struct boot_result *res, const struct device *dev)
{
	(void)dev;
	return check_again(res, "UV_UNSHARE_ALL_PAGES");
}

static char *check_canary(const struct boot_result *res)
{
	if (!res->row->scan || res->canary == res->row->canary)
		return NULL;
	return g_strdup_printf("%" G_GINT64_FORMAT " bytes of the canary lie in shared pages, expected %"
			       G_GINT64_FORMAT, res->canary, res->row->canary);
}

static char *check_data(const struct boot_result *res)
{
	const struct device *dev;
	char *why = NULL;
	int i;

	for (i = 0; !why && (dev = res->devices[i]); i++)
		if (dev->check && !boot_refusal(res->row, dev))
			why = dev->check(res, dev);
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

static char *check_counts(const struct boot_result *res)
{
	char *why = NULL;

	if (res->row->bench)
		json_decref(bench_sample(res->dir, &why));
	return why;
}

static char *check_pass(const struct boot_result *res)
{
	char *why;

	if (audit_secure(res->audit) != res->row->secure)
		return g_strdup_printf("the guest ended %ssecure",
				       res->row->secure ? "in" : "");
	why = res->row->secure ? NULL : check_plain(res);
	if (!why)
		why = check_modes(res);
	if (!why)
		why = check_data(res);
	if (!why)
		why = check_canary(res);
	if (!why)
		why = check_counts(res);
	return why;
}

static char *check_caught(const struct boot_result *res)
{
	g_autofree char *culprits = audit_culprits(res->audit);

	return culprits[0] ? NULL :
	       g_strdup("refused accesses, but the audit names no device");
}

char *boot_check(const struct boot_result *res)
{
	char *why;

	if (!res->audit)
		return g_strdup_printf("no audit in %s, and none by QMP",
				       res->audit_path);
	why = check_console(res);
	if (!why && res->ending == END_PASS)
		why = check_pass(res);
	if (!why && res->ending == END_REFUSED)
		why = check_caught(res);
	return why;
}
