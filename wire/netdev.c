// SPDX-License-Identifier: GPL-2.0
#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/ioctl.h>

#include "netdev.h"
#include "wire.h"

static void set_addr(struct ifreq *ifr, const char *text)
{
	struct sockaddr_in *sin = (struct sockaddr_in *)&ifr->ifr_addr;

	memset(sin, 0, sizeof(*sin));
	sin->sin_family = AF_INET;
	inet_pton(AF_INET, text, &sin->sin_addr);
}

bool netdev_up(int fd, const char *name, const char *address)
{
	struct ifreq ifr = { 0 };

	strncpy(ifr.ifr_name, name, IFNAMSIZ - 1);
	set_addr(&ifr, address);
	if (ioctl(fd, SIOCSIFADDR, &ifr))
		return false;
	set_addr(&ifr, WIRE_NET_MASK);
	if (ioctl(fd, SIOCSIFNETMASK, &ifr) || ioctl(fd, SIOCGIFFLAGS, &ifr))
		return false;
	ifr.ifr_flags |= IFF_UP;
	return !ioctl(fd, SIOCSIFFLAGS, &ifr);
}
