// SPDX-License-Identifier: GPL-2.0
/*
 * virtio-crypto is bound and has registered its cipher. More cannot be seen from
 * here: AF_ALG takes no asynchronous cipher and dm-crypt none that allocates
 * memory, and this one does both.
 */
#include <stdio.h>
#include <string.h>

#include "ktap.h"

#define CIPHERS	"/proc/crypto"
#define CIPHER	"virtio_crypto_aes_cbc"

void test_crypto(const struct lab *lab, struct result *res)
{
	FILE *f = fopen(CIPHERS, "re");
	bool found = false;
	char line[256];

	(void)lab;
	if (!f) {
		fail_errno(res, "open " CIPHERS);
		return;
	}
	while (!found && fgets(line, sizeof(line), f))
		found = strstr(line, CIPHER);
	fclose(f);
	if (found)
		pass(res, CIPHER " registered");
	else
		fail(res, "no " CIPHER " in " CIPHERS ": is virtio-crypto bound to a driver?");
}
