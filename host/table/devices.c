// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "devices.h"

#define DEVICE(id, ...)		{ .name = id, __VA_ARGS__ },

static const struct device device_rows[] = {
#include "tests/devices.def"
#include "bench/devices.def"
};

const struct device *device_find(const char *name)
{
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(device_rows); i++)
		if (!strcmp(device_rows[i].name, name))
			return &device_rows[i];
	return NULL;
}
