// SPDX-License-Identifier: GPL-2.0
/*
 * Seeded data, the same on both sides. Every word depends on its offset alone,
 * so that a block that lands in the wrong place is seen as well as a wrong one.
 */
#include <endian.h>
#include <string.h>

#include "pattern.h"

/* splitmix64 */
static uint64_t word(uint64_t seed, uint64_t index)
{
	uint64_t z = seed * 0xd1342543de82ef95ULL +
		     (index + 1) * 0x9e3779b97f4a7c15ULL;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

/* Fill @buf with the stream's bytes from @offset, a multiple of eight. */
void pattern_fill(uint64_t seed, uint64_t offset, void *buf, size_t len)
{
	char *p = buf;

	while (len) {
		uint64_t w = htole64(word(seed, offset / sizeof(w)));
		size_t n = len < sizeof(w) ? len : sizeof(w);

		memcpy(p, &w, n);
		p += n;
		offset += n;
		len -= n;
	}
}

/* Where @buf first differs from the stream, or -1 if it does not. */
ssize_t pattern_mismatch(uint64_t seed, uint64_t offset, const void *buf,
			 size_t len)
{
	const unsigned char *p = buf;
	unsigned char want[4096];
	size_t done = 0;

	while (done < len) {
		size_t n = len - done < sizeof(want) ? len - done : sizeof(want);
		size_t i = 0;

		pattern_fill(seed, offset + done, want, n);
		if (memcmp(p + done, want, n)) {
			while (p[done + i] == want[i])
				i++;
			return done + i;
		}
		done += n;
	}
	return -1;
}

uint64_t sum_update(uint64_t sum, const void *buf, size_t len)
{
	const unsigned char *p = buf;
	size_t i;

	for (i = 0; i < len; i++)
		sum = (sum ^ p[i]) * 0x100000001b3ULL;
	return sum;
}

/* One line of @len characters, the last of them a newline. */
void pattern_text(uint64_t seed, char *buf, size_t len)
{
	static const char alphabet[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .";
	size_t i;

	for (i = 0; i + 1 < len; i++)
		buf[i] = alphabet[word(seed, i) % (sizeof(alphabet) - 1)];
	buf[len - 1] = '\n';
}
