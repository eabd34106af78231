/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include <stdbool.h>

/*
 * Give a network interface an address, with WIRE_NET_MASK, and bring it up; @fd is
 * any socket of its namespace. false: errno says why not.
 */
bool netdev_up(int fd, const char *name, const char *address);
