// SPDX-License-Identifier: GPL-2.0
/*
 * Real programs of a Debian userland on a second virtio-blk disk: fio verifies
 * what it writes there, iperf3 talks to a server on the host. They are run as a
 * user would, and it is their own exit status that counts.
 */
#include "userland.h"
#include "wire/wire.h"

#define DISK	"/dev/vdb"

static bool run(char *const argv[], struct result *res)
{
	if (!userland_run(argv, res))
		return false;
	userland_print();
	return true;
}

static bool test_fio(const struct lab *lab, struct result *res)
{
	/* random writes and reads in flight together, each block verified */
	static char *const argv[] = {
		"/usr/bin/fio", "--name=lab", "--filename=/lab.fio",
		"--size=32M", "--rw=randrw", "--bsrange=4k-128k",
		"--ioengine=libaio", "--iodepth=16", "--direct=1",
		"--verify=crc32c", "--verify_fatal=1", "--do_verify=1",
		"--end_fsync=1", "--output-format=terse", NULL
	};

	if (!userland_mount(DISK, false, res))
		return false;
	if (run(argv, res)) {
		res->bytes = 32 << 20;
		pass(res, "fio wrote, read and verified");
	}
	userland_umount();
	return res->ok;
}
TEST("fio", test_fio)

static bool test_iperf3(const struct lab *lab, struct result *res)
{
	/* as many bytes as the other network test, to the host and back */
	static char bytes[32], port[16];
	static char *const send[] = {
		"/usr/bin/iperf3", "-c", "10.0.2.2", "-p", port, "-n", bytes,
		"-f", "k", "-i", "0", NULL
	};
	static char *const receive[] = {
		"/usr/bin/iperf3", "-c", "10.0.2.2", "-p", port, "-n", bytes,
		"-f", "k", "-i", "0", "-R", NULL
	};

	if (!userland_mount(DISK, false, res))
		return false;
	snprintf(port, sizeof(port), "%s", lab->port);
	snprintf(bytes, sizeof(bytes), "%u", WIRE_NET_BYTES);
	if (net_up(res) && run(send, res) && run(receive, res)) {
		res->bytes = 2 * WIRE_NET_BYTES;
		pass(res, "iperf3 sent and received");
	}
	userland_umount();
	return res->ok;
}
TEST("iperf3", test_iperf3)
