// SPDX-License-Identifier: GPL-2.0
#include <sys/socket.h>

#include "peer.h"

static gpointer converse(gpointer data)
{
	struct peer *peer = data;

	while (peer->talk(peer))
		;
	return NULL;
}

void peer_start(struct peer *peer, peer_fn *talk, guint64 seed)
{
	peer->talk = talk;
	peer->seed = seed;
	peer->thread = g_thread_new("peer", converse, peer);
}

void peer_stop(struct peer *peer)
{
	if (!peer->thread)
		return;
	shutdown(peer->fd, SHUT_RDWR);
	g_thread_join(peer->thread);
	close(peer->fd);
}

gboolean peer_send(struct peer *peer, const char *buf, size_t len)
{
	while (len) {
		ssize_t n = send(peer->fd, buf, len, MSG_NOSIGNAL);

		if (n <= 0) {
			peer->problem = g_strdup_printf("send: %s",
							g_strerror(errno));
			return FALSE;
		}
		buf += n;
		len -= n;
	}
	return TRUE;
}
