// SPDX-License-Identifier: GPL-2.0
/* Failures on request (lab.fail=), so that the runner can be tested. */
#include "lab.h"
#include "wire/wire.h"

static bool test_asked_failure(const struct lab *lab, struct result *res)
{
	if (!strcmp(lab->fail, WIRE_FAIL_PANIC))
		write_text("/proc/sysrq-trigger", "c");
	if (!strcmp(lab->fail, WIRE_FAIL_FREED))
		write_text("/sys/kernel/debug/provoke-crash/DIRECT",
			   "READ_AFTER_FREE");
	while (!strcmp(lab->fail, WIRE_FAIL_HANG))
		;
	return fail(res, "asked for by lab.fail=%s", lab->fail);
}
TEST("asked-failure", test_asked_failure)
