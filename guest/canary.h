/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "lab.h"

/*
 * Private data, which the host looks for in shared pages (ask_host("scan")): fill @len bytes,
 * a multiple of WIRE_CANARY_BYTES, with them; are any there, or nothing else?
 */
void canary_fill(void *buf, size_t len);
bool canary_in(const void *buf, size_t len);
bool canary_all(const void *buf, size_t len);
/* Memory that is free now has held them; false: errno says why not. */
bool canary_free(void);
