// SPDX-License-Identifier: GPL-2.0
#include <signal.h>

#include "child.h"
#include "server.h"

/* One that is free now: the server opens it right after. */
static guint16 free_port(void)
{
	g_autoptr(GSocketListener) listener = g_socket_listener_new();

	return g_socket_listener_add_any_inet_port(listener, NULL, NULL);
}

gboolean server_start(struct server *server, const char *command,
		      const char *log, char **why)
{
	g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(
		G_SUBPROCESS_FLAGS_STDERR_MERGE);
	g_autoptr(GString) line = g_string_new(command);
	g_autofree char *port = NULL;
	g_autoptr(GError) error = NULL;
	g_auto(GStrv) argv = NULL;

	server->port = free_port();
	port = g_strdup_printf("%u", server->port);
	g_string_replace(line, "{port}", port, 0);
	argv = g_strsplit(line->str, " ", 0);
	g_subprocess_launcher_set_stdout_file_path(launcher, log);
	g_subprocess_launcher_set_child_setup(launcher, child_dies_with_parent,
					      GINT_TO_POINTER(SIGKILL), NULL);
	server->child = g_subprocess_launcher_spawnv(
		launcher, (const gchar *const *)argv, &error);
	if (!server->child)
		*why = g_strdup(error->message);
	return !!server->child;
}

void server_stop(struct server *server)
{
	if (!server->child)
		return;
	g_subprocess_force_exit(server->child);
	g_subprocess_wait(server->child, NULL, NULL);
	g_clear_object(&server->child);
}
