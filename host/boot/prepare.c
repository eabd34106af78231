// SPDX-License-Identifier: GPL-2.0
/* What a boot needs before QEMU runs, and all that can be wrong with it. */
#include "boot.h"
#include "table/machines.h"
#include "vm/files.h"

#define DISK_MIB	160
#define SMALL_DISK_MIB	32
/* Sparse: what a directory holds must fit. */
#define ROOT_MIB	8192

static gboolean present(const char *path, enum ending otherwise,
			struct boot_result *res)
{
	if (g_file_test(path, G_FILE_TEST_EXISTS))
		return TRUE;
	return boot_ends(res, otherwise, "%s is missing", path);
}

/* What a device's row of the table comes to in this boot. */
static void resolve(const struct boot_options *opts,
		    const struct boot_result *res, struct boot_device *dev)
{
	const struct boot_row *row = res->row;
	const struct device *kind = dev->kind;

	if (row->secure)
		dev->refusal = row->flag ? kind->refusal_flag : kind->refusal;
	if (opts->disk && (!strcmp(kind->name, "blk") ||
			   !strcmp(kind->name, "scratch")))
		dev->image = g_strdup(opts->disk);
	else if (kind->image)
		dev->image = g_build_filename(res->dir, kind->image, NULL);
}

static void resolve_devices(const struct boot_options *opts,
			    struct boot_result *res)
{
	g_auto(GStrv) words = g_strsplit(res->row->devices, " ", 0);
	int i;

	res->devices = g_new0(struct boot_device, g_strv_length(words) + 1);
	for (i = 0; words[i]; i++) {
		res->devices[i].kind = device_find(words[i]);
		res->devices[i].fd = FD_DEVICE + i * WIRE_NET_QUEUES;
		resolve(opts, res, &res->devices[i]);
	}
}

/* The guest's tests: two of the guest itself, and one for each device. */
static void ask_for_tests(struct boot_result *res)
{
	GString *text = g_string_new(res->row->fail ? "asked-failure," : NULL);
	const struct boot_device *dev;
	const char *at;

	g_string_append(text, machine_find(res->row->machine)->secure ?
			"secure,mode" : "mode");
	if (res->row->bench)
		g_string_append(text, ",bench-boot,bench-known");
	for (dev = res->devices; dev->kind; dev++)
		if (!dev->refusal && !dev->kind->untested)
			g_string_append_printf(text, ",%s", dev->kind->name);
	res->watch.asked = 1;
	for (at = text->str; (at = strchr(at, ',')); at++)
		res->watch.asked++;
	res->tests = g_string_free(text, FALSE);
}

/* The image, the directory or the tap that a device needs. */
static gboolean prepare_device(const struct boot_options *opts,
			       struct boot_result *res,
			       struct boot_device *dev)
{
	int mib = res->row->disk == DISK_SMALL ? SMALL_DISK_MIB :
		  dev->kind->image_mib ? dev->kind->image_mib : DISK_MIB;

	if (dev->kind->share && !share_make(res->dir, res->seed, &res->why))
		return boot_end(res, END_SETUP);
	if (dev->kind->peer == PEER_TAP && !tap_make(dev->queues, dev->peers, &res->why))
		return boot_end(res, END_SKIPPED);
	if (!dev->image)
		return TRUE;
	/* The user's image is used as it is; those of other devices are made. */
	if (!g_strcmp0(dev->image, opts->disk) || res->row->disk == DISK_MISSING)
		return present(dev->image, END_NO_DISK, res);
	if (opts->verbose)
		g_print("svm-lab: making %s, %d MiB of ext4\n", dev->image, mib);
	res->ending = disk_make(dev->image, mib, NULL, &res->why);
	return res->ending == END_PASS;
}

static gboolean prepare_devices(const struct boot_options *opts,
				struct boot_result *res)
{
	struct boot_device *dev;

	for (dev = res->devices; dev->kind; dev++)
		if (!prepare_device(opts, res, dev))
			return FALSE;
	return TRUE;
}

/* The root file system of the programs: an image, or made of a directory. */
static gboolean prepare_userland(const struct boot_options *opts,
				 struct boot_result *res)
{
	const struct boot_device *dev = res->devices;

	while (dev->kind && !strstr(dev->kind->args, "{userland}"))
		dev++;
	if (!dev->kind)
		return TRUE;
	if (!opts->rootfs || !g_file_test(opts->rootfs, G_FILE_TEST_IS_DIR))
		return present(res->userland,
			       opts->rootfs ? END_USAGE : END_SETUP, res);
	res->ending = disk_make(res->userland, ROOT_MIB, opts->rootfs, &res->why);
	return res->ending == END_PASS;
}

static gboolean read_release(const struct boot_options *opts,
			     struct boot_result *res)
{
	g_autofree char *path = boot_kernel(res, "release");
	g_autoptr(GError) error = NULL;

	if (opts->kernel)
		return TRUE;
	if (!g_file_get_contents(path, &res->release, NULL, &error))
		return boot_ends(res, END_SETUP, "%s", error->message);
	g_strstrip(res->release);
	return TRUE;
}

/* What the words of the user add to those of a row: kept while the process lives. */
static const char *both(const char *row, const char *more)
{
	return !more ? row : row ? g_strdup_printf("%s %s", row, more) : more;
}

static void change(const struct boot_options *opts, struct boot_row *row)
{
	row->append = both(row->append, opts->append);
	row->qemu = both(row->qemu, opts->qemu_args);
	row->mem = opts->mem ? opts->mem : row->mem;
	row->smp = opts->smp ? opts->smp : row->smp;
	row->machine = opts->machine ? opts->machine : row->machine;
	row->secure = row->secure && !opts->plain;
	row->flag = row->flag || opts->flag;
	/* "": the row does not say */
	if (row->mode[0] && (opts->plain || opts->flag || opts->machine))
		row->mode = boot_row_mode(row);
}

void boot_resolve(const struct boot_row *row, const struct boot_options *opts,
		  struct boot_result *res)
{
	memset(res, 0, sizeof(*res));
	res->asked = *row;
	change(opts, &res->asked);
	res->row = &res->asked;
	res->canary = -1;
	res->seed = opts->seed;
	res->kernels = boot_kernels(opts);
	res->dir = g_build_filename("build", "log", row->name, NULL);
	res->console_log = g_build_filename(res->dir, "console.log", NULL);
	res->qemu_log = g_build_filename(res->dir, "qemu.log", NULL);
	res->audit_path = g_build_filename(res->dir, "audit.json", NULL);
	watch_init(&res->watch);
	res->kernel = opts->kernel ? g_strdup(opts->kernel) :
		      boot_kernel(res, machine_find(res->row->machine)->kernel);
	res->userland = !opts->rootfs ? g_build_filename(machine_find(res->row->machine)->userland,
						  "root.img", NULL) :
			g_file_test(opts->rootfs, G_FILE_TEST_IS_DIR) ?
			g_build_filename(res->dir, "root.img", NULL) :
			g_strdup(opts->rootfs);
	resolve_devices(opts, res);
	ask_for_tests(res);
}

gboolean boot_prepare(const struct boot_options *opts, struct boot_result *res)
{
	const struct boot_row *row = res->row;
	g_autofree char *qemu = boot_qemu(opts, row);
	g_autofree char *initrd = boot_initrd(row);

	if (!res->seed)
		res->seed = g_random_int();
	if (g_mkdir_with_parents(res->dir, 0755) ||
	    g_mkdir_with_parents("build/share", 0755))
		return boot_ends(res, ENDING_OF_ERRNO, "make %s: %s", res->dir,
				 g_strerror(errno));
	g_unlink(res->audit_path);
	g_unlink(res->console_log);
	g_unlink(res->qemu_log);
	return present(qemu, END_QEMU, res) &&
	       present(res->kernel, opts->kernel ? END_USAGE : END_SETUP, res) &&
	       present(initrd, END_SETUP, res) &&
	       read_release(opts, res) && prepare_userland(opts, res) &&
	       prepare_devices(opts, res);
}
