/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_DIGEST_H
#define LAB_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

#define DIGEST_HEX	65

struct digest {
	int alg, op;
};

bool digest_open(struct digest *d);
bool digest_update(struct digest *d, const void *buf, size_t len);
bool digest_close(struct digest *d, char hex[DIGEST_HEX]);

#endif
