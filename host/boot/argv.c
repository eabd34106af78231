// SPDX-License-Identifier: GPL-2.0
#include "boot.h"
#include "table/machines.h"

static const char *machine_qemu(const struct boot_row *row)
{
	const struct machine *machine = machine_find(row->machine);

	return machine->run && !strcmp(row->kernel, "run") ? machine->run : machine->qemu;
}

char *boot_qemu(const struct boot_options *opts, const struct boot_row *row)
{
	return g_strdup(opts->qemu ? opts->qemu : machine_qemu(row));
}

const char *boot_kernels(const struct boot_options *opts)
{
	return opts->kernels ? opts->kernels : "build/kernel";
}

char *boot_initrd(const struct boot_row *row)
{
	return g_build_filename(machine_find(row->machine)->guest,
				"initramfs.cpio", NULL);
}

char *boot_kernel(const struct boot_result *res, const char *file)
{
	g_autofree char *name = g_strconcat(machine_find(res->row->machine)->kernels,
					    res->row->kernel, NULL);

	return g_build_filename(res->kernels, name, file, NULL);
}

/* Takes @value. */
static void option(GPtrArray *argv, const char *name, char *value)
{
	g_ptr_array_add(argv, g_strdup_printf("-%s", name));
	g_ptr_array_add(argv, value);
}

/* QEMU's option syntax wants a comma doubled. */
static char *escape(const char *path)
{
	g_auto(GStrv) parts = g_strsplit(path, ",", 0);

	return g_strjoinv(",,", parts);
}

static const char *kind_of(const struct boot_row *row)
{
	/* channel I/O has one face */
	if (!strcmp(machine_find(row->machine)->bus, "ccw"))
		return "";
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
	/* QEMU refuses the flag on a PCI device with a legacy face. */
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
	const struct machine *machine = machine_find(res->row->machine);
	g_autofree char *qemu = g_path_get_dirname(machine_qemu(res->row));
	g_autofree char *kernel = boot_kernel(res, NULL);
	g_autofree char *mem = g_strdup_printf("%d", res->row->mem);
	g_autofree char *smp = g_strdup_printf("%d", res->row->smp);
	g_autofree char *console = g_strdup_printf("%d", FD_CONSOLE);
	int n = dev ? dev->fd : FD_QMP;
	g_autofree char *fd = g_strdup_printf("%d", n);
	g_autofree char *fds = g_strdup_printf("%d:%d:%d:%d", n, n + 1, n + 2, n + 3);

	replace(text, "{dir}", res->dir);
	replace(text, "{audit}", res->audit_path);
	replace(text, "{qemu}", qemu);
	replace(text, "{kernel}", kernel);
	replace(text, "{userland}", res->userland);
	replace(text, "{image}", dev ? dev->image : NULL);
	replace(text, "{fd}", fd);
	replace(text, "{fds}", fds);
	replace(text, "{console}", console);
	replace(text, "{mem}", mem);
	replace(text, "{smp}", smp);
	replace(text, "{bus}", machine->bus);
	g_string_replace(text, "{rom}", machine->rom, 0);
	replace(text, "{guest}", machine->guest);
	return g_string_free(text, FALSE);
}

/* Words of a table. Those that are virtio devices get the row's properties. */
static void add_words(GPtrArray *argv, const struct boot_result *res,
		      const struct boot_device *dev, const char *text)
{
	const struct boot_row *row = res->row;
	g_auto(GStrv) lines = g_strsplit(text, "{serial}", 0);
	g_autofree char *all = g_strjoinv(machine_find(row->machine)->serial, lines);
	g_auto(GStrv) words = g_strsplit(all, " ", 0);
	int i;

	for (i = 0; words[i]; i++) {
		gboolean virtio = i && !strcmp(words[i - 1], "-device") &&
				  (g_str_has_prefix(words[i], "virtio-") ||
				   g_str_has_prefix(words[i], "vhost-user-"));
		g_autofree char *word = fill(words[i], res, dev);

		g_ptr_array_add(argv, !virtio ? g_steal_pointer(&word) :
			g_strconcat(word, kind_of(row),
				    row->flag ? ",iommu_platform=on" : "",
				    row->packed ? ",packed=on" : "",
				    row->in_order ? ",in_order=on" : "", NULL));
	}
}

static char *command_line(const struct boot_options *opts,
			  const struct boot_result *res)
{
	const struct boot_row *row = res->row;
	const struct machine *machine = machine_find(row->machine);
	const struct boot_device *dev;
	GString *line = g_string_new(machine->append);

	g_string_append(line, " panic=-1 printk.devkmsg=on");
	if (row->secure && machine->secure)
		g_string_append_printf(line, " %s", machine->secure);
	/* a session may have any kernel: it says no mode, but what it is for is known */
	if (machine->bounce && !strcmp(opts->machine ? boot_row_mode(row) : row->mode,
				       "bounce"))
		g_string_append_printf(line, " %s", machine->bounce);
	g_string_append_printf(line,
		" lab.tests=%s lab.seed=%" G_GUINT64_FORMAT " lab.secure=%d",
		res->tests, res->seed, row->secure);
	if (row->bench && machine->count)
		g_string_append_printf(line, " %s", machine->count);
	if (row->append)
		g_string_append_printf(line, " %s", row->append);
	for (dev = res->devices; dev->kind; dev++)
		if (dev->server.port)
			g_string_append_printf(line, " lab.port=%u",
					       dev->server.port);
	if (opts->run)
		g_string_append_printf(line, " lab.run=%s", opts->run);
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
	return g_string_free(line, FALSE);
}

/* What every guest gets; {fd} is that of QMP, {console} of the console. */
static const char common[] =
	"-accel tcg -m {mem} -smp {smp} -nodefaults -no-reboot -display none "
	"-chardev socket,id=ser0,fd={console} -serial chardev:ser0 "
	"-chardev socket,id=qmp,fd={fd} -mon chardev=qmp,mode=control";

/*
 * QEMU with the plugin, and a log of the pages that are shared, with the plugin's
 * marks. The guest's time is that of its instructions, 4 ns each, so that a busy
 * host brings it no timer interrupts.
 */
static const char plugin[] =
	"-icount shift=2 "
	"-plugin build/bench/count.so,kernel={kernel}/vmlinux,out={dir}/counts,period="
	G_STRINGIFY(BENCH_PERIOD) " "
	"-trace guest_privacy_set_pages -d plugin -D {dir}/shares.log";

char **boot_argv(const struct boot_options *opts, const struct boot_result *res)
{
	const struct boot_row *row = res->row;
	const struct machine *machine = machine_find(row->machine);
	GPtrArray *argv = g_ptr_array_new();
	const struct boot_device *dev;

	g_ptr_array_add(argv, boot_qemu(opts, row));
	add_words(argv, res, NULL, machine->args);
	if (row->secure && machine->protect)
		add_words(argv, res, NULL, machine->protect);
	add_words(argv, res, NULL, common);
	if (row->qemu)
		add_words(argv, res, NULL, row->qemu);
	if (row->bench)
		add_words(argv, res, NULL, plugin);
	if (opts->gdb)
		add_words(argv, res, NULL, "-S -gdb unix:{dir}/gdb.sock,server=on,wait=off");
	for (dev = res->devices; dev->kind; dev++)
		add_words(argv, res, dev, dev->kind->args);

	option(argv, "kernel", g_strdup(res->kernel));
	option(argv, "initrd", boot_initrd(row));
	option(argv, "append", command_line(opts, res));
	g_ptr_array_add(argv, NULL);
	return (char **)g_ptr_array_free(argv, FALSE);
}
