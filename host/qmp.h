/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_QMP_H
#define LAB_QMP_H

#include <glib.h>
#include <jansson.h>

/* QMP on a connected socket, enough to watch and never to wait for QEMU. */
struct qmp {
	int fd;
	GString *input;
	json_t *audit;		/* the last answer to x-query-ultravisor */
	gboolean no_space;	/* the host's disk was full at an image write */
};

void qmp_init(struct qmp *qmp, int fd);
void qmp_clear(struct qmp *qmp);
/* Ask for the audit; the answer is taken by a later qmp_read(). */
void qmp_query(struct qmp *qmp);
/* Take what has come; FALSE at end of file. */
gboolean qmp_read(struct qmp *qmp);

#endif
