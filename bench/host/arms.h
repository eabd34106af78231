/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

/* What is compared: each arm is a row of boots, whose kernel and guest say what it is. */
struct arm {
	const char *name;	/* in the report */
	const char *row;	/* of boots */
	const char *peak_row;	/* the same with the pool's peak counted, or NULL */
};

#define ARMS	6
extern const struct arm arms[ARMS];
