// SPDX-License-Identifier: GPL-2.0
/*
 * virtio-iommu: Linux has no driver of it for POWER. It is there, nobody drives
 * it, and it harms no other device.
 */
#include <dirent.h>
#include <limits.h>

#include "lab.h"

#define DEVICES	"/sys/bus/virtio/devices"
/* VIRTIO_ID_IOMMU */
#define ID	"0x0017"

static bool test_iommu(const struct lab *lab, struct result *res)
{
	DIR *dir = opendir(DEVICES);
	struct dirent *de;

	while (dir && (de = readdir(dir))) {
		char path[PATH_MAX], id[16];

		snprintf(path, sizeof(path), DEVICES "/%s/device", de->d_name);
		if (!read_text(path, id, sizeof(id)) || strcmp(id, ID))
			continue;
		snprintf(path, sizeof(path), DEVICES "/%s/driver", de->d_name);
		return access(path, F_OK) ? pass(res, "%s has no driver", de->d_name) :
					    fail(res, "%s has a driver", de->d_name);
	}
	return fail(res, "no device with the id " ID " in " DEVICES);
}
TEST("iommu", test_iommu)
