/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "lab.h"

/*
 * How a device is used that lies: @use is called again and again, by some processes at
 * a time, and finds the device in whatever state. @ask, or NULL: what the host has it do.
 * @patient: the driver, or its probe, waits for ever for what is never given back, so
 * nothing is lost.
 */
struct lies_use {
	void (*use)(void);
	const char *ask;
	bool patient;
};

extern const struct lies_use lies_blk, lies_scsi, lies_net, lies_console, lies_rng,
	lies_9p, lies_input, lies_gpu;

/* A process that uses a device, seeded by @seed, until it is killed: its id. */
pid_t lies_user(const struct lies_use *use, unsigned int seed);
