// SPDX-License-Identifier: GPL-2.0
/*
 * A TCG plugin that counts what a ppc64le kernel does for an I/O. It sees every
 * instruction and changes nothing that the guest could notice.
 *
 *	-plugin count.so,kernel=VMLINUX,out=FILE[,period=N]
 *
 * All counters are written to FILE as text, a line each time, when
 *	mark N		the guest executes "or 20,20,20", which does nothing
 *	period N K	K * period requests were started since mark N
 *	kernel 0	the firmware jumps to the kernel; nothing is counted before
 * and before that, for each page in which the copy routines loaded or stored since
 * the line before, "page ADDRESS ROUTINES LOADED STORED", in bytes.
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

/* gcc never emits it: moves are "or" with two registers. */
#define MARK		0x7e94a378u	/* or 20,20,20 */
/* where QEMU's pseries machine loads a kernel (KERNEL_LOAD_ADDR, spapr.c) */
#define KERNEL_LOAD	0x400000ul
/* the kernel's map of all memory */
#define PAGE_OFFSET	0xc000000000000000ul
#define LINEAR_BITS	51
#define PAGE_BITS	16
#define MOST_PAGES	(16ul << 30 >> PAGE_BITS)

#define FUNCTIONS_MAX	8

enum {
#define FUNCTION(name, ...)		COUNT_##name,
#define OPCODE(name, mask, bits)	COUNT_##name,
#define COPY(name, ...)
#include "counters.def"
#undef FUNCTION
#undef OPCODE
#undef COPY
	COUNTERS,
	INSTRUCTIONS = COUNTERS, USER_INSTRUCTIONS, VALUES
};

enum {
#define FUNCTION(name, ...)
#define OPCODE(name, mask, bits)
#define COPY(name, ...)			COPY_##name,
#include "counters.def"
#undef FUNCTION
#undef OPCODE
#undef COPY
	COPIES
};

/* A counter of function entries or of instructions. */
static struct counter {
	const char *name;
	const char *functions[FUNCTIONS_MAX];
	uint32_t mask, bits;	/* mask 0: functions */
	uint64_t entries[FUNCTIONS_MAX];
} counters[] = {
#define FUNCTION(id, ...)	{ .name = #id, .functions = { __VA_ARGS__ } },
#define OPCODE(id, m, b)	{ .name = #id, .mask = m, .bits = b },
#define COPY(id, ...)
#include "counters.def"
#undef FUNCTION
#undef OPCODE
#undef COPY
};

/* A kind of routine that copies. */
static struct copy {
	const char *name;
	const char *functions[FUNCTIONS_MAX];
	struct { uint64_t start, end; } ranges[FUNCTIONS_MAX];
} copies[] = {
#define FUNCTION(id, ...)
#define OPCODE(id, m, b)
#define COPY(id, ...)		{ .name = #id, .functions = { __VA_ARGS__ } },
#include "counters.def"
#undef FUNCTION
#undef OPCODE
#undef COPY
};

/* Bytes loaded and stored in a page since the last line. */
struct page {
	uint64_t bytes[COPIES][2];
	bool touched;
};

static FILE *out;
static struct page *pages;
static GArray *touched;		/* indices of pages */
static struct qemu_plugin_scoreboard *values;	/* uint64_t[VALUES] of each vCPU */
static uint64_t marks, period, requests_since_mark;
/* From the first jump to a kernel on: the firmware's time is nobody's concern. */
static bool counting;

static void write_pages(void)
{
	guint i, c;

	for (i = 0; i < touched->len; i++) {
		uint64_t n = g_array_index(touched, uint64_t, i);
		struct page *page = &pages[n];

		for (c = 0; c < COPIES; c++)
			if (page->bytes[c][0] || page->bytes[c][1])
				fprintf(out, "page 0x%" PRIx64 " %s %" PRIu64
					" %" PRIu64 "\n", n << PAGE_BITS,
					copies[c].name, page->bytes[c][0],
					page->bytes[c][1]);
		memset(page, 0, sizeof(*page));
	}
	g_array_set_size(touched, 0);
}

static qemu_plugin_u64 value(int i)
{
	return (qemu_plugin_u64){ values, i * sizeof(uint64_t) };
}

static void add_one(struct qemu_plugin_insn *insn, int i)
{
	qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu(
		insn, QEMU_PLUGIN_INLINE_ADD_U64, value(i), 1);
}

static void write_counters(void)
{
	int i;

	fprintf(out, " instructions=%" PRIu64 " user_instructions=%" PRIu64,
		qemu_plugin_u64_sum(value(INSTRUCTIONS)),
		qemu_plugin_u64_sum(value(USER_INSTRUCTIONS)));
	for (i = 0; i < COUNTERS; i++)
		fprintf(out, " %s=%" PRIu64, counters[i].name,
			qemu_plugin_u64_sum(value(i)));
	fprintf(out, "\n");
	fflush(out);
}

static void on_mark(unsigned int vcpu, void *data)
{
	g_autofree char *line = g_strdup_printf("mark %" PRIu64 "\n", ++marks);

	(void)vcpu;
	(void)data;
	qemu_plugin_outs(line);
	write_pages();
	fprintf(out, "mark %" PRIu64, marks);
	write_counters();
	requests_since_mark = 0;
}

static void on_request(unsigned int vcpu, void *data)
{
	(void)vcpu;
	(void)data;
	if (++requests_since_mark % period)
		return;
	write_pages();
	fprintf(out, "period %" PRIu64 " %" PRIu64, marks,
		requests_since_mark / period);
	write_counters();
}

static void on_kernel(unsigned int vcpu, void *data)
{
	(void)vcpu;
	(void)data;
	counting = true;
	write_pages();
	fprintf(out, "kernel 0");
	write_counters();
}

static void on_exit_of_qemu(qemu_plugin_id_t id, void *data)
{
	(void)id;
	(void)data;
	write_pages();
	fprintf(out, "exit 0");
	write_counters();
	fclose(out);
}

static bool find_page(qemu_plugin_meminfo_t info, uint64_t vaddr, uint64_t *n)
{
	struct qemu_plugin_hwaddr *hwaddr;

	if (vaddr < PAGE_OFFSET)	/* a process's */
		return false;
	if (!((vaddr - PAGE_OFFSET) >> LINEAR_BITS)) {
		*n = (vaddr - PAGE_OFFSET) >> PAGE_BITS;
	} else {
		hwaddr = qemu_plugin_get_hwaddr(info, vaddr);
		if (!hwaddr || qemu_plugin_hwaddr_is_io(hwaddr))
			return false;
		*n = qemu_plugin_hwaddr_phys_addr(hwaddr) >> PAGE_BITS;
	}
	return *n < MOST_PAGES;
}

static void on_copy(unsigned int vcpu, qemu_plugin_meminfo_t info,
		    uint64_t vaddr, void *data)
{
	bool store = qemu_plugin_mem_is_store(info);
	struct page *page;
	uint64_t n;

	(void)vcpu;
	if (!find_page(info, vaddr, &n))
		return;
	page = &pages[n];
	if (!page->touched) {
		page->touched = true;
		g_array_append_val(touched, n);
	}
	page->bytes[GPOINTER_TO_INT(data)][store] +=
		1ul << qemu_plugin_mem_size_shift(info);
}

static bool enters(const struct counter *counter, uint64_t vaddr)
{
	int i;

	for (i = 0; i < FUNCTIONS_MAX && counter->entries[i]; i++)
		if (counter->entries[i] == vaddr)
			return true;
	return false;
}

static void count_entries(struct qemu_plugin_insn *insn, uint64_t vaddr)
{
	int i;

	for (i = 0; i < COUNTERS; i++)
		if (enters(&counters[i], vaddr))
			add_one(insn, i);
	if (period && enters(&counters[COUNT_requests], vaddr))
		qemu_plugin_register_vcpu_insn_exec_cb(
			insn, on_request, QEMU_PLUGIN_CB_NO_REGS, NULL);
}

static uint32_t opcode_of(const struct qemu_plugin_insn *insn)
{
	uint32_t opcode = 0;

	qemu_plugin_insn_data(insn, &opcode, sizeof(opcode));
	return opcode;
}

static void count_opcode(struct qemu_plugin_insn *insn)
{
	uint32_t opcode = opcode_of(insn);
	int i;

	for (i = 0; i < COUNTERS; i++)
		if (counters[i].mask &&
		    (opcode & counters[i].mask) == counters[i].bits)
			add_one(insn, i);
	if (opcode == MARK)
		qemu_plugin_register_vcpu_insn_exec_cb(
			insn, on_mark, QEMU_PLUGIN_CB_NO_REGS, NULL);
}

/* The register to which a load or store adds its offset. */
static unsigned int base_register(const struct qemu_plugin_insn *insn)
{
	return opcode_of(insn) >> 16 & 31;
}

static void count_copies(struct qemu_plugin_insn *insn, uint64_t vaddr)
{
	int i, j;

	/* registers saved on the stack, which is r1, are no copy */
	if (base_register(insn) == 1)
		return;
	for (i = 0; i < COPIES; i++)
		for (j = 0; j < FUNCTIONS_MAX && copies[i].ranges[j].end; j++)
			if (vaddr >= copies[i].ranges[j].start &&
			    vaddr < copies[i].ranges[j].end)
				qemu_plugin_register_vcpu_mem_cb(
					insn, on_copy, QEMU_PLUGIN_CB_NO_REGS,
					QEMU_PLUGIN_MEM_RW, GINT_TO_POINTER(i));
}

static void count_insn(struct qemu_plugin_insn *insn, uint64_t vaddr)
{
	add_one(insn, INSTRUCTIONS);
	count_opcode(insn);
	if (vaddr >= PAGE_OFFSET) {
		count_entries(insn, vaddr);
		count_copies(insn, vaddr);
	} else {
		add_one(insn, USER_INSTRUCTIONS);
	}
}

static void on_translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	size_t n = qemu_plugin_tb_n_insns(tb), i;

	(void)id;
	for (i = 0; i < n; i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
		uint64_t vaddr = qemu_plugin_insn_vaddr(insn);

		if (vaddr == KERNEL_LOAD)
			qemu_plugin_register_vcpu_insn_exec_cb(
				insn, on_kernel, QEMU_PLUGIN_CB_NO_REGS, NULL);
		if (counting)
			count_insn(insn, vaddr);
	}
}

/* A kernel without a function is no error: the counter stays 0, and says so. */
static void find_functions(GHashTable *symbols)
{
	int i, j, n;

	for (i = 0; i < COUNTERS; i++) {
		for (j = 0, n = 0; j < FUNCTIONS_MAX && counters[i].functions[j]; j++) {
			uint64_t entry = symbols_entry(symbols,
						       counters[i].functions[j]);

			if (entry)
				counters[i].entries[n++] = entry;
			else
				fprintf(out, "missing %s %s\n", counters[i].name,
					counters[i].functions[j]);
		}
	}
	for (i = 0; i < COPIES; i++) {
		for (j = 0, n = 0; j < FUNCTIONS_MAX && copies[i].functions[j]; j++) {
			if (symbols_range(symbols, copies[i].functions[j],
					  &copies[i].ranges[n].start,
					  &copies[i].ranges[n].end))
				n++;
			else
				fprintf(out, "missing %s %s\n", copies[i].name,
					copies[i].functions[j]);
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

	if (strcmp(info->target_name, "ppc64") || !info->system_emulation) {
		fprintf(stderr, "count: only for qemu-system-ppc64\n");
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
	find_functions(symbols);
	g_hash_table_unref(symbols);
	values = qemu_plugin_scoreboard_new(VALUES * sizeof(uint64_t));
	pages = g_new0(struct page, MOST_PAGES);
	touched = g_array_new(FALSE, FALSE, sizeof(uint64_t));
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translate);
	qemu_plugin_register_atexit_cb(id, on_exit_of_qemu, NULL);
	return 0;
}
