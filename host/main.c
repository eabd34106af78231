// SPDX-License-Identifier: GPL-2.0
/* svm-lab: boots secure guests on the ultravisor model and judges them. */
#include "bench/host/bench.h"
#include "bench/plugin/counts.h"
#include "check/check.h"
#include "boot/jobs.h"
#include "boot/prompt.h"
#include "boot/report.h"
#include "table/machines.h"

static const char summary[] =
	"Commands:\n"
	"  run            boot 'secure-plain', write build/report/run.json\n"
	"  boot NAME      one boot by name; each ending has its own exit status\n"
	"  check [NAME..] the tests, or those named; build/report/check.json\n"
	"  check-all      the tests and the boots that only this one runs\n"
	"  shell          a root shell of a Debian userland in a secure guest\n"
	"  exec CMD...    one command there; ends with its exit status\n"
	"  counts NAME    what the last boot of that name has counted\n"
	"  figures [FILE] the figures of a report of the benchmark, or of the last one\n"
	"  bench N        N repeats of the benchmark; build/report/bench.json\n"
	"  list           the boots, what runs them, and what each must show\n"
	"  needs WHAT     what is to be built for run, check, check-all, bench, or boots\n";

static int usage(const char *problem)
{
	g_printerr("svm-lab: %s: see 'svm-lab --help'\n", problem);
	return END_USAGE;
}

/* The checkout: svm-lab is its build/host/svm-lab. */
static gboolean enter_top(void)
{
	g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
	g_autofree char *host = g_path_get_dirname(self ? self : ".");
	g_autofree char *build = g_path_get_dirname(host);
	g_autofree char *top = g_path_get_dirname(build);

	return !g_chdir(top);
}

static int list(void)
{
	static const char *const when[] = { "check", "check-all", "by name" };
	const struct boot_row *row;

	for (row = boot_row_list(); row->name; row++)
		g_print("%-24s %-9s %s\n", row->name, when[row->when], row->about);
	return END_PASS;
}

/* Of what the plugin has counted only the benchmark knows what is right. */
static void hold_counts(struct boot_result *res)
{
	char *why = NULL;

	if (res->row->bench && res->ending == END_PASS)
		json_decref(counts_read(res->dir, &why));
	boot_hold(res, why);
}

static int boot_one(const struct boot_row *row, struct boot_options *opts,
		    const char *file)
{
	g_autofree char *path = report_path(file);
	struct boot_result res;
	enum ending ending;
	json_auto_t *report = NULL;

	report_remove(file);
	opts->verbose = TRUE;
	g_print("svm-lab: %s: %s\n", row->name, row->about);
	boot(row, opts, &res);
	hold_counts(&res);
	ending = res.ending;
	if (res.audit || res.watch.tests->len)
		report_table(&res);
	report = report_boot(&res);
	if (!report_write(file, report) && ending == END_PASS)
		ending = END_SETUP;
	if (ending == END_PASS)
		g_print("svm-lab: %s: pass (console log: %s)\n", row->name,
			res.console_log);
	else
		report_failure(report);
	g_print("svm-lab: report: %s\n", path);
	boot_result_clear(&res);
	return ending;
}

static int run(struct boot_options *opts)
{
	int status = boot_one(boot_row_find("secure-plain"), opts, "run.json");

	report_compiled();
	return status;
}

static int boot_named(const char *name, struct boot_options *opts)
{
	const struct boot_row *row = boot_row_find(name);
	g_autofree char *file = NULL;

	if (!row)
		return usage("no boot of that name: a row of tests/boots.def makes one");
	file = boot_report_name(name);
	return boot_one(row, opts, file);
}

/* @words: a command, or names of boots. */
static int needed(char **words, const struct boot_options *opts)
{
	char *run[] = { "secure-plain", NULL }, *of_arms[ARMS + 1] = { NULL };
	int i, n = 0;

	for (i = 0; i < ARMS; i++)
		if (arm_built(&arms[i], opts))
			of_arms[n++] = (char *)arms[i].row;
	if (!strcmp(words[0], "run"))
		return needs(run, BY_NAME, opts);
	if (!strcmp(words[0], "check"))
		return needs(NULL, IN_CHECK, opts);
	if (!strcmp(words[0], "check-all"))
		return needs(NULL, IN_CHECK_ALL, opts);
	if (!strcmp(words[0], "bench"))
		return needs(of_arms, BY_NAME, opts);
	return needs(words, BY_NAME, opts);
}

/* The rows of these say for themselves which machine each is for. */
static gboolean many(char **words)
{
	static const char *const commands[] = { "check", "check-all", NULL };
	const char *word = !strcmp(words[0], "needs") && words[1] ? words[1] : words[0];

	return g_strv_contains(commands, word);
}

static int command(char **words, struct boot_options *opts)
{
	int n = g_strv_length(words);
	int first = n > 1 && !strcmp(words[1], "--") ? 2 : 1;
	g_autofree char *problem = rows_problem(NULL);

	if (problem) {
		g_printerr("svm-lab: the tables: %s\n", problem);
		return END_SETUP;
	}
	if (!n)
		return usage("no command");
	if (opts->machine && many(words))
		return usage("--machine (MACHINE=) is for run, boot, shell, exec, bench and figures");
	if (!strcmp(words[0], "list") && n == 1)
		return list();
	if (!strcmp(words[0], "run") && n == 1)
		return run(opts);
	if (!strcmp(words[0], "check"))
		return check(n > 1 ? words + 1 : NULL, IN_CHECK, opts);
	if (!strcmp(words[0], "check-all") && n == 1)
		return check(NULL, IN_CHECK_ALL, opts);
	if (!strcmp(words[0], "boot") && n == 2)
		return boot_named(words[1], opts);
	if (!strcmp(words[0], "shell") && n == 1)
		return prompt(NULL, opts);
	if (!strcmp(words[0], "exec") && n > first)
		return prompt(words + first, opts);
	if (!strcmp(words[0], "needs") && n > 1)
		return needed(words + 1, opts);
	if (!strcmp(words[0], "counts") && n == 2)
		return tables_counts(words[1]);
	if (!strcmp(words[0], "figures") && n <= 2)
		return tables_figures(words[1], opts->machine);
	if (!strcmp(words[0], "bench") && n == 2 && atoi(words[1]) > 0)
		return rounds_run(atoi(words[1]), opts);
	return usage("what is that command");
}

static struct boot_options opts = { .slow = 1 };
static const char *job;

static const GOptionEntry entries[] = {
	{ "qemu", 0, 0, G_OPTION_ARG_FILENAME, &opts.qemu,
	  "another QEMU", "FILE" },
	{ "machine", 0, 0, G_OPTION_ARG_STRING, &opts.machine,
	  "another machine of tests/machines.def", "NAME" },
	{ "kernels", 0, 0, G_OPTION_ARG_FILENAME, &opts.kernels,
	  "kernels of another base: build/kernel-6.12", "DIRECTORY" },
	{ "seed", 0, 0, G_OPTION_ARG_INT64, &opts.seed,
	  "of the test data, to repeat a boot", "N" },
	{ "quick", 0, 0, G_OPTION_ARG_NONE, &opts.quick,
	  "of the benchmark, only the loads that figures need", NULL },
	{ "slow", 0, 0, G_OPTION_ARG_INT, &opts.slow,
	  "multiply every time limit", "FACTOR" },
	{ JOB_OPTION, 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &job,
	  NULL, NULL },
	/* of a guest */
	{ "kernel", 0, 0, G_OPTION_ARG_FILENAME, &opts.kernel,
	  "another kernel: its vmlinux", "FILE" },
	{ "rootfs", 0, 0, G_OPTION_ARG_FILENAME, &opts.rootfs,
	  "another userland: an image of ext4, or a directory", "IMAGE|DIR" },
	{ "disk", 0, 0, G_OPTION_ARG_FILENAME, &opts.disk,
	  "a disk image with an empty ext4 instead of a new one", "IMAGE" },
	{ "append", 0, 0, G_OPTION_ARG_STRING, &opts.append,
	  "more words for its kernel", "TEXT" },
	{ "qemu-args", 0, 0, G_OPTION_ARG_STRING, &opts.qemu_args,
	  "more options of QEMU", "TEXT" },
	{ "mem", 0, 0, G_OPTION_ARG_INT, &opts.mem, "its RAM", "MIB" },
	{ "smp", 0, 0, G_OPTION_ARG_INT, &opts.smp, "its CPUs", "N" },
	{ "plain", 0, 0, G_OPTION_ARG_NONE, &opts.plain,
	  "it does not become secure", NULL },
	{ "flag", 0, 0, G_OPTION_ARG_NONE, &opts.flag,
	  "its devices offer VIRTIO_F_ACCESS_PLATFORM", NULL },
	{ "gdb", 0, 0, G_OPTION_ARG_NONE, &opts.gdb,
	  "it waits for a debugger; how to attach it is printed", NULL },
	{ 0 }
};

/* A file of the user lies where the user is, and not below the checkout. */
static void make_absolute(void)
{
	const GOptionEntry *e;
	char **path;

	for (e = entries; e->long_name; e++) {
		path = e->arg_data;
		if (e->arg == G_OPTION_ARG_FILENAME && *path)
			*path = g_canonicalize_filename(*path, NULL);
	}
}

/* Takes the options out of the line; @strict: only those before the first other word. */
static gboolean parse(int *argc, char ***argv, gboolean strict)
{
	g_autoptr(GOptionContext) context = g_option_context_new("COMMAND [NAME...]");
	g_autoptr(GError) error = NULL;

	g_option_context_set_summary(context, summary);
	g_option_context_add_main_entries(context, entries, NULL);
	g_option_context_set_strict_posix(context, strict);
	if (g_option_context_parse(context, argc, argv, &error))
		return TRUE;
	usage(error->message);
	return FALSE;
}

int main(int argc, char **argv)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	opts.command_line = g_strdupv(argv);
	if (!parse(&argc, &argv, TRUE))
		return END_USAGE;
	argc--;
	argv++;
	/* what follows the command of exec is for the guest */
	if (argc && !parse(&argc, &argv, !strcmp(argv[0], "exec")))
		return END_USAGE;
	if (opts.machine && !machine_find(opts.machine))
		return usage("no machine of that name: tests/machines.def has them");
	if (opts.slow < 1)
		return usage("--slow wants a factor of 1 or more");
	make_absolute();
	if (!enter_top())
		return usage("the checkout around build/host/svm-lab is gone");
	return job ? boot_named(job, &opts) : command(argv, &opts);
}
