// SPDX-License-Identifier: GPL-2.0
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "server.h"

#define SERVER_FD	3

void child_dies_with_parent(gpointer signal)
{
	prctl(PR_SET_PDEATHSIG, GPOINTER_TO_INT(signal));
}

/* One that is free now: the server opens it right after. */
static guint16 free_port(void)
{
	g_autoptr(GSocketListener) listener = g_socket_listener_new();

	return g_socket_listener_add_any_inet_port(listener, NULL, NULL);
}

/* A socket that listens at @path; -1: errno says why not. */
static int listen_at(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	g_unlink(path);
	g_strlcpy(address.sun_path, path, sizeof(address.sun_path));
	if (!bind(fd, (struct sockaddr *)&address, sizeof(address)) &&
	    !listen(fd, 1))
		return fd;
	close(fd);
	return -1;
}

/* virtiofsd drops groups and changes roots: an ordinary user may where it is root. */
#define AS_ROOT	"unshare --map-root-user --map-auto "

static char **server_argv(const struct server *server, const char *command,
			  const char *dir)
{
	gboolean as_root = strstr(command, "{fd}") && geteuid();
	g_autoptr(GString) line = g_string_new(as_root ? AS_ROOT : NULL);
	g_autofree char *port = g_strdup_printf("%u", server->port);
	g_autofree char *fd = g_strdup_printf("%d", SERVER_FD);
	g_autofree char *path = g_canonicalize_filename(dir, NULL);

	g_string_append(line, command);
	g_string_replace(line, "{port}", port, 0);
	g_string_replace(line, "{dir}", path, 0);
	g_string_replace(line, "{fd}", fd, 0);
	return g_strsplit(line->str, " ", 0);
}

gboolean server_start(struct server *server, const char *name,
		      const char *command, const char *dir, char **why)
{
	g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(
		G_SUBPROCESS_FLAGS_STDERR_MERGE);
	g_autofree char *log = g_strdup_printf("%s/%s.log", dir, name);
	g_autofree char *path = g_strdup_printf("%s/%s.sock", dir, name);
	g_autoptr(GError) error = NULL;
	g_auto(GStrv) argv = NULL;
	int fd = listen_at(path);

	if (fd < 0) {
		*why = g_strdup_printf("listen at %s: %s", path, g_strerror(errno));
		return FALSE;
	}
	server->port = strstr(command, "{port}") ? free_port() : 0;
	argv = server_argv(server, command, dir);
	g_subprocess_launcher_take_fd(launcher, fd, SERVER_FD);
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
