/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_NETDEV_H
#define LAB_NETDEV_H

#include <stdbool.h>

/*
 * Give a network interface an address, with WIRE_NET_MASK, and bring it up; @fd is
 * any socket of its namespace. false: errno says why not.
 */
bool netdev_up(int fd, const char *name, const char *address);

#endif
