// SPDX-License-Identifier: GPL-2.0
/*
 * Where a balloon works: the host asks for memory and gets it. (In platform
 * mode the kernel refuses the device, and this test is not run.)
 */
#include <sys/sysinfo.h>

#include "lab.h"

#define PATIENCE_S	30
#define LEAST_KIB	(64ul << 10)

/* In KiB. */
static unsigned long mem_total(void)
{
	struct sysinfo info;

	return sysinfo(&info) ? 0 : info.totalram * info.mem_unit >> 10;
}

static bool test_balloon(const struct lab *lab, struct result *res)
{
	unsigned long before = mem_total(), after = before;
	int i;

	if (!ask_host("balloon"))
		return fail(res, "the host could not ask for memory");
	for (i = 0; i < PATIENCE_S && before - after < LEAST_KIB; i++) {
		sleep(1);
		after = mem_total();
	}
	res->bytes = (before - after) << 10;
	return result_set(res, before - after >= LEAST_KIB, "%lu KiB went to the balloon, at least %lu",
			  before - after, LEAST_KIB);
}
TEST("balloon", test_balloon)
