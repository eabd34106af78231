/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "lab.h"

/*
 * A virtio console, and the machine's serial lines beside its console. On POWER all of
 * them are hvc, and the machine's own are the first; on s390 there are no others.
 */
#ifdef __powerpc__
#define VIRTIO_CONSOLE	"/dev/hvc1"
#define SERIAL_1	"/dev/hvc1"
#define SERIAL_2	"/dev/hvc2"
#elif defined(__s390x__)
#define VIRTIO_CONSOLE	"/dev/hvc0"
#define SERIAL_1	"/dev/hvc0"
#define SERIAL_2	"/dev/hvc1"
#elif defined(__x86_64__)
#define VIRTIO_CONSOLE	"/dev/hvc0"
#define SERIAL_1	"/dev/ttyS1"
#define SERIAL_2	"/dev/ttyS2"
#else
#define VIRTIO_CONSOLE	"/dev/hvc0"
#define SERIAL_1	"/dev/ttyS0"
#define SERIAL_2	"/dev/ttyS1"
#endif

/* Prints "# sum @name ..." of data that sum_update() of wire/pattern.h has gone over. */
void sum_print(const char *name, uint64_t sum);

/* Data that a test moves: of the pattern of @seed, a multiple of STREAM_CHUNK. */
struct stream {
	const char *name;	/* where they are, for messages */
	uint64_t seed, bytes;
	const char *sum;	/* their sum is printed by this name; NULL: it is not */
};

#define STREAM_CHUNK	(256u << 10)

/* Write them to @fd, or read them and compare. false: the result says why. */
bool stream_out(int fd, const struct stream *s, struct result *res);
bool stream_in(int fd, const struct stream *s, struct result *res);

/* The same with a file, s->name, which is made; it is on the disk when it is closed. */
bool stream_to_file(const struct stream *s, struct result *res);
bool stream_from_file(const struct stream *s, struct result *res);
