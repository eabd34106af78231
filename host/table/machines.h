/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "std.h"

/* A machine that a guest can be: a row of tests/machines.def. */
struct machine {
	const char *name;
	const char *qemu;	/* QEMU's program, in build/qemu */
	/* QEMU's options for machine, CPU and firmware, as in struct device. */
	const char *args;
	const char *bus;	/* {bus} in others' options: virtio-blk-{bus} */
	const char *kernel;	/* the file of a kernel that QEMU loads */
	const char *append;	/* words for the guest's kernel: its console */
	const char *secure;	/* those that make it a secure guest */
};

/* The row of that name; NULL: there is none. */
const struct machine *machine_find(const char *name);
