/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_KERNELS_H
#define LAB_KERNELS_H

#include <glib.h>

/* Does configs/kernels have a line for a kernel of that name? */
gboolean kernel_known(const char *name);

#endif
