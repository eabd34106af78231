// SPDX-License-Identifier: GPL-2.0
/*
 * AES-CBC by virtio-crypto: dm-crypt on a RAM disk is told to use it. What it
 * leaves on the RAM disk is compared with what the CPU makes of the same data,
 * and is read back through it.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/if_alg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dm.h"
#include "ktap.h"
#include "pattern.h"

#define DISK	"/dev/ram0"
#define BYTES	(1u << 20)
#define SECTOR	512
#define KEY	16
#define BLOCK	16

/*
 * The same cipher: of the device, by its driver's name, and of the CPU, which is
 * all that AF_ALG gives.
 */
#define DEVICE	"capi:virtio_crypto_aes_cbc-plain64"
#define CPU	"cbc(aes)"

static int open_cipher(const unsigned char *key)
{
	struct sockaddr_alg addr = {
		.salg_family = AF_ALG,
		.salg_type = "skcipher",
		.salg_name = CPU,
	};
	int alg = socket(AF_ALG, SOCK_SEQPACKET | SOCK_CLOEXEC, 0), op = -1;

	if (alg < 0)
		return -1;
	if (!bind(alg, (struct sockaddr *)&addr, sizeof(addr)) &&
	    !setsockopt(alg, SOL_ALG, ALG_SET_KEY, key, KEY))
		op = accept4(alg, NULL, NULL, SOCK_CLOEXEC);
	close(alg);
	return op;
}

/* One sector; its number is the initialisation vector ("plain64"). */
static bool encrypt(int op, uint64_t sector, unsigned char *data)
{
	uint32_t direction = ALG_OP_ENCRYPT;
	char control[CMSG_SPACE(sizeof(direction)) +
		     CMSG_SPACE(sizeof(struct af_alg_iv) + BLOCK)] = { 0 };
	struct iovec iov = { .iov_base = data, .iov_len = SECTOR };
	struct msghdr msg = {
		.msg_control = control,
		.msg_controllen = sizeof(control),
		.msg_iov = &iov,
		.msg_iovlen = 1,
	};
	struct cmsghdr *cmsg = CMSG_FIRSTHDR(&msg);
	struct af_alg_iv *iv;

	cmsg->cmsg_level = SOL_ALG;
	cmsg->cmsg_type = ALG_SET_OP;
	cmsg->cmsg_len = CMSG_LEN(sizeof(direction));
	memcpy(CMSG_DATA(cmsg), &direction, sizeof(direction));
	cmsg = CMSG_NXTHDR(&msg, cmsg);
	cmsg->cmsg_level = SOL_ALG;
	cmsg->cmsg_type = ALG_SET_IV;
	cmsg->cmsg_len = CMSG_LEN(sizeof(*iv) + BLOCK);
	iv = (struct af_alg_iv *)CMSG_DATA(cmsg);
	iv->ivlen = BLOCK;
	memset(iv->iv, 0, BLOCK);
	memcpy(iv->iv, &sector, sizeof(sector));
	return sendmsg(op, &msg, 0) == SECTOR && read(op, data, SECTOR) == SECTOR;
}

static bool transfer(const char *path, unsigned char *data, bool out)
{
	int fd = open(path, (out ? O_WRONLY : O_RDONLY) | O_DIRECT | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return false;
	n = out ? write(fd, data, BYTES) : read(fd, data, BYTES);
	close(fd);
	return n == BYTES;
}

static bool compare(struct result *res, const unsigned char *key,
		    unsigned char *want, const unsigned char *got)
{
	int op = open_cipher(key);
	uint64_t i;

	if (op < 0) {
		fail_errno(res, "open %s", CPU);
		return false;
	}
	for (i = 0; i < BYTES / SECTOR; i++) {
		if (!encrypt(op, i, want + i * SECTOR)) {
			fail_errno(res, "encrypt by AF_ALG");
			return false;
		}
		if (memcmp(want + i * SECTOR, got + i * SECTOR, SECTOR)) {
			fail(res, "sector %llu is not what the CPU makes of it",
			     (unsigned long long)i);
			return false;
		}
	}
	close(op);
	return true;
}

static void try_disk(const struct lab *lab, struct result *res,
		     const unsigned char *key, const char *mapped)
{
	unsigned char *plain = aligned_alloc(4096, BYTES);
	unsigned char *got = aligned_alloc(4096, BYTES);

	if (!plain || !got) {
		fail(res, "no memory");
		return;
	}
	pattern_fill(lab->seed, 0, plain, BYTES);
	if (!transfer(mapped, plain, true)) {
		fail_errno(res, "write %s", mapped);
		return;
	}
	if (!transfer(mapped, got, false)) {
		fail_errno(res, "read %s", mapped);
		return;
	}
	if (memcmp(plain, got, BYTES)) {
		fail(res, "decrypted data are not what was encrypted");
		return;
	}
	if (!transfer(DISK, got, false)) {
		fail_errno(res, "read %s", DISK);
		return;
	}
	if (!compare(res, key, plain, got))
		return;
	res->bytes = 2 * BYTES;
	pass(res, "encrypted as the CPU does, and decrypted");
}

void test_crypto(const struct lab *lab, struct result *res)
{
	char params[160], path[32], hex[2 * KEY + 1];
	unsigned char key[KEY];
	int i;

	pattern_fill(lab->seed, 0, key, sizeof(key));
	for (i = 0; i < KEY; i++)
		sprintf(hex + 2 * i, "%02x", key[i]);
	snprintf(params, sizeof(params), DEVICE " %s 0 " DISK " 0", hex);
	if (!dm_create("lab", "crypt", params, BYTES / SECTOR, path)) {
		fail_errno(res, "dm-crypt with " DEVICE ": is virtio-crypto bound to a driver?");
		return;
	}
	try_disk(lab, res, key, path);
	dm_remove("lab");
}
