// SPDX-License-Identifier: GPL-2.0
#include <arpa/inet.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "tap.h"
#include "wire/netdev.h"

#define TUN	"/dev/net/tun"
#define NAME	"tap0"
/* As much as a guest can want: the lesser MTU of both ends is what TCP obeys. */
#define MTU	9000

static gboolean set_up(void)
{
	struct ifreq ifr = { .ifr_name = NAME, .ifr_mtu = MTU };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	gboolean good = !ioctl(fd, SIOCSIFMTU, &ifr) &&
			netdev_up(fd, NAME, WIRE_NET_PEER);

	close(fd);
	return good;
}

/* The first one makes the tap, the others join it. */
static int open_queue(void)
{
	struct ifreq ifr = {
		.ifr_name = NAME,
		.ifr_flags = IFF_TAP | IFF_NO_PI | IFF_VNET_HDR | IFF_MULTI_QUEUE,
	};
	int fd = open(TUN, O_RDWR | O_CLOEXEC);

	return fd < 0 || ioctl(fd, TUNSETIFF, &ifr) ? -1 : fd;
}

static int listen_at(guint16 port)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(port),
	};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	inet_pton(AF_INET, WIRE_NET_PEER, &address.sin_addr);
	return bind(fd, (struct sockaddr *)&address, sizeof(address)) ||
	       listen(fd, 1) ? -1 : fd;
}

static gboolean failed(const char *what, char **why)
{
	*why = g_strdup_printf("%s: %s", what, g_strerror(errno));
	return FALSE;
}

gboolean tap_make(int queues[WIRE_NET_QUEUES],
		  struct peer peers[WIRE_NET_QUEUES], char **why)
{
	int i;

	if (unshare(CLONE_NEWNET) && unshare(CLONE_NEWUSER | CLONE_NEWNET))
		return failed("make a network namespace", why);
	for (i = 0; i < WIRE_NET_QUEUES; i++) {
		queues[i] = open_queue();
		if (queues[i] < 0)
			return failed("make a tap with " TUN, why);
	}
	if (!set_up())
		return failed("bring " NAME " up", why);
	for (i = 0; i < WIRE_NET_QUEUES; i++) {
		peers[i].fd = listen_at(WIRE_NET_PORT + i);
		if (peers[i].fd < 0)
			return failed("listen at " WIRE_NET_PEER, why);
	}
	return TRUE;
}
