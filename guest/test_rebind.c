// SPDX-License-Identifier: GPL-2.0
/*
 * Each virtio device is bound to its driver and unbound again. `rebind` does so while it is
 * used; `starve` without one of the allocations that it takes to bind, use and unbind it: each
 * of them, or lab.tries of them. What the devices had in the pool and of shared pages has
 * come back then.
 */
#include <glob.h>
#include <libgen.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "lies.h"
#include "swiotlb.h"
#include "wire/pattern.h"

#define DRIVER		"/sys/bus/pci/drivers/virtio-pci/"
#define ROUNDS		10
#define ROUND_US	100000
#define WORKERS		2
#define MANY		1000000
#define DATA_BYTES	65536
#define PATIENCE_S	30
#define TEST_S		7200

struct device {
	const struct lab *lab;
	struct result *res;
	char *address, *driver;
	const struct lies_use *use;
	pid_t workers[WORKERS];
	unsigned long slots, pages, failed;
	bool good;	/* data are, or who asked was told of an error */
};

static const struct {
	const char *driver;
	const struct lies_use *use;
} uses[] = {
	{ "virtio_blk", &lies_blk },
	{ "virtio_scsi", &lies_scsi },
	{ "virtio_net", &lies_net },
	{ "virtio_console", &lies_console },
	{ "virtio_rng", &lies_rng },
	{ "9pnet_virtio", &lies_9p },
	{ "virtio_input", &lies_input },
	{ "virtio_gpu", &lies_gpu },
};

static bool is_bound(struct device *d)
{
	char path[300];
	glob_t g = { 0 };
	bool bound;

	snprintf(path, sizeof(path), DRIVER "%s/virtio*/driver", d->address);
	bound = !glob(path, 0, NULL, &g);
	globfree(&g);
	return bound;
}

static const char *disk(struct device *d)
{
	return d->use == &lies_blk ? "/dev/vda" : d->use == &lies_scsi ? "/dev/sda" : NULL;
}

/* One SCSI disk is looked for, not 256 (scsi_mod.scan=manual): an unbind waits for that. */
static bool bind(struct device *d)
{
	bool good = write_text(DRIVER "bind", d->address) && is_bound(d);
	int fd = -1, i;

	if (good && d->use == &lies_scsi)
		good = write_text("/sys/class/scsi_host/host0/scan", "0 0 0");
	for (i = 0; good && disk(d) && fd < 0 && i < 200; i++) {
		fd = open(disk(d), O_RDONLY | O_CLOEXEC);
		if (fd < 0)
			usleep(50000);
	}
	if (fd >= 0)
		close(fd);
	return good || fail_errno(d->res, "%s does not come back", d->driver);
}

static bool unbind(struct device *d)
{
	char path[300];

	write_text(DRIVER "unbind", d->address);
	snprintf(path, sizeof(path), DRIVER "%s", d->address);
	return access(path, F_OK) || fail(d->res, "%s stays", d->driver);
}

/* With the device unbound, as start() had it. */
static bool is_level(struct device *d)
{
	time_t end = time(NULL) + PATIENCE_S * d->lab->slow;
	unsigned long slots, pages;

	do {
		usleep(100000);
		if (!swiotlb_count(&slots, &pages, d->res))
			return false;
		if (slots <= d->slots && pages <= d->pages)
			return true;
	} while (time(NULL) < end);
	return fail(d->res, "%s: %lu slots are used, before it were %lu; %lu pages shared, %lu",
		    d->driver, slots, d->slots, pages, d->pages);
}

/* Twice, so that what is kept for good is there. */
static bool start(struct device *d)
{
	if (!unbind(d) || !bind(d) || !unbind(d))
		return false;
	sleep(1);
	return swiotlb_count(&d->slots, &d->pages, d->res);
}

/* Writes and reads a disk past the cache: all or an error, and then what was written. */
static bool transfer(struct device *d, unsigned int n)
{
	static char was[DATA_BYTES] __attribute__((aligned(65536)));
	static char is[DATA_BYTES] __attribute__((aligned(65536)));
	int fd = open(disk(d), O_RDWR | O_DIRECT | O_CLOEXEC);
	bool done;

	pattern_fill(n, 0, was, DATA_BYTES);
	done = fd >= 0 && pwrite(fd, was, DATA_BYTES, 0) == DATA_BYTES &&
	       pread(fd, is, DATA_BYTES, 0) == DATA_BYTES;
	d->good = done ? !memcmp(is, was, DATA_BYTES) : errno == ENOMEM || errno == EIO;
	if (fd >= 0)
		close(fd);
	return done;
}

static bool is_good(struct device *d)
{
	return !disk(d) || (d->good && transfer(d, 0) && d->good) ||
	       fail_errno(d->res, "%s: data are not right", d->driver);
}

/* Each virtio device in turn. @res says what is wrong with one. */
static bool each_device(struct device *d, bool (*test)(struct device *d))
{
	glob_t g = { 0 };
	size_t i, u;

	if (glob(DRIVER "*/virtio*/driver", 0, NULL, &g))
		return fail(d->res, "no virtio device");
	for (i = 0; i < g.gl_pathc; i++) {
		d->driver = basename(realpath(g.gl_pathv[i], NULL));
		d->address = strtok(g.gl_pathv[i] + strlen(DRIVER), "/");
		d->use = NULL;
		d->good = true;
		for (u = 0; u < sizeof(uses) / sizeof(*uses); u++)
			if (!strcmp(d->driver, uses[u].driver))
				d->use = uses[u].use;
		if (!d->use)
			return fail(d->res, "what is %s used for?", d->driver);
		if (!start(d) || !test(d) || !is_level(d) || !bind(d) || !is_good(d))
			return false;
	}
	return true;
}

static void start_workers(struct device *d)
{
	int i;

	for (i = 0; i < WORKERS; i++)
		d->workers[i] = lies_user(d->use, d->lab->seed + i);
}

static void end_workers(struct device *d)
{
	int i;

	for (i = 0; i < WORKERS; i++)
		kill(d->workers[i], SIGKILL);
	for (i = 0; i < WORKERS; i++)
		waitpid(d->workers[i], NULL, 0);
}

/* Who waits for what is on the console if it takes too long. */
static pid_t start_watch(struct device *d)
{
	pid_t pid = fork_sure();

	if (!pid) {
		sleep(2 * PATIENCE_S * d->lab->slow);
		write_text("/proc/sysrq-trigger", "w");
		_exit(0);
	}
	return pid;
}

static bool rebind_device(struct device *d)
{
	pid_t watch = start_watch(d);
	bool good = true;
	int i;

	start_workers(d);
	for (i = 0; good && i < ROUNDS; i++) {
		good = bind(d);
		usleep(ROUND_US);
		good = good && unbind(d);
	}
	end_workers(d);
	kill(watch, SIGKILL);
	waitpid(watch, NULL, 0);
	return good;
}

static bool test_rebind(const struct lab *lab, struct result *res)
{
	struct device d = { .lab = lab, .res = res };

	return each_device(&d, rebind_device) && pass(res, "%d times each", ROUNDS);
}
TEST("rebind", test_rebind, TEST_S)

/* /proc/self/fail-nth, open: to open it takes memory. */
static int nth;

/* The next @n-th allocation, or request to a disk, of this process fails; 0: none. */
static void set_nth(unsigned int n)
{
	dprintf(nth, "%u", n);
}

/* How many there would have to be yet; 0: it has failed. None will any more. */
static unsigned int get_left(void)
{
	char left[16] = "";

	pread(nth, left, sizeof(left) - 1, 0);
	set_nth(0);
	return atoi(left);
}

static void try_bind(struct device *d, unsigned int n)
{
	write_text(DRIVER "bind", d->address);
}

static void try_unbind(struct device *d, unsigned int n)
{
	write_text(DRIVER "unbind", d->address);
}

static void try_use(struct device *d, unsigned int n)
{
	srandom(1);
	d->use->use();
}

static void try_transfer(struct device *d, unsigned int n)
{
	transfer(d, n);
}

/*
 * @before each try, which may end as it likes, and @after it, all goes well. The first one
 * is of an allocation that there is not, and tells how many there are.
 */
static bool try_all(struct device *d, const char *what,
		    void (*try)(struct device *d, unsigned int n),
		    bool (*before)(struct device *d), bool (*after)(struct device *d))
{
	unsigned int n = MANY, step = 1, all = 0, hits = 0, left;

	do {
		if (before && !before(d))
			return false;
		set_nth(n);
		try(d, n);
		left = get_left();
		if (after && !after(d))
			return false;
		hits += !left;
		if (n == MANY) {
			all = MANY - left;
			step = d->lab->tries ? all / d->lab->tries + 1 : 1;
			n = 1;
		} else {
			n += step;
		}
	} while (n <= all);
	d->failed += hits;
	ktap_comment("%s: %u of %u to %s have failed", d->driver, hits, all, what);
	return hits || fail(d->res, "%s: nothing has failed", d->driver);
}

/* Requests fail, too. */
static bool starve_disk(struct device *d)
{
	char path[64];

	snprintf(path, sizeof(path), "/sys/block/%s/make-it-fail", disk(d) + strlen("/dev/"));
	return (write_text(path, "1") || fail_errno(d->res, "%s", path)) &&
	       try_all(d, "transfer", try_transfer, NULL, is_good);
}

static bool starve_device(struct device *d)
{
	return try_all(d, "bind", try_bind, NULL, unbind) &&
	       try_all(d, "unbind", try_unbind, bind, unbind) && bind(d) &&
	       try_all(d, "use", try_use, NULL, NULL) &&
	       (!disk(d) || starve_disk(d)) &&
	       unbind(d);
}

static unsigned long long address(const char *name)
{
	unsigned long long at = 0;
	char is[200] = "";
	FILE *f = fopen("/proc/kallsyms", "r");

	while (f && strcmp(is, name) && fscanf(f, "%llx %*c %199s%*[^\n]", &at, is) == 2)
		;
	if (f)
		fclose(f);
	return strcmp(is, name) ? 0 : at;
}

static bool knob(const char *fault, const char *name, unsigned long long value,
		 struct result *res)
{
	char path[100], text[32];

	snprintf(path, sizeof(path), "/sys/kernel/debug/%s/%s", fault, name);
	snprintf(text, sizeof(text), "%llu", value);
	return write_text(path, text) || fail_errno(res, "%s", path);
}

/* Any, but for those of fs/proc/generic.c: an interrupt without its file there is a warning. */
static bool choose(const char *fault, struct result *res)
{
	return knob(fault, "verbose", 0, res) && knob(fault, "ignore-gfp-wait", 0, res) &&
	       knob(fault, "stacktrace-depth", 32, res) &&
	       knob(fault, "reject-start", address("__proc_create"), res) &&
	       knob(fault, "reject-end", address("remove_proc_entry"), res);
}

static bool test_starve(const struct lab *lab, struct result *res)
{
	struct device d = { .lab = lab, .res = res };

	nth = open("/proc/self/fail-nth", O_RDWR | O_CLOEXEC);
	if (nth < 0)
		return fail_errno(res, "has the kernel CONFIG_FAULT_INJECTION=y?");
	return choose("failslab", res) && choose("fail_page_alloc", res) &&
	       knob("fail_page_alloc", "min-order", 0, res) &&
	       knob("fail_page_alloc", "ignore-gfp-highmem", 0, res) &&
	       knob("fail_make_request", "verbose", 0, res) &&
	       each_device(&d, starve_device) && pass(res, "%lu have failed", d.failed);
}
TEST("starve", test_starve, TEST_S)
