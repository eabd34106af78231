// SPDX-License-Identifier: GPL-2.0
#include <glob.h>

#include "lab.h"

bool read_text(const char *path, char *buf, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return false;
	n = read(fd, buf, size - 1);
	close(fd);
	if (n < 0)
		return false;
	buf[n] = '\0';
	buf[strcspn(buf, "\n")] = '\0';
	return true;
}

unsigned long read_number(const char *path)
{
	char text[32];

	return read_text(path, text, sizeof(text)) ? strtoul(text, NULL, 0) : 0;
}

bool first_scsi_disk(char *path, size_t size, struct result *res)
{
	glob_t found;
	bool good = !glob("/sys/bus/scsi/devices/0:0:0:0/block/*", 0, NULL, &found);
	int disk;

	if (good)
		snprintf(path, size, "/dev/%s", strrchr(found.gl_pathv[0], '/') + 1);
	globfree(&found);
	if (!good)
		return fail(res, "no disk: is the device bound to a driver?");
	/* the kernel names a disk in sysfs before it can be opened: ENXIO until then */
	disk = open(path, O_RDONLY | O_CLOEXEC);
	if (disk < 0)
		return fail_errno(res, "open %s", path);
	close(disk);
	return true;
}

bool read_all(int fd, void *buf, size_t len)
{
	char *p = buf;
	ssize_t n;

	for (; len; p += n, len -= n) {
		n = read(fd, p, len);
		if (n <= 0)
			return false;
	}
	return true;
}

bool write_all(int fd, const void *buf, size_t len)
{
	const char *p = buf;

	while (len) {
		ssize_t n = write(fd, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		p += n;
		len -= n;
	}
	return true;
}

bool write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool good = fd >= 0 && write_all(fd, text, strlen(text));

	if (fd >= 0)
		close(fd);
	return good;
}

void join_words(char *text)
{
	while ((text = strchr(text, ' ')))
		*text = '+';
}
