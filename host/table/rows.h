/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "ending.h"

enum virtio_kind { VIRTIO_DEFAULT, VIRTIO_MODERN, VIRTIO_TRANSITIONAL,
		   VIRTIO_LEGACY };

/* Which command runs the row: each runs those of the ones before as well. */
enum row_when { IN_CHECK, IN_CHECK_ALL, BY_NAME };

enum disk_kind { DISK_GOOD, DISK_SMALL, DISK_MISSING };

#define ROW_DEVICES	"blk net rng console"

/* A boot and what must come of it. */
struct boot_row {
	const char *name;
	const char *about;	/* the claim, in one line */
	const char *machine;	/* of tests/machines.def; NULL: power */
	const char *kernel;	/* build/kernel/KERNEL; NULL: patched */
	const char *devices;	/* of tests/devices.def; NULL: ROW_DEVICES */
	gboolean secure;	/* svm=on */
	gboolean flag;		/* devices offer ACCESS_PLATFORM */
	gboolean packed;
	gboolean in_order;
	enum virtio_kind virtio;
	enum disk_kind disk;
	int smp;		/* 0: one */
	const char *qemu;	/* more options of QEMU, as in struct device */
	const char *append;	/* more words for the guest's kernel */
	int max_io;		/* of a disk, KiB, 0: as the kernel likes */
	int mem;		/* MiB, 0: the default */
	enum row_when when;
	int timeout;		/* seconds, 0: the default */
	int stall;		/* seconds of silence, 0: the default */
	const char *mode;	/* the dma_mode of every device; NULL: as it
				 * follows from flag and secure; "": any */
	const char *fail;	/* WIRE_FAIL_*: what the guest itself does wrong */
	const char *plant;	/* WIRE_PLANT_*: what one of its tests must find */
	enum ending expect;
	const char *console;	/* must be in the console log */
	gboolean scan;		/* the guest has shared pages scanned: */
	gint64 canary;		/* this many bytes of the canary are there */
	gboolean bench;		/* counted by QEMU's plugin (bench/plugin) */
	gboolean no_blk;	/* the blk test must not pass */
};

/* What is said on a console, which the watcher must judge. */
struct log_row {
	const char *name;
	const char *text;
	enum ending expect;
	const char *why;	/* must be in the watcher's reason */
	gboolean silence;	/* the guest stays, silent; else QEMU exits */
	int refused;		/* as the audit would say */
	int asked;		/* tests that the guest was asked for, 0: any */
	int again;		/* how often the text is said once more */
};

/* A command and its exit status. */
struct command_row {
	const char *name;
	int expect;
	const char *command;
	enum row_when when;
};

/* A row of boots that must be refused as the tables are read. */
struct fault_row {
	const char *name;
	const char *why;	/* must be in what rows_problem() says */
	struct boot_row row;
};

extern const struct log_row log_rows[];
extern const struct command_row command_rows[];
extern const struct fault_row fault_rows[];

/*
 * What is wrong with the tables, and @more, a row that is not in them or NULL: by
 * row, with how to mend it, to be freed. NULL: nothing is.
 */
char *rows_problem(const struct boot_row *more);

/* The dma_mode of its devices, by flag and secure. */
const char *boot_row_mode(const struct boot_row *row);

/* Does configs/kernels have its kernel for that machine? */
gboolean boot_row_built(const struct boot_row *row, const char *machine);

/* All boots that a command may run, complete, ending in a NULL name. */
const struct boot_row *boot_row_list(void);
/* Any boot, those of the crossing that are not listed too; NULL: unknown. */
const struct boot_row *boot_row_find(const char *name);
