/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "lab.h"

/* Mount a directory of the host at @dir by 9p, read-only; @tag is its mount_tag. */
bool host_dir_mount(const char *tag, const char *dir, struct result *res);
