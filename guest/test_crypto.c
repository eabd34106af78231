// SPDX-License-Identifier: GPL-2.0
/*
 * AES-CBC by virtio-crypto, compared with what the CPU makes of the same data,
 * and decrypted again.
 */
#include <linux/if_alg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ktap.h"
#include "pattern.h"
#include "wire.h"

#define DEVICE	"virtio_crypto_aes_cbc"
#define CPU	"cbc(aes-lib)"
#define KEY	16
#define BLOCK	16
#define BYTES	(16u << 10)
#define ROUNDS	64

static int open_cipher(const char *name, const unsigned char *key)
{
	struct sockaddr_alg addr = {
		.salg_family = AF_ALG,
		.salg_type = "skcipher",
	};
	int alg = socket(AF_ALG, SOCK_SEQPACKET | SOCK_CLOEXEC, 0), op = -1;

	snprintf((char *)addr.salg_name, sizeof(addr.salg_name), "%s", name);
	if (alg < 0)
		return -1;
	if (!bind(alg, (struct sockaddr *)&addr, sizeof(addr)) &&
	    !setsockopt(alg, SOL_ALG, ALG_SET_KEY, key, KEY))
		op = accept4(alg, NULL, NULL, SOCK_CLOEXEC);
	close(alg);
	return op;
}

static bool run_cipher(int op, uint32_t direction, const unsigned char *iv,
		       const void *in, void *out)
{
	char control[CMSG_SPACE(sizeof(direction)) +
		     CMSG_SPACE(sizeof(struct af_alg_iv) + BLOCK)] = { 0 };
	struct iovec iov = { .iov_base = (void *)in, .iov_len = BYTES };
	struct msghdr msg = {
		.msg_control = control,
		.msg_controllen = sizeof(control),
		.msg_iov = &iov,
		.msg_iovlen = 1,
	};
	struct cmsghdr *cmsg = CMSG_FIRSTHDR(&msg);
	struct af_alg_iv *alg_iv;

	cmsg->cmsg_level = SOL_ALG;
	cmsg->cmsg_type = ALG_SET_OP;
	cmsg->cmsg_len = CMSG_LEN(sizeof(direction));
	memcpy(CMSG_DATA(cmsg), &direction, sizeof(direction));
	cmsg = CMSG_NXTHDR(&msg, cmsg);
	cmsg->cmsg_level = SOL_ALG;
	cmsg->cmsg_type = ALG_SET_IV;
	cmsg->cmsg_len = CMSG_LEN(sizeof(*alg_iv) + BLOCK);
	alg_iv = (struct af_alg_iv *)CMSG_DATA(cmsg);
	alg_iv->ivlen = BLOCK;
	memcpy(alg_iv->iv, iv, BLOCK);
	return sendmsg(op, &msg, 0) == BYTES && read(op, out, BYTES) == BYTES;
}

static bool round_trip(struct result *res, int device, int cpu,
		       const unsigned char *iv, uint64_t seed, uint64_t at)
{
	static unsigned char plain[BYTES], one[BYTES], other[BYTES];

	pattern_fill(seed, at, plain, BYTES);
	if (!run_cipher(device, ALG_OP_ENCRYPT, iv, plain, one) ||
	    !run_cipher(cpu, ALG_OP_ENCRYPT, iv, plain, other)) {
		fail_errno(res, "encrypt by AF_ALG");
		return false;
	}
	if (memcmp(one, other, BYTES)) {
		fail(res, "the device's ciphertext is not the CPU's");
		return false;
	}
	if (!run_cipher(device, ALG_OP_DECRYPT, iv, one, other)) {
		fail_errno(res, "decrypt by AF_ALG");
		return false;
	}
	if (memcmp(plain, other, BYTES)) {
		fail(res, "decrypted data are not what was encrypted");
		return false;
	}
	res->bytes += 2 * BYTES;
	return true;
}

void test_crypto(const struct lab *lab, struct result *res)
{
	unsigned char key[KEY], iv[BLOCK];
	int device, cpu, i;

	pattern_fill(lab->seed, 0, key, sizeof(key));
	pattern_fill(lab->seed, sizeof(key), iv, sizeof(iv));
	device = open_cipher(DEVICE, key);
	cpu = open_cipher(CPU, key);
	if (device < 0 || cpu < 0) {
		fail_errno(res, "open %s: is virtio-crypto bound to a driver?",
			   device < 0 ? DEVICE : CPU);
		return;
	}
	for (i = 0; i < ROUNDS; i++)
		if (!round_trip(res, device, cpu, iv, lab->seed,
				(uint64_t)i * BYTES))
			return;
	pass(res, "encrypted as the CPU does, and decrypted");
}
