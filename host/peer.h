/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_PEER_H
#define LAB_PEER_H

#include <glib.h>

#define SHA256_HEX	65

/*
 * The host's end of a guest's conversation, on a socket of its own and in a
 * thread of its own. It ends when the conversation does or QEMU closes.
 */
struct peer {
	int fd;
	guint64 seed, bytes;
	GThread *thread;
	/* read these after peer_stop() */
	guint64 received, sent;
	char sum_received[SHA256_HEX], sum_sent[SHA256_HEX];
	char *problem;
};

/* Receives the guest's stream, then sends as much of the other one. */
gpointer net_peer(gpointer peer);
/* Receives a line of text, then sends one. */
gpointer console_peer(gpointer peer);

/* peer->fd is open. */
void peer_start(struct peer *peer, GThreadFunc run, guint64 seed,
		guint64 bytes);
void peer_stop(struct peer *peer);
gboolean peer_send(struct peer *peer, const char *buf, size_t len);

#endif
