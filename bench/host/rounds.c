// SPDX-License-Identifier: GPL-2.0
/*
 * The boots of the benchmark: arm by arm, and that again for each repeat. What a
 * boot has counted is kept; an interrupted run goes on from there.
 */
#include "bench.h"
#include "boot/jobs.h"
#include "boot/report.h"
#include "check/tally.h"

const struct bench_arm bench_arms[BENCH_ARMS] = {
	{ "stock", "bench-stock", NULL },
	{ "A", "bench-a", NULL },
	{ "B", "bench-b", "bench-peak-b" },
	{ "C", "bench-c", "bench-peak-c" },
	{ "D", "bench-d", "bench-peak-d" },
};

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

struct bench_run {
	GArray *due;		/* struct due */
	guint done;
	gboolean quick, failed;
	char *digest;
	json_t *samples, *peaks;	/* by arm */
};

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

/* NULL if all was counted, else what is wrong. */
static char *finish(struct bench_run *run, const struct due *due)
{
	g_autofree char *dir = g_build_filename("build", "log", due->row, NULL);
	g_autofree char *name = sample_name(run, due);
	json_t *sample, *file;
	char *why = NULL;

	sample = bench_sample(dir, &why);
	if (!sample)
		return why;
	file = json_pack("{s:s, s:O}", "inputs", run->digest, "loads", sample);
	report_write(name, file);
	keep(run, due, sample);
	json_decref(file);
	json_decref(sample);
	g_print("ok   %-14s %d, %u of %u boots\n", due->row, due->repeat,
		++run->done, run->due->len);
	return NULL;
}

static gboolean ended(struct job *job, void *data)
{
	const struct due *due = job->about;
	g_autofree char *problem = NULL;
	struct bench_run *run = data;
	json_t *report;

	if (job->interrupted)
		return FALSE;
	problem = job_boot_problem(job, boot_row_find(due->row), &report);
	if (!problem)
		problem = finish(run, due);
	if (problem)
		g_print("FAIL %-14s %s\n", due->row, problem);
	run->failed |= !!problem;
	json_decref(report);
	return !problem;
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

static gboolean boot_all(struct bench_run *run)
{
	GPtrArray *jobs = jobs_new();
	guint i;

	for (i = 0; i < run->due->len; i++) {
		const struct due *due = &g_array_index(run->due, struct due, i);

		if (resumed(run, due))
			run->done++;
		else
			g_ptr_array_add(jobs, job_of_boot(boot_row_find(due->row),
							  ended, due));
	}
	if (run->done)
		g_print("svm-lab: %u boots are there from an earlier run\n",
			run->done);
	return jobs_run(jobs, run);
}

static int conclude(const struct bench_run *run, int repeats)
{
	json_t *report;
	int status = run->failed;

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
	if (boot_all(&run)) {
		status = conclude(&run, repeats);
	} else {
		g_print("svm-lab: interrupted: the same command goes on from here\n");
		status = END_INTERRUPTED;
	}
	g_array_unref(run.due);
	g_free(run.digest);
	json_decref(run.samples);
	json_decref(run.peaks);
	return status;
}
