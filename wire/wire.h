/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the guest and the host must agree on: addresses, sizes, and which
 * seeded stream of data travels where. Both sides compile this file.
 */
#pragma once

#define WIRE_NET_GUEST	"10.0.2.15"
#define WIRE_NET_MASK	"255.255.255.0"
#define WIRE_NET_PEER	"10.0.2.100"
#define WIRE_NET_PORT	7000

/*
 * The pairs of queues of a tap, with a connection in each: their ports follow each
 * other, and the seeds of their data are so far apart.
 */
#define WIRE_NET_QUEUES	4
#define WIRE_NET_SEED	100

/* What the blk test writes, and the net test sends and receives. */
#define WIRE_BLK_BYTES	(64u << 20)
#define WIRE_NET_BYTES	(4u << 20)

/* One line of text each way over the virtio console, newline included. */
#define WIRE_TEXT_BYTES	2048

/* The file that the blk test leaves on the disk. */
#define WIRE_FILE	"lab.data"

/* A stream's data are pattern_fill() of (lab.seed + stream). */
enum wire_stream {
	WIRE_BLK,
	WIRE_NET_SENT,		/* guest to host */
	WIRE_NET_RECEIVED,	/* host to guest */
	WIRE_TEXT_SENT,
	WIRE_TEXT_RECEIVED,
	WIRE_SCSI,
	WIRE_SHARE_SENT,
	WIRE_SHARE_RECEIVED,
	WIRE_SCREEN,
};

/* The files of the 9p test: the host's for the guest, and the guest's. */
#define WIRE_SHARE_GIVEN	"given.data"
#define WIRE_SHARE_MADE		"made.data"
#define WIRE_SHARE_BYTES	(8u << 20)

/* The links of the virtiofs test, and what they hold. */
#define WIRE_LINK		"link-%u"
#define WIRE_LINKS		128u
#define WIRE_LINK_BYTES		2048
#define WIRE_LINKS_SEED		2000

/*
 * A secret of 16 bytes that fills private buffers: how much of it can be found
 * in shared pages? The reads that are in flight meanwhile, and their size.
 */
#define WIRE_CANARY		"canary-in-a-page"
#define WIRE_CANARY_BYTES	16
#define WIRE_CANARY_READS	16
#define WIRE_CANARY_READ	(128u << 10)

/*
 * What a guest is asked to do wrong (lab.fail=), so that it is seen that the host
 * notices; and what is planted (lab.plant=) that one of the tests must find.
 */
#define WIRE_FAIL_PANIC		"panic"
#define WIRE_FAIL_FREED		"use-after-free"
#define WIRE_FAIL_HANG		"hang"
#define WIRE_FAIL_TEST		"test"
#define WIRE_PLANT_COUNT	"count"		/* an instruction more than is said */
#define WIRE_PLANT_ONE_CPU	"cpu"		/* a queue for all connections */
#define WIRE_PLANT_NO_LOG	"kmsg"		/* no kernel log to read */
#define WIRE_PLANT_NONE		"none"		/* a dma_mode that is not so */
#define WIRE_PLANT_NOWHERE	"nowhere"	/* one that there is not */
#define WIRE_PLANT_SHOWN	"shown"		/* private data, given to a device */

/* The size of the encrypted disk. */
#define WIRE_CRYPT_BYTES	(8u << 20)

/* The sizes of a disk that is resized, as QMP reads them, too: 256 MiB and 160. */
#define WIRE_LARGER_BYTES	268435456
#define WIRE_SMALLER_BYTES	167772160

/* The size of a disk of zeroes, by which the guest knows it. */
#define WIRE_BUSY_BYTES		(16u << 20)

/* The soak test: how large a request is, and how often the disk is written. */
#define WIRE_SOAK_BLOCK		4096
#define WIRE_SOAK_PASSES	2
#define WIRE_SOAK_SEED(seed, pass)	((seed) + 1000 * (uint64_t)(pass))

/*
 * The network's benchmark: UDP between the guest and WIRE_NET_PEER, which has this
 * hardware address. A datagram starts with a struct wire_burst, in the guest's
 * byte order.
 */
#define WIRE_BENCH_PORT		7001
#define WIRE_BENCH_MAC		{ 0x52, 0x55, 0x0a, 0x00, 0x02, 0x64 }
#define WIRE_BENCH_MTU		65535
enum wire_burst_kind {
	WIRE_BURST_DATA,	/* to be counted */
	WIRE_BURST_SYNC,	/* answered with the count of these since the last */
	WIRE_BURST_SEND,	/* answered with @count datagrams of @bytes */
};
struct wire_burst {
	unsigned int kind, count, bytes, zero;
};

/*
 * Names in the guest's "# sum NAME DIGEST" lines. Those of disks, links and
 * the screen are those of their tests; of connections, with their number.
 */
#define WIRE_SUM_NET_SENT	"net-sent%u"
#define WIRE_SUM_NET_RECEIVED	"net-received%u"
#define WIRE_SUM_SHARE_SENT	"share-sent"
#define WIRE_SUM_SHARE_RECEIVED	"share-received"
#define WIRE_SUM_TEXT_SENT	"text-sent"
#define WIRE_SUM_TEXT_RECEIVED	"text-received"
