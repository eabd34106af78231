// SPDX-License-Identifier: GPL-2.0
#include <poll.h>
#include <sys/socket.h>

#include "peer.h"

/* The guest's first byte says that it listens. */
gboolean stdin_peer(struct peer *peer)
{
	struct pollfd p[] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = peer->fd },
	};
	char buf[4096];
	ssize_t n = recv(peer->fd, buf, 1, 0);

	while (n > 0 && poll(p, 2, -1) > 0 && !p[1].revents) {
		n = read(STDIN_FILENO, buf, sizeof(buf));
		if (n > 0 && !peer_send(peer, buf, n))
			break;
	}
	/* QEMU reads what is left: it would not after a hangup */
	shutdown(peer->fd, SHUT_WR);
	return FALSE;
}

static gboolean copy(struct peer *peer, FILE *to)
{
	char buf[4096];
	ssize_t n;

	while ((n = recv(peer->fd, buf, sizeof(buf), 0)) > 0) {
		fwrite(buf, 1, n, to);
		fflush(to);
	}
	return FALSE;
}

gboolean stdout_peer(struct peer *peer)
{
	return copy(peer, stdout);
}

gboolean stderr_peer(struct peer *peer)
{
	return copy(peer, stderr);
}
