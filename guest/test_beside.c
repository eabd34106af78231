// SPDX-License-Identifier: GPL-2.0
/*
 * What lies beside the data: of pages that are full of private data, a disk and a network
 * card are given a piece each, and small files are written from memory that held such
 * data before. Then the host looks for them in all shared pages.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/mount.h>
#include <sys/socket.h>

#include "canary.h"
#include "wire/wire.h"

#define DISK		"/dev/vda"
#define MNT		"/mnt"
#define PAGE		65536u
#define SECTOR		512u
#define MESSAGES	32
#define FILES		64

/* Below a slot's size, a block's, and what goes to the pool. */
static const unsigned int sizes[] = { SECTOR, 3584, 4096, 4608, 16384, 49152 };

/* Memory of user space, of pipes and of sockets has held it, and is free. */
static bool free_some(const char *page)
{
	bool good = canary_free();
	int fds[2], i;

	for (i = 0; good && i < 2 * MESSAGES; i++) {
		/* the kernel `run` has no such sockets */
		good = !(i & 1 ? pipe(fds) : socketpair(AF_UNIX, SOCK_STREAM, 0, fds)) ||
		       (errno == EAFNOSUPPORT && !pipe(fds));
		good = good && write(fds[1], page, PAGE) == PAGE;
		good = good && !close(fds[0]) && !close(fds[1]);
	}
	return good;
}

static bool write_files(void)
{
	char name[32];
	bool good = true;
	int fd, i;

	for (i = 0; good && i < FILES; i++) {
		snprintf(name, sizeof(name), MNT "/%d", i);
		fd = open(name, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
		good = write(fd, name, 1 + i % 8) == 1 + i % 8 && !fsync(fd) && !close(fd);
	}
	return good;
}

/* Pieces of @page, past the cache, and in packets that have the page itself. */
static bool give_pieces(char *page, bool planted)
{
	struct sockaddr_in peer = { .sin_family = AF_INET, .sin_port = htons(9) };
	int disk = open(MNT "/pieces", O_WRONLY | O_CREAT | O_DIRECT | O_CLOEXEC, 0600);
	int net = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), one = 1;
	bool good = disk >= 0 && !setsockopt(net, SOL_SOCKET, SO_ZEROCOPY, &one, sizeof(one));
	unsigned int i, size;
	char *piece;

	inet_pton(AF_INET, WIRE_NET_PEER, &peer.sin_addr);
	for (i = 0; good && i < sizeof(sizes) / sizeof(*sizes); i++) {
		size = sizes[i];
		piece = page + (PAGE - size) / 2 / SECTOR * SECTOR;
		canary_fill(page, PAGE);
		if (!planted)
			memset(piece, 'x', size);
		good = pwrite(disk, piece, size, PAGE * i) == size &&
		       sendto(net, piece, size, MSG_ZEROCOPY, (struct sockaddr *)&peer,
			      sizeof(peer)) == size;
		/* before the page is filled anew */
		usleep(100000);
	}
	return good && !close(disk) && !close(net);
}

static bool test_beside(const struct lab *lab, struct result *res)
{
	char *page = aligned_alloc(PAGE, PAGE);
	bool good;

	canary_fill(page, PAGE);
	if (mount(DISK, MNT, "ext4", MS_NOATIME, NULL))
		return fail_errno(res, "mount " DISK);
	good = free_some(page) && write_files() &&
	       give_pieces(page, !strcmp(lab->plant, WIRE_PLANT_SHOWN));
	if (!good)
		fail_errno(res, "write what is beside private data");
	else if (!ask_host("scan"))
		good = fail(res, "the host could not scan");
	if (umount(MNT) && good)
		return fail_errno(res, "umount " MNT);
	return good && pass(res, "%d files and %zu pieces written and sent", FILES,
			    sizeof(sizes) / sizeof(*sizes));
}
TEST("beside", test_beside)
