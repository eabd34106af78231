// SPDX-License-Identifier: GPL-2.0
#include <linux/if_alg.h>
#include <sys/socket.h>

#include "stream.h"
#include "wire/pattern.h"

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

#define REPORT	(16u << 20)

/* Moves a chunk, that it has or that it is to fill, and says what is wrong. */
typedef bool chunk_fn(int fd, const struct stream *s, uint64_t at, struct result *res);

static char chunk[STREAM_CHUNK];

static bool write_chunk(int fd, const struct stream *s, uint64_t at, struct result *res)
{
	pattern_fill(s->seed, at, chunk, sizeof(chunk));
	return write_all(fd, chunk, sizeof(chunk)) ||
	       fail_errno(res, "write %s after %llu bytes", s->name, (unsigned long long)at);
}

static bool read_chunk(int fd, const struct stream *s, uint64_t at, struct result *res)
{
	ssize_t bad;

	if (!read_all(fd, chunk, sizeof(chunk)))
		return fail_errno(res, "read %s after %llu bytes", s->name,
				  (unsigned long long)at);
	bad = pattern_mismatch(s->seed, at, chunk, sizeof(chunk));
	return bad < 0 || fail(res, "%s differs at byte %llu", s->name,
			       (unsigned long long)at + bad);
}

static bool move(int fd, const struct stream *s, chunk_fn *one, struct digest *d,
		 const char *what, struct result *res)
{
	uint64_t done = 0;

	while (done < s->bytes) {
		if (!one(fd, s, done, res) ||
		    (s->sum && !digest_update(d, res, chunk, sizeof(chunk))))
			return false;
		done += sizeof(chunk);
		res->bytes += sizeof(chunk);
		if (done % REPORT == 0)
			ktap_comment("%s: %s %llu MiB", s->name, what,
				     (unsigned long long)done >> 20);
	}
	return true;
}

static bool summed(int fd, const struct stream *s, chunk_fn *one, const char *what,
		   struct result *res)
{
	struct digest d;

	if (!s->sum)
		return move(fd, s, one, NULL, what, res);
	return digest_open(&d, res) &&
	       digest_close(&d, res, s->sum, move(fd, s, one, &d, what, res));
}

bool stream_out(int fd, const struct stream *s, struct result *res)
{
	return summed(fd, s, write_chunk, "written", res);
}

bool stream_in(int fd, const struct stream *s, struct result *res)
{
	return summed(fd, s, read_chunk, "compared", res);
}

bool stream_to_file(const struct stream *s, struct result *res)
{
	int fd = open(s->name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	bool good;

	if (fd < 0)
		return fail_errno(res, "create %s", s->name);
	good = stream_out(fd, s, res);
	if (good && fsync(fd))
		good = fail_errno(res, "fsync %s", s->name);
	if (close(fd) && good)
		good = fail_errno(res, "close %s", s->name);
	return good;
}

bool stream_from_file(const struct stream *s, struct result *res)
{
	int fd = open(s->name, O_RDONLY | O_CLOEXEC);
	bool good;

	if (fd < 0)
		return fail_errno(res, "open %s", s->name);
	good = stream_in(fd, s, res);
	close(fd);
	return good;
}
