// SPDX-License-Identifier: GPL-2.0
/* How each device is used that lies. All of it may fail, and does. */
#include <dirent.h>
#include <drm/drm.h>
#include <drm/drm_mode.h>
#include <glob.h>
#include <linux/fs.h>
#include <linux/input.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <arpa/inet.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include "lies.h"
#include "wire/netdev.h"
#include "wire/wire.h"

#define LARGEST	(256 * 1024)

static unsigned char *buffer(void)
{
	static unsigned char *buf;

	if (!buf)
		buf = aligned_alloc(65536, LARGEST);
	return buf;
}

static int dice(int n)
{
	return random() % n;
}

/* One of the files in @dir whose names start with @start, opened. */
static int open_one(const char *dir, const char *start, int flags)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	char path[300];
	int fd = -1, seen = 0;

	while (d && (e = readdir(d)))
		if (!strncmp(e->d_name, start, strlen(start)) && !dice(++seen))
			snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
	if (d)
		closedir(d);
	if (seen)
		fd = open(path, flags | O_CLOEXEC | O_NONBLOCK);
	return fd;
}

static void use_disk(const char *name)
{
	int fd = open_one("/dev", name, O_RDWR | O_DIRECT), i;
	uint64_t range[2];
	char path[64], text[64];
	ssize_t n = 0;

	/* errors are expected; of a disk that is gone there is no more */
	for (i = 0; fd >= 0 && i < 20 && (n >= 0 || errno != ENXIO); i++) {
		size_t size = dice(4) ? 4096 : 512 << dice(10);
		off_t at = (off_t)dice(65536) * 512;

		range[0] = at;
		range[1] = size;
		n = 0;
		switch (dice(16)) {
		case 0:
			ioctl(fd, BLKDISCARD, range);
			break;
		case 1:
			ioctl(fd, BLKZEROOUT, range);
			break;
		case 2:
			fsync(fd);
			break;
		case 3:
			snprintf(path, sizeof(path), "/sys/block/%sa/serial", name);
			read_text(path, text, sizeof(text));
			break;
		case 4:
		case 5:
		case 6:
			n = pwrite(fd, buffer(), size, at);
			break;
		default:
			n = pread(fd, buffer(), size, at);
			break;
		}
	}
	if (fd >= 0)
		close(fd);
}

static void use_blk(void)
{
	use_disk("vd");
}

static void use_scsi(void)
{
	use_disk("sd");
}

/*
 * Pings of all sizes, whose answers are as large; none in fragments: libslirp 4.7 dies of
 * those (ip_reass) once some are lost, as they are when the device is unbound.
 */
static void use_net(void)
{
	int fd = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP), i;
	struct sockaddr_in to = { .sin_family = AF_INET };
	struct icmphdr *icmp = (struct icmphdr *)buffer();

	if (!dice(8))
		netdev_up(fd, "eth0", WIRE_NET_GUEST);
	inet_pton(AF_INET, "10.0.2.2", &to.sin_addr);
	for (i = 0; i < 20; i++) {
		size_t size = sizeof(*icmp) + dice(1473);

		memset(icmp, 0, sizeof(*icmp));
		icmp->type = ICMP_ECHO;
		icmp->checksum = htons(~(ICMP_ECHO << 8));
		memset(icmp + 1, 0, size - sizeof(*icmp));
		sendto(fd, icmp, size, MSG_DONTWAIT, (struct sockaddr *)&to, sizeof(to));
		while (recv(fd, buffer(), LARGEST, MSG_DONTWAIT) > 0)
			;
	}
	close(fd);
}

/* Two ports, each the other one's peer, and a console: hvc0 is the one of the tests. */
static void use_console(void)
{
	int fd = open_one("/dev", dice(4) ? "vport" : "hvc1", O_RDWR), i;

	for (i = 0; fd >= 0 && i < 20; i++) {
		if (write(fd, buffer(), 1 + dice(4096)) < 0 && errno != EAGAIN)
			break;
		if (read(fd, buffer(), 1 + dice(4096)) < 0 && errno != EAGAIN)
			break;
	}
	if (fd >= 0)
		close(fd);
}

static void use_rng(void)
{
	int fd = open("/dev/hwrng", O_RDONLY | O_CLOEXEC);

	if (fd >= 0) {
		if (read(fd, buffer(), 1 + dice(4096)) < 0)
			usleep(1000);
		close(fd);
	}
}

static void use_files(const char *dir)
{
	char path[100], text[200];
	DIR *d;
	int fd;

	snprintf(path, sizeof(path), "%s/%d", dir, dice(8));
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd >= 0) {
		if (write(fd, buffer(), 1 + dice(100000)) < 0 ||
		    pread(fd, buffer(), 1 + dice(100000), 0) < 0)
			usleep(1000);
		fgetxattr(fd, "user.a", text, sizeof(text));
		close(fd);
	}
	d = opendir(dir);
	while (d && readdir(d))
		;
	if (d)
		closedir(d);
	if (!symlink("some/where/else", path) || readlink(path, text, sizeof(text)) > 0)
		unlink(path);
	if (!dice(4))
		unlink(path);
}

/* In a namespace that ends with the process, whenever that is. */
static void use_9p(void)
{
	static bool alone;
	char dir[32], tag[64] = "";
	glob_t g = { 0 };
	int i;

	if (!alone)
		unshare(CLONE_NEWNS);
	alone = true;
	snprintf(dir, sizeof(dir), "/mnt/%d", getpid());
	mkdir(dir, 0700);
	/* What the driver read of it, which may be anything. */
	if (!glob("/sys/bus/virtio/devices/*/mount_tag", 0, NULL, &g))
		read_text(g.gl_pathv[0], tag, sizeof(tag));
	globfree(&g);
	if (mount(tag, dir, "9p", 0, "trans=virtio,version=9p2000.L"))
		return;
	for (i = 0; i < 10; i++)
		use_files(dir);
	umount2(dir, MNT_FORCE | MNT_DETACH);
}

static void use_input(void)
{
	int fd = open_one("/dev/input", "event", O_RDWR), i;
	char text[64];

	for (i = 0; fd >= 0 && i < 50; i++) {
		struct input_event ev = { .type = EV_LED, .code = dice(3), .value = dice(2) };

		if (write(fd, &ev, sizeof(ev)) != sizeof(ev))
			break;
		if (read(fd, text, sizeof(text)) < 0)
			ioctl(fd, EVIOCGNAME(sizeof(text)), text);
	}
	if (fd >= 0)
		close(fd);
}

static void show(int fd, struct drm_mode_fb_cmd *fb)
{
	uint32_t crtc = 0, connector = 0;
	struct drm_mode_card_res card = {
		.crtc_id_ptr = (uintptr_t)&crtc,
		.connector_id_ptr = (uintptr_t)&connector,
		.count_crtcs = 1,
		.count_connectors = 1,
	};
	struct drm_mode_modeinfo modes[64];
	struct drm_mode_get_connector conn = {
		.modes_ptr = (uintptr_t)modes,
		.count_modes = 64,
	};
	struct drm_mode_fb_dirty_cmd dirty = { 0 };
	struct drm_mode_crtc set = {
		.set_connectors_ptr = (uintptr_t)&connector,
		.count_connectors = 1,
		.mode_valid = 1,
	};
	struct drm_mode_cursor cursor = { .flags = DRM_MODE_CURSOR_BO | DRM_MODE_CURSOR_MOVE };

	if (ioctl(fd, DRM_IOCTL_MODE_GETRESOURCES, &card))
		return;
	conn.connector_id = connector;
	conn.count_modes = dice(2) ? 64 : 0;
	if (ioctl(fd, DRM_IOCTL_MODE_GETCONNECTOR, &conn) || !conn.count_modes)
		return;
	set.crtc_id = crtc;
	set.fb_id = dirty.fb_id = fb->fb_id;
	set.mode = modes[0];
	ioctl(fd, DRM_IOCTL_MODE_SETCRTC, &set);
	ioctl(fd, DRM_IOCTL_MODE_DIRTYFB, &dirty);
	cursor.crtc_id = crtc;
	cursor.width = cursor.height = 64;
	cursor.handle = fb->handle;
	ioctl(fd, DRM_IOCTL_MODE_CURSOR, &cursor);
}

static void use_gpu(void)
{
	int fd = open_one("/dev/dri", "card", O_RDWR), i;

	for (i = 0; fd >= 0 && i < 4; i++) {
		struct drm_mode_create_dumb dumb = {
			.width = dice(2) ? 64 : 1280, .height = dice(2) ? 64 : 800, .bpp = 32,
		};
		struct drm_mode_fb_cmd fb = {
			.width = dumb.width, .height = dumb.height, .bpp = 32, .depth = 24,
		};
		struct drm_mode_destroy_dumb destroy = { 0 };

		if (ioctl(fd, DRM_IOCTL_MODE_CREATE_DUMB, &dumb))
			break;
		fb.pitch = dumb.pitch;
		fb.handle = destroy.handle = dumb.handle;
		if (!ioctl(fd, DRM_IOCTL_MODE_ADDFB, &fb)) {
			show(fd, &fb);
			ioctl(fd, DRM_IOCTL_MODE_RMFB, &fb.fb_id);
		}
		ioctl(fd, DRM_IOCTL_MODE_DESTROY_DUMB, &destroy);
	}
	if (fd >= 0)
		close(fd);
}

const struct lies_use lies_blk = { use_blk },
	lies_scsi = { use_scsi, .patient = true },
	lies_net = { use_net, .patient = true },
	lies_console = { use_console, .patient = true }, lies_rng = { use_rng },
	lies_9p = { use_9p, .patient = true },
	lies_input = { use_input, .ask = "key" },
	lies_gpu = { use_gpu, .patient = true };

pid_t lies_user(const struct lies_use *use, unsigned int seed)
{
	pid_t pid = fork_sure();

	if (pid)
		return pid;
	srandom(seed);
	for (;;) {
		use->use();
		usleep(100);
	}
}
