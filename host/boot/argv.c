// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "boot.h"
#include "table/machines.h"

char *boot_qemu(const struct boot_options *opts, const struct boot_row *row)
{
	if (opts->qemu)
		return g_strdup(opts->qemu);
	return g_strdup_printf("build/qemu%s%s/%s", row->qemu_base ? "-" : "",
			       row->qemu_base ? row->qemu_base : "",
			       machine_find(row->machine)->qemu);
}

int boot_memory_mib(const struct boot_row *row)
{
	return row->mem ? row->mem : 1024;
}

const char *boot_kernels(const struct boot_options *opts)
{
	return opts->kernels ? opts->kernels : "build/kernel";
}

char *boot_kernel(const struct boot_result *res, const char *file)
{
	return g_build_filename(res->kernels, res->row->kernel, file, NULL);
}

G_GNUC_PRINTF(2, 3)
static void add(GPtrArray *argv, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	g_ptr_array_add(argv, g_strdup_vprintf(fmt, ap));
	va_end(ap);
}

static void option(GPtrArray *argv, const char *name, const char *value)
{
	add(argv, "-%s", name);
	add(argv, "%s", value);
}

/* QEMU's option syntax wants a comma doubled. */
static char *escape(const char *path)
{
	g_auto(GStrv) parts = g_strsplit(path, ",", 0);

	return g_strjoinv(",,", parts);
}

static const char *kind_of(const struct boot_row *row)
{
	switch (row->virtio) {
	case VIRTIO_MODERN:
		return ",disable-legacy=on,disable-modern=off";
	case VIRTIO_TRANSITIONAL:
		return ",disable-legacy=off,disable-modern=off";
	case VIRTIO_LEGACY:
		return ",disable-legacy=off,disable-modern=on";
	case VIRTIO_DEFAULT:
		break;
	}
	/* QEMU refuses the flag on a device with a legacy face. */
	return row->flag ? ",disable-legacy=on" : "";
}

static void replace(GString *text, const char *what, const char *path)
{
	g_autofree char *by = escape(path ? path : "");

	g_string_replace(text, what, by, 0);
}

/* What is between braces in the tables; @dev is NULL for what is no device's. */
static char *fill(const char *word, const struct boot_result *res,
		  const struct boot_device *dev)
{
	GString *text = g_string_new(word);
	g_autofree char *mem = g_strdup_printf("%d", boot_memory_mib(res->row));
	g_autofree char *fd = g_strdup_printf("%d", dev ? dev->fd : -1);

	replace(text, "{dir}", res->dir);
	replace(text, "{audit}", res->audit_path);
	replace(text, "{image}", dev ? dev->image : NULL);
	replace(text, "{fd}", fd);
	replace(text, "{mem}", mem);
	replace(text, "{bus}", machine_find(res->row->machine)->bus);
	return g_string_free(text, FALSE);
}

/* Words of a table. Those that are virtio devices get the row's properties. */
static void add_words(GPtrArray *argv, const struct boot_result *res,
		      const struct boot_device *dev, const char *text)
{
	const struct boot_row *row = res->row;
	g_auto(GStrv) words = g_strsplit(text, " ", 0);
	int i;

	for (i = 0; words[i]; i++) {
		gboolean virtio = i && !strcmp(words[i - 1], "-device") &&
				  (g_str_has_prefix(words[i], "virtio-") ||
				   g_str_has_prefix(words[i], "vhost-user-"));
		g_autofree char *word = fill(words[i], res, dev);

		add(argv, "%s%s%s%s%s", word, virtio ? kind_of(row) : "",
		    virtio && row->flag ? ",iommu_platform=on" : "",
		    virtio && row->packed ? ",packed=on" : "",
		    virtio && row->in_order ? ",in_order=on" : "");
	}
}

char *boot_shares(const struct boot_result *res)
{
	return g_build_filename(res->dir, "shares.log", NULL);
}

char *boot_counts(const struct boot_result *res)
{
	return g_build_filename(res->dir, "counts", NULL);
}

/*
 * QEMU with the plugin, and a log of the pages that are shared, with the plugin's
 * marks. The guest's time is that of its instructions, 4 ns each, so that a busy
 * host brings it no timer interrupts.
 */
static void add_plugin(GPtrArray *argv, const struct boot_result *res)
{
	g_autofree char *kernel = boot_kernel(res, "vmlinux");
	g_autofree char *counts = boot_counts(res);
	g_autofree char *shares = boot_shares(res);

	option(argv, "icount", "shift=2");
	add(argv, "-plugin");
	add(argv, "build/bench/count.so,kernel=%s,out=%s,period=%d", kernel,
	    counts, BENCH_PERIOD);
	option(argv, "trace", "spapr_ultravisor_set_pages");
	option(argv, "d", "plugin");
	option(argv, "D", shares);
}

static void append(GPtrArray *argv, const struct boot_options *opts,
		   const struct boot_result *res)
{
	const struct boot_row *row = res->row;
	const struct machine *machine = machine_find(row->machine);
	const struct boot_device *dev;
	g_autoptr(GString) line = g_string_new(machine->append);

	g_string_append(line, " panic=-1 printk.devkmsg=on");
	if (row->secure)
		g_string_append_printf(line, " %s", machine->secure);
	g_string_append_printf(line,
		" lab.tests=%s lab.seed=%" G_GUINT64_FORMAT " lab.secure=%d",
		res->tests, res->seed, row->secure);
	if (row->append)
		g_string_append_printf(line, " %s", row->append);
	for (dev = res->devices; dev->kind; dev++)
		if (dev->server.port)
			g_string_append_printf(line, " lab.port=%u",
					       dev->server.port);
	if (opts->slow > 1)
		g_string_append_printf(line, " lab.slow=%d", opts->slow);
	if (opts->quick)
		g_string_append(line, " lab.quick=1");
	if (row->max_io)
		g_string_append_printf(line, " lab.maxio=%d", row->max_io);
	if (row->mode[0])
		g_string_append_printf(line, " lab.mode=%s", row->mode);
	if (row->fail)
		g_string_append_printf(line, " lab.fail=%s", row->fail);
	if (row->plant)
		g_string_append_printf(line, " lab.plant=%s", row->plant);
	option(argv, "append", line->str);
}

char **boot_argv(const struct boot_options *opts, const struct boot_result *res)
{
	const struct boot_row *row = res->row;
	const struct machine *machine = machine_find(row->machine);
	GPtrArray *argv = g_ptr_array_new();
	g_autofree char *kernel = boot_kernel(res, machine->kernel);
	g_autofree char *qemu = boot_qemu(opts, row);
	const struct boot_device *dev;

	add(argv, "%s", qemu);
	add_words(argv, res, NULL, machine->args);
	option(argv, "accel", "tcg");
	add(argv, "-m");
	add(argv, "%d", boot_memory_mib(row));
	add(argv, "-smp");
	add(argv, "%d", row->smp ? row->smp : 1);
	add(argv, "-nodefaults");
	add(argv, "-no-reboot");
	option(argv, "display", "none");

	option(argv, "chardev", "stdio,id=ser0,signal=off");
	option(argv, "serial", "chardev:ser0");
	add(argv, "-chardev");
	add(argv, "socket,id=qmp,fd=%d", FD_QMP);
	option(argv, "mon", "chardev=qmp,mode=control");

	if (row->qemu)
		add_words(argv, res, NULL, row->qemu);
	if (row->bench)
		add_plugin(argv, res);
	for (dev = res->devices; dev->kind; dev++)
		add_words(argv, res, dev, dev->kind->args);

	option(argv, "kernel", kernel);
	option(argv, "initrd", "build/guest/initramfs.cpio.gz");
	append(argv, opts, res);
	g_ptr_array_add(argv, NULL);
	return (char **)g_ptr_array_free(argv, FALSE);
}
