/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_CRYPT_H
#define LAB_CRYPT_H

#include "lab.h"

/* An encrypted disk on top of all of @disk; false: the result says why. */
bool crypt_open(const char *disk, struct result *res);
#define CRYPT_DISK	"/dev/dm-0"

#endif
