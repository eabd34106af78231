// SPDX-License-Identifier: GPL-2.0
/*
 * The boots of the benchmark: arm by arm, and that again for each repeat, two at
 * a time. What a boot has counted is kept; an interrupted run goes on from there.
 */
#include <gio/gio.h>
#include <glib-unix.h>
#include <signal.h>
#include <string.h>

#include "bench.h"
#include "vm/child.h"
#include "boot/report.h"
#include "check/tally.h"

const struct bench_arm bench_arms[BENCH_ARMS] = {
	{ "stock", "bench-stock", NULL },
	{ "A", "bench-a", NULL },
	{ "B", "bench-b", "bench-peak-b" },
	{ "C", "bench-c", "bench-peak-c" },
	{ "D", "bench-d", "bench-peak-d" },
};

#define AT_A_TIME	2

/* What the counts depend on. */
static const char *const inputs[] = {
	"build/kernel/bench-unpatched/key",
	"build/kernel/bench-fixes/key",
	"build/kernel/bench-platform/key",
	"build/kernel/bench-patched/key",
	"build/qemu/key",
	"build/userland/key",
	"build/bench/count.so",
	"build/guest/initramfs.cpio.gz",
	"build/host/svm-lab",
	NULL
};

/* A boot to be made. */
struct due {
	const struct bench_arm *arm;
	const char *row;
	int repeat;		/* 0: the boot that counts the peak */
};

struct job {
	struct bench_run *run;
	struct due due;
	GSubprocess *child;
};

struct bench_run {
	GArray *due;		/* struct due */
	guint next, done;
	GList *jobs;
	gboolean quick;
	char *digest;
	json_t *samples, *peaks;	/* by arm */
	gboolean failed, interrupted;
	GMainLoop *loop;
};

static void start_more(struct bench_run *run);

static char *sample_name(const struct bench_run *run, const struct due *due)
{
	return g_strdup_printf("bench/%s%s-%d.json", due->row,
			       run->quick ? "-quick" : "", due->repeat);
}

static void keep(struct bench_run *run, const struct due *due, json_t *sample)
{
	if (due->repeat)
		json_array_set(json_object_get(run->samples, due->arm->name),
			       due->repeat - 1, sample);
	else
		json_object_set(run->peaks, due->arm->name, sample);
}

/* Take what an earlier run has counted of the same kernels and programs. */
static gboolean resumed(struct bench_run *run, const struct due *due)
{
	g_autofree char *name = sample_name(run, due);
	g_autofree char *path = report_path(name);
	json_t *file = json_load_file(path, 0, NULL);
	gboolean same = !g_strcmp0(json_string_value(json_object_get(file, "inputs")),
				   run->digest);

	if (same)
		keep(run, due, json_object_get(file, "loads"));
	json_decref(file);
	return same;
}

static void finish(struct bench_run *run, const struct due *due)
{
	g_autofree char *dir = g_build_filename("build", "log", due->row, NULL);
	g_autofree char *name = sample_name(run, due);
	g_autofree char *why = NULL;
	json_t *sample = bench_sample(dir, &why), *file;

	if (!sample) {
		run->failed = TRUE;
		g_print("FAIL %-14s %s\n", due->row, why);
		return;
	}
	file = json_pack("{s:s, s:O}", "inputs", run->digest, "loads", sample);
	report_write(name, file);
	keep(run, due, sample);
	json_decref(file);
	json_decref(sample);
	g_print("ok   %-14s %d, %u of %u boots\n", due->row, due->repeat,
		++run->done, run->due->len);
}

static void on_child_exit(GObject *object, GAsyncResult *async, gpointer data)
{
	struct job *job = data;
	struct bench_run *run = job->run;

	g_subprocess_wait_finish(G_SUBPROCESS(object), async, NULL);
	if (g_subprocess_get_successful(job->child)) {
		finish(run, &job->due);
	} else if (!run->interrupted) {
		run->failed = TRUE;
		g_print("FAIL %-14s see build/log/%s/lab.log\n", job->due.row,
			job->due.row);
	}
	run->jobs = g_list_remove(run->jobs, job);
	g_object_unref(job->child);
	g_free(job);
	start_more(run);
}

static void start_one(struct bench_run *run, const struct due *due)
{
	g_autofree char *dir = g_build_filename("build", "log", due->row, NULL);
	g_autofree char *log = g_build_filename(dir, "lab.log", NULL);
	g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(
		G_SUBPROCESS_FLAGS_STDERR_MERGE);
	g_autoptr(GError) error = NULL;
	struct job *job = g_new0(struct job, 1);

	g_mkdir_with_parents(dir, 0755);
	g_subprocess_launcher_set_stdout_file_path(launcher, log);
	g_subprocess_launcher_set_child_setup(launcher, child_dies_with_parent,
					      GINT_TO_POINTER(SIGTERM), NULL);
	job->run = run;
	job->due = *due;
	job->child = g_subprocess_launcher_spawn(launcher, &error,
						 "build/host/svm-lab", "boot",
						 due->row,
						 run->quick ? "--quick" : NULL,
						 NULL);
	if (!job->child) {
		g_print("FAIL %-14s %s\n", due->row, error->message);
		run->failed = TRUE;
		g_free(job);
		return;
	}
	run->jobs = g_list_prepend(run->jobs, job);
	g_subprocess_wait_async(job->child, NULL, on_child_exit, job);
}

/* Boots of the same row would write the same logs. */
static gboolean running(const struct bench_run *run, const char *row)
{
	GList *l;

	for (l = run->jobs; l; l = l->next)
		if (!strcmp(((struct job *)l->data)->due.row, row))
			return TRUE;
	return FALSE;
}

static void start_more(struct bench_run *run)
{
	while (run->next < run->due->len && !run->interrupted && !run->failed &&
	       g_list_length(run->jobs) < AT_A_TIME) {
		const struct due *due =
			&g_array_index(run->due, struct due, run->next);

		if (running(run, due->row))
			break;
		run->next++;
		if (resumed(run, due))
			run->done++;
		else
			start_one(run, due);
	}
	if (!run->jobs)
		g_main_loop_quit(run->loop);
}

static gboolean begin(gpointer data)
{
	struct bench_run *run = data;

	start_more(run);
	if (run->done)
		g_print("svm-lab: %u boots are there from an earlier run\n",
			run->done);
	return G_SOURCE_REMOVE;
}

static gboolean on_signal(gpointer data)
{
	struct bench_run *run = data;
	GList *l;

	run->interrupted = TRUE;
	for (l = run->jobs; l; l = l->next)
		g_subprocess_send_signal(((struct job *)l->data)->child,
					 SIGTERM);
	return G_SOURCE_CONTINUE;
}

static void plan(struct bench_run *run, int repeats)
{
	int repeat, i;

	for (repeat = 0; repeat <= repeats; repeat++) {
		for (i = 0; i < BENCH_ARMS; i++) {
			const struct bench_arm *arm = &bench_arms[i];
			struct due due = { arm, repeat ? arm->row : arm->peak_row,
					   repeat };

			if (due.row)
				g_array_append_val(run->due, due);
		}
	}
	for (i = 0; i < BENCH_ARMS; i++) {
		json_t *list = json_array();

		for (repeat = 0; repeat < repeats; repeat++)
			json_array_append_new(list, json_null());
		json_object_set_new(run->samples, bench_arms[i].name, list);
	}
}

static void boot_all(struct bench_run *run)
{
	guint sigint = g_unix_signal_add(SIGINT, on_signal, run);
	guint sigterm = g_unix_signal_add(SIGTERM, on_signal, run);

	run->loop = g_main_loop_new(NULL, FALSE);
	g_idle_add(begin, run);
	g_main_loop_run(run->loop);
	g_source_remove(sigint);
	g_source_remove(sigterm);
	g_main_loop_unref(run->loop);
}

static int conclude(const struct bench_run *run, int repeats)
{
	json_t *report;
	int status = run->failed;

	if (run->interrupted) {
		g_print("svm-lab: interrupted: the same command goes on from here\n");
		return END_INTERRUPTED;
	}
	report = bench_report(run->samples, run->peaks, repeats);
	json_object_set_new(report, "quick", json_boolean(run->quick));
	bench_table(report);
	if (!report_write("bench.json", report) || !bench_plots(report))
		status = END_SETUP;
	json_decref(report);
	return status;
}

int bench(int repeats, gboolean quick)
{
	struct bench_run run = {
		.due = g_array_new(FALSE, FALSE, sizeof(struct due)),
		.quick = quick,
		.digest = digest_files(inputs),
		.samples = json_object(),
		.peaks = json_object(),
	};
	int status;

	plan(&run, repeats);
	boot_all(&run);
	status = conclude(&run, repeats);
	g_array_unref(run.due);
	g_free(run.digest);
	json_decref(run.samples);
	json_decref(run.peaks);
	return status;
}
