// SPDX-License-Identifier: GPL-2.0
#include <string.h>
#include <sys/socket.h>

#include "wire/pattern.h"
#include "wire/wire.h"
#include "peer.h"

#define CHUNK	(64u << 10)

static gboolean receive(struct peer *peer, char *buf, GChecksum *sum)
{
	while (peer->received < WIRE_NET_BYTES) {
		guint64 left = WIRE_NET_BYTES - peer->received;
		ssize_t n = recv(peer->fd, buf, MIN(left, CHUNK), MSG_WAITALL);
		ssize_t at;

		if (n <= 0)
			return FALSE;
		at = pattern_mismatch(peer->seed + WIRE_NET_SENT,
				      peer->received, buf, n);
		if (at >= 0) {
			peer->problem = g_strdup_printf(
				"net: received data differ at byte %" G_GUINT64_FORMAT,
				peer->received + at);
			return FALSE;
		}
		g_checksum_update(sum, (guchar *)buf, n);
		peer->received += n;
	}
	return TRUE;
}

static gboolean answer(struct peer *peer, char *buf, GChecksum *sum)
{
	while (peer->sent < WIRE_NET_BYTES) {
		guint64 n = MIN(WIRE_NET_BYTES - peer->sent, CHUNK);

		pattern_fill(peer->seed + WIRE_NET_RECEIVED, peer->sent, buf,
			     n);
		g_checksum_update(sum, (guchar *)buf, n);
		if (!peer_send(peer, buf, n))
			return FALSE;
	}
	return TRUE;
}

gboolean net_peer(struct peer *peer)
{
	g_autoptr(GChecksum) in = g_checksum_new(G_CHECKSUM_SHA256);
	g_autoptr(GChecksum) out = g_checksum_new(G_CHECKSUM_SHA256);
	g_autofree char *buf = g_malloc(CHUNK);

	if (!receive(peer, buf, in))
		return FALSE;
	g_strlcpy(peer->sum_received, g_checksum_get_string(in), SHA256_HEX);
	if (!answer(peer, buf, out))
		return FALSE;
	g_strlcpy(peer->sum_sent, g_checksum_get_string(out), SHA256_HEX);
	return TRUE;
}
