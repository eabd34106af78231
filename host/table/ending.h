/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "std.h"

/* How a boot ended; the value is the runner's exit status. */
enum ending {
	END_PASS	= 0,
	END_SETUP	= 1,	/* the lab itself is incomplete */
	END_USAGE	= 2,
	END_TEST	= 3,	/* a test failed, was skipped or never ran */
	END_PANIC	= 4,	/* panic or oops */
	END_HANG	= 5,	/* silence, or out of time */
	END_REFUSED	= 6,	/* a device was sent to private memory */
	END_QEMU	= 7,	/* QEMU did not start, or died */
	END_NO_DISK	= 8,	/* the disk image is missing */
	END_DISK_FULL	= 9,	/* the guest's disk or the host's is full */
	END_RELEASE	= 10,	/* another kernel than the one built */
	END_WARNING	= 11,	/* the kernel warned ("cut here") */
	END_CHECK	= 12,	/* the guest is content, the host is not */
	END_INTERRUPTED	= 13,	/* SIGINT or SIGTERM */
	END_SKIPPED	= 14,	/* this host lacks what the row needs: no pass */
};

/* A word or two for tables. */
const char *ending_name(enum ending ending);
/* What to do next. */
const char *ending_advice(enum ending ending);
/* Returns @ending; *why becomes the text, what was there is freed. */
enum ending ending_why(enum ending ending, char **why, const char *fmt, ...) G_GNUC_PRINTF(3, 4);
