// SPDX-License-Identifier: GPL-2.0
/*
 * The guest's only program: mounts what it needs, runs the tests that it is asked
 * for, each in a process of its own and against a deadline, and powers the guest off.
 */
#include <dirent.h>
#include <limits.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>

#include "lab.h"

/* Long: emulation on a busy machine. The runner's limit is longer; --slow is for both. */
#define DEADLINE_S	120

#define CCW_DEVICES	"/sys/bus/ccw/drivers/virtio_ccw"

/* Where the linker has the pointers of all TEST()s. */
extern const struct test *const __start_lab_tests[], *const __stop_lab_tests[];

static void mount_all(void)
{
	static const struct {
		const char *type, *dir;
	} mounts[] = {
		{ "proc", "/proc" },
		{ "sysfs", "/sys" },
		{ "devtmpfs", "/dev" },
		{ "debugfs", "/sys/kernel/debug" },
	};
	size_t i;

	mkdir("/mnt", 0755);
	for (i = 0; i < sizeof(mounts) / sizeof(mounts[0]); i++) {
		mkdir(mounts[i].dir, 0755);
		if (mount(mounts[i].type, mounts[i].dir, mounts[i].type, 0,
			  NULL))
			fprintf(stderr, "mount %s: %s\n", mounts[i].dir,
				strerror(errno));
	}
}

/* The devices of channel I/O that the kernel's command line has wait: in their order. */
static void online_all(void)
{
	struct dirent **found;
	int i, n = scandir(CCW_DEVICES, &found, NULL, alphasort);
	char path[PATH_MAX];

	for (i = 0; i < n; i++) {
		snprintf(path, sizeof(path), CCW_DEVICES "/%s/online", found[i]->d_name);
		if (!access(path, W_OK))
			write_text(path, "1");
	}
}

/*
 * True if the child has ended by the deadline. Sleeps until then, so that nothing
 * disturbs what the child counts; SIGCHLD is blocked.
 */
static bool wait_for(pid_t pid, int *status, int seconds)
{
	time_t end = time(NULL) + seconds, now;
	sigset_t child;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	while (waitpid(pid, status, WNOHANG) != pid) {
		struct timespec left = { 0 };

		now = time(NULL);
		if (now > end)
			return false;
		left.tv_sec = end - now + 1;
		sigtimedwait(&child, NULL, &left);
	}
	return true;
}

static void block_sigchld(bool block)
{
	sigset_t child;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(block ? SIG_BLOCK : SIG_UNBLOCK, &child, NULL);
}

static void run(const struct test *test, unsigned int number,
		const struct lab *lab, struct result *res)
{
	int deadline = (test->deadline_s ? test->deadline_s : DEADLINE_S) *
		       lab->slow;
	int status = 0;
	pid_t pid;

	memset(res, 0, sizeof(*res));
	fail(res, "the test ended without a result");
	pid = fork();
	if (!pid) {
		block_sigchld(false);
		test->run(lab, res);
		_exit(0);
	}
	if (pid < 0) {
		fail_errno(res, "fork");
	} else if (!wait_for(pid, &status, deadline)) {
		kill(pid, SIGKILL);
		wait_for(pid, &status, 2);
		fail(res, "no end within %d s", deadline);
	} else if (WIFSIGNALED(status)) {
		fail(res, "the test died of signal %d", WTERMSIG(status));
	}
	ktap_print("%s %u %s # bytes=%llu %s", res->ok ? "ok" : "not ok", number,
		   test->name, (unsigned long long)res->bytes, res->note);
}

/* A name that nobody knows is a failure: nothing is left out in silence. */
static bool test_unknown(const struct lab *lab, struct result *res)
{
	return fail(res, "the guest has no such test: a TEST() of that name in guest/ makes one");
}

static void run_named(const char *name, unsigned int number,
		      const struct lab *lab, struct result *res)
{
	const struct test unknown = { name, test_unknown, 0 };
	const struct test *const *test = __start_lab_tests;

	while (test < __stop_lab_tests && strcmp((*test)->name, name))
		test++;
	run(test < __stop_lab_tests ? *test : &unknown, number, lab, res);
}

static unsigned int count_words(const char *text)
{
	unsigned int n = 1;

	for (; *text; text++)
		n += *text == ',';
	return n;
}

static void run_all(const struct lab *lab)
{
	/* Shared with the children: a test's result outlives its process. */
	struct result *res = mmap(NULL, sizeof(*res), PROT_READ | PROT_WRITE,
				  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	char *rest = strdup(lab->tests), *name;
	unsigned int number = 1;

	if (res == MAP_FAILED || !rest) {
		ktap_comment("no memory: %s", strerror(errno));
		return;
	}
	ktap_print("KTAP version 1");
	ktap_print("1..%u", count_words(rest));
	while ((name = strsep(&rest, ",")))
		run_named(name, number++, lab, res);
	ktap_comment("lab: done");
}

/* What the host types must not be printed between the lines of a test. */
static void no_echo(void)
{
	struct termios t;

	if (tcgetattr(STDIN_FILENO, &t))
		return;
	t.c_lflag &= ~(ECHO | ECHONL);
	tcsetattr(STDIN_FILENO, TCSANOW, &t);
}

int main(void)
{
	struct utsname uts = { 0 };
	char cmdline[2048] = "";
	struct lab lab;

	mount_all();
	online_all();
	no_echo();
	block_sigchld(true);
	if (!ktap_open())
		fprintf(stderr, "open /dev/kmsg: %s\n", strerror(errno));
	read_text("/proc/cmdline", cmdline, sizeof(cmdline));
	lab_parse(&lab, cmdline);
	uname(&uts);
	ktap_comment("release %s", uts.release);
	run_all(&lab);
	sync();
	reboot(RB_POWER_OFF);
	return 1;
}
