// SPDX-License-Identifier: GPL-2.0
/*
 * A disk of channel I/O is plugged in, read by several processes, and pulled out under
 * them: their reads end, in an error, and when all is over no more is shared, and no more
 * of the pool is used, than before.
 */
#include <glob.h>
#include <sys/wait.h>
#include <time.h>

#include "lab.h"
#include "swiotlb.h"

#define DISK		"/dev/vda"
#define ONLINE		"/sys/bus/ccw/drivers/virtio_ccw/*/online"
#define READERS		8
#define READ		65536
#define ROUNDS		10
#define TEST_S		300
#define PATIENCE_S	20

/* What is not in use yet is set online. */
static void set_online(void)
{
	glob_t g = { 0 };
	size_t i;

	if (!glob(ONLINE, 0, NULL, &g))
		for (i = 0; i < g.gl_pathc; i++)
			if (!read_number(g.gl_pathv[i]))
				write_text(g.gl_pathv[i], "1");
	globfree(&g);
}

/* Until the disk is there, or gone. */
static bool wait_disk(bool there, const struct lab *lab)
{
	time_t end = time(NULL) + PATIENCE_S * lab->slow;

	while (!access(DISK, F_OK) != there && time(NULL) < end) {
		if (there)
			set_online();
		usleep(50000);
	}
	return !access(DISK, F_OK) == there;
}

static void read_on(void)
{
	int fd = open(DISK, O_RDONLY | O_DIRECT | O_CLOEXEC);
	char *buf = aligned_alloc(READ, READ);
	unsigned int n = 0;

	while (pread(fd, buf, READ, 0) == READ)
		n++;
	_exit(!n);
}

static bool plug(const struct lab *lab, struct result *res)
{
	int i, status;

	if (!ask_host("plug") || !wait_disk(true, lab))
		return fail(res, "no disk is there");
	for (i = 0; i < READERS; i++)
		if (!fork_sure())
			read_on();
	usleep(500000);
	if (!ask_host("unplug") || !wait_disk(false, lab))
		return fail(res, "the disk stays");
	for (i = 0; i < READERS; i++)
		if (wait(&status) < 0 || status)
			return fail(res, "a process has read nothing");
	return true;
}

static bool test_plug(const struct lab *lab, struct result *res)
{
	unsigned long used, shared, used_now, shared_now;
	int i;

	/* what is kept for good is there after the first */
	if (!plug(lab, res) || !swiotlb_count(&used, &shared, res))
		return false;
	for (i = 1; i < ROUNDS; i++)
		if (!plug(lab, res))
			return false;
	if (!swiotlb_count(&used_now, &shared_now, res))
		return false;
	if (used_now > used || shared_now > shared)
		return fail(res, "%lu slots used, at first %lu; %lu pages shared, %lu",
			    used_now, used, shared_now, shared);
	return pass(res, "plugged in and pulled out %d times", ROUNDS);
}
TEST("plug", test_plug, TEST_S)
