/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

/* What nearly every file of the host needs of the C library, GLib and Jansson. */
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
