/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "lab.h"

#define FIO_DISKS	256	/* bytes of the names of all disks */

struct fio_load {
	const char *rw;
	unsigned int kib, depth, ios;
	bool quick;		/* of the short benchmark as well */
	unsigned int jobs;	/* processes, each on a CPU of its own; 0: one */
	unsigned int batch;	/* requests that are started together; 0: one */
};

/*
 * Run fio of the userland, which is mounted, with a load on a disk, or on several,
 * with colons between their names; false if it failed.
 */
bool fio_run(const char *disk, const struct fio_load *load, struct result *res);
