/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_PORT_H
#define LAB_PORT_H

#include "lab.h"

/* The port of virtio-serial that QEMU calls @name; -1: a result says why not. */
int port_open(const char *name, struct result *res);

#endif
