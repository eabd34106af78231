// SPDX-License-Identifier: GPL-2.0
/*
 * virtio-net with a pair of queues for each CPU: a connection from each of them, all
 * at once. What was agreed on is said, and must be what the device does.
 */
#include <linux/virtio_net.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "lab.h"
#include "wire/wire.h"

#define NETDEV	"/sys/class/net/eth0/"
/* Fewer interrupts than this may come of ARP, or of what comes before the first answer. */
#define USED	20

static bool talk(const struct lab *lab, unsigned int n, struct result *res)
{
	bool one = !strcmp(lab->plant, WIRE_PLANT_ONE_CPU);
	cpu_set_t cpu;

	CPU_ZERO(&cpu);
	CPU_SET(one ? 0 : n, &cpu);
	if (sched_setaffinity(0, sizeof(cpu), &cpu))
		return fail_errno(res, "run on CPU %u", n);
	return net_talk(lab->seed, n, res) && pass(res, "compared");
}

/* One result for each connection. */
static bool talk_all(const struct lab *lab, struct result *res)
{
	struct result *all = mmap(NULL, WIRE_NET_QUEUES * sizeof(*all),
				  PROT_READ | PROT_WRITE,
				  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	unsigned int i;

	if (all == MAP_FAILED)
		return fail_errno(res, "mmap");
	for (i = 0; i < WIRE_NET_QUEUES; i++) {
		fail(&all[i], "connection %u ended without a result", i);
		if (!fork_sure()) {
			talk(lab, i, &all[i]);
			_exit(0);
		}
	}
	while (wait(NULL) > 0)
		;
	for (i = 0; i < WIRE_NET_QUEUES && all[i].ok; i++)
		res->bytes += all[i].bytes;
	return i == WIRE_NET_QUEUES || fail(res, "connection %u: %.200s", i, all[i].note);
}

/* The interrupts of a queue, on all CPUs; 0: there is no such queue. */
static unsigned long interrupts(const char *way, unsigned int queue)
{
	FILE *file = fopen("/proc/interrupts", "re");
	unsigned long cpu[WIRE_NET_QUEUES], sum = 0;
	char line[512], name[32];

	snprintf(name, sizeof(name), "-%s.%u\n", way, queue);
	while (file && !sum && fgets(line, sizeof(line), file))
		if (strstr(line, name) &&
		    sscanf(line, "%*[ 0-9]:%lu%lu%lu%lu", &cpu[0], &cpu[1],
			   &cpu[2], &cpu[3]) == WIRE_NET_QUEUES)
			sum = cpu[0] + cpu[1] + cpu[2] + cpu[3];
	if (file)
		fclose(file);
	return sum;
}

static bool used(struct result *res)
{
	unsigned int i;

	for (i = 0; i < WIRE_NET_QUEUES; i++) {
		unsigned long in = interrupts("input", i);
		unsigned long out = interrupts("output", i);

		ktap_comment("queues %u: %lu interrupts in, %lu out", i, in, out);
		if (in < USED || out < USED)
			return fail(res,
				    "queue pair %u is not used: %lu interrupts in, %lu out",
				    i, in, out);
	}
	return true;
}

static bool agreed(unsigned int feature)
{
	char features[256] = "";

	read_text(NETDEV "device/features", features, sizeof(features));
	return features[feature] == '1';
}

/* Without TSO no packet is larger than the MTU, with it most are. */
static bool packets_fit(bool tso, const char *way, struct result *res)
{
	unsigned long least = WIRE_NET_QUEUES * WIRE_NET_BYTES / read_number(NETDEV "mtu");
	char path[64];
	unsigned long packets;

	snprintf(path, sizeof(path), NETDEV "statistics/%s_packets", way);
	packets = read_number(path);
	ktap_comment("%s: %lu packets, %lu of a whole MTU", way, packets, least);
	return tso == (packets < least) ||
	       fail(res, "TSO is %s: %s %lu packets, of a whole MTU it is %lu",
		    tso ? "on" : "off", way, packets, least);
}

static bool test_tap(const struct lab *lab, struct result *res)
{
	bool sends = agreed(VIRTIO_NET_F_HOST_TSO4);
	bool receives = agreed(VIRTIO_NET_F_GUEST_TSO4);

	return net_up(res) && talk_all(lab, res) && used(res) &&
	       packets_fit(sends, "tx", res) && packets_fit(receives, "rx", res) &&
	       pass(res, "MTU %lu, TSO %s, mergeable buffers %s", read_number(NETDEV "mtu"),
		    sends && receives ? "on" : sends || receives ? "one way" : "off",
		    agreed(VIRTIO_NET_F_MRG_RXBUF) ? "on" : "off");
}
TEST("tap", test_tap)
