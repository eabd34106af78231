// SPDX-License-Identifier: GPL-2.0
/*
 * TCP over virtio-net or e1000e, both ways. Each side compares every byte with the
 * pattern and prints a digest of what it saw.
 */
#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "stream.h"
#include "wire/netdev.h"
#include "wire/wire.h"

#define IFNAME		"eth0"
#define PATIENCE_S	30

/*
 * A work item of the driver learns from the device that the link is up, another one
 * then starts the queue. What is sent before that is dropped, and nobody is told.
 */
static bool wait_running(int fd)
{
	struct ifreq ifr = { .ifr_name = IFNAME };
	unsigned int i;

	for (i = 0; i < PATIENCE_S * 100; i++) {
		if (ioctl(fd, SIOCGIFFLAGS, &ifr))
			return false;
		/* Takes the lock under which the queue is being started. */
		if (ifr.ifr_flags & IFF_RUNNING)
			return !ioctl(fd, SIOCSIFFLAGS, &ifr);
		usleep(10000);
	}
	errno = ENETDOWN;
	return false;
}

bool net_up(struct result *res)
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool good;

	if (fd < 0)
		return fail_errno(res, "socket");
	good = netdev_up(fd, IFNAME, WIRE_NET_GUEST) && wait_running(fd);
	if (!good)
		fail_errno(res, "configure " IFNAME ": is the device bound to a driver?");
	close(fd);
	return good;
}

static bool connect_peer(int fd, unsigned int n)
{
	struct timeval patience = { .tv_sec = PATIENCE_S };
	struct sockaddr_in peer = {
		.sin_family = AF_INET,
		.sin_port = htons(WIRE_NET_PORT + n),
	};

	inet_pton(AF_INET, WIRE_NET_PEER, &peer.sin_addr);
	/* The first of these bounds connect() as well. */
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	return !connect(fd, (struct sockaddr *)&peer, sizeof(peer));
}

bool net_talk(uint64_t seed, unsigned int n, struct result *res)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	char sums[2][32];
	const struct stream sent = {
		.name = WIRE_NET_PEER, .sum = sums[0], .bytes = WIRE_NET_BYTES,
		.seed = seed + n * WIRE_NET_SEED + WIRE_NET_SENT,
	}, received = {
		.name = WIRE_NET_PEER, .sum = sums[1], .bytes = WIRE_NET_BYTES,
		.seed = seed + n * WIRE_NET_SEED + WIRE_NET_RECEIVED,
	};
	bool good;

	sprintf(sums[0], WIRE_SUM_NET_SENT, n);
	sprintf(sums[1], WIRE_SUM_NET_RECEIVED, n);
	/* a peer that closes is an error of write() */
	signal(SIGPIPE, SIG_IGN);
	if (connect_peer(fd, n))
		good = stream_out(fd, &sent, res) && stream_in(fd, &received, res);
	else
		good = fail_errno(res, "connect to %s", WIRE_NET_PEER);
	close(fd);
	return good;
}

static bool test_net(const struct lab *lab, struct result *res)
{
	return net_up(res) && net_talk(lab->seed, 0, res) &&
	       pass(res, "TCP both ways compared");
}
TEST("net", test_net)
TEST("e1000e", test_net)
