// SPDX-License-Identifier: GPL-2.0
/*
 * The kselftest of the series, dma_mode. Each of its results must be a plain "ok":
 * one that was left out is a failure here. What it says of each device with a driver
 * must be the mode that the row names.
 *
 * As a control, lab.plant= has it see a mode that is not so, or no kernel log.
 */
#include <sys/mount.h>
#include <sys/stat.h>

#include "programs.h"
#include "wire/wire.h"

#define DEVICE	"/sys/bus/virtio/devices/virtio0/dma_mode"
#define CLAIM	"/claim"

struct results {
	unsigned int planned, ok, devices, wrong;
};

static void count(const char *line, const char *mode, struct results *r)
{
	char said[64];

	if (sscanf(line, "1..%u", &r->planned) == 1)
		return;
	if (!strncmp(line, "ok ", 3) && !strstr(line, "# SKIP"))
		r->ok++;
	if (sscanf(line, "# virtio%*u: %63[^\n]", said) == 1) {
		join_words(said);
		r->devices += strcmp(said, "none") != 0;
		r->wrong += strcmp(said, "none") && strcmp(said, mode);
	}
}

static bool judge(int status, const char *mode, struct result *res)
{
	struct results r = { 0 };
	FILE *f = program_output();
	char line[256];

	while (f && fgets(line, sizeof(line), f))
		count(line, mode, &r);
	if (status)
		return fail(res, "dma_mode ended with status 0x%x", status);
	if (!r.planned || r.ok != r.planned)
		return fail(res, "dma_mode: %u of %u are ok", r.ok, r.planned);
	if (!r.devices || r.wrong)
		return fail(res, "dma_mode: %u of %u devices are not in mode %s", r.wrong,
			    r.devices, mode);
	return pass(res, "%u results of %u devices", r.ok, r.devices);
}

/* The first device is said to be in @mode, and anybody may write that. */
static bool claim(const char *mode, struct result *res)
{
	int fd = open(CLAIM, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);

	close(fd);
	return (write_text(CLAIM, mode) && !chmod(CLAIM, 0666) &&
		!mount(CLAIM, DEVICE, NULL, MS_BIND, NULL)) ||
	       fail_errno(res, "claim mode %s", mode);
}

static bool test_kselftest(const struct lab *lab, struct result *res)
{
	int status;

	if (!host_dir_mount("programs", "/programs", res))
		return false;
	if (!strcmp(lab->plant, WIRE_PLANT_NO_LOG))
		unlink("/dev/kmsg");
	else if (lab->plant[0] && !claim(lab->plant, res))
		return false;
	status = program_run("/", "/programs/dma_mode", 60);
	program_print();
	return judge(status, lab->mode, res);
}
TEST("kselftest", test_kselftest)
