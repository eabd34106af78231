/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "lab.h"

/*
 * A virtio console, and the machine's serial lines beside its console. On POWER all of
 * them are hvc, and the machine's own are the first.
 */
#ifdef __powerpc__
#define VIRTIO_CONSOLE	"/dev/hvc1"
#define SERIAL_1	"/dev/hvc1"
#define SERIAL_2	"/dev/hvc2"
#else
#define VIRTIO_CONSOLE	"/dev/hvc0"
#define SERIAL_1	"/dev/ttyS0"
#define SERIAL_2	"/dev/ttyS1"
#endif

/* SHA-256 by the kernel (AF_ALG): the guest carries no code of its own. */
struct digest {
	int alg, op;
};

/* FALSE: a result says why. */
bool digest_open(struct digest *d, struct result *res);
bool digest_update(struct digest *d, struct result *res, const void *buf,
		   size_t len);
/*
 * Print "# sha256 @name DIGEST" if @good, and close in any case; returns @good,
 * or false if there is no digest.
 */
bool digest_close(struct digest *d, struct result *res, const char *name,
		  bool good);

/* Data that a test moves: of the pattern of @seed, a multiple of STREAM_CHUNK. */
struct stream {
	const char *name;	/* where they are, for messages */
	uint64_t seed, bytes;
	const char *sum;	/* their SHA-256 is printed by this name; NULL: it is not */
};

#define STREAM_CHUNK	(256u << 10)

/* Write them to @fd, or read them and compare. false: the result says why. */
bool stream_out(int fd, const struct stream *s, struct result *res);
bool stream_in(int fd, const struct stream *s, struct result *res);

/* The same with a file, s->name, which is made; it is on the disk when it is closed. */
bool stream_to_file(const struct stream *s, struct result *res);
bool stream_from_file(const struct stream *s, struct result *res);
