/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "std.h"

/* Does configs/kernels have a line for a kernel of that name? */
gboolean kernel_known(const char *name);
