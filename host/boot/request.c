// SPDX-License-Identifier: GPL-2.0
#include "wire/wire.h"
#include "request.h"

#define KEY_A(down) \
	"{ 'type': 'key', 'data': { 'down': " down "," \
	"  'key': { 'type': 'qcode', 'data': 'a' } } }"
/* bytes a second, of the disk whose reads can be held; "0": no limit */
#define READ_RATE(rate) \
	"{ 'execute': 'block_set_io_throttle', 'arguments': { 'device': 'slow'," \
	"  'bps': 0, 'bps_rd': " rate ", 'bps_wr': 0," \
	"  'iops': 0, 'iops_rd': 0, 'iops_wr': 0 } }"
/* of the device that lies: LIAR() in tests/devices.def */
#define LIAR(property) \
	"  'path': '/machine/peripheral/liar/virtio-backend', 'property': '" property "'"

#define RESIZE(bytes) \
	"{ 'execute': 'block_resize', 'arguments': { 'device': 'slow'," \
	"  'size': " G_STRINGIFY(bytes) " } }"

static const struct {
	const char *name, *command;
} requests[] = {
	{ "key", "{ 'execute': 'input-send-event', 'arguments': {"
		 "  'events': [" KEY_A("true") "," KEY_A("false") "] } }" },
	{ "screendump", "{ 'execute': 'screendump', 'arguments': {"
			"  'filename': '{dir}/screen.ppm' } }" },
	{ "scan", "{ 'execute': 'ultravisor-scan', 'arguments': {"
		  "  'pattern': '{canary}' } }" },
	{ "hold", READ_RATE("1") },
	{ "release", READ_RATE("0") },
	{ "larger", RESIZE(WIRE_LARGER_BYTES) },
	{ "smaller", RESIZE(WIRE_SMALLER_BYTES) },
	/* the disk of device `plug` */
	{ "plug", "{ 'execute': 'device_add', 'arguments': { 'id': 'plugged',"
		  "  'driver': 'virtio-blk-ccw', 'drive': 'zero3' } }" },
	{ "unplug", "{ 'execute': 'device_del', 'arguments': { 'id': 'plugged' } }" },
	{ "balloon", "{ 'execute': 'balloon', 'arguments': {"
		     "  'value': 805306368 } }" },
	/* VIRTIO_LIES_ALL of QEMU's virtio-lies.h, but for VIRTIO_LIE_LOST */
	{ "none-lost", "{ 'execute': 'qom-set', 'arguments': {" LIAR("x-lies-kinds")
		       ", 'value': 511 } }" },
	{ "lie", "{ 'execute': 'qom-set', 'arguments': {" LIAR("x-lies")
		 ", 'value': {seed} } }" },
	{ "shared", "{ 'execute': 'query-ultravisor' }" },
	{ "lies", "{ 'execute': 'qom-get', 'arguments': {" LIAR("x-lies-told") "} }" },
};

json_t *request_command(const char *name, const struct boot_result *res)
{
	g_autofree char *canary = g_base64_encode((const guchar *)WIRE_CANARY,
						  WIRE_CANARY_BYTES);
	g_autofree char *seed = g_strdup_printf("%" G_GUINT64_FORMAT, res->seed);
	guint i;

	for (i = 0; i < G_N_ELEMENTS(requests); i++) {
		g_autoptr(GString) text = NULL;

		if (strcmp(requests[i].name, name))
			continue;
		text = g_string_new(requests[i].command);
		g_string_replace(text, "'", "\"", 0);
		g_string_replace(text, "{seed}", seed, 0);
		g_string_replace(text, "{dir}", res->dir, 0);
		g_string_replace(text, "{canary}", canary, 0);
		return json_loads(text->str, 0, NULL);
	}
	return NULL;
}
