/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "lab.h"

/* The bounce pool, in slots of 2 KiB: all, in use, in use at most (track_hiwater). */
#define SWIOTLB		"/sys/kernel/debug/swiotlb/"
#define SWIOTLB_NSLABS	SWIOTLB "io_tlb_nslabs"
#define SWIOTLB_USED	SWIOTLB "io_tlb_used"
#define SWIOTLB_HIWATER	SWIOTLB "io_tlb_used_hiwater"
#define SWIOTLB_SLOT_KIB	2

/* The slots in use, and the pages that the host counts as shared; false: @res says why not. */
bool swiotlb_count(unsigned long *slots, unsigned long *pages, struct result *res);
