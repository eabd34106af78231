// SPDX-License-Identifier: GPL-2.0
/* Commands and their exit status. */
#include <signal.h>
#include <sys/wait.h>

#include "check.h"
#include "vm/child.h"

static char *run_command(const struct command_row *row, const char *log)
{
	g_autofree char *out = NULL, *err = NULL;
	g_autoptr(GError) error = NULL;
	g_auto(GStrv) argv = NULL;
	g_autofree char *both = NULL;
	int status;

	if (!g_shell_parse_argv(row->command, NULL, &argv, &error) ||
	    !g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH,
			  child_dies_with_parent, GINT_TO_POINTER(SIGTERM),
			  &out, &err, &status, &error))
		return g_strdup(error->message);
	both = g_strconcat(out, err, NULL);
	g_file_set_contents(log, both, -1, NULL);
	if (!WIFEXITED(status))
		return g_strdup_printf("died of signal %d; output: %s",
				       WTERMSIG(status), log);
	if (WEXITSTATUS(status) != row->expect)
		return g_strdup_printf("exit status %d, expected %d; output: %s",
				       WEXITSTATUS(status), row->expect, log);
	return NULL;
}

void check_command(struct tally *t, const struct command_row *row)
{
	g_autofree char *log = g_strdup_printf("build/log/%s.log", row->name);
	g_autofree char *why = NULL;
	gint64 start = g_get_monotonic_time();

	g_mkdir_with_parents("build/log", 0755);
	why = run_command(row, log);
	tally_count(t, "command", row->name, why,
		    (g_get_monotonic_time() - start) / 1e6, NULL);
}
