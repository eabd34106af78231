// SPDX-License-Identifier: GPL-2.0
/*
 * Where a balloon works: the host asks for memory and gets it. (In platform
 * mode the kernel refuses the device, and this test is not run.)
 */
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ktap.h"

#define PATIENCE_S	30
#define LEAST_KIB	(64ul << 10)

static unsigned long mem_total(void)
{
	char line[128];
	unsigned long kib = 0;
	FILE *f = fopen("/proc/meminfo", "re");

	if (!f)
		return 0;
	while (fgets(line, sizeof(line), f))
		if (sscanf(line, "MemTotal: %lu", &kib) == 1)
			break;
	fclose(f);
	return kib;
}

static void test_balloon(const struct lab *lab, struct result *res)
{
	unsigned long before = mem_total(), after = before;
	int i;

	(void)lab;
	if (!ask_host("balloon")) {
		fail(res, "the host could not ask for memory");
		return;
	}
	for (i = 0; i < PATIENCE_S && before - after < LEAST_KIB; i++) {
		sleep(1);
		after = mem_total();
	}
	res->bytes = (before - after) << 10;
	if (before - after < LEAST_KIB)
		fail(res, "only %lu KiB went to the balloon", before - after);
	else
		pass(res, "%lu KiB went to the balloon", before - after);
}
TEST("balloon", test_balloon)
