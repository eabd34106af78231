/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "table/std.h"

/*
 * Takes a line of QEMU's trace of guest_privacy_set_pages: the keys of @now are the numbers
 * of the pages that are shared after it. @ever gets those that it shares; or NULL.
 */
void shares_take(GHashTable *now, GHashTable *ever, const char *line);
