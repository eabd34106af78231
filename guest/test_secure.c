// SPDX-License-Identifier: GPL-2.0
/* Is the guest in the state that the runner expects? And has it a pool? */
#include "lab.h"
#include "swiotlb.h"

#define SVM	"/sys/devices/system/cpu/svm"
#define PV	"/sys/firmware/uv/prot_virt_guest"

static bool test_secure(const struct lab *lab, struct result *res)
{
	/* A kernel without an attribute or the pool does not know of them. */
	bool secure = read_number(SVM) || read_number(PV);

	ktap_comment("secure %d", secure);
	ktap_comment("swiotlb nslabs=%lu used=%lu", read_number(SWIOTLB_NSLABS),
		     read_number(SWIOTLB_USED));
	if (secure != lab->secure)
		return fail(res, "the guest is %ssecure, it should %sbe",
			    secure ? "" : "not ", lab->secure ? "" : "not ");
	return pass(res, "%s", secure ? "secure" : "not secure");
}
TEST("secure", test_secure)
