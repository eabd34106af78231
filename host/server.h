/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_SERVER_H
#define LAB_SERVER_H

#include <gio/gio.h>

/* A program on the host that the guest talks to, at a port of loopback. */
struct server {
	GSubprocess *child;
	guint16 port;
};

/* {port} in @command is replaced; the output goes to @log. */
gboolean server_start(struct server *server, const char *command,
		      const char *log, char **why);
void server_stop(struct server *server);

#endif
