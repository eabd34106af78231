// SPDX-License-Identifier: GPL-2.0
/* Failures on request (lab.fail=), so that the runner can be tested. */
#include <string.h>

#include "ktap.h"

static void test_asked_failure(const struct lab *lab, struct result *res)
{
	if (!strcmp(lab->fail, "panic"))
		write_text("/proc/sysrq-trigger", "c");
	if (!strcmp(lab->fail, "use-after-free"))
		write_text("/sys/kernel/debug/provoke-crash/DIRECT",
			   "READ_AFTER_FREE");
	while (!strcmp(lab->fail, "hang"))
		;
	fail(res, "asked for by lab.fail=%s", lab->fail);
}
TEST("asked-failure", test_asked_failure)
