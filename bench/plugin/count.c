// SPDX-License-Identifier: GPL-2.0
/*
 * A TCG plugin that counts what a kernel does for an I/O, on ppc64le, arm64 or x86-64. It
 * sees every instruction and changes nothing that the guest could notice.
 *
 *	-plugin count.so,kernel=VMLINUX,out=FILE[,period=N]
 *
 * A line of JSON is written to FILE each time that the guest executes an instruction
 * which does nothing and is a mark (struct target), that N more requests were started, and as the
 * firmware jumps to the kernel, before which nothing is counted:
 *	{ "mark": marks so far, "period": of N requests since then, "pages":
 *	  [ [ page, counter, bytes since the line before ], ... ], "counters": { ... } }
 *
 * "mark N" goes to QEMU's log as well, with -d plugin: whatever is traced there came
 * before it or after it.
 *
 * A line adds up the vCPUs, and pages are not locked: the vCPUs must share a thread
 * (-icount, or -accel tcg,thread=single).
 */
#include <glib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "qemu-plugin.h"
#include "symbols.h"

QEMU_PLUGIN_EXPORT int qemu_plugin_version = QEMU_PLUGIN_VERSION;

/* The kernel has the upper half of all addresses. */
#define USER_END	(1ul << 63)
/*
 * The most that a guest's memory ends at. What is shared may have an address with one
 * more bit, the topmost one.
 */
#define MEMORY_BITS	34

#define FUNCTIONS_MAX	16

/* An instruction by what it begins with, the first byte the lowest one of @bits. */
struct opcode {
	uint32_t mask, bits;
};

static const struct target {
	const char *name;	/* as QEMU has it */
	uint64_t kernel;	/* where the firmware enters the kernel, 0: by symbol */
	const char *entry;	/* that symbol */
	unsigned int page_bits;	/* of what is shared at a time */
	uint32_t mark;		/* BENCH_MARK of bench/guest/bench.h; no compiler emits it */
	struct opcode stack;	/* registers saved on the stack, or a return: no copy */
} targets[] = {
	/* KERNEL_LOAD_ADDR of QEMU's spapr.c; r1 */
	{ "ppc64", 0x400000, NULL, 16, 0x7e94a378, { 0x001f0000, 0x00010000 } },
	/* RAM of QEMU's virt begins 2 MiB below; sp */
	{ "aarch64", 0x40200000, NULL, 12, 0xaa1403f4, { 0x000003e0, 0x000003e0 } },
	/* from its first function of C on; ret */
	{ "x86_64", 0, "x86_64_start_kernel", 12, 0x42801f0f, { 0x000000ff, 0x000000c3 } },
};

static const struct target *target;
static uint64_t kernel_start;

/*
 * A counter of instructions, by their bits or by where they are: in functions, of
 * which it is the first one. Or of the bytes that all of a function's load and store.
 */
static struct counter {
	const char *name;
	const char *functions[FUNCTIONS_MAX];
	const char *target;	/* its instructions are that one's; NULL: all have it */
	struct opcode opcode;	/* mask 0: by address */
	bool copies;
	struct { uint64_t start, end; } ranges[FUNCTIONS_MAX];
} counters[] = {
	{ .name = "instructions", .ranges = { { 0, UINT64_MAX } } },
	{ .name = "user_instructions", .ranges = { { 0, USER_END } } },
#define FUNCTION(id, ...)	{ .name = #id, .functions = { __VA_ARGS__ } },
#define OPCODE(id, on, m, b)	{ .name = #id, .target = on, .opcode = { m, b } },
#define COPY(id, ...)	{ .name = #id, .functions = { __VA_ARGS__ }, .copies = true },
#include "counters.def"
};

#define COUNTERS	G_N_ELEMENTS(counters)

/* Bytes loaded and stored in a page since the last line. */
struct page {
	uint64_t bytes[COUNTERS];
	bool touched;
};

static FILE *out;
static struct page *pages;
static GArray *touched;		/* indices of pages */
static struct qemu_plugin_scoreboard *values;	/* uint64_t[COUNTERS] of each vCPU */
static uint64_t marks, period, requests_since_mark;
/* From the first jump to a kernel on: the firmware's time is nobody's concern. */
static bool counting;

static bool is(struct opcode opcode, uint32_t insn)
{
	return opcode.mask && (insn & opcode.mask) == opcode.bits;
}

static bool applies(const struct counter *c)
{
	return !c->target || !strcmp(c->target, target->name);
}

static void write_pages(void)
{
	const char *comma = "";
	guint i, c;

	for (i = 0; i < touched->len; i++) {
		uint64_t n = g_array_index(touched, uint64_t, i);
		struct page *page = &pages[n];

		for (c = 0; c < COUNTERS; c++) {
			if (!page->bytes[c])
				continue;
			fprintf(out, "%s[%" PRIu64 ",\"%s\",%" PRIu64 "]", comma,
				n, counters[c].name, page->bytes[c]);
			comma = ",";
		}
		memset(page, 0, sizeof(*page));
	}
	g_array_set_size(touched, 0);
}

static qemu_plugin_u64 value(int i)
{
	return (qemu_plugin_u64){ values, i * sizeof(uint64_t) };
}

static void write_line(uint64_t mark, uint64_t periods)
{
	guint i;

	fprintf(out, "{\"mark\":%" PRIu64 ",\"period\":%" PRIu64 ",\"pages\":[",
		mark, periods);
	write_pages();
	fprintf(out, "],\"counters\":{");
	for (i = 0; i < COUNTERS; i++)
		if (!counters[i].copies && applies(&counters[i]))
			fprintf(out, "%s\"%s\":%" PRIu64, i ? "," : "",
				counters[i].name, qemu_plugin_u64_sum(value(i)));
	fprintf(out, "}}\n");
	fflush(out);
}

static void on_mark(unsigned int vcpu, void *data)
{
	g_autofree char *line = g_strdup_printf("mark %" PRIu64 "\n", ++marks);

	qemu_plugin_outs(line);
	write_line(marks, 0);
	requests_since_mark = 0;
}

static void on_request(unsigned int vcpu, void *data)
{
	if (!(++requests_since_mark % period))
		write_line(marks, requests_since_mark / period);
}

static void on_kernel(unsigned int vcpu, void *data)
{
	counting = true;
	write_line(0, 0);
}

static bool find_page(qemu_plugin_meminfo_t info, uint64_t vaddr, uint64_t *n)
{
	struct qemu_plugin_hwaddr *hwaddr;

	if (vaddr < USER_END)	/* a process's */
		return false;
	hwaddr = qemu_plugin_get_hwaddr(info, vaddr);
	if (!hwaddr || qemu_plugin_hwaddr_is_io(hwaddr))
		return false;
	*n = (qemu_plugin_hwaddr_phys_addr(hwaddr) & ((1ul << MEMORY_BITS) - 1)) >>
	     target->page_bits;
	return true;
}

static void on_copy(unsigned int vcpu, qemu_plugin_meminfo_t info,
		    uint64_t vaddr, void *data)
{
	struct page *page;
	uint64_t n;

	if (!find_page(info, vaddr, &n))
		return;
	page = &pages[n];
	if (!page->touched) {
		page->touched = true;
		g_array_append_val(touched, n);
	}
	page->bytes[GPOINTER_TO_INT(data)] +=
		1ul << qemu_plugin_mem_size_shift(info);
}

static bool within(const struct counter *counter, uint64_t vaddr)
{
	int i;

	for (i = 0; i < FUNCTIONS_MAX && counter->ranges[i].end; i++)
		if (vaddr >= counter->ranges[i].start &&
		    vaddr < counter->ranges[i].end)
			return true;
	return false;
}

static void count(struct qemu_plugin_insn *insn, int i)
{
	qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu(
		insn, QEMU_PLUGIN_INLINE_ADD_U64, value(i), 1);
	if (period && !strcmp(counters[i].name, "requests"))
		qemu_plugin_register_vcpu_insn_exec_cb(
			insn, on_request, QEMU_PLUGIN_CB_NO_REGS, NULL);
}

static void count_copy(struct qemu_plugin_insn *insn, uint32_t opcode, int i)
{
	if (!is(target->stack, opcode))
		qemu_plugin_register_vcpu_mem_cb(
			insn, on_copy, QEMU_PLUGIN_CB_NO_REGS, QEMU_PLUGIN_MEM_RW,
			GINT_TO_POINTER(i));
}

static void count_insn(struct qemu_plugin_insn *insn, uint64_t vaddr)
{
	uint32_t opcode = 0;
	guint i;

	qemu_plugin_insn_data(insn, &opcode, sizeof(opcode));
	for (i = 0; i < COUNTERS; i++) {
		const struct counter *c = &counters[i];

		if (!applies(c) || !(is(c->opcode, opcode) || within(c, vaddr)))
			continue;
		if (c->copies)
			count_copy(insn, opcode, i);
		else
			count(insn, i);
	}
	if (opcode == target->mark)
		qemu_plugin_register_vcpu_insn_exec_cb(
			insn, on_mark, QEMU_PLUGIN_CB_NO_REGS, NULL);
}

static void on_translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	size_t n = qemu_plugin_tb_n_insns(tb), i;

	for (i = 0; i < n; i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
		uint64_t vaddr = qemu_plugin_insn_vaddr(insn);

		if (vaddr == kernel_start)
			qemu_plugin_register_vcpu_insn_exec_cb(
				insn, on_kernel, QEMU_PLUGIN_CB_NO_REGS, NULL);
		if (counting)
			count_insn(insn, vaddr);
	}
}

/* A kernel without a function is no error: the counter stays 0. */
static void find_functions(struct counter *c, GHashTable *symbols)
{
	int i, n = 0;

	for (i = 0; i < FUNCTIONS_MAX && c->functions[i]; i++) {
		uint64_t start = symbols_entry(symbols, c->functions[i]);
		uint64_t end = start ? start + 1 : 0;

		if (c->copies && !symbols_range(symbols, c->functions[i], &start,
						&end))
			continue;
		if (end) {
			c->ranges[n].start = start;
			c->ranges[n++].end = end;
		}
	}
}

static const char *value_of(const char *argument, const char *name)
{
	size_t len = strlen(name);

	return !strncmp(argument, name, len) && argument[len] == '='
		? argument + len + 1 : NULL;
}

static bool arguments(int argc, char **argv, const char **kernel,
		      const char **file)
{
	const char *value;
	int i;

	for (i = 0; i < argc; i++) {
		if ((value = value_of(argv[i], "kernel")))
			*kernel = value;
		else if ((value = value_of(argv[i], "out")))
			*file = value;
		else if ((value = value_of(argv[i], "period")))
			period = g_ascii_strtoull(value, NULL, 10);
		else
			return false;
	}
	return *kernel && *file;
}

QEMU_PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id,
					   const qemu_info_t *info, int argc,
					   char **argv)
{
	const char *kernel = NULL, *file = NULL;
	GHashTable *symbols;
	guint i;

	for (i = 0; i < G_N_ELEMENTS(targets); i++)
		if (!strcmp(info->target_name, targets[i].name) && info->system_emulation)
			target = &targets[i];
	if (!target) {
		fprintf(stderr, "count: knows no %s\n", info->target_name);
		return -1;
	}
	if (!arguments(argc, argv, &kernel, &file)) {
		fprintf(stderr, "count: wants kernel=VMLINUX,out=FILE[,period=N]\n");
		return -1;
	}
	symbols = symbols_read(kernel);
	if (!symbols) {
		fprintf(stderr, "count: %s: not an ELF file that can be read\n",
			kernel);
		return -1;
	}
	out = fopen(file, "we");
	if (!out) {
		fprintf(stderr, "count: cannot write %s\n", file);
		return -1;
	}
	for (i = 0; i < COUNTERS; i++)
		find_functions(&counters[i], symbols);
	kernel_start = target->entry ? symbols_entry(symbols, target->entry) : target->kernel;
	g_hash_table_unref(symbols);
	values = qemu_plugin_scoreboard_new(COUNTERS * sizeof(uint64_t));
	pages = g_new0(struct page, 1ul << (MEMORY_BITS - target->page_bits));
	touched = g_array_new(FALSE, FALSE, sizeof(uint64_t));
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translate);
	return 0;
}
