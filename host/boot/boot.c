// SPDX-License-Identifier: GPL-2.0
/* One boot: prepare, start QEMU, watch it, and see that it ends. */
#include <glib-unix.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "wire/wire.h"
#include "vm/audit.h"
#include "boot.h"
#include "vm/console.h"
#include "vm/qmp.h"
#include "request.h"

#define CAUGHT_S	45
/* From SIGTERM to SIGKILL. */
#define TERM_MS		10000

struct running {
	const struct boot_options *opts;
	struct boot_result *res;
	GMainLoop *loop;
	GSubprocess *child;
	struct qmp qmp;
	guint qmp_source;
	int console_fd;
	guint console_source;
	struct console console;
	gint64 start_us, timeout_ms, kill_ms;
	struct winsize size;	/* of the terminal, as the guest knows it */
	gboolean late, interrupted;
};

static gint64 now_ms(const struct running *r)
{
	return (g_get_monotonic_time() - r->start_us) / 1000;
}

/* Ask QEMU to end; on_tick() kills it if it is still there after TERM_MS. */
static void stop(struct running *r)
{
	if (r->kill_ms)
		return;
	r->kill_ms = now_ms(r) + TERM_MS;
	g_subprocess_send_signal(r->child, SIGTERM);
}

/* What the tests say; of one that nobody looks on at, what is wrong. */
static void show(const char *line, gboolean all)
{
	const char *text = watch_text(line);

	if (g_str_has_prefix(text, "not ok ") || g_str_has_prefix(text, "# warn ") ||
	    (all && (g_str_has_prefix(text, "ok ") ||
		     g_str_has_prefix(text, "# ") ||
		     g_str_has_prefix(text, "KTAP "))))
		g_print("  guest: %s\n", text);
}

/* A line on the guest's console, which guest/ask.c waits for. */
static void tell_guest(struct running *r, const char *word, const char *what)
{
	g_autofree char *line = g_strdup_printf("%s %s\n", word, what);

	send(r->console_fd, line, strlen(line), MSG_NOSIGNAL);
}

/* A guest with a session waits for this at first, and follows every change. */
static void tell_size(struct running *r)
{
	g_autofree char *text = NULL;
	struct winsize now = { 0 };

	ioctl(STDIN_FILENO, TIOCGWINSZ, &now);
	if (!r->res->watch.session || !memcmp(&now, &r->size, sizeof(now)))
		return;
	r->size = now;
	text = g_strdup_printf("%hu %hu", now.ws_row, now.ws_col);
	tell_guest(r, "size", text);
}

static void on_answer(gpointer data, const char *id, const json_t *answer)
{
	json_t *error = json_object_get(answer, "error");
	json_t *value = json_object_get(answer, "return");
	json_t *matches = json_object_get(value, "matches");
	json_t *shared = json_object_get(value, "shared-pages");
	struct running *r = data;
	g_autofree char *done = NULL;

	if (error)
		g_print("svm-lab: %s: QEMU says: %s\n", id,
			json_string_value(json_object_get(error, "desc")));
	if (matches)
		r->res->canary = MAX(r->res->canary,
				     json_integer_value(matches) * WIRE_CANARY_BYTES);
	if (shared)
		value = shared;
	if (json_is_integer(value))
		done = g_strdup_printf("%s %" JSON_INTEGER_FORMAT, id,
				       json_integer_value(value));
	tell_guest(r, error ? "failed" : "done", done ? done : id);
}

/*
 * What the guest waits for is asked of QEMU; on_answer() tells the guest. Only
 * the host knows whether the guest has started "again" already.
 */
static void serve(struct running *r)
{
	char *want;

	while ((want = g_queue_pop_head(&r->res->watch.wants))) {
		json_t *command = request_command(want, r->res);

		if (command)
			qmp_request(&r->qmp, want, command);
		else if (!strcmp(want, "again") && r->res->watch.boots == 1)
			tell_guest(r, "done", want);
		else
			tell_guest(r, "failed", want);
		g_free(want);
	}
}

static void on_line(gpointer data, const char *line)
{
	struct running *r = data;

	watch_line(&r->res->watch, line, now_ms(r));
	serve(r);
	show(line, r->opts->verbose);
}

static gboolean read_console(struct running *r)
{
	char buf[4096];
	ssize_t n = read(r->console_fd, buf, sizeof(buf));

	if (n > 0)
		console_take(&r->console, buf, n, on_line, r);
	r->res->watch.said = r->console.bytes;
	return n > 0 || (n < 0 && errno == EINTR);
}

static gboolean on_console(gint fd, GIOCondition cond, gpointer data)
{
	struct running *r = data;

	if (read_console(r) || errno == EAGAIN)
		return G_SOURCE_CONTINUE;
	r->console_source = 0;
	return G_SOURCE_REMOVE;
}

static gboolean on_qmp(gint fd, GIOCondition cond, gpointer data)
{
	struct running *r = data;

	if (!qmp_read(&r->qmp)) {
		r->qmp_source = 0;
		return G_SOURCE_REMOVE;
	}
	r->res->watch.refused = audit_refused(r->qmp.audit);
	return G_SOURCE_CONTINUE;
}

static gboolean on_tick(gpointer data)
{
	struct running *r = data;
	gint64 now = now_ms(r);

	if (r->kill_ms) {
		if (now > r->kill_ms)
			g_subprocess_force_exit(r->child);
		return G_SOURCE_CONTINUE;
	}
	tell_size(r);
	qmp_query(&r->qmp);
	if (watch_tick(&r->res->watch, now) || r->qmp.no_space ||
	    r->console.no_space) {
		stop(r);
	} else if (now > r->timeout_ms) {
		r->late = TRUE;
		stop(r);
	}
	return G_SOURCE_CONTINUE;
}

static gboolean on_signal(gpointer data)
{
	struct running *r = data;

	r->interrupted = TRUE;
	stop(r);
	return G_SOURCE_CONTINUE;
}

static void on_child_exit(GObject *object, GAsyncResult *async, gpointer data)
{
	struct running *r = data;

	g_subprocess_wait_finish(G_SUBPROCESS(object), async, NULL);
	g_main_loop_quit(r->loop);
}

static gboolean open_log(struct running *r)
{
	if (console_open(&r->console, r->res->console_log))
		return TRUE;
	return boot_ends(r->res, ENDING_OF_ERRNO, "write %s: %s", r->res->console_log,
			 g_strerror(errno));
}

/* Our end; the other one goes to QEMU as descriptor @target. */
static int pass_socket(GSubprocessLauncher *launcher, int target)
{
	int fds[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds))
		g_error("socketpair: %s", g_strerror(errno));
	g_subprocess_launcher_take_fd(launcher, fds[1], target);
	return fds[0];
}

static peer_fn *const peers[] = {
	[PEER_NET] = net_peer,
	[PEER_TEXT] = text_peer,
	[PEER_UDP] = udp_peer,
	[PEER_STDIN] = stdin_peer,
	[PEER_STDOUT] = stdout_peer,
	[PEER_STDERR] = stderr_peer,
};

static void start_tap(struct boot_device *dev, guint64 seed,
		      GSubprocessLauncher *launcher)
{
	int i;

	for (i = 0; i < WIRE_NET_QUEUES; i++) {
		g_subprocess_launcher_take_fd(launcher, dev->queues[i], dev->fd + i);
		peer_start(&dev->peers[i], tap_peer, seed + i * WIRE_NET_SEED);
	}
}

/* Each device that talks gets a peer, on a socket that QEMU inherits, or those of a tap. */
static void start_peers(struct boot_result *res, GSubprocessLauncher *launcher)
{
	struct boot_device *dev;

	for (dev = res->devices; dev->kind; dev++) {
		if (dev->kind->peer == PEER_TAP) {
			start_tap(dev, res->seed, launcher);
		} else if (dev->kind->peer) {
			dev->peers->fd = pass_socket(launcher, dev->fd);
			peer_start(dev->peers, peers[dev->kind->peer], res->seed);
		}
	}
}

static gboolean start_servers(struct boot_result *res)
{
	struct boot_device *dev;

	for (dev = res->devices; dev->kind; dev++) {
		const struct device *kind = dev->kind;

		if (kind->server &&
		    !server_start(&dev->server, kind->name, kind->server,
				  res->dir, &res->why))
			return boot_end(res, END_SETUP);
	}
	return TRUE;
}

static void stop_helpers(struct boot_result *res)
{
	struct boot_device *dev;
	int i;

	for (dev = res->devices; dev->kind; dev++) {
		for (i = 0; i < WIRE_NET_QUEUES; i++)
			peer_stop(&dev->peers[i]);
		server_stop(&dev->server);
	}
}

static gboolean start(struct running *r)
{
	struct boot_result *res = r->res;
	g_auto(GStrv) argv = boot_argv(r->opts, res);
	g_autoptr(GSubprocessLauncher) launcher = NULL;
	g_autoptr(GError) error = NULL;

	/* both are of use to the row 'shell' */
	launcher = g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDIN_INHERIT);
	g_subprocess_launcher_set_stderr_file_path(launcher, res->qemu_log);
	g_subprocess_launcher_set_child_setup(launcher, child_dies_with_parent,
					      GINT_TO_POINTER(SIGTERM), NULL);
	/* for what drives with snapshot=on write */
	g_subprocess_launcher_setenv(launcher, "TMPDIR", res->dir, TRUE);
	r->qmp.fd = pass_socket(launcher, FD_QMP);
	r->console_fd = pass_socket(launcher, FD_CONSOLE);
	start_peers(res, launcher);
	if (r->opts->verbose)
		g_print("svm-lab: starting %s (log: %s)\n", argv[0],
			res->console_log);
	r->start_us = g_get_monotonic_time();
	r->child = g_subprocess_launcher_spawnv(launcher,
						(const gchar *const *)argv,
						&error);
	if (r->child && r->opts->gdb)
		g_print("svm-lab: waiting for a debugger: gdb-multiarch %s -ex 'target remote %s/gdb.sock'\n",
			res->kernel, res->dir);
	if (!r->child) {
		close(r->qmp.fd);
		close(r->console_fd);
		return boot_ends(res, END_QEMU, "%s", error->message);
	}
	qmp_init(&r->qmp, on_answer, r);
	return TRUE;
}

static void loop(struct running *r)
{
	guint tick = g_timeout_add(500, on_tick, r);
	guint sigint = g_unix_signal_add(SIGINT, on_signal, r);
	guint sigterm = g_unix_signal_add(SIGTERM, on_signal, r);

	r->loop = g_main_loop_new(NULL, FALSE);
	g_unix_set_fd_nonblocking(r->console_fd, TRUE, NULL);
	r->console_source = g_unix_fd_add(r->console_fd, G_IO_IN | G_IO_HUP,
					  on_console, r);
	r->qmp_source = g_unix_fd_add(r->qmp.fd, G_IO_IN | G_IO_HUP, on_qmp, r);
	g_subprocess_wait_async(r->child, NULL, on_child_exit, r);
	g_main_loop_run(r->loop);

	while (read_console(r))
		;
	while (qmp_read(&r->qmp))
		;
	r->res->seconds = now_ms(r) / 1000.0;
	if (r->console_source)
		g_source_remove(r->console_source);
	if (r->qmp_source)
		g_source_remove(r->qmp_source);
	g_source_remove(tick);
	g_source_remove(sigint);
	g_source_remove(sigterm);
	g_main_loop_unref(r->loop);
}

/* How QEMU ended, and its last words. */
static char *qemu_why(const struct running *r)
{
	g_autofree char *text = NULL, *end = NULL;
	const char *last;

	if (g_subprocess_get_if_signaled(r->child))
		end = g_strdup_printf("died of signal %d (%s)",
				      g_subprocess_get_term_sig(r->child),
				      g_strsignal(g_subprocess_get_term_sig(r->child)));
	else
		end = g_strdup_printf("status %d", g_subprocess_get_exit_status(r->child));
	if (!g_file_get_contents(r->res->qemu_log, &text, NULL, NULL) || !text[0])
		return g_steal_pointer(&end);
	g_strchomp(text);
	last = strrchr(text, '\n');
	return console_clean(g_strdup_printf("%s; its last words: %s", end,
					     last ? last + 1 : text));
}

/* The exit audit is complete; of a QEMU that was killed the last answer is. */
static void take_audit(struct running *r)
{
	struct boot_result *res = r->res;
	g_autofree char *why = NULL;

	res->audit = audit_read(res->audit_path, &why);
	if (!res->audit)
		res->audit = json_incref(r->qmp.audit);
	res->watch.refused = audit_refused(res->audit);
}

static void judge(struct running *r)
{
	struct boot_result *res = r->res;
	gboolean died = !r->kill_ms && !g_subprocess_get_successful(r->child);

	if (r->interrupted || r->qmp.quit) {
		boot_ends(res, END_INTERRUPTED, "%s", r->qmp.quit ? "by Ctrl-A x" :
			  "by SIGINT or SIGTERM");
	} else if (r->console.no_space || r->qmp.no_space) {
		boot_ends(res, END_DISK_FULL, "no space left for %s",
			  r->console.no_space ? res->console_log : "a disk image");
	} else if (died && !res->watch.saw_bug) {
		res->ending = END_QEMU;
		res->why = qemu_why(r);
	} else {
		res->ending = watch_verdict(&res->watch, &res->why);
		if (r->late && (res->ending == END_TEST || res->ending == END_PASS))
			boot_ends(res, END_HANG, "not done within %" G_GINT64_FORMAT " s",
				  r->timeout_ms / 1000);
	}
}

static void run(struct running *r)
{
	struct boot_result *res = r->res;

	if (!open_log(r))
		return;
	if (start_servers(res) && start(r))
		loop(r);
	console_close(&r->console);
	stop_helpers(res);
	if (!r->child)
		return;
	take_audit(r);
	judge(r);
	if (res->ending == res->row->expect ||
	    (res->ending == END_PASS && res->row->expect == END_CHECK))
		boot_hold(res, boot_claims(res));
	qmp_clear(&r->qmp);
	close(r->console_fd);
	g_object_unref(r->child);
}

void boot_hold(struct boot_result *res, char *why)
{
	if (!why)
		return;
	g_free(res->why);
	res->why = why;
	res->ending = END_CHECK;
}

void boot(const struct boot_row *row, const struct boot_options *opts,
	  struct boot_result *res)
{
	struct running r = { .opts = opts, .res = res, .size = { .ws_row = G_MAXUSHORT } };

	boot_resolve(row, opts, res);
	if (!boot_prepare(opts, res))
		return;
	r.timeout_ms = row->timeout * 1000LL * opts->slow;
	res->watch.stall_ms = row->stall * 1000LL * opts->slow;
	if (opts->gdb)
		r.timeout_ms = res->watch.stall_ms = G_MAXINT64;
	res->watch.caught_ms = CAUGHT_S * 1000LL * opts->slow;
	res->watch.release = res->release;
	run(&r);
}

void boot_result_clear(struct boot_result *res)
{
	struct boot_device *dev;
	int i;

	watch_clear(&res->watch);
	json_decref(res->audit);
	for (dev = res->devices; dev->kind; dev++) {
		for (i = 0; i < WIRE_NET_QUEUES; i++)
			g_free(dev->peers[i].problem);
		g_free(dev->image);
	}
	g_free(res->devices);
	g_free(res->why);
	g_free(res->release);
	g_free(res->tests);
	g_free(res->dir);
	g_free(res->console_log);
	g_free(res->qemu_log);
	g_free(res->audit_path);
	g_free(res->kernel);
	g_free(res->userland);
}
