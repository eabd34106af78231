// SPDX-License-Identifier: GPL-2.0
/*
 * A device that lies (x-lies of QEMU) and its driver: workers use it, it is taken away
 * and given again, until QEMU has told as many lies as the row asks for. Whatever
 * the workers are told is right. Nothing may hang once the device is away; what else
 * is wrong the kernel says itself.
 */
#include <dirent.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "lies.h"

#define WORKERS		4
#define ROUND_MS	2000
#define PATIENCE_S	90
#define TEST_S		7200

static time_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

/* The only virtio device on the bus: its address. */
static bool find_pci(char *address, size_t size)
{
	DIR *dir = opendir("/sys/bus/pci/devices");
	struct dirent *e;
	bool found = false;

	while (dir && !found && (e = readdir(dir))) {
		char path[300], vendor[16];

		snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/vendor", e->d_name);
		found = read_text(path, vendor, sizeof(vendor)) &&
			!strcmp(vendor, "0x1af4");
		if (found)
			snprintf(address, size, "%s", e->d_name);
	}
	if (dir)
		closedir(dir);
	return found;
}

struct liar {
	const struct lab *lab;
	const struct lies_use *use;
	char address[256];
	pid_t workers[WORKERS];
	unsigned int rounds;
};

static void kill_workers(struct liar *l)
{
	int i;

	for (i = 0; i < WORKERS; i++)
		if (l->workers[i])
			kill(l->workers[i], SIGKILL);
}

/* False if it has no end in time; who waits for what is on the console then. */
static bool ends(pid_t pid, time_t end)
{
	while (waitpid(pid, NULL, WNOHANG) != pid) {
		if (now() > end) {
			write_text("/proc/sysrq-trigger", "w");
			return false;
		}
		usleep(5000);
	}
	return true;
}

/*
 * Writes @text to a file of sysfs in a process of its own; false if that has no end,
 * not even when nobody uses the device any more.
 */
static bool write_in_time(struct liar *l, const char *path, const char *text)
{
	time_t start = now();
	pid_t pid = fork_sure();

	if (!pid) {
		write_text(path, text);
		_exit(0);
	}
	while (waitpid(pid, NULL, WNOHANG) != pid) {
		if (now() - start > 10) {
			kill_workers(l);
			return ends(pid, start + PATIENCE_S * l->lab->slow);
		}
		usleep(5000);
	}
	return true;
}

/* By the driver, or by the slot as if it were pulled out. */
static bool take(struct liar *l)
{
	char path[300];

	if (l->rounds & 1)
		return write_in_time(l, "/sys/bus/pci/drivers/virtio-pci/unbind", l->address);
	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/remove", l->address);
	return write_in_time(l, path, "1");
}

static bool give(struct liar *l)
{
	return write_in_time(l, "/sys/bus/pci/rescan", "1") &&
	       write_in_time(l, "/sys/bus/pci/drivers/virtio-pci/bind", l->address);
}

static void start_workers(struct liar *l)
{
	int i;

	for (i = 0; i < WORKERS; i++)
		l->workers[i] = lies_user(l->use, l->lab->seed + l->rounds * WORKERS + i);
}

static bool end_workers(struct liar *l)
{
	time_t end = now() + PATIENCE_S * l->lab->slow;
	int i;

	kill_workers(l);
	for (i = 0; i < WORKERS; i++) {
		if (!ends(l->workers[i], end))
			return false;
		l->workers[i] = 0;
	}
	return true;
}

static void pass_time(const struct liar *l)
{
	int i;

	for (i = 0; i < ROUND_MS; i += 100) {
		if (l->use->ask)
			ask_host(l->use->ask);
		usleep(100000);
	}
}

static bool rounds(struct liar *l, struct result *res)
{
	time_t start = now();
	unsigned long told = 0;

	while (told < l->lab->lies && (!l->lab->seconds || now() - start < l->lab->seconds)) {
		start_workers(l);
		pass_time(l);
		if (!take(l))
			return fail(res, "the driver has no end, after %lu lies", told);
		if (!end_workers(l))
			return fail(res, "a process has no end without the device, after %lu lies",
				    told);
		if (!ask_number("lies", &told))
			return fail(res, "the host does not count lies");
		l->rounds++;
		if (!(l->rounds % 10))
			ktap_comment("%lu lies in %u rounds", told, l->rounds);
		if (!give(l))
			return fail(res, "the driver has no beginning, after %lu lies", told);
	}
	return pass(res, "%lu lies in %u rounds, %ld s", told, l->rounds,
		    (long)(now() - start));
}

static bool lies(const struct lies_use *use, const struct lab *lab, struct result *res)
{
	struct liar l = { .lab = lab, .use = use };

	if (!find_pci(l.address, sizeof(l.address)))
		return fail(res, "no virtio device on the bus");
	/* It does so when it is reset for the next time. */
	if ((use->patient && !ask_host("none-lost")) || !ask_host("lie"))
		return fail(res, "the device does not learn to lie");
	return rounds(&l, res);
}

#define LIES(name) \
	static bool test_##name(const struct lab *lab, struct result *res) \
	{ \
		return lies(&lies_##name, lab, res); \
	} \
	TEST("lies-" #name, test_##name, TEST_S)
LIES(blk)
LIES(scsi)
LIES(net)
LIES(console)
LIES(rng)
LIES(9p)
LIES(input)
LIES(gpu)
