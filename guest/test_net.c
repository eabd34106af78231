// SPDX-License-Identifier: GPL-2.0
/*
 * TCP over virtio-net, both ways. Each side compares every byte with the
 * pattern and prints a digest of what it saw.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "digest.h"
#include "ktap.h"
#include "wire/netdev.h"
#include "wire/pattern.h"
#include "wire/wire.h"

#define IFNAME		"eth0"
#define CHUNK		(64u << 10)
#define PATIENCE_S	30

static char chunk[CHUNK];

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

	if (fd < 0) {
		fail_errno(res, "socket");
		return false;
	}
	good = netdev_up(fd, IFNAME, WIRE_NET_GUEST) && wait_running(fd);
	if (!good)
		fail_errno(res, "configure %s: is virtio-net bound to a driver?",
			   IFNAME);
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

static size_t next_len(uint64_t left)
{
	return left < CHUNK ? left : CHUNK;
}

static bool send_stream(uint64_t seed, struct result *res, int fd,
			struct digest *d)
{
	uint64_t done = 0;

	while (done < WIRE_NET_BYTES) {
		size_t n = next_len(WIRE_NET_BYTES - done);

		pattern_fill(seed + WIRE_NET_SENT, done, chunk, n);
		if (!digest_update(d, res, chunk, n))
			return false;
		if (!write_all(fd, chunk, n)) {
			fail_errno(res, "send to %s after %llu bytes",
				   WIRE_NET_PEER, (unsigned long long)done);
			return false;
		}
		done += n;
		res->bytes += n;
	}
	return true;
}

static bool receive_stream(uint64_t seed, struct result *res, int fd,
			   struct digest *d)
{
	uint64_t done = 0;

	while (done < WIRE_NET_BYTES) {
		size_t want = next_len(WIRE_NET_BYTES - done);
		ssize_t n = recv(fd, chunk, want, MSG_WAITALL), at;

		if (n != (ssize_t)want) {
			fail_errno(res, "receive from %s after %llu bytes: %zd of %zu",
				   WIRE_NET_PEER, (unsigned long long)done, n,
				   want);
			return false;
		}
		at = pattern_mismatch(seed + WIRE_NET_RECEIVED, done, chunk, n);
		if (at >= 0) {
			fail(res, "received data differ at byte %llu",
			     (unsigned long long)done + at);
			return false;
		}
		if (!digest_update(d, res, chunk, n))
			return false;
		done += n;
		res->bytes += n;
	}
	return true;
}

typedef bool stream_fn(uint64_t seed, struct result *res, int fd,
		       struct digest *d);

static bool summed(uint64_t seed, unsigned int n, struct result *res, int fd,
		   stream_fn *stream, const char *format)
{
	struct digest d;
	char name[32];

	snprintf(name, sizeof(name), format, n);
	return digest_open(&d, res) &&
	       digest_close(&d, res, name, stream(seed, res, fd, &d));
}

bool net_talk(uint64_t seed, unsigned int n, struct result *res)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool good = false;

	/* a peer that closes is an error of write() */
	signal(SIGPIPE, SIG_IGN);
	seed += n * WIRE_NET_SEED;
	if (connect_peer(fd, n))
		good = summed(seed, n, res, fd, send_stream, WIRE_SUM_NET_SENT) &&
		       summed(seed, n, res, fd, receive_stream,
			      WIRE_SUM_NET_RECEIVED);
	else
		fail_errno(res, "connect to %s", WIRE_NET_PEER);
	close(fd);
	return good;
}

static void test_net(const struct lab *lab, struct result *res)
{
	if (net_up(res) && net_talk(lab->seed, 0, res))
		pass(res, "TCP both ways compared");
}
TEST("net", test_net)
