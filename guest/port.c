// SPDX-License-Identifier: GPL-2.0
#include <dirent.h>
#include <limits.h>

#include "lab.h"

#define PORTS	"/sys/class/virtio-ports"

/* The device node of the port. */
static bool find_port(const char *wanted, char *path, size_t size)
{
	DIR *dir = opendir(PORTS);
	bool found = false;
	struct dirent *de;

	while (dir && !found && (de = readdir(dir))) {
		char file[PATH_MAX], name[32];

		snprintf(file, sizeof(file), PORTS "/%s/name", de->d_name);
		found = read_text(file, name, sizeof(name)) &&
			!strcmp(name, wanted);
		if (found)
			snprintf(path, size, "/dev/%s", de->d_name);
	}
	if (dir)
		closedir(dir);
	return found;
}

int port_open(const char *name, struct result *res)
{
	char path[PATH_MAX];
	int fd;

	if (!find_port(name, path, sizeof(path))) {
		fail(res, "no port '%s' in " PORTS ": has the kernel CONFIG_VIRTIO_CONSOLE=y?",
		     name);
		return -1;
	}
	fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		fail_errno(res, "open %s", path);
	return fd;
}
