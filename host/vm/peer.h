/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "table/std.h"

struct peer;

/* One conversation; FALSE if the socket was closed or data differ. */
typedef gboolean peer_fn(struct peer *peer);

/*
 * The host's end of a guest's conversations, on a socket of its own and in a
 * thread of its own: one after another, since a guest may start anew. It ends
 * when QEMU closes.
 */
struct peer {
	int fd;
	guint64 seed;
	GThread *thread;
	peer_fn *talk;
	/* of the last whole conversation; read these after peer_stop() */
	guint64 sum_received, sum_sent;
	char *problem;
};

/* Receives the guest's stream, then sends as much of the other one. */
peer_fn net_peer;
/* The same, once, on the connection that it gets at its socket, which listens. */
peer_fn tap_peer;
/* Receives a line of text, then sends one. */
peer_fn text_peer;
/* Answers the guest's datagrams, and counts them (bench/guest/load_net.c). */
peer_fn udp_peer;
/* What the guest reads and writes is this process's own input and outputs. */
peer_fn stdin_peer, stdout_peer, stderr_peer;

/* peer->fd is open. */
void peer_start(struct peer *peer, peer_fn *talk, guint64 seed);
/* Nothing to do if it was never started. */
void peer_stop(struct peer *peer);
/* All of @buf; FALSE: peer->problem says why not. */
gboolean peer_send(struct peer *peer, const char *buf, size_t len);
