/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "lab.h"

#define USERLAND_ROOT	"/debian"

/* The root of a Debian userland (base/userland) and what belongs below it. */
bool userland_mount(const char *disk, bool read_only, struct result *res);
void userland_umount(void);
/* A file system at directory @dir of it; false: errno says why not. */
bool userland_have(const char *dir, const char *type, const char *options);
/* Run one of its programs, words between blanks, to its end and print what it says. */
bool userland_run(struct result *res, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

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
