/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "table/std.h"

/*
 * A program on the host that the guest talks to: at a port of loopback, or as
 * QEMU's other process, at a socket in the boot's directory.
 */
struct server {
	GSubprocess *child;
	guint16 port;		/* 0: its command has no {port} */
};

/*
 * In @command {port}, {dir} and {fd} are replaced. The last one is a descriptor
 * of @name.sock in @dir, which listens already: nobody needs to wait for the
 * server. Its output goes to @name.log in @dir. FALSE: *why is to be freed.
 */
gboolean server_start(struct server *server, const char *name,
		      const char *command, const char *dir, char **why);
/* Nothing to do if it was never started. */
void server_stop(struct server *server);

/*
 * A GSpawnChildSetupFunc: the child gets the signal, GINT_TO_POINTER(number),
 * when the runner is gone, so that nothing is left running.
 */
void child_dies_with_parent(gpointer signal);
