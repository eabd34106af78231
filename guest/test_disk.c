// SPDX-License-Identifier: GPL-2.0
/*
 * ext4 on virtio-blk, virtio-scsi and NVMe: write a patterned file, push it out, forget
 * it, and read it back from the device. The file stays on the disk for the host to
 * read.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "digest.h"
#include "ktap.h"
#include "wire/pattern.h"
#include "wire/wire.h"

#define MNT	"/mnt"
#define PATH	MNT "/" WIRE_FILE
#define CHUNK	(256u << 10)
#define REPORT	(16u << 20)

/* What is tried; each test is a process of its own. */
static struct {
	const char *name;
	char disk[16], sys[32];
	enum wire_stream stream;
} tried;

static char chunk[CHUNK];

static bool limit_io(const struct lab *lab, struct result *res)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/queue/max_sectors_kb", tried.sys);
	if (write_text(path, lab->max_io))
		return true;
	fail_errno(res, "write %s", path);
	return false;
}

static size_t next_len(uint64_t done)
{
	uint64_t left = WIRE_BLK_BYTES - done;

	return left < CHUNK ? left : CHUNK;
}

static void progress(const char *what, uint64_t done)
{
	if (done % REPORT == 0)
		ktap_comment("%s: %s %llu MiB", tried.name, what,
			     (unsigned long long)done >> 20);
}

static bool write_file(const struct lab *lab, struct result *res)
{
	int fd = open(PATH, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	uint64_t done = 0;

	if (fd < 0) {
		fail_errno(res, "create %s", PATH);
		return false;
	}
	while (done < WIRE_BLK_BYTES) {
		size_t n = next_len(done);

		pattern_fill(lab->seed + tried.stream, done, chunk, n);
		if (!write_all(fd, chunk, n)) {
			fail_errno(res, "write %s after %llu bytes", PATH,
				   (unsigned long long)done);
			close(fd);
			return false;
		}
		done += n;
		progress("written", done);
	}
	if (fsync(fd)) {
		fail_errno(res, "fsync %s", PATH);
		close(fd);
		return false;
	}
	posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	close(fd);
	return true;
}

static uint64_t sectors_read(void)
{
	unsigned long long ios, merges, sectors = 0;
	char path[64], text[256];

	snprintf(path, sizeof(path), "%s/stat", tried.sys);
	if (read_text(path, text, sizeof(text)))
		sscanf(text, "%llu %llu %llu", &ios, &merges, &sectors);
	return sectors;
}

static bool compare_file(const struct lab *lab, struct result *res, int fd,
			 struct digest *d)
{
	while (res->bytes < WIRE_BLK_BYTES) {
		size_t want = next_len(res->bytes);
		ssize_t n = read(fd, chunk, want), at;

		if (n != (ssize_t)want) {
			fail_errno(res, "read %s at %llu: %zd of %zu bytes",
				   PATH, (unsigned long long)res->bytes, n,
				   want);
			return false;
		}
		at = pattern_mismatch(lab->seed + tried.stream, res->bytes, chunk,
				      n);
		if (at >= 0) {
			fail(res, "%s differs at byte %llu", PATH,
			     (unsigned long long)res->bytes + at);
			return false;
		}
		if (!digest_update(d, res, chunk, n))
			return false;
		res->bytes += n;
		progress("compared", res->bytes);
	}
	return true;
}

static bool read_file(const struct lab *lab, struct result *res,
		      struct digest *d)
{
	int fd = open(PATH, O_RDONLY | O_CLOEXEC);
	bool same;

	if (fd < 0) {
		fail_errno(res, "open %s", PATH);
		return false;
	}
	same = compare_file(lab, res, fd, d);
	close(fd);
	return same;
}

/* A file system mounted anew has no cached pages of its files. */
static bool forget(struct result *res)
{
	sync();
	if (umount(MNT)) {
		fail_errno(res, "umount %s", MNT);
		return false;
	}
	if (!write_text("/proc/sys/vm/drop_caches", "3")) {
		fail_errno(res, "write drop_caches");
		return false;
	}
	if (mount(tried.disk, MNT, "ext4", MS_NOATIME, NULL)) {
		fail_errno(res, "mount %s again", tried.disk);
		return false;
	}
	return true;
}

/* Between two mounts: what is read comes from the device, not from a cache. */
static bool compare_all(const struct lab *lab, struct result *res)
{
	uint64_t before = sectors_read(), sectors;
	struct digest d;

	if (!digest_open(&d, res) ||
	    !digest_close(&d, res, tried.name, read_file(lab, res, &d)))
		return false;
	sectors = sectors_read() - before;
	if (sectors >= WIRE_BLK_BYTES / 512)
		return true;
	fail(res, "only %llu sectors came from the device, the rest from a cache",
	     (unsigned long long)sectors);
	return false;
}

static void test_disk(const struct lab *lab, struct result *res, const char *disk,
		      enum wire_stream stream)
{
	bool good;

	snprintf(tried.disk, sizeof(tried.disk), "/dev/%s", disk);
	snprintf(tried.sys, sizeof(tried.sys), "/sys/block/%s", disk);
	tried.stream = stream;

	if (lab->max_io[0] && !limit_io(lab, res))
		return;
	if (mount(tried.disk, MNT, "ext4", MS_NOATIME, NULL)) {
		fail_errno(res, "mount %s: is the device bound to a driver?",
			   tried.disk);
		return;
	}
	good = write_file(lab, res) && forget(res) && compare_all(lab, res);
	if (umount(MNT) && good)
		fail_errno(res, "umount %s", MNT);
	else if (good)
		pass(res, "ext4 written, read back and compared");
}

static void test_blk(const struct lab *lab, struct result *res)
{
	tried.name = "blk";
	test_disk(lab, res, "vda", WIRE_BLK);
}
TEST("blk", test_blk)

static void test_scsi(const struct lab *lab, struct result *res)
{
	tried.name = "scsi";
	test_disk(lab, res, "sda", WIRE_SCSI);
}
TEST("scsi", test_scsi)

static void test_nvme(const struct lab *lab, struct result *res)
{
	tried.name = "nvme";
	test_disk(lab, res, "nvme0n1", WIRE_SCSI);
}
TEST("nvme", test_nvme)
