// SPDX-License-Identifier: GPL-2.0
#include "boot.h"

const char *boot_qemu(const struct boot_options *opts)
{
	return opts->qemu ? opts->qemu : "build/qemu/qemu-system-ppc64";
}

int boot_memory_mib(const struct boot_row *row)
{
	return row->mem ? row->mem : 1024;
}

char *boot_kernel(const struct boot_row *row, const char *file)
{
	return g_build_filename("build", "kernel", row->kernel, file, NULL);
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

static void device(GPtrArray *argv, const struct boot_row *row,
		   const char *device)
{
	add(argv, "-device");
	add(argv, "%s%s%s%s", device, kind_of(row),
	    row->flag ? ",iommu_platform=on" : "",
	    row->packed ? ",packed=on" : "");
}

static void append(GPtrArray *argv, const struct boot_row *row, guint64 seed)
{
	g_autoptr(GString) line = g_string_new(
		"console=hvc0 panic=-1 printk.devkmsg=on");

	if (row->secure)
		g_string_append(line, " svm=on");
	g_string_append_printf(line,
		" lab.seed=%" G_GUINT64_FORMAT " lab.bytes=%d lab.net=%d lab.secure=%d",
		seed, BLK_BYTES, NET_BYTES, row->secure);
	if (row->mode)
		g_string_append_printf(line, " lab.mode=%s", row->mode);
	if (row->fail)
		g_string_append_printf(line, " lab.fail=%s", row->fail);
	option(argv, "append", line->str);
}

char **boot_argv(const struct boot_row *row, const struct boot_options *opts,
		 const struct boot_result *res)
{
	GPtrArray *argv = g_ptr_array_new();
	g_autofree char *audit = escape(res->audit_path);
	g_autofree char *disk = escape(res->disk);
	g_autofree char *kernel = boot_kernel(row, "vmlinux");

	add(argv, "%s", boot_qemu(opts));
	option(argv, "L", "build/qemu/pc-bios");
	add(argv, "-machine");
	add(argv, "pseries,x-ultravisor=on,x-ultravisor-audit=%s", audit);
	option(argv, "cpu", "POWER9");
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

	add(argv, "-drive");
	add(argv, "if=none,id=disk0,format=raw,file=%s", disk);
	device(argv, row, "virtio-blk-pci,id=blk0,drive=disk0");

	add(argv, "-chardev");
	add(argv, "socket,id=netdata,fd=%d", FD_NET);
	option(argv, "netdev",
	       "user,id=user0,restrict=on,guestfwd=tcp:10.0.2.100:7000-chardev:netdata");
	device(argv, row, "virtio-net-pci,id=net0,netdev=user0,romfile=");

	option(argv, "object", "rng-builtin,id=random0");
	device(argv, row, "virtio-rng-pci,id=rng0,rng=random0");

	add(argv, "-chardev");
	add(argv, "socket,id=text,fd=%d", FD_CONSOLE);
	device(argv, row, "virtio-serial-pci,id=con0");
	option(argv, "device", "virtconsole,bus=con0.0,chardev=text");

	option(argv, "kernel", kernel);
	option(argv, "initrd", "build/guest/initramfs.cpio.gz");
	append(argv, row, res->seed);
	g_ptr_array_add(argv, NULL);
	return (char **)g_ptr_array_free(argv, FALSE);
}
