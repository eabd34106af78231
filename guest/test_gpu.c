// SPDX-License-Identifier: GPL-2.0
/*
 * A picture on virtio-gpu: a pattern in a dumb buffer, shown on the first
 * connector. The host takes a screenshot meanwhile and compares. Another buffer of the
 * device's, which is not shown, has private data, as had the memory that both are made
 * of: the host looks for these in all shared pages.
 */
#include <drm/drm.h>
#include <drm/drm_mode.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include "canary.h"
#include "stream.h"
#include "wire/pattern.h"
#include "wire/wire.h"

#define CARD		"/dev/dri/card0"
#define MOST_MODES	64
#define MOST_WIDTH	8192
/* Width and height of what is not shown: as a cursor has them. */
#define HIDDEN		64

struct screen {
	int fd;
	uint32_t crtc, connector, fb;
	struct drm_mode_modeinfo mode;
	struct drm_mode_create_dumb dumb;
	unsigned char *pixels;
	struct drm_mode_create_dumb hidden;
};

static uint64_t user(const void *p)
{
	return (uintptr_t)p;
}

static bool find_mode(struct screen *s)
{
	struct drm_mode_modeinfo modes[MOST_MODES];
	struct drm_mode_card_res card = {
		.crtc_id_ptr = user(&s->crtc),
		.connector_id_ptr = user(&s->connector),
		.count_crtcs = 1,
		.count_connectors = 1,
	};
	struct drm_mode_get_connector conn = { 0 };

	if (ioctl(s->fd, DRM_IOCTL_MODE_GETRESOURCES, &card))
		return false;
	conn.connector_id = s->connector;
	if (ioctl(s->fd, DRM_IOCTL_MODE_GETCONNECTOR, &conn) ||
	    !conn.count_modes || conn.count_modes > MOST_MODES)
		return false;
	memset(&conn, 0, sizeof(conn));
	conn.connector_id = s->connector;
	conn.count_modes = MOST_MODES;
	conn.modes_ptr = user(modes);
	if (ioctl(s->fd, DRM_IOCTL_MODE_GETCONNECTOR, &conn))
		return false;
	s->mode = modes[0];
	return s->mode.hdisplay <= MOST_WIDTH;
}

/* The pixels of a new buffer; MAP_FAILED: errno says why not. */
static void *make_dumb(struct screen *s, struct drm_mode_create_dumb *dumb, unsigned int width,
		       unsigned int height)
{
	struct drm_mode_map_dumb map = { 0 };

	dumb->width = width;
	dumb->height = height;
	dumb->bpp = 32;
	if (ioctl(s->fd, DRM_IOCTL_MODE_CREATE_DUMB, dumb))
		return MAP_FAILED;
	map.handle = dumb->handle;
	if (ioctl(s->fd, DRM_IOCTL_MODE_MAP_DUMB, &map))
		return MAP_FAILED;
	return mmap(NULL, dumb->size, PROT_READ | PROT_WRITE, MAP_SHARED, s->fd, map.offset);
}

static bool make_buffers(struct screen *s)
{
	struct drm_mode_fb_cmd fb = {
		.width = s->mode.hdisplay,
		.height = s->mode.vdisplay,
		.bpp = 32,
		.depth = 24,
	};
	unsigned char *hidden;

	if (!canary_free())
		return false;
	hidden = make_dumb(s, &s->hidden, HIDDEN, HIDDEN);
	s->pixels = make_dumb(s, &s->dumb, s->mode.hdisplay, s->mode.vdisplay);
	if (hidden == MAP_FAILED || s->pixels == MAP_FAILED)
		return false;
	canary_fill(hidden, s->hidden.size);
	fb.pitch = s->dumb.pitch;
	fb.handle = s->dumb.handle;
	if (ioctl(s->fd, DRM_IOCTL_MODE_ADDFB, &fb))
		return false;
	s->fb = fb.fb_id;
	return true;
}

/* Pixels are words, unused, R, G, B from the top; the sum is over R, G, B. */
static void draw(const struct lab *lab, struct screen *s, struct result *res)
{
	uint64_t sum = SUM_START;
	unsigned char line[MOST_WIDTH * 3];
	uint32_t x, y;

	for (y = 0; y < s->dumb.height; y++) {
		unsigned char *p = s->pixels + (size_t)y * s->dumb.pitch;

		pattern_fill(lab->seed + WIRE_SCREEN,
			     (uint64_t)y * s->dumb.pitch, p, s->dumb.width * 4);
		for (x = 0; x < s->dumb.width; x++, p += 4) {
			uint32_t pixel;

			memcpy(&pixel, p, sizeof(pixel));
			line[x * 3] = pixel >> 16;
			line[x * 3 + 1] = pixel >> 8;
			line[x * 3 + 2] = pixel;
		}
		sum = sum_update(sum, line, s->dumb.width * 3);
		res->bytes += s->dumb.width * 4;
	}
	sum_print("gpu", sum);
}

/* The private data, if that is @planted, as a cursor. */
static bool show(struct screen *s, bool planted)
{
	struct drm_mode_cursor cursor = {
		.flags = DRM_MODE_CURSOR_BO,
		.crtc_id = s->crtc,
		.width = HIDDEN,
		.height = HIDDEN,
		.handle = s->hidden.handle,
	};
	struct drm_mode_crtc crtc = {
		.set_connectors_ptr = user(&s->connector),
		.count_connectors = 1,
		.crtc_id = s->crtc,
		.fb_id = s->fb,
		.mode_valid = 1,
		.mode = s->mode,
	};
	struct drm_mode_fb_dirty_cmd dirty = { .fb_id = s->fb };

	return !ioctl(s->fd, DRM_IOCTL_MODE_SETCRTC, &crtc) &&
	       !ioctl(s->fd, DRM_IOCTL_MODE_DIRTYFB, &dirty) &&
	       (!planted || !ioctl(s->fd, DRM_IOCTL_MODE_CURSOR, &cursor));
}

static bool test_gpu(const struct lab *lab, struct result *res)
{
	struct screen s = { .fd = open(CARD, O_RDWR | O_CLOEXEC) };

	if (s.fd < 0)
		return fail_errno(res, "open " CARD ": is virtio-gpu bound to a driver?");
	if (!find_mode(&s))
		return fail_errno(res, CARD ": no mode");
	if (!make_buffers(&s))
		return fail_errno(res, CARD ": no buffer");
	draw(lab, &s, res);
	if (!show(&s, !strcmp(lab->plant, WIRE_PLANT_SHOWN)))
		return fail_errno(res, CARD ": the picture cannot be shown");
	if (!ask_host("screendump"))
		return fail(res, "the host made no screenshot");
	if (lab->secure && !ask_host("scan"))
		return fail(res, "the host could not scan");
	return pass(res, "%ux%u drawn and shown", s.dumb.width, s.dumb.height);
}
TEST("gpu", test_gpu)
