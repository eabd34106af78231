/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "table/ending.h"

/* A sparse image of @mib MiB with an ext4 on it: of directory @from, empty if NULL. */
enum ending disk_make(const char *path, int mib, const char *from, char **why);
/* The digest and size of the guest's file in the image; FALSE: @why, to be freed. */
gboolean disk_sum(const char *path, guint64 *sum, guint64 *bytes, char **why);
/* Makes the directory {dir}/share, with a file in it for the guest to read. */
gboolean share_make(const char *dir, guint64 seed, char **why);
