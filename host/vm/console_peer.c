// SPDX-License-Identifier: GPL-2.0
#include <string.h>
#include <sys/socket.h>

#include "wire/pattern.h"
#include "wire/wire.h"
#include "peer.h"

static void sum_text(const char *text, char hex[SHA256_HEX])
{
	char *sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256,
						(const guchar *)text,
						WIRE_TEXT_BYTES);

	g_strlcpy(hex, sum, SHA256_HEX);
	g_free(sum);
}

static gboolean receive(struct peer *peer, char *line)
{
	while (peer->received < WIRE_TEXT_BYTES) {
		ssize_t n = recv(peer->fd, line + peer->received,
				 WIRE_TEXT_BYTES - peer->received, 0);

		if (n <= 0)
			return FALSE;
		peer->received += n;
	}
	return TRUE;
}

gboolean console_peer(struct peer *peer)
{
	char line[WIRE_TEXT_BYTES], want[WIRE_TEXT_BYTES];

	if (!receive(peer, line))
		return FALSE;
	sum_text(line, peer->sum_received);
	pattern_text(peer->seed + WIRE_TEXT_SENT, want, sizeof(want));
	if (memcmp(line, want, sizeof(want))) {
		peer->problem = g_strdup("console: received text differs");
		return FALSE;
	}
	pattern_text(peer->seed + WIRE_TEXT_RECEIVED, line, sizeof(line));
	sum_text(line, peer->sum_sent);
	return peer_send(peer, line, sizeof(line));
}
