/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "lab.h"

/* An encrypted disk on top of all of @disk; false: the result says why. */
bool crypt_open(const char *disk, struct result *res);
#define CRYPT_DISK	"/dev/dm-0"
