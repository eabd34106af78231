// SPDX-License-Identifier: GPL-2.0
/*
 * The rings of a network card are made anew, larger and smaller, while TCP goes both
 * ways through them: what was in them is sent again.
 */
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "lab.h"

#define IFNAME	"eth0"
#define LEAST	64

static bool resize(int fd, unsigned int size)
{
	struct ethtool_ringparam ring = { .cmd = ETHTOOL_GRINGPARAM };
	struct ifreq ifr = { .ifr_name = IFNAME, .ifr_data = (void *)&ring };

	if (ioctl(fd, SIOCETHTOOL, &ifr))
		return false;
	ring.cmd = ETHTOOL_SRINGPARAM;
	ring.rx_pending = size;
	ring.tx_pending = size;
	return !ioctl(fd, SIOCETHTOOL, &ifr);
}

static bool test_rings(const struct lab *lab, struct result *res)
{
	struct result *talk = mmap(NULL, sizeof(*talk), PROT_READ | PROT_WRITE,
				   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), status;
	unsigned int n = 0;
	pid_t pid;

	if (!net_up(res))
		return false;
	pid = fork_sure();
	if (!pid)
		_exit(!net_talk(lab->seed, 0, talk));
	while (!waitpid(pid, &status, WNOHANG)) {
		if (!resize(fd, n++ & 1 ? LEAST : 2 * LEAST))
			return fail_errno(res, "resize the rings");
		usleep(10000);
	}
	res->bytes = talk->bytes;
	if (status)
		return fail(res, "%s", talk->note);
	return pass(res, "TCP both ways compared, rings made anew %u times", n);
}
TEST("rings", test_rings)
