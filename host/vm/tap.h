/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "peer.h"
#include "wire/wire.h"

/*
 * Moves this process, which must have one thread, to a network namespace of its
 * own, with the rights of root there, and makes a tap in it: @queues are its queues,
 * for QEMU, and the sockets of @peers listen at its address. It goes with the last
 * process. FALSE: this host has no such thing, *why is to be freed.
 */
gboolean tap_make(int queues[WIRE_NET_QUEUES],
		  struct peer peers[WIRE_NET_QUEUES], char **why);
