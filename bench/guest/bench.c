// SPDX-License-Identifier: GPL-2.0
#include "bench.h"
#include "swiotlb.h"
#include "wire/wire.h"

static inline void mark(void)
{
	asm volatile(BENCH_MARK ::: "memory");
}

void bench_begin(const char *load)
{
	write_text(SWIOTLB_HIWATER, "0");
	ktap_comment("bench begin %s", load);
	mark();
}

void bench_end(const char *load, unsigned long ios, unsigned long bytes)
{
	unsigned long peak, used;

	mark();
	/* what was taken before the load and is kept has moved no high-water mark */
	used = read_number(SWIOTLB_USED);
	peak = read_number(SWIOTLB_HIWATER);
	ktap_comment("bench end %s ios=%lu bytes=%lu slots=%lu", load, ios,
		     bytes, peak > used ? peak : used);
}

/*
 * From the firmware to a guest with nothing to do. What the drivers have put off
 * is done within the second.
 */
static bool test_bench_boot(const struct lab *lab, struct result *res)
{
	sleep(1);
	bench_begin("boot");
	bench_end("boot", 1, 0);
	return pass(res, "idle");
}
TEST("bench-boot", test_bench_boot)

#define LOOPS	100000
#define COPIED	(1ul << 20)

/* An instruction that loads a register, and a loop that counts it down, of so many. */
#if defined(__aarch64__)
#define LOOP	"	mov x9, %0\n1:	subs x9, x9, #1\n	b.ne 1b\n"
#define LOOP_INSNS	2
#define LOOP_REGISTER	"x9"
#elif defined(__x86_64__)
#define LOOP	"	mov %0, %%rcx\n1:	loop 1b\n"
#define LOOP_INSNS	1
#define LOOP_REGISTER	"rcx"
#else
#define LOOP	"	mtctr %0\n1:	bdnz 1b\n"
#define LOOP_INSNS	1
#define LOOP_REGISTER	"ctr"
#endif

/* Between the marks: the first mark, one instruction, and the loop. */
static void known_loop(long loops)
{
	ktap_comment("bench begin known-loop");
	asm volatile(BENCH_MARK "\n" LOOP "	" BENCH_MARK
		     :: "r" (loops) : LOOP_REGISTER, "cc", "memory");
	ktap_comment("bench end known-loop ios=%d bytes=0 slots=0", LOOPS);
}

/* A pipe takes a copy of what is written to it. */
static bool known_copy(char *buf, size_t chunk)
{
	unsigned long done;
	bool good = true;
	int fds[2];

	if (pipe(fds))
		return false;
	bench_begin("known-copy");
	for (done = 0; good && done < COPIED; done += chunk)
		good = write(fds[1], buf, chunk) == (ssize_t)chunk &&
		       read(fds[0], buf, chunk) == (ssize_t)chunk;
	bench_end("known-copy", COPIED / chunk, chunk);
	close(fds[0]);
	close(fds[1]);
	return good;
}

/*
 * Loads whose counts are known: the host holds the plugin to them. lab.plant=count
 * is one instruction more than it is said to be.
 */
static bool test_bench_known(const struct lab *lab, struct result *res)
{
	size_t chunk = 4096;
	char *buf = calloc(1, chunk);

	known_loop(LOOPS / LOOP_INSNS + !strcmp(lab->plant, WIRE_PLANT_COUNT));
	bench_begin("known-nothing");
	bench_end("known-nothing", 1, 0);
	if (!buf || !known_copy(buf, chunk))
		return fail_errno(res, "a pipe");
	return pass(res, "a loop, nothing, and a copy");
}
TEST("bench-known", test_bench_known)
