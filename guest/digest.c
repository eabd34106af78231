// SPDX-License-Identifier: GPL-2.0
/* SHA-256 by the kernel (AF_ALG): the guest carries no code of its own. */
#include <linux/if_alg.h>
#include <sys/socket.h>

#include "digest.h"

bool digest_open(struct digest *d, struct result *res)
{
	struct sockaddr_alg addr = {
		.salg_family = AF_ALG,
		.salg_type = "hash",
		.salg_name = "sha256",
	};

	d->op = -1;
	d->alg = socket(AF_ALG, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	if (d->alg >= 0 && !bind(d->alg, (struct sockaddr *)&addr, sizeof(addr)))
		d->op = accept4(d->alg, NULL, NULL, SOCK_CLOEXEC);
	if (d->op >= 0)
		return true;
	fail_errno(res, "open sha256 by AF_ALG");
	if (d->alg >= 0)
		close(d->alg);
	return false;
}

bool digest_update(struct digest *d, struct result *res, const void *buf,
		   size_t len)
{
	/* it is all taken, or there is an error */
	if (send(d->op, buf, len, MSG_MORE) == (ssize_t)len)
		return true;
	return fail_errno(res, "sha256 by AF_ALG");
}

bool digest_close(struct digest *d, struct result *res, const char *name,
		  bool good)
{
	unsigned char raw[32];
	char hex[2 * sizeof(raw) + 1];
	ssize_t n = read(d->op, raw, sizeof(raw));
	size_t i;

	close(d->op);
	close(d->alg);
	if (!good)
		return false;
	if (n != sizeof(raw))
		return fail_errno(res, "sha256 by AF_ALG");
	for (i = 0; i < sizeof(raw); i++)
		sprintf(hex + 2 * i, "%02x", raw[i]);
	ktap_comment("sha256 %s %s", name, hex);
	return true;
}
