// SPDX-License-Identifier: GPL-2.0
/* The other end of a stream from the guest, and then of another one to it. */
#include <sys/socket.h>

#include "wire/pattern.h"
#include "wire/wire.h"
#include "peer.h"

/* Receives what must be @want, then sends @answer; @len bytes each. */
static gboolean exchange(struct peer *peer, const char *want,
			 const char *answer, size_t len)
{
	g_autofree char *got = g_malloc(len);
	size_t at = 0;

	if (recv(peer->fd, got, len, MSG_WAITALL) != (ssize_t)len)
		return FALSE;
	peer->sum_received = sum_update(SUM_START, got, len);
	while (at < len && got[at] == want[at])
		at++;
	if (at < len) {
		peer->problem = g_strdup_printf("received data differ at byte %zu",
						at);
		return FALSE;
	}
	peer->sum_sent = sum_update(SUM_START, answer, len);
	return peer_send(peer, answer, len);
}

gboolean net_peer(struct peer *peer)
{
	g_autofree char *want = g_malloc(WIRE_NET_BYTES);
	g_autofree char *answer = g_malloc(WIRE_NET_BYTES);

	pattern_fill(peer->seed + WIRE_NET_SENT, 0, want, WIRE_NET_BYTES);
	pattern_fill(peer->seed + WIRE_NET_RECEIVED, 0, answer, WIRE_NET_BYTES);
	return exchange(peer, want, answer, WIRE_NET_BYTES);
}

/* The socket that listens gives way to the connection, which peer_stop() ends then. */
gboolean tap_peer(struct peer *peer)
{
	int fd = accept4(peer->fd, NULL, NULL, SOCK_CLOEXEC);

	if (fd < 0)
		return FALSE;
	dup3(fd, peer->fd, O_CLOEXEC);
	close(fd);
	net_peer(peer);
	return FALSE;
}

gboolean text_peer(struct peer *peer)
{
	char want[WIRE_TEXT_BYTES], answer[WIRE_TEXT_BYTES];

	pattern_text(peer->seed + WIRE_TEXT_SENT, want, sizeof(want));
	pattern_text(peer->seed + WIRE_TEXT_RECEIVED, answer, sizeof(answer));
	return exchange(peer, want, answer, sizeof(want));
}
