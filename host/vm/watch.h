/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "table/ending.h"

/* One result line of the guest's KTAP. */
struct watch_test {
	char *name;
	gboolean ok, skipped;
	gint64 bytes;
	char *note;
};

/*
 * The console watcher: fed lines and the time, it knows how the guest fares.
 * It has neither clock nor descriptors of its own, so that logs can test it.
 * Times are milliseconds from the boot's start.
 */
struct watch {
	/* set by the owner, before or while lines come */
	gint64 stall_ms;	/* this long a silence is a hang */
	gint64 caught_ms;	/* the same once accesses were refused */
	const char *release;	/* expected, NULL: any */
	int asked;		/* tests that it was asked for, 0: any */
	gint64 refused;		/* accesses to private memory up to now */
	gint64 said;		/* bytes up to now */

	/* what the guest said */
	char *guest_release;
	int boots;		/* how often its tests began */
	int planned;
	GArray *tests;		/* struct watch_test */
	GHashTable *sums;	/* name -> digest */
	GHashTable *modes;	/* driver -> dma_mode */
	GHashTable *features;	/* driver -> a digit for each feature bit */
	gint64 nslabs;		/* -1: not said */
	GQueue wants;		/* what the host is to do, strings */
	gboolean session;	/* one is on: its silence says nothing */
	int status;		/* of its command */
	gboolean done;

	/* what the watcher makes of it */
	gint64 last_ms;		/* the last line */
	gint64 stop_ms;		/* when to give up, 0: not yet */
	gboolean silent;
	gboolean saw_bug, saw_warning, saw_cut;
	char *bad_line;		/* the first bad one */
};

void watch_init(struct watch *w);
void watch_clear(struct watch *w);
void watch_line(struct watch *w, const char *line, gint64 now_ms);
/* Past printk's "[    1.234567] ", or "[    1.234567][    T1] " if it names the caller. */
const char *watch_text(const char *line);
/* TRUE: nothing more is to be expected of this guest. */
gboolean watch_tick(struct watch *w, gint64 now_ms);
/* The verdict on all that was seen; *why is to be freed. */
enum ending watch_verdict(const struct watch *w, char **why);
const struct watch_test *watch_find(const struct watch *w, const char *name);
/* How the driver's devices reach memory; NULL: not said, or no driver. */
const char *watch_mode(const struct watch *w, const char *driver);
/* Whether driver and device have agreed on a feature, VIRTIO_F_* of virtio. */
gboolean watch_feature(const struct watch *w, const char *driver,
		       unsigned int bit);
