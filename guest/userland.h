/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "lab.h"

#define USERLAND_ROOT	"/debian"

/* The root of a Debian userland (base/userland) and what belongs below it. */
bool userland_mount(const char *disk, bool read_only, struct result *res);
void userland_umount(void);
/* A file system at directory @dir of it; false: errno says why not. */
bool userland_have(const char *dir, const char *type, const char *options);
/* Run one of its programs to its end; false, with its output, if it failed. */
bool userland_run(char *const argv[], struct result *res);
/* Print what the last one said. */
void userland_print(void);
