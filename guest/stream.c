// SPDX-License-Identifier: GPL-2.0
#include "stream.h"
#include "wire/pattern.h"

void sum_print(const char *name, uint64_t sum)
{
	ktap_comment("sum %s %016llx", name, (unsigned long long)sum);
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

static bool move(int fd, const struct stream *s, chunk_fn *one, const char *what,
		 struct result *res)
{
	uint64_t done = 0, sum = SUM_START;

	while (done < s->bytes) {
		if (!one(fd, s, done, res))
			return false;
		sum = sum_update(sum, chunk, sizeof(chunk));
		done += sizeof(chunk);
		res->bytes += sizeof(chunk);
		if (done % REPORT == 0)
			ktap_comment("%s: %s %llu MiB", s->name, what,
				     (unsigned long long)done >> 20);
	}
	if (s->sum)
		sum_print(s->sum, sum);
	return true;
}

bool stream_out(int fd, const struct stream *s, struct result *res)
{
	return move(fd, s, write_chunk, "written", res);
}

bool stream_in(int fd, const struct stream *s, struct result *res)
{
	return move(fd, s, read_chunk, "compared", res);
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
