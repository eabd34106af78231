/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_SHARE_H
#define LAB_SHARE_H

#include <glib.h>

/* Makes the directory {dir}/share, with a file in it for the guest to read. */
gboolean share_make(const char *dir, guint64 seed, char **why);

#endif
