/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "lab.h"

/* SHA-256 of what a test moves. */
struct digest {
	int alg, op;
};

/* FALSE: a result says why. */
bool digest_open(struct digest *d, struct result *res);
bool digest_update(struct digest *d, struct result *res, const void *buf,
		   size_t len);
/*
 * Print "# sha256 @name DIGEST" if @good, and close in any case; returns @good,
 * or false if there is no digest.
 */
bool digest_close(struct digest *d, struct result *res, const char *name,
		  bool good);
