// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "wire/wire.h"
#include "boot.h"
#include "claims.h"
#include "device.h"

#define DEVICE(id, ...)		{ .name = id, __VA_ARGS__ },

const struct device device_table[] = {
#include "tests/devices.def"
	{ NULL }
};

G_STATIC_ASSERT(G_N_ELEMENTS(device_table) <= DEVICES_MAX);

static const struct device *find(const char *name)
{
	const struct device *dev;

	for (dev = device_table; dev->name; dev++)
		if (!strcmp(dev->name, name))
			return dev;
	return NULL;
}

const struct device **devices_of(const char *names)
{
	g_auto(GStrv) words = g_strsplit(names, " ", 0);
	int n = g_strv_length(words), i;
	const struct device **list = g_new0(const struct device *, n + 1);

	for (i = 0; i < n; i++) {
		list[i] = find(words[i]);
		if (!list[i]) {
			g_free(list);
			return NULL;
		}
	}
	return list;
}

int device_index(const struct device *dev)
{
	return dev - device_table;
}
