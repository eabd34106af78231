// SPDX-License-Identifier: GPL-2.0
/*
 * fio on a raw disk and on an encrypted one. What is counted is not the run of
 * fio, but what lies between its requests: QEMU's plugin notes the counters
 * every so many of them, so that fio's start and end cost nothing.
 */
#include "bench.h"
#include "crypt.h"
#include "userland.h"

#define DISK		"/dev/vda"
#define ROOT_DISK	"/dev/vdb"
#define PLAIN_DISK	"/dev/vdc"
/* of bench-scale, bench/devices.def */
#define SCALE_DISKS	16
#define SCALE_ROOT	"/dev/vdq"

static bool fio_counted(const char *kind, const char *disk,
			const struct fio_load *load, struct result *res)
{
	char name[64];
	bool good;

	snprintf(name, sizeof(name), "%s-%uk-%s-%u", kind, load->kib, load->rw,
		 load->depth);
	bench_begin(name);
	good = fio_run(disk, load, res);
	bench_end(name, load->ios, load->kib << 10);
	return good;
}

static bool fio_all(const struct lab *lab, const char *kind, const char *disk,
		    const struct fio_load *loads, size_t n, struct result *res)
{
	size_t i;
	bool good;

	/* once for its pages to be in memory; read-only: no journal, no atime */
	good = userland_mount(ROOT_DISK, true, res) &&
	       fio_run(disk, &loads[0], res);
	for (i = 0; good && i < n; i++)
		good = (lab->quick && !loads[i].quick) ||
		       fio_counted(kind, disk, &loads[i], res);
	userland_umount();
	return good && pass(res, "fio has run");
}

#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))
#define IOS_4K		1200
#define IOS_128K	500
#define IOS_CRYPT_4K	400
#define IOS_CRYPT_128K	200
#define POOL_IOS	220
#define UNMAP_IOS	420

static bool test_bench_blk(const struct lab *lab, struct result *res)
{
	static const struct fio_load loads[] = {
		{ "read", 4, 1, IOS_4K },
		{ "write", 4, 1, IOS_4K },
		{ "randread", 4, 1, IOS_4K, true },
		{ "randwrite", 4, 1, IOS_4K, true },
		{ "read", 128, 1, IOS_128K },
		{ "write", 128, 1, IOS_128K },
		{ "randread", 128, 1, IOS_128K, true },
		{ "randwrite", 128, 1, IOS_128K, true },
		{ "read", 4, 32, IOS_4K },
		{ "write", 4, 32, IOS_4K },
		{ "randread", 4, 32, IOS_4K, true },
		{ "randwrite", 4, 32, IOS_4K },
		{ "read", 128, 32, IOS_128K },
		{ "write", 128, 32, IOS_128K },
		{ "randread", 128, 32, IOS_128K },
		{ "randwrite", 128, 32, IOS_128K },
	};

	return fio_all(lab, "blk", DISK, loads, COUNT(loads), res);
}
TEST("bench-blk", test_bench_blk, BENCH_S)

static bool test_bench_crypt(const struct lab *lab, struct result *res)
{
	static const struct fio_load loads[] = {
		{ "randread", 4, 1, IOS_CRYPT_4K, true },
		{ "randwrite", 4, 1, IOS_CRYPT_4K, true },
		{ "randread", 128, 1, IOS_CRYPT_128K, true },
		{ "randwrite", 128, 1, IOS_CRYPT_128K, true },
	};

	return crypt_open(PLAIN_DISK, "", res) &&
	       fio_all(lab, "crypt", CRYPT_DISK, loads, COUNT(loads), res);
}
TEST("bench-crypt", test_bench_crypt, BENCH_S)

/* --filename= has a colon between them. */
static const char *disks_named(unsigned int n, char *list, size_t size)
{
	unsigned int i;

	*list = '\0';
	for (i = 0; i < n; i++)
		snprintf(list + strlen(list), size - strlen(list), "%s/dev/vd%c",
			 i ? ":" : "", 'a' + i);
	return list;
}

/* What an I/O costs with more disks, with more of them at a time, on all CPUs. */
static bool test_bench_scale(const struct lab *lab, struct result *res)
{
	static const unsigned int disks[] = { 1, 2, 4, 8, SCALE_DISKS };
	static const struct fio_load loads[] = {
		{ "randread", 4, 1, IOS_4K },
		{ "randread", 4, 32, IOS_4K },
		{ "randread", 128, 32, IOS_128K },
		{ "randwrite", 128, 32, IOS_128K },
	};
	struct fio_load each_cpu = { "randread", 4, 1, IOS_4K };
	char list[FIO_DISKS], kind[32];
	size_t i, j;
	bool good;

	each_cpu.jobs = sysconf(_SC_NPROCESSORS_ONLN);
	good = userland_mount(SCALE_ROOT, true, res) &&
	       fio_run(disks_named(SCALE_DISKS, list, sizeof(list)), &loads[0], res);
	for (i = 0; i < COUNT(disks); i++) {
		snprintf(kind, sizeof(kind), "disks%u", disks[i]);
		disks_named(disks[i], list, sizeof(list));
		for (j = 0; good && j < COUNT(loads); j++)
			good = fio_counted(kind, list, &loads[j], res);
	}
	good = good && fio_counted("cpus", DISK, &each_cpu, res);
	userland_umount();
	return good && pass(res, "fio has run");
}
TEST("bench-scale", test_bench_scale, BENCH_S)

/* What an I/O costs on all CPUs, by virtio and by a driver that swiotlb alone serves. */
static bool test_bench_cpus(const struct lab *lab, struct result *res)
{
	static const struct { const char *kind, *disk; } disks[] = {
		{ "blk", DISK }, { "nvme", "/dev/nvme0n1" },
	};
	unsigned int cpus = sysconf(_SC_NPROCESSORS_ONLN);
	struct fio_load loads[] = {
		{ "randread", 4, 1, IOS_4K },
		{ "randread", 4, 32, IOS_4K },
		{ "randread", 128, 32, 8 * 60 },
	};
	size_t i, j;
	bool good = userland_mount(ROOT_DISK, true, res) &&
		    fio_run(DISK, &loads[0], res);

	for (i = 0; i < COUNT(disks); i++) {
		for (j = 0; good && j < COUNT(loads); j++) {
			loads[j].jobs = cpus;
			good = fio_counted(disks[i].kind, disks[i].disk, &loads[j], res);
		}
	}
	userland_umount();
	return good && pass(res, "fio has run");
}
TEST("bench-cpus", test_bench_cpus, BENCH_S)

/*
 * How much of the pool is in use at most, on all disks and all CPUs: each has as
 * many requests in flight as its queues hold. The disks are slow, or those that are
 * started would be done before the last of them is. A pool that grows is a list that
 * each unmap searches: what a request costs is counted before that and after it.
 */
static bool test_bench_pool(const struct lab *lab, struct result *res)
{
	static const unsigned int kib[] = { 4, 128 }, depth[] = { 1, 32, 256 };
	static const struct fio_load first = { "randread", 4, 1, POOL_IOS };
	static const struct fio_load unmap = { "randread", 128, 1, UNMAP_IOS };
	unsigned int cpus = sysconf(_SC_NPROCESSORS_ONLN), disks;
	char list[FIO_DISKS], name[32];
	size_t i, j;
	const char *root;
	bool good;

	disks = access(SCALE_ROOT, F_OK) ? 1 : SCALE_DISKS;
	root = disks == 1 ? ROOT_DISK : SCALE_ROOT;
	disks_named(disks, list, sizeof(list));
	/* once for its pages to be in memory, as in fio_all() */
	good = userland_mount(root, true, res) && fio_run(list, &first, res) &&
	       fio_counted("before", list, &unmap, res);
	for (i = 0; i < COUNT(kib); i++) {
		for (j = 0; good && j < COUNT(depth); j++) {
			const struct fio_load load = {
				.rw = "randread", .kib = kib[i],
				.depth = depth[j], .batch = depth[j],
				.ios = POOL_IOS + cpus * depth[j],
				.jobs = cpus,
			};

			snprintf(name, sizeof(name), "pool-%uk-%u", kib[i],
				 depth[j]);
			bench_begin(name);
			good = fio_run(list, &load, res);
			/* one that does not fit is started again */
			bench_end(name, BENCH_ALL_REQUESTS, kib[i] << 10);
		}
	}
	good = good && fio_counted("after", list, &unmap, res);
	userland_umount();
	return good && pass(res, "fio has run on %u disks", disks);
}
TEST("bench-pool-1", test_bench_pool, BENCH_S)
TEST("bench-pool-16", test_bench_pool, BENCH_S)
