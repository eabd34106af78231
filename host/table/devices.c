// SPDX-License-Identifier: GPL-2.0
#include "devices.h"

#define DEVICE(id, ...)		{ .name = id, __VA_ARGS__ },

const struct device device_rows[] = {
#include "tests/devices.def"
#include "bench/devices.def"
	{ 0 }
};

const struct device *device_find(const char *name)
{
	const struct device *dev = device_rows;

	while (dev->name && strcmp(dev->name, name))
		dev++;
	return dev->name ? dev : NULL;
}
