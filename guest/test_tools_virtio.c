// SPDX-License-Identifier: GPL-2.0
/*
 * The programs of tools/virtio, on the kernel of the variant vhost. virtio_test has
 * its buffers taken by the module vhost_test, vhost_net_test sends and receives by
 * vhost_net and a tap; the others have both ends of the ring in themselves. Each
 * must end as its row says, and say so. Two are there once more with a wrong ring.
 *
 * Not run: vhost_net_test --no-virtio-1. It gives the tap a header of 12 bytes, and
 * vhost_net takes one of 10 without VERSION_1, so that it drops all, on any kernel.
 * vringh_test --slow-range: it has an iovec for each byte of 256 pages of 64 KiB.
 */
#include <signal.h>
#include <sys/syscall.h>

#include "programs.h"

#define MODULE_DIR	"/module"
#define MODULE		MODULE_DIR "/vhost_test.ko"

#define DEADLINE_S	1200
#define RUN_S		120
#define HANG_S		10

/* All that were given have come back. */
#define TAKEN		"completed=0x1000"
/* Its two ends on two CPUs. */
#define RING		" --host-affinity 0 --guest-affinity 1 --run-cycles 10000"
#define SENT		"TX spurious wakeups: 0x"

static const struct run {
	const char *command;
	const char *said;	/* must be in its output; NULL: nothing */
	int signal;		/* that must end it; 0: none, and status 0 */
} runs[] = {
	{ "virtio_test", TAKEN },
	{ "virtio_test --no-indirect", TAKEN },
	{ "virtio_test --no-event-idx", TAKEN },
	{ "virtio_test --no-virtio-1", TAKEN },
	{ "virtio_test --delayed-interrupt", TAKEN },
	{ "virtio_test --batch=32", TAKEN },
	{ "virtio_test --batch=random", TAKEN },
	{ "virtio_test --batch=random --delayed-interrupt --no-event-idx", TAKEN },
	{ "virtio_test --batch=random --reset=100", TAKEN },
	{ "vhost_net_test --buf-num=256", SENT },
	{ "vhost_net_test --buf-num=256 --no-indirect", SENT },
	{ "vhost_net_test --buf-num=256 --no-event-idx", SENT },
	{ "vhost_net_test --buf-num=256 --delayed-interrupt", SENT },
	{ "vringh_test" },
	{ "vringh_test --virtio-1 --indirect --eventidx" },
	{ "dma_test", "ok: use after unmap is noticed" },
	{ "ring" RING, NULL },
	{ "ring" RING " --sleep --relax", NULL },
	{ "virtio_ring_0_9" RING, NULL },
	{ "virtio_ring_poll" RING, NULL },
	{ "virtio_ring_inorder" RING, NULL },
	{ "ptr_ring" RING, NULL },
	{ "noring" RING, NULL },
	{ "control/virtio_test", NULL, SIGALRM },
	{ "control/vhost_net_test --buf-num=1", "len == TEST_BUF_LEN + HDR_LEN", SIGABRT },
};

static bool load_module(struct result *res)
{
	int fd;

	if (!host_dir_mount("module", MODULE_DIR, res))
		return false;
	fd = open(MODULE, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || syscall(SYS_finit_module, fd, "", 0))
		return fail_errno(res, "load " MODULE);
	close(fd);
	return true;
}

static bool has_said(const char *words)
{
	FILE *f = program_output();
	char line[256];
	bool found = false;

	while (f && !found && fgets(line, sizeof(line), f))
		found = strstr(line, words);
	if (f)
		fclose(f);
	return found;
}

/* True if it ended as it must, within its time. */
static bool run(const struct run *r, struct result *res)
{
	char command[128];
	int status;

	snprintf(command, sizeof(command), "/programs/%s", r->command);
	ktap_comment("%s", r->command);
	status = program_run("/", command, r->signal ? HANG_S : RUN_S);
	program_print();
	if ((status & 0x7f) != r->signal || (!r->signal && status))
		return fail(res, "%s ended with status 0x%x", r->command, status);
	return !r->said || has_said(r->said) ||
	       fail(res, "%s did not say '%s'", r->command, r->said);
}

static bool test_tools_virtio(const struct lab *lab, struct result *res)
{
	size_t i;

	if (!host_dir_mount("programs", "/programs", res) || !load_module(res))
		return false;
	for (i = 0; i < sizeof(runs) / sizeof(runs[0]); i++)
		if (!run(&runs[i], res))
			return false;
	return pass(res, "%zu runs", i);
}
TEST("tools-virtio", test_tools_virtio, DEADLINE_S)
