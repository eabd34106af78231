/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_DEVICE_H
#define LAB_DEVICE_H

#include <glib.h>

#include "vm/peer.h"

struct boot_result;

#define DEVICES_MAX	40

/* A kind of device: a row of tests/devices.def. */
struct device {
	const char *name;	/* in the rows of boots, and of the guest's test */
	const char *id;		/* QEMU's, by which the audit names it */
	const char *driver;	/* the guest's; NULL: it is no virtio device */
	/*
	 * QEMU's options, words between blanks. {dir} is the boot's directory,
	 * {image} the disk image, {fd} the host's end of the conversation and {mem}
	 * the RAM in MiB.
	 * A "-device virtio-..." gets the row's properties (flag, rings).
	 */
	const char *args;
	/*
	 * NULL: it works in a secure guest. Else what the guest's kernel says as
	 * it refuses the device there, without and with the flag; the guest
	 * runs no test of it then.
	 */
	const char *refusal, *refusal_flag;
	const char *image;	/* file name of the disk image that it needs */
	int image_mib;		/* its size, 0: the default */
	gboolean share;		/* it needs the directory {dir}/share */
	const char *server;	/* a command that serves the guest: see server.h */
	peer_fn *peer;	/* the host's end of the conversation */
	guint64 peer_bytes;
	/* NULL if what host and guest have seen agrees, else what does not. */
	char *(*check)(const struct boot_result *res, const struct device *dev);
};

extern const struct device device_table[];	/* ends in a NULL name */

/* The devices of a row, NULL-terminated, to be freed; NULL: an unknown name. */
const struct device **devices_of(const char *names);
/* Its place in the table: of its descriptor and its peer. */
int device_index(const struct device *dev);

#endif
