/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "std.h"

/* The host's end of a guest's conversation (host/vm/peer.h). */
enum peer_kind { PEER_NONE, PEER_NET, PEER_TAP, PEER_TEXT, PEER_UDP,
		 PEER_STDIN, PEER_STDOUT, PEER_STDERR };

/*
 * What the host has seen of a device must agree with what the guest has said of
 * it: how that is found out (host/boot/claims.c).
 */
enum claim_kind {
	CLAIM_NONE,
	CLAIM_DISK,		/* the file on the disk image */
	CLAIM_NET,		/* what the peers have exchanged */
	CLAIM_TEXT,
	CLAIM_SHARE,		/* the files of the 9p test */
	CLAIM_LINKS,		/* those of the virtiofs test */
	CLAIM_SOAK_BLK,		/* the whole disk image */
	CLAIM_SOAK_SCSI,
	CLAIM_SCREEN,		/* the picture */
	CLAIM_CRYPTO,		/* the device was used */
	CLAIM_REBOOT,		/* two boots, and a new call for secure mode */
	CLAIM_KEXEC,		/* two boots, and no page left shared */
};

/* A kind of device: a row of tests/devices.def. */
struct device {
	const char *name;	/* in the rows of boots, and of the guest's test */
	const char *id;		/* QEMU's, by which the audit names it */
	const char *driver;	/* the guest's; NULL: it is no virtio device */
	/*
	 * QEMU's options, words between blanks. {dir} is the boot's directory,
	 * {audit} the exit audit in it, {qemu} the directory of the machine's QEMU,
	 * {kernel} that of the kernel, {userland} the root file system of real
	 * programs, {mem} the RAM in MiB, {smp} the vCPUs, {bus}, {rom} and {serial}
	 * the machine's; of a device {image} is the disk image, {fd} the host's end of
	 * the conversation and {fds} the queues of a tap. A "-device virtio-..." gets
	 * the row's properties (flag, rings).
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
	gboolean untested;	/* it is there for another one: the guest tests it not */
	gboolean share;		/* it needs the directory {dir}/share */
	const char *server;	/* a command that serves the guest: see server.h */
	enum peer_kind peer;
	enum claim_kind claim;
};

extern const struct device device_rows[];	/* ends in a NULL name */

/* The row of that name; NULL: there is none. */
const struct device *device_find(const char *name);
