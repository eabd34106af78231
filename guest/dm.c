// SPDX-License-Identifier: GPL-2.0
/* As much of device-mapper's ioctls as a test needs. */
#include <errno.h>
#include <fcntl.h>
#include <linux/dm-ioctl.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "dm.h"

#define CONTROL	"/dev/mapper/control"

struct request {
	struct dm_ioctl head;
	struct dm_target_spec spec;
	char params[256];
};

static bool call(unsigned long code, const char *name, struct request *req)
{
	int fd = open(CONTROL, O_RDWR | O_CLOEXEC), ret, error;

	if (fd < 0)
		return false;
	req->head.version[0] = DM_VERSION_MAJOR;
	req->head.data_size = sizeof(*req);
	req->head.data_start = offsetof(struct request, spec);
	snprintf(req->head.name, sizeof(req->head.name), "%s", name);
	ret = ioctl(fd, code, &req->head);
	error = errno;
	close(fd);
	errno = error;
	return !ret;
}

bool dm_create(const char *name, const char *target, const char *params,
	       uint64_t sectors, char path[32])
{
	struct request req = { 0 };

	if (!call(DM_DEV_CREATE, name, &req))
		return false;
	snprintf(path, 32, "/dev/dm-%u", minor(req.head.dev));

	memset(&req, 0, sizeof(req));
	req.head.target_count = 1;
	req.spec.length = sectors;
	snprintf(req.spec.target_type, sizeof(req.spec.target_type), "%s",
		 target);
	snprintf(req.params, sizeof(req.params), "%s", params);
	if (!call(DM_TABLE_LOAD, name, &req))
		return false;

	/* "Suspend" without DM_SUSPEND_FLAG resumes: the table is used. */
	memset(&req, 0, sizeof(req));
	return call(DM_DEV_SUSPEND, name, &req);
}

bool dm_remove(const char *name)
{
	struct request req = { 0 };

	return call(DM_DEV_REMOVE, name, &req);
}
