/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "table/std.h"

/* The answer to a request: it has a "return" or an "error". */
typedef void qmp_answer_fn(gpointer opaque, const char *id,
			   const json_t *answer);

/* QMP on a connected socket, enough to watch and never to wait for QEMU. */
struct qmp {
	int fd;
	qmp_answer_fn *answer;
	gpointer opaque;
	GString *input;
	json_t *audit;		/* the last answer to query-ultravisor */
	gboolean quit;		/* somebody has told QEMU to */
	gboolean no_space;	/* the host's disk was full at an image write */
};

/* qmp->fd is connected. */
void qmp_init(struct qmp *qmp, qmp_answer_fn *answer, gpointer opaque);
void qmp_clear(struct qmp *qmp);
/* Ask for the audit; the answer is taken by a later qmp_read(). */
void qmp_query(struct qmp *qmp);
/* Send a command, which is consumed; the answer comes by qmp->answer. */
void qmp_request(struct qmp *qmp, const char *id, json_t *command);
/* Take what has come; FALSE at end of file. */
gboolean qmp_read(struct qmp *qmp);
