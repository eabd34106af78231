// SPDX-License-Identifier: GPL-2.0
/*
 * virtio-crypto is bound and its cipher usable. In a kernel with the ciphers'
 * self-tests it has given the known answers by then. No program can use it:
 * AF_ALG takes no asynchronous cipher and dm-crypt none that allocates memory,
 * and this one does both.
 */
#include "lab.h"

#define CIPHERS	"/proc/crypto"
#define CIPHER	"virtio_crypto_aes_cbc"

/* The cipher's entry: its lines up to an empty one. */
static bool tested(FILE *f)
{
	bool ours = false;
	char line[256];

	while (fgets(line, sizeof(line), f)) {
		if (line[0] == '\n')
			ours = false;
		else if (!strncmp(line, "driver", 6))
			ours = strstr(line, CIPHER);
		else if (ours && !strncmp(line, "selftest", 8))
			return strstr(line, "passed");
	}
	return false;
}

static bool test_crypto(const struct lab *lab, struct result *res)
{
	FILE *f = fopen(CIPHERS, "re");

	if (!f)
		return fail_errno(res, "open " CIPHERS);
	if (!tested(f))
		return fail(res, "no usable " CIPHER " in " CIPHERS ": is virtio-crypto bound to a driver?");
	return pass(res, CIPHER " usable");
}
TEST("crypto", test_crypto)
