/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_DM_H
#define LAB_DM_H

#include <stdbool.h>
#include <stdint.h>

/*
 * A device-mapper device of one target over @sectors sectors (of 512 bytes);
 * @path is where it is then. False: errno says why.
 */
bool dm_create(const char *name, const char *target, const char *params,
	       uint64_t sectors, char path[32]);
bool dm_remove(const char *name);

#endif
