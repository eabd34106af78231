// SPDX-License-Identifier: GPL-2.0
/*
 * ext4 on virtio-blk, virtio-scsi, NVMe, AHCI and USB: write a patterned file, push it out, forget
 * it, and read it back from the device. The file stays on the disk for the host to
 * read.
 */
#include <fcntl.h>
#include <scsi/sg.h>
#include <sys/ioctl.h>
#include <sys/mount.h>

#include "stream.h"
#include "wire/wire.h"

#define MNT	"/mnt"
#define USB_PATIENCE_S	30

/* What is tried; each test is a process of its own. */
static struct {
	char disk[16], sys[32];
} tried;

static bool limit_io(const struct lab *lab, struct result *res)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/queue/max_sectors_kb", tried.sys);
	return write_text(path, lab->max_io) || fail_errno(res, "write %s", path);
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

/* A file system mounted anew has no cached pages of its files. */
static bool forget(struct result *res)
{
	sync();
	if (umount(MNT))
		return fail_errno(res, "umount %s", MNT);
	if (!write_text("/proc/sys/vm/drop_caches", "3"))
		return fail_errno(res, "write drop_caches");
	if (mount(tried.disk, MNT, "ext4", MS_NOATIME, NULL))
		return fail_errno(res, "mount %s again", tried.disk);
	return true;
}

/* Between two mounts: what is read comes from the device, not from a cache. */
static bool compare(const struct stream *file, struct result *res)
{
	uint64_t before = sectors_read(), sectors;

	if (!stream_from_file(file, res))
		return false;
	sectors = sectors_read() - before;
	return sectors >= file->bytes / 512 ||
	       fail(res, "only %llu sectors came from the device, the rest from a cache",
		    (unsigned long long)sectors);
}

/* Test @name, by which its digest is known, of /dev/@disk. */
static bool test_disk(const struct lab *lab, struct result *res, const char *name,
		      const char *disk, enum wire_stream stream)
{
	struct stream file = {
		.name = MNT "/" WIRE_FILE,
		.seed = lab->seed + stream, .bytes = WIRE_BLK_BYTES,
	};
	bool good;

	snprintf(tried.disk, sizeof(tried.disk), "/dev/%s", disk);
	snprintf(tried.sys, sizeof(tried.sys), "/sys/block/%s", disk);
	if (lab->max_io[0] && !limit_io(lab, res))
		return false;
	if (mount(tried.disk, MNT, "ext4", MS_NOATIME, NULL))
		return fail_errno(res, "mount %s: is the device bound to a driver?", tried.disk);
	good = stream_to_file(&file, res) && forget(res);
	file.sum = name;
	good = good && compare(&file, res);
	if (umount(MNT) && good)
		return fail_errno(res, "umount %s", MNT);
	return good && pass(res, "ext4 written, read back and compared");
}

static bool test_blk(const struct lab *lab, struct result *res)
{
	return test_disk(lab, res, "blk", "vda", WIRE_BLK);
}
TEST("blk", test_blk)

static bool test_scsi_disk(const struct lab *lab, struct result *res, const char *name)
{
	char path[16];

	return first_scsi_disk(path, sizeof(path), res) &&
	       test_disk(lab, res, name, path + strlen("/dev/"), WIRE_SCSI);
}

/* INQUIRY says 36 bytes: what lies behind them in the buffer stays there. */
static bool inquire(struct result *res)
{
	static uint8_t buf[2 * 65536] __attribute__((aligned(65536)));
	uint8_t inquiry[6] = { 0x12, [4] = 36 };
	struct sg_io_hdr io = {
		.interface_id = 'S', .dxfer_direction = SG_DXFER_FROM_DEV, .timeout = 60000,
		.cmdp = inquiry, .cmd_len = sizeof(inquiry),
		.dxferp = buf, .dxfer_len = sizeof(buf),
	};
	char path[16];
	size_t i;
	int disk;

	if (!first_scsi_disk(path, sizeof(path), res))
		return false;
	disk = open(path, O_RDONLY | O_CLOEXEC);
	memset(buf, 0xaa, sizeof(buf));
	if (disk < 0 || ioctl(disk, SG_IO, &io))
		return fail_errno(res, "SG_IO");
	close(disk);
	if (io.info & SG_INFO_CHECK || io.resid != sizeof(buf) - 36 || buf[0])
		return fail(res, "INQUIRY: status %d, %d bytes are missing", io.status, io.resid);
	for (i = 36; i < sizeof(buf); i++)
		if (buf[i] != 0xaa)
			return fail(res, "byte %zu became %02x, and is not of the answer", i, buf[i]);
	return true;
}

static bool test_scsi(const struct lab *lab, struct result *res)
{
	return inquire(res) && test_scsi_disk(lab, res, "scsi");
}
TEST("scsi", test_scsi)

static bool test_nvme(const struct lab *lab, struct result *res)
{
	return test_disk(lab, res, "nvme", "nvme0n1", WIRE_SCSI);
}
TEST("nvme", test_nvme)

static bool test_ahci(const struct lab *lab, struct result *res)
{
	return test_scsi_disk(lab, res, "ahci");
}
TEST("ahci", test_ahci)

/* Storage is looked for when its driver is there already: no boot waits for it. */
static bool test_usb(const struct lab *lab, struct result *res)
{
	unsigned int i;
	char path[16];

	for (i = 0; i < USB_PATIENCE_S * 100 && !first_scsi_disk(path, sizeof(path), res); i++)
		usleep(10000);
	return test_scsi_disk(lab, res, "usb");
}
TEST("usb", test_usb)
