// SPDX-License-Identifier: GPL-2.0
#include <sys/mman.h>

#include "canary.h"
#include "wire/wire.h"

#define FREED	(64u << 20)

void canary_fill(void *buf, size_t len)
{
	size_t i;

	for (i = 0; i < len; i += WIRE_CANARY_BYTES)
		memcpy((char *)buf + i, WIRE_CANARY, WIRE_CANARY_BYTES);
}

bool canary_in(const void *buf, size_t len)
{
	return memmem(buf, len, WIRE_CANARY, WIRE_CANARY_BYTES);
}

bool canary_all(const void *buf, size_t len)
{
	size_t i;

	for (i = 0; i < len; i += WIRE_CANARY_BYTES)
		if (memcmp((const char *)buf + i, WIRE_CANARY, WIRE_CANARY_BYTES))
			return false;
	return true;
}

bool canary_free(void)
{
	char *buf = mmap(NULL, FREED, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (buf == MAP_FAILED)
		return false;
	canary_fill(buf, FREED);
	return !munmap(buf, FREED);
}
