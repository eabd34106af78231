// SPDX-License-Identifier: GPL-2.0
/*
 * A session: a shell on a terminal, or a command between pipes, in a userland that is
 * the root of its own (svm-lab shell, svm-lab exec).
 */
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>

#include "stream.h"
#include "userland.h"

#define ROOT		USERLAND_ROOT
#define ROOT_DISK	"/dev/vda"
#define HOST_DIR	"/host"
#define GATEWAY		"10.0.2.2"
#define TERMINAL	SERIAL_1
#define STDOUT		SERIAL_1
#define STDERR		SERIAL_2
#define WORDS_MAX	256
#define FOREVER		(1 << 24)

static void warn_unless(bool good, const char *what)
{
	if (!good)
		ktap_comment("warn no %s: %s", what, strerror(errno));
}

static void mount_more(void)
{
	warn_unless(userland_have("/dev/pts", "devpts", "gid=5,mode=620,ptmxmode=666"),
		    "/dev/pts: has the kernel CONFIG_UNIX98_PTYS=y?");
	warn_unless(userland_have("/dev/shm", "tmpfs", NULL), "/dev/shm");
	warn_unless(userland_have("/run", "tmpfs", NULL), "/run");
	mkdir(ROOT HOST_DIR, 0755);
	warn_unless(!mount("host", ROOT HOST_DIR, "9p", 0, "trans=virtio,version=9p2000.L"),
		    HOST_DIR ": has the kernel CONFIG_NET_9P_VIRTIO=y and CONFIG_9P_FS=y?");
	warn_unless(!symlink("/proc/self/fd", ROOT "/dev/fd"), "/dev/fd");
}

static void network(void)
{
	struct result res = { 0 };

	if (!net_up(&res) || !userland_run(&res, "/sbin/ip link set lo up") ||
	    !userland_run(&res, "/sbin/ip route add default via " GATEWAY))
		ktap_comment("warn no network: %s", res.note);
}

static bool prepare(struct result *res)
{
	if (!userland_mount(ROOT_DISK, false, res))
		return false;
	mount_more();
	sethostname("svm", strlen("svm"));
	network();
	return true;
}

/* A word of lab.run: what is not a letter may be %XX. */
static void unescape(char *word)
{
	char *to = word;
	unsigned int c;

	for (; *word; *to++ = c) {
		c = *word++;
		if (c == '%' && sscanf(word, "%2x", &c) == 1)
			word += 2;
	}
	*to = '\0';
}

/* Become the command, with these as its input and outputs. */
static void __attribute__((noreturn))
become(const struct lab *lab, const int fds[3], bool terminal)
{
	char *argv[WORDS_MAX] = { NULL }, *rest = strdup(lab->run);
	int i;

	for (i = 0; i < WORDS_MAX - 1 && (argv[i] = strsep(&rest, "+")); i++)
		unescape(argv[i]);
	setsid();
	for (i = 0; i < 3; i++)
		dup2(fds[i], i);
	if (terminal)
		ioctl(STDIN_FILENO, TIOCSCTTY, 0);
	clearenv();
	setenv("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", 1);
	setenv("HOME", "/root", 1);
	if (!chroot(ROOT) && !chdir(HOST_DIR))
		execvp(argv[0], argv);
	fprintf(stderr, "%s: %s\n", argv[0], strerror(errno));
	_exit(errno == ENOENT ? 127 : 126);
}

/* The status is that of a shell's $?. What is left of it in the background goes, too. */
static bool end(pid_t pid, struct result *res)
{
	int status = 0;

	waitpid(pid, &status, 0);
	kill(-pid, SIGKILL);
	status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
	ktap_comment("session ends %d", status);
	return pass(res, "status %d", status);
}

/* The host says the size, on the console, at first and whenever it has changed. */
static void take_size(int terminal)
{
	struct winsize size = { 0 };
	char line[64];
	ssize_t n = read(STDIN_FILENO, line, sizeof(line) - 1);

	line[n > 0 ? n : 0] = '\0';
	if (sscanf(line, "size %hu %hu", &size.ws_row, &size.ws_col) == 2)
		ioctl(terminal, TIOCSWINSZ, &size);
}

static bool test_terminal(const struct lab *lab, struct result *res)
{
	int fd = open(TERMINAL, O_RDWR | O_NOCTTY | O_CLOEXEC);
	pid_t pid, sizes;

	if (fd < 0)
		return fail_errno(res, "open " TERMINAL);
	if (!prepare(res))
		return false;
	ktap_comment("session begins");
	take_size(fd);
	pid = fork_sure();
	if (!pid)
		become(lab, (int[]){ fd, fd, fd }, true);
	sizes = fork_sure();
	while (!sizes)
		take_size(fd);
	end(pid, res);
	return !kill(sizes, SIGKILL);
}
TEST("terminal", test_terminal, FOREVER)

static int open_raw(const char *path, struct result *res)
{
	int fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
	struct termios t;

	if (fd >= 0 && !tcgetattr(fd, &t)) {
		cfmakeraw(&t);
		if (!tcsetattr(fd, TCSANOW, &t))
			return fd;
	}
	fail_errno(res, "open %s", path);
	return -1;
}

/* A process that copies until the end of the file; a serial line has sent it all then. */
static pid_t copy(int from, int to)
{
	char buf[4096];
	ssize_t n;
	pid_t pid = fork_sure();

	if (pid)
		return pid;
	while ((n = read(from, buf, sizeof(buf))) > 0 && write_all(to, buf, n))
		;
	tcdrain(to);
	_exit(0);
}

/* Nobody holds an end of a pipe that is not his: each would wait for the other's end. */
static bool test_command(const struct lab *lab, struct result *res)
{
	const int to[] = { open_raw(STDOUT, res), open_raw(STDERR, res) };
	int port, in[2], out[2], err[2];
	pid_t pid, input, outputs[2];

	if (to[0] < 0 || to[1] < 0 || !prepare(res))
		return false;
	port = port_open("stdin", res);
	if (port < 0)
		return false;
	if (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC) || pipe2(err, O_CLOEXEC))
		return fail_errno(res, "pipe");
	/* it waits until the host is there; a read would be at the end of the file */
	write_all(port, "", 1);
	ktap_comment("session begins");
	pid = fork_sure();
	if (!pid)
		become(lab, (int[]){ in[0], out[1], err[1] }, false);
	close(in[0]);
	close(out[1]);
	close(err[1]);
	input = copy(port, in[1]);
	close(in[1]);
	outputs[0] = copy(out[0], to[0]);
	outputs[1] = copy(err[0], to[1]);
	end(pid, res);
	waitpid(outputs[0], NULL, 0);
	waitpid(outputs[1], NULL, 0);
	return !kill(input, SIGKILL);
}
TEST("command", test_command, FOREVER)
