/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "table/std.h"

/* Makes the directory {dir}/share, with a file in it for the guest to read. */
gboolean share_make(const char *dir, guint64 seed, char **why);
