// SPDX-License-Identifier: GPL-2.0
/*
 * What the runner reads of a guest, of QEMU and of disk, for afl-fuzz: the first byte of an
 * input says which reader it is for, the rest is what that reader gets. Whatever it is,
 * nothing crashes, and all that is said of it is printable and fits into a report.
 */
#include <sys/socket.h>

#include "boot/report.h"
#include "bench/plugin/counts.h"
#include "vm/audit.h"
#include "vm/console.h"
#include "vm/qmp.h"

/* Where the readers of files find theirs. */
static char *dir;

static void expect_clean(const char *text)
{
	json_auto_t *json = json_string(text);
	char *clean = console_clean(g_strdup(text));

	if (!json || strcmp(clean, text))
		g_error("not printable: %s", text);
	g_free(clean);
}

static char *file(const char *name, const char *data, gsize n)
{
	char *path = g_build_filename(dir, name, NULL);

	if (!g_file_set_contents(path, data, n, NULL))
		g_error("cannot write %s", path);
	return path;
}

static void on_line(gpointer data, const char *line)
{
	struct watch *w = data;

	expect_clean(line);
	watch_line(w, line, w->last_ms + 1);
}

static void read_console(const char *data, gsize n)
{
	struct console console;
	g_autofree char *why = NULL;
	struct watch w;

	watch_init(&w);
	if (!console_open(&console, "/dev/null"))
		g_error("/dev/null: %s", g_strerror(errno));
	console_take(&console, data, n, on_line, &w);
	console_close(&console);
	watch_tick(&w, 1000);
	watch_verdict(&w, &why);
	expect_clean(why);
	watch_find(&w, "blk");
	watch_mode(&w, "virtio_blk");
	watch_feature(&w, "virtio_blk", 63);
	watch_clear(&w);
}

/* QEMU's account of a boot, as the report has it. */
static void read_audit(const char *data, gsize n)
{
	g_autofree char *path = file("audit.json", data, n), *why = NULL, *culprits = NULL;
	json_auto_t *audit = audit_read(path, &why);

	json_decref(audit_ultracalls(audit));
	json_decref(audit_refusals(audit));
	culprits = audit_culprits(audit);
	audit_secure(audit);
	audit_refused(audit);
	audit_shared_peak(audit);
	audit_device_refused(audit, "blk0");
	audit_device_accesses(audit, "blk0");
}

static void read_report(const char *data, gsize n)
{
	json_auto_t *report = json_loadb(data, n, 0, NULL);

	json_object_del(report, "console_log");
	report_failure(report);
}

/* Four files, with a form feed between them. */
static void read_counts(const char *data, gsize n)
{
	static const char *const names[] = {
		"counts", "console.log", "shares.log", "audit.json"
	};
	g_autofree char *why = NULL;
	json_t *sample;
	guint i;

	for (i = 0; i < G_N_ELEMENTS(names); i++) {
		const char *end = memchr(data, '\f', n);
		gsize len = end ? end - data : n;

		g_free(file(names[i], data, len));
		data += len;
		n -= len;
		if (n) {
			data++;
			n--;
		}
	}
	sample = counts_read(dir, &why);
	json_decref(sample);
}

static void on_answer(gpointer opaque, const char *id, const json_t *answer)
{
}

static void read_qmp(const char *data, gsize n)
{
	struct qmp qmp = { 0 };
	int fds[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds))
		g_error("socketpair: %s", g_strerror(errno));
	qmp.fd = fds[0];
	qmp_init(&qmp, on_answer, NULL);
	/* more than a socket holds is cut */
	send(fds[1], data, n, MSG_NOSIGNAL | MSG_DONTWAIT);
	close(fds[1]);
	while (qmp_read(&qmp))
		;
	qmp_clear(&qmp);
}

static void (*const readers[])(const char *data, gsize n) = {
	read_console, read_audit, read_report, read_counts, read_qmp,
};

__AFL_FUZZ_INIT();

int main(int argc, char **argv)
{
	const unsigned char *input;
	gsize n;

	if (argc != 2) {
		fprintf(stderr, "usage: host DIRECTORY <INPUT\n");
		return 2;
	}
	dir = argv[1];
	__AFL_INIT();
	input = __AFL_FUZZ_TESTCASE_BUF;
	while (__AFL_LOOP(10000)) {
		n = __AFL_FUZZ_TESTCASE_LEN;
		if (n)
			readers[input[0] % G_N_ELEMENTS(readers)]
				((const char *)input + 1, n - 1);
	}
	return 0;
}
