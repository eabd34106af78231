// SPDX-License-Identifier: GPL-2.0
/*
 * Real programs of a Debian userland on a second virtio-blk disk: fio verifies
 * what it writes there, iperf3 talks to a server on the host. They are run as a
 * user would, and it is their own exit status that counts.
 */
#include "userland.h"
#include "wire/wire.h"

#define DISK	"/dev/vdb"

static bool test_fio(const struct lab *lab, struct result *res)
{
	if (!userland_mount(DISK, false, res))
		return false;
	/* random writes and reads in flight together, each block verified */
	if (userland_run(res, "/usr/bin/fio --name=lab --filename=/lab.fio --size=32M "
			 "--rw=randrw --bsrange=4k-128k --ioengine=libaio --iodepth=16 "
			 "--direct=1 --verify=crc32c --verify_fatal=1 --do_verify=1 "
			 "--end_fsync=1 --output-format=terse")) {
		res->bytes = 32 << 20;
		pass(res, "fio wrote, read and verified");
	}
	userland_umount();
	return res->ok;
}
TEST("fio", test_fio)

/* As many bytes as the other network test, to the host, or back with "-R". */
static bool iperf3(const struct lab *lab, const char *way, struct result *res)
{
	return userland_run(res, "/usr/bin/iperf3 -c 10.0.2.2 -p %s -n %u -f k -i 0%s",
			    lab->port, WIRE_NET_BYTES, way);
}

static bool test_iperf3(const struct lab *lab, struct result *res)
{
	if (!userland_mount(DISK, false, res))
		return false;
	if (net_up(res) && iperf3(lab, "", res) && iperf3(lab, " -R", res)) {
		res->bytes = 2 * WIRE_NET_BYTES;
		pass(res, "iperf3 sent and received");
	}
	userland_umount();
	return res->ok;
}
TEST("iperf3", test_iperf3)
