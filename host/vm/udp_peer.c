// SPDX-License-Identifier: GPL-2.0
/*
 * The host's end of bench/guest/load_net.c: Ethernet frames on QEMU's stream socket,
 * each with its length in front (net/socket.c of QEMU). It knows one answer to
 * each kind of datagram, and neither ARP nor anything else.
 */
#include <arpa/inet.h>
#include <net/ethernet.h>
#include <netinet/ip.h>
#include <netinet/udp.h>
#include <sys/socket.h>

#include "wire/wire.h"
#include "peer.h"

#define FRAME_MAX	(1 << 17)

struct frame {
	guint32 length;		/* big-endian, of what follows */
	struct ether_header eth;
	struct iphdr ip;
	struct udphdr udp;
	struct wire_burst burst;
	char rest[FRAME_MAX];
} __attribute__((packed));

#define HEADERS	(sizeof(struct ether_header) + sizeof(struct iphdr) + \
		 sizeof(struct udphdr))

/* RFC 1071 */
static guint16 checksum(const void *data, size_t len)
{
	const guint8 *p = data;
	guint32 sum = 0;

	for (; len > 1; len -= 2, p += 2)
		sum += p[0] << 8 | p[1];
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return htons(~sum);
}

static gboolean receive(struct peer *peer, struct frame *in)
{
	size_t n;

	if (recv(peer->fd, &in->length, sizeof(in->length), MSG_WAITALL) !=
	    sizeof(in->length))
		return FALSE;
	n = ntohl(in->length);
	if (n > FRAME_MAX) {
		peer->problem = g_strdup_printf("net: a frame of %zu bytes", n);
		return FALSE;
	}
	return recv(peer->fd, &in->eth, n, MSG_WAITALL) == (ssize_t)n;
}

static gboolean is_ours(const struct frame *in)
{
	return ntohl(in->length) >= HEADERS + sizeof(in->burst) &&
	       ntohs(in->eth.ether_type) == ETHERTYPE_IP &&
	       in->ip.protocol == IPPROTO_UDP &&
	       ntohs(in->udp.dest) == WIRE_BENCH_PORT;
}

/* A datagram of @bytes to where @in came from. */
static gboolean answer(struct peer *peer, const struct frame *in,
		       struct frame *out, guint32 count, size_t bytes)
{
	out->length = htonl(HEADERS + bytes);
	memcpy(out->eth.ether_dhost, in->eth.ether_shost, ETH_ALEN);
	memcpy(out->eth.ether_shost, in->eth.ether_dhost, ETH_ALEN);
	out->eth.ether_type = htons(ETHERTYPE_IP);
	out->ip = (struct iphdr){
		.version = 4,
		.ihl = sizeof(out->ip) / 4,
		.tot_len = htons(sizeof(out->ip) + sizeof(out->udp) + bytes),
		.ttl = 64,
		.protocol = IPPROTO_UDP,
		.saddr = in->ip.daddr,
		.daddr = in->ip.saddr,
	};
	out->ip.check = checksum(&out->ip, sizeof(out->ip));
	/* no checksum of its own: IPv4 allows that */
	out->udp = (struct udphdr){
		.source = in->udp.dest,
		.dest = in->udp.source,
		.len = htons(sizeof(out->udp) + bytes),
	};
	out->burst = (struct wire_burst){ WIRE_BURST_DATA, count, bytes, 0 };
	return peer_send(peer, (char *)out,
			 sizeof(out->length) + HEADERS + bytes);
}

static gboolean serve(struct peer *peer, const struct frame *in,
		      struct frame *out, guint32 *received)
{
	const struct wire_burst burst = in->burst;
	guint32 i;

	switch (burst.kind) {
	case WIRE_BURST_DATA:
		++*received;
		return TRUE;
	case WIRE_BURST_SYNC:
		i = *received;
		*received = 0;
		return answer(peer, in, out, i, sizeof(burst));
	case WIRE_BURST_SEND:
		for (i = 0; i < burst.count; i++)
			if (!answer(peer, in, out, i, burst.bytes))
				return FALSE;
		return TRUE;
	}
	return TRUE;
}

gboolean udp_peer(struct peer *peer)
{
	g_autofree struct frame *in = g_new0(struct frame, 1);
	g_autofree struct frame *out = g_new0(struct frame, 1);
	guint32 received = 0;

	while (receive(peer, in))
		if (is_ours(in) && !serve(peer, in, out, &received))
			break;
	return FALSE;
}
