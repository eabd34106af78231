// SPDX-License-Identifier: GPL-2.0
/*
 * UDP to and from the host, in bursts: a burst is over when the host says how
 * many of its datagrams have come, or when the guest has as many as it asked for.
 * So nothing is lost, and what is counted is known to the datagram. With an MTU
 * of 64 KiB the large ones travel as one frame, as TCP's do with offloads.
 */
#include <arpa/inet.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "bench.h"
#include "wire/wire.h"

#define IFNAME		"eth0"
#define PATIENCE_S	30
#define ROOM		(32 << 20)
#define WARM		4

static char buf[65536];

static bool set_mtu(int fd, int mtu)
{
	struct ifreq ifr = { .ifr_name = IFNAME, .ifr_mtu = mtu };

	return !ioctl(fd, SIOCSIFMTU, &ifr);
}

/* The peer answers no ARP. */
static bool set_neighbour(int fd, const struct sockaddr_in *peer)
{
	static const unsigned char mac[] = WIRE_BENCH_MAC;
	struct arpreq arp = { .arp_flags = ATF_PERM | ATF_COM,
			      .arp_dev = IFNAME };

	memcpy(&arp.arp_pa, peer, sizeof(*peer));
	arp.arp_ha.sa_family = ARPHRD_ETHER;
	memcpy(arp.arp_ha.sa_data, mac, sizeof(mac));
	return !ioctl(fd, SIOCSARP, &arp);
}

static int open_socket(int mtu)
{
	struct timeval patience = { .tv_sec = PATIENCE_S };
	struct sockaddr_in peer = {
		.sin_family = AF_INET,
		.sin_port = htons(WIRE_BENCH_PORT),
	}, self = peer;
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), room = ROOM;

	inet_pton(AF_INET, WIRE_NET_PEER, &peer.sin_addr);
	if (fd < 0 || !set_mtu(fd, mtu) || !set_neighbour(fd, &peer) ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room)) ||
	    setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &room, sizeof(room)) ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience,
		       sizeof(patience)) ||
	    bind(fd, (struct sockaddr *)&self, sizeof(self)) ||
	    connect(fd, (struct sockaddr *)&peer, sizeof(peer)))
		return -1;
	return fd;
}

static bool say(int fd, enum wire_burst_kind kind, unsigned int count,
		unsigned int bytes, size_t len)
{
	struct wire_burst *head = (struct wire_burst *)buf;

	*head = (struct wire_burst){ kind, count, bytes, 0 };
	return send(fd, buf, len, 0) == (ssize_t)len;
}

static bool hear(int fd, void *to, size_t room, size_t len)
{
	ssize_t n = recv(fd, to, room, 0);

	if (n >= 0)
		errno = EBADMSG;
	return n == (ssize_t)len;
}

static bool send_burst(int fd, unsigned int count, unsigned int bytes)
{
	struct wire_burst answer;
	unsigned int i;

	for (i = 0; i < count; i++)
		if (!say(fd, WIRE_BURST_DATA, 0, 0, bytes))
			return false;
	return say(fd, WIRE_BURST_SYNC, 0, 0, sizeof(answer)) &&
	       hear(fd, &answer, sizeof(answer), sizeof(answer)) &&
	       answer.count == count;
}

static bool receive_burst(int fd, unsigned int count, unsigned int bytes)
{
	if (!say(fd, WIRE_BURST_SEND, count, bytes, sizeof(struct wire_burst)))
		return false;
	for (; count; count--)
		if (!hear(fd, buf, sizeof(buf), bytes))
			return false;
	return true;
}

static const struct net_load {
	const char *name;
	bool (*burst)(int fd, unsigned int count, unsigned int bytes);
	unsigned int bytes, count, bursts;
} loads[] = {
	{ "net-64-send", send_burst, 64, 32, 40 },
	{ "net-64-receive", receive_burst, 64, 32, 40 },
	/* 1500 with the headers of IP and UDP */
	{ "net-1500-send", send_burst, 1472, 32, 40 },
	{ "net-1500-receive", receive_burst, 1472, 32, 40 },
	{ "net-60k-send", send_burst, 60 << 10, 8, 20 },
	{ "net-60k-receive", receive_burst, 60 << 10, 8, 20 },
};

static bool run(int fd, const struct net_load *load)
{
	unsigned int i;

	for (i = 0; i < WARM; i++)
		if (!load->burst(fd, load->count, load->bytes))
			return false;
	bench_begin(load->name);
	for (i = 0; i < load->bursts; i++)
		if (!load->burst(fd, load->count, load->bytes))
			return false;
	bench_end(load->name, load->bursts * load->count, load->bytes);
	return true;
}

/* The first @n loads. */
static bool run_all(int mtu, size_t n, struct result *res)
{
	size_t i;
	int fd;

	if (!net_up(res))
		return false;
	fd = open_socket(mtu);
	if (fd < 0)
		return fail_errno(res, "configure %s", IFNAME);
	for (i = 0; i < n; i++) {
		if (!run(fd, &loads[i]))
			return fail_errno(res, "%s", loads[i].name);
	}
	return pass(res, "%zu loads", i);
}

static bool test_bench_net(const struct lab *lab, struct result *res)
{
	return run_all(WIRE_BENCH_MTU, sizeof(loads) / sizeof(loads[0]), res);
}
TEST("bench-net", test_bench_net, BENCH_S)

/* Those that fit into a frame of Ethernet. */
static bool test_bench_e1000e(const struct lab *lab, struct result *res)
{
	return run_all(1500, 4, res);
}
TEST("bench-e1000e", test_bench_e1000e, BENCH_S)
