/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

/* What nearly every file of the guest needs of the C library. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
	unsigned long lies;	/* of a device, that the host must have told */
	long seconds;		/* or that it may take; 0: any */
	unsigned int tries;	/* of each kind; 0: all that there are */
	const char *run;	/* words of a session's command, with + between them */
	const char *tests;	/* names, with commas */
};

void lab_parse(struct lab *lab, const char *cmdline);

struct result {
	bool ok;
	uint64_t bytes;
	char note[256];
};

/*
 * A test sets its result's bytes as it goes and ends in pass() or fail(), whose value it
 * returns.
 */
typedef bool test_fn(const struct lab *lab, struct result *res);

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

/* Sets outcome and note of a result; returns @ok. */
bool result_set(struct result *res, bool ok, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
#define pass(res, ...)	result_set(res, true, __VA_ARGS__)
#define fail(res, ...)	result_set(res, false, __VA_ARGS__)
/* The same with errno's name in front: "errno=ENOSPC ...". */
#define fail_errno(res, fmt, ...) \
	fail(res, "errno=%s " fmt, strerrorname_np(errno), ##__VA_ARGS__)

/* fork(), without which there is no test: it ends, and has failed. */
pid_t fork_sure(void);

/* A line of KTAP, and one that is a comment. */
bool ktap_open(void);
void ktap_print(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
#define ktap_comment(fmt, ...)	ktap_print("# " fmt, ##__VA_ARGS__)

/*
 * Have the host do something (host/boot/request.c) and wait until it is done; false
 * if it failed, or took longer than half a minute.
 */
bool ask_host(const char *what);
/* The same of a request whose answer is a number. */
bool ask_number(const char *what, unsigned long *n);

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
/*
 * The disk that the first SCSI host has first, as "/dev/sda" into @path. Disks of several hosts
 * are probed side by side, so that their names say nothing. Fails if there is none that can be
 * opened.
 */
bool first_scsi_disk(char *path, size_t size, struct result *res);
bool write_text(const char *path, const char *text);
/* "translate bounce" becomes "translate+bounce", as the host has it. */
void join_words(char *text);
/* All of it, however many calls that takes; false: errno says why not. */
bool read_all(int fd, void *buf, size_t len);
bool write_all(int fd, const void *buf, size_t len);
