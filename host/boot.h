/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_BOOT_H
#define LAB_BOOT_H

#include <glib.h>
#include <jansson.h>

#include "peer.h"
#include "rows.h"
#include "watch.h"

#define BLK_BYTES	(64 << 20)
#define NET_BYTES	(4 << 20)

/* Descriptors that QEMU inherits. */
enum { FD_QMP = 3, FD_NET, FD_CONSOLE };

struct boot_options {
	const char *qemu;	/* NULL: build/qemu/qemu-system-ppc64 */
	const char *disk;	/* NULL: made for the boot */
	guint64 seed;
	int slow;		/* factor on every time limit */
	gboolean verbose;	/* print the guest's lines as they come */
};

struct boot_result {
	enum ending ending;
	char *why;
	double seconds;
	guint64 seed;
	char *release;		/* of the kernel that was built */
	char *dir, *console_log, *audit_path, *disk;
	struct watch watch;
	struct peer net, console;
	json_t *audit;
};

void boot(const struct boot_row *row, const struct boot_options *opts,
	  struct boot_result *res);
void boot_result_clear(struct boot_result *res);

/* QEMU's command line, to be freed with g_strfreev(). */
char **boot_argv(const struct boot_row *row, const struct boot_options *opts,
		 const struct boot_result *res);
const char *boot_qemu(const struct boot_options *opts);
int boot_memory_mib(const struct boot_row *row);
char *boot_kernel(const struct boot_row *row, const char *file);

/* NULL if all that the row claims of such an ending is so, else what is not. */
char *boot_check(const struct boot_row *row, const struct boot_result *res);

#endif
