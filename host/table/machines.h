/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "std.h"

/* A machine that a guest can be: a row of tests/machines.def. */
struct machine {
	const char *name;
	const char *qemu;	/* QEMU's program */
	const char *run;	/* of rows on the kernel `run`, with their devices; or NULL */
	const char *guest;	/* {guest}: the directory of its programs */
	/* QEMU's options for machine, CPU and firmware, as in struct device. */
	const char *args;
	/* More of them for a secure guest, if there is no audit of any other one. */
	const char *protect;
	const char *bus;	/* {bus} in others' options: virtio-blk-{bus} */
	const char *rom;	/* {rom}: a network card has no boot ROM then */
	const char *serial;	/* {serial}, in front of a chardev: one more line, words */
	const char *userland;	/* {userland}: the directory of its root.img */
	const char *kernels;	/* in front of a row's kernel: its name in configs/kernels */
	const char *kernel;	/* the file of it that QEMU loads */
	const char *append;	/* words for the guest's kernel: its console */
	const char *secure;	/* those that make it a secure guest, and it knows; or NULL */
	const char *bounce;	/* those that have its devices bounced, if it takes any */
	const char *count;	/* those for the benchmark: copies are made of instructions */
	gboolean pool;		/* has a bounce pool even if it is not secure */
};

/* The row of that name; NULL: there is none. */
const struct machine *machine_find(const char *name);
