// SPDX-License-Identifier: GPL-2.0
/*
 * How each virtio device reaches memory, by the kernel's own account: the
 * dma_mode attribute, which kernels without the platform hook do not have. And
 * what driver and device have agreed on: the features attribute, a digit a bit.
 */
#include <dirent.h>
#include <libgen.h>
#include <limits.h>

#include "lab.h"

#define DEVICES	"/sys/bus/virtio/devices"

static const char *driver_of(const char *device, char *buf, size_t size)
{
	char path[PATH_MAX];
	ssize_t n;

	snprintf(path, sizeof(path), DEVICES "/%s/driver", device);
	n = readlink(path, buf, size - 1);
	if (n < 0)
		return "none";
	buf[n] = '\0';
	return basename(buf);
}

static bool attribute(const char *device, const char *name, char *buf,
		      size_t size)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), DEVICES "/%s/%s", device, name);
	return read_text(path, buf, size);
}

static bool test_mode(const struct lab *lab, struct result *res)
{
	unsigned int devices = 0, wrong = 0;
	DIR *dir = opendir(DEVICES);
	struct dirent *de;

	if (!dir)
		return fail_errno(res, "open " DEVICES);
	while ((de = readdir(dir))) {
		char link[PATH_MAX], mode[64] = "unknown", features[256] = "";
		const char *driver;

		if (de->d_name[0] == '.')
			continue;
		attribute(de->d_name, "dma_mode", mode, sizeof(mode));
		join_words(mode);
		attribute(de->d_name, "features", features, sizeof(features));
		driver = driver_of(de->d_name, link, sizeof(link));
		ktap_comment("device %s %s mode=%s features=%s", de->d_name,
			     driver, mode, features);
		devices++;
		/* One that was refused has neither driver nor mode. */
		if (lab->mode[0] && strcmp(driver, "none") &&
		    strcmp(mode, lab->mode))
			wrong++;
	}
	if (!devices)
		return fail(res, "no virtio device at all");
	if (wrong)
		return fail(res, "%u of %u devices are not in mode %s", wrong, devices, lab->mode);
	return pass(res, "%u devices", devices);
}
TEST("mode", test_mode)
