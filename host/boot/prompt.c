// SPDX-License-Identifier: GPL-2.0
#include <sys/file.h>
#include <termios.h>

#include "prompt.h"
#include "report.h"

#define SESSIONS_MAX	100
/* A kernel takes a line of 2047 characters, with what is ours. */
#define RUN_MAX		1500

static void to_stderr(const char *text)
{
	fputs(text, stderr);
}

/*
 * A name, and so a directory of logs and images, that no other session has while this
 * process lives.
 */
static char *take_name(const char *kind)
{
	int i, fd;

	for (i = 1; i <= SESSIONS_MAX; i++) {
		g_autofree char *name = g_strdup_printf("%s-%d", kind, i);
		g_autofree char *dir = g_build_filename("build", "log", name, NULL);
		g_autofree char *lock = g_build_filename(dir, "lock", NULL);

		g_mkdir_with_parents(dir, 0755);
		fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
		if (fd >= 0 && !flock(fd, LOCK_EX | LOCK_NB))
			return g_steal_pointer(&name);
		if (fd >= 0)
			close(fd);
	}
	return NULL;
}

static int end(struct boot_result *res)
{
	int status = res->ending == END_PASS ? res->watch.status : (int)res->ending;
	json_auto_t *report = report_boot(res);

	if (res->audit)
		report_table(res);
	if (res->ending != END_PASS)
		report_failure(report);
	boot_result_clear(res);
	return status;
}

/* With + between them, and what is no letter as %XX: the kernel's line has no blanks. */
static char *escape(char **words)
{
	GString *text = g_string_new(NULL);

	for (; *words; words++) {
		g_autofree char *word = g_uri_escape_string(*words, NULL, FALSE);

		g_string_append_printf(text, "%s%s", text->len ? "+" : "", word);
	}
	return g_string_free(text, FALSE);
}

int prompt(char **words, struct boot_options *opts)
{
	g_autofree char *term = g_strconcat("TERM=", g_getenv("TERM"), NULL);
	char *const shell[] = { "env", term, "bash", "-l", NULL };
	gboolean terminal = !words && isatty(STDIN_FILENO);
	struct boot_row row = *boot_row_find(terminal ? "shell" : "exec");
	g_autofree char *run = escape(words ? words : (char **)shell);
	struct boot_result res;
	struct termios before;

	if (strlen(run) > RUN_MAX) {
		g_printerr("svm-lab: the command has more than %d characters: write it to a file in build/share, which is /host in the guest\n",
			   RUN_MAX);
		return END_USAGE;
	}
	row.name = take_name(row.name);
	if (!row.name) {
		g_printerr("svm-lab: all names below build/log are in use, or it cannot be written\n");
		return END_SETUP;
	}
	opts->run = run;
	g_set_print_handler(to_stderr);
	g_print("svm-lab: %s starts, %s%s\n", row.name,
		opts->plain ? "not secure" : "secure",
		terminal ? "; Ctrl-A x ends it" : "");
	tcgetattr(STDIN_FILENO, &before);
	boot(&row, opts, &res);
	/* as QEMU has left it, if it did not end by itself */
	if (terminal)
		tcsetattr(STDIN_FILENO, TCSANOW, &before);
	return end(&res);
}
