// SPDX-License-Identifier: GPL-2.0
#include "swiotlb.h"

bool swiotlb_count(unsigned long *slots, unsigned long *pages, struct result *res)
{
	*slots = read_number(SWIOTLB_USED);
	return ask_number("shared", pages) ||
	       fail(res, "the host does not count shared pages");
}
