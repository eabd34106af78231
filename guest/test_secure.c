// SPDX-License-Identifier: GPL-2.0
/* Is the guest in the state that the runner expects? And has it a pool? */
#include <stdlib.h>

#include "ktap.h"

#define SVM	"/sys/devices/system/cpu/svm"
#define SWIOTLB	"/sys/kernel/debug/swiotlb/"

static unsigned long number(const char *path)
{
	char text[32];

	return read_text(path, text, sizeof(text)) ? strtoul(text, NULL, 0) : 0;
}

void test_secure(const struct lab *lab, struct result *res)
{
	/* A kernel without the attribute or the pool knows neither. */
	bool secure = number(SVM);

	ktap_comment("secure %d", secure);
	ktap_comment("swiotlb nslabs=%lu used=%lu",
		     number(SWIOTLB "io_tlb_nslabs"),
		     number(SWIOTLB "io_tlb_used"));
	if (secure != lab->secure)
		fail(res, "the guest is %ssecure, it should %sbe",
		     secure ? "" : "not ", lab->secure ? "" : "not ");
	else
		pass(res, "%s", secure ? "secure" : "not secure");
}
