/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "lab.h"

/*
 * An encrypted disk on top of all of @disk, with the table's @options or ""; false: the
 * result says why.
 */
bool crypt_open(const char *disk, const char *options, struct result *res);
#define CRYPT_DISK	"/dev/dm-0"
