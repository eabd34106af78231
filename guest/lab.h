/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_LAB_H
#define LAB_LAB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LAB_VALUE	128

/* What the runner asked for, from lab.* on the kernel's command line. */
struct lab {
	uint64_t seed;
	uint64_t bytes;		/* written to the disk */
	char max_io[LAB_VALUE];	/* of a disk request, KiB; empty: any */
	uint64_t net_bytes;	/* sent, and as many received */
	bool quick;		/* the short benchmark */
	bool secure;		/* expected state */
	char mode[LAB_VALUE];	/* expected dma_mode, empty: any */
	char port[LAB_VALUE];	/* of the host's server */
	char fail[LAB_VALUE];	/* empty, "panic", "hang", "test", "count", a mode */
	char tests[LAB_VALUE];	/* names, with commas */
};

void lab_parse(struct lab *lab, const char *cmdline);

enum outcome { NOT_OK, OK };

struct result {
	enum outcome outcome;
	uint64_t bytes;
	char note[256];
};

/* A test sets its result's bytes as it goes and ends in pass() or fail(). */
typedef void test_fn(const struct lab *lab, struct result *res);

test_fn test_secure, test_mode, test_blk, test_net, test_rng, test_console;
test_fn test_serialport, test_scsi, test_9p, test_input, test_crypto;
test_fn test_fs, test_iommu, test_gpu, test_balloon;
test_fn test_fio, test_iperf3, test_canary, test_crypt, test_grow;
test_fn test_soak_blk, test_soak_scsi;
test_fn test_reboot, test_kexec, test_kunit;
test_fn test_kselftest, test_tools_virtio;
test_fn test_bench_boot, test_bench_known, test_bench_blk, test_bench_crypt;
test_fn test_bench_9p, test_bench_net, test_bench_map, test_bench_scale;
test_fn test_bench_pool;
test_fn test_asked_failure;

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

/* Bring the first network interface up, with the guest's address. */
bool net_up(struct result *res);

/* Text of a small file without its last newline; false if unreadable. */
bool read_text(const char *path, char *buf, size_t size);
/* The number in a small file; 0 if unreadable. */
unsigned long read_number(const char *path);
bool write_text(const char *path, const char *text);

#endif
