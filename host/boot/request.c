// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "wire/wire.h"
#include "request.h"

static const struct {
	const char *name, *command;
} requests[] = {
	/* press and release A */
	{ "key", "{ 'execute': 'input-send-event', 'arguments': { 'events': ["
		 "{ 'type': 'key', 'data': { 'down': true,"
		 "  'key': { 'type': 'qcode', 'data': 'a' } } },"
		 "{ 'type': 'key', 'data': { 'down': false,"
		 "  'key': { 'type': 'qcode', 'data': 'a' } } } ] } }" },
	{ "screendump", "{ 'execute': 'screendump', 'arguments': {"
			"  'filename': '{dir}/screen.ppm' } }" },
	{ "scan", "{ 'execute': 'ultravisor-scan', 'arguments': {"
		  "  'pattern': '{canary}' } }" },
	{ "hold", "{ 'execute': 'block_set_io_throttle', 'arguments': {"
		  "  'device': 'slow', 'bps': 0, 'bps_rd': 1, 'bps_wr': 0,"
		  "  'iops': 0, 'iops_rd': 0, 'iops_wr': 0 } }" },
	{ "release", "{ 'execute': 'block_set_io_throttle', 'arguments': {"
		     "  'device': 'slow', 'bps': 0, 'bps_rd': 0, 'bps_wr': 0,"
		     "  'iops': 0, 'iops_rd': 0, 'iops_wr': 0 } }" },
	{ "balloon", "{ 'execute': 'balloon', 'arguments': {"
		     "  'value': 805306368 } }" },
};

json_t *request_command(const char *name, const struct boot_result *res)
{
	g_autofree char *canary = g_base64_encode((const guchar *)WIRE_CANARY,
						  WIRE_CANARY_BYTES);
	guint i;

	for (i = 0; i < G_N_ELEMENTS(requests); i++) {
		g_autoptr(GString) text = NULL;

		if (strcmp(requests[i].name, name))
			continue;
		text = g_string_new(requests[i].command);
		g_string_replace(text, "'", "\"", 0);
		g_string_replace(text, "{dir}", res->dir, 0);
		g_string_replace(text, "{canary}", canary, 0);
		return json_loads(text->str, 0, NULL);
	}
	return NULL;
}
