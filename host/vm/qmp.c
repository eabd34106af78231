// SPDX-License-Identifier: GPL-2.0
#include <sys/socket.h>

#include "qmp.h"

/* An audit is a hundred times less. */
#define ANSWER_MOST	(16 << 20)

/* Consumes the command. */
static void send_command(struct qmp *qmp, json_t *cmd)
{
	char *text = json_dumps(cmd, JSON_COMPACT);

	/* A QEMU that is gone is seen when reading. */
	send(qmp->fd, text, strlen(text), MSG_NOSIGNAL | MSG_DONTWAIT);
	free(text);
	json_decref(cmd);
}

void qmp_init(struct qmp *qmp, qmp_answer_fn *answer, gpointer opaque)
{
	qmp->answer = answer;
	qmp->opaque = opaque;
	qmp->input = g_string_new(NULL);
	send_command(qmp, json_pack("{s:s}", "execute", "qmp_capabilities"));
}

void qmp_request(struct qmp *qmp, const char *id, json_t *command)
{
	json_object_set_new(command, "id", json_string(id));
	send_command(qmp, command);
}

void qmp_clear(struct qmp *qmp)
{
	close(qmp->fd);
	g_string_free(qmp->input, TRUE);
	json_decref(qmp->audit);
}

void qmp_query(struct qmp *qmp)
{
	send_command(qmp, json_pack("{s:s}", "execute", "query-ultravisor"));
}

static void message(struct qmp *qmp, const json_t *msg)
{
	const char *event = json_string_value(json_object_get(msg, "event"));
	json_t *answer = json_object_get(msg, "return");
	json_t *data = json_object_get(msg, "data");
	const char *id = json_string_value(json_object_get(msg, "id"));

	if (id)
		qmp->answer(qmp->opaque, id, msg);

	if (json_object_get(answer, "shared-pages-peak")) {
		json_decref(qmp->audit);
		qmp->audit = json_incref(answer);
	}
	if (!g_strcmp0(event, "SHUTDOWN") &&
	    !g_strcmp0(json_string_value(json_object_get(data, "reason")),
		       "host-qmp-quit"))
		qmp->quit = TRUE;
	if (!g_strcmp0(event, "BLOCK_IO_ERROR") &&
	    json_is_true(json_object_get(data, "nospace")))
		qmp->no_space = TRUE;
}

/* QEMU ends each message with a line's end. */
static void take_lines(struct qmp *qmp)
{
	char *end;

	while ((end = memchr(qmp->input->str, '\n', qmp->input->len))) {
		size_t len = end - qmp->input->str + 1;
		json_t *msg = json_loadb(qmp->input->str, len, 0, NULL);

		if (msg)
			message(qmp, msg);
		json_decref(msg);
		g_string_erase(qmp->input, 0, len);
	}
}

gboolean qmp_read(struct qmp *qmp)
{
	char buf[4096];
	ssize_t n = recv(qmp->fd, buf, sizeof(buf), MSG_DONTWAIT);

	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	if (!n)
		return FALSE;
	g_string_append_len(qmp->input, buf, n);
	take_lines(qmp);
	return qmp->input->len < ANSWER_MOST;
}
