/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "table/devices.h"
#include "table/rows.h"
#include "vm/peer.h"
#include "vm/server.h"
#include "vm/tap.h"
#include "vm/watch.h"

/* The plugin notes its counters each time that so many requests were started. */
#define BENCH_PERIOD	100

/* Descriptors that QEMU inherits; devices have the last one and those after it. */
enum { FD_QMP = 3, FD_CONSOLE, FD_DEVICE };

struct boot_options {
	const char *qemu;	/* NULL: the row's */
	const char *kernels;	/* their directory, NULL: build/kernel */
	const char *disk;	/* NULL: made for the boot */
	const char *kernel;	/* the image itself, NULL: of the row */
	const char *rootfs;	/* image or directory, NULL: build/userland */
	const char *append, *qemu_args;	/* words beside the row's */
	const char *machine;	/* NULL: the row's */
	int mem, smp;		/* 0: the row's */
	gboolean plain, flag;	/* whatever the row says */
	gboolean gdb;		/* wait for a debugger */
	const char *run;	/* lab.run=, NULL: none */
	guint64 seed;
	int slow;		/* factor on every time limit */
	gboolean quick;		/* of the benchmark, only the loads of figures */
	char **command_line;	/* all that svm-lab was called with, for its children */
	gboolean verbose;	/* print the guest's lines as they come */
};

/* A device of a row, and what there is of it in this boot. */
struct boot_device {
	const struct device *kind;
	int fd;			/* QEMU's, of the conversation with the peer */
	struct peer peers[WIRE_NET_QUEUES];	/* if kind->peer; only a tap has them all */
	int queues[WIRE_NET_QUEUES];	/* the tap's, for QEMU's fd and those after it */
	struct server server;	/* if kind->server */
	char *image;		/* path of the disk image; NULL: it needs none */
	const char *refusal;	/* what the guest must say as it refuses it; NULL: it is tried */
};

struct boot_result {
	const struct boot_row *row;
	struct boot_row asked;	/* the row with what the user has changed */
	struct boot_device *devices;	/* in the row's order, ending in a NULL kind */
	enum ending ending;
	char *why;
	double seconds;
	guint64 seed;
	const char *kernels;	/* the directory of the rows' kernels */
	char *release;		/* of the kernel that was built */
	char *dir, *console_log, *qemu_log, *audit_path;
	char *tests;		/* that the guest is asked for, with commas */
	char *kernel;		/* the image that QEMU loads */
	char *userland;		/* the image of the root file system of programs */
	struct watch watch;
	json_t *audit;
	gint64 canary;		/* bytes found in shared pages, at most; -1: no scan */
};

void boot(const struct boot_row *row, const struct boot_options *opts,
	  struct boot_result *res);
void boot_result_clear(struct boot_result *res);

/* What a row comes to, of which nothing is looked at or made yet; to be cleared. */
void boot_resolve(const struct boot_row *row, const struct boot_options *opts,
		  struct boot_result *res);
/* FALSE: res->ending and res->why say what is wrong. */
gboolean boot_prepare(const struct boot_options *opts, struct boot_result *res);
/* QEMU's command line, to be freed with g_strfreev(). */
char **boot_argv(const struct boot_options *opts,
		 const struct boot_result *res);
/* The program, to be freed with g_free(). */
char *boot_qemu(const struct boot_options *opts, const struct boot_row *row);
const char *boot_kernels(const struct boot_options *opts);
/* The guest's programs, to be freed. */
char *boot_initrd(const struct boot_row *row);
/* A file of the row's kernel, or NULL: their directory; to be freed. */
char *boot_kernel(const struct boot_result *res, const char *file);

/* NULL if all that the row claims of such an ending is so, else what is not. */
char *boot_claims(const struct boot_result *res);
/* A claim that is not so, or NULL, is the boot's ending then. Takes @why. */
void boot_hold(struct boot_result *res, char *why);

/* It ends so, and why; FALSE. */
#define boot_ends(res, end, ...) \
	boot_end(res, ending_why(end, &(res)->why, __VA_ARGS__))
static inline gboolean boot_end(struct boot_result *res, enum ending ending)
{
	res->ending = ending;
	return FALSE;
}
/* What an error of the file system means. */
#define ENDING_OF_ERRNO	(errno == ENOSPC ? END_DISK_FULL : END_SETUP)
