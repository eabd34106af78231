/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_LAB_H
#define LAB_LAB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the runner asked for, from lab.* on the kernel's command line. */
struct lab {
	uint64_t seed;
	int slow;		/* factor on a test's deadline */
	bool quick;		/* the short benchmark */
	bool secure;		/* expected state */
	/* words of the command line; empty if there is none */
	const char *max_io;	/* of a disk request, KiB; empty: any */
	const char *mode;	/* expected dma_mode; empty: any */
	const char *port;	/* of the host's server */
	const char *fail;	/* WIRE_FAIL_* */
	const char *plant;	/* WIRE_PLANT_* */
	const char *run;	/* words of a session's command, with + between them */
	const char *tests;	/* names, with commas */
};

/* @lab points into @cmdline, which is cut into words. */
void lab_parse(struct lab *lab, char *cmdline);

enum outcome { NOT_OK, OK };

struct result {
	enum outcome outcome;
	uint64_t bytes;
	char note[256];
};

/* A test sets its result's bytes as it goes and ends in pass() or fail(). */
typedef void test_fn(const struct lab *lab, struct result *res);

struct test {
	const char *name;
	test_fn *run;
	int deadline_s;		/* 0: as long as most may take */
};

/*
 * The guest has test @name (a string): @fn, of this file. Its deadline in seconds may
 * follow. init finds it in a section of the program: no other file names it.
 */
#define TEST(name, ...)	TEST_AT(__COUNTER__, name, __VA_ARGS__)
#define TEST_AT(n, ...)	TEST_ROW(n, __VA_ARGS__)
#define TEST_ROW(n, ...) \
	static const struct test *const lab_test_##n \
	__attribute__((section("lab_tests"), used)) = \
		&(const struct test){ __VA_ARGS__ };

void pass(struct result *res, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void fail(struct result *res, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* The same with errno's name in front: "errno=ENOSPC ...". */
void fail_errno(struct result *res, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Have the host do something (host/boot/request.c) and wait until it is done; false
 * if it failed, or took longer than half a minute.
 */
bool ask_host(const char *what);

/* The port of virtio-serial that QEMU calls @name; -1: a result says why not. */
int port_open(const char *name, struct result *res);

/* Bring the first network interface up, with the guest's address. */
bool net_up(struct result *res);
/*
 * Connection @n to the peer: TCP both ways, compared, with digests printed; false if
 * a result says what is wrong.
 */
bool net_talk(uint64_t seed, unsigned int n, struct result *res);

/* Text of a small file without its last newline; false if unreadable. */
bool read_text(const char *path, char *buf, size_t size);
/* The number in a small file; 0 if unreadable. */
unsigned long read_number(const char *path);
bool write_text(const char *path, const char *text);
/* "translate bounce" becomes "translate+bounce", as the host has it. */
void join_words(char *text);
/* All of it, however many calls that takes; false: errno says why not. */
bool write_all(int fd, const void *buf, size_t len);

#endif
