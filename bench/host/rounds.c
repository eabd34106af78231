// SPDX-License-Identifier: GPL-2.0
/*
 * The boots of the benchmark: arm by arm, and that again for each repeat. What a
 * boot has counted is kept; an interrupted run goes on from there.
 */
#include "arms.h"
#include "bench/plugin/counts.h"
#include "boot/jobs.h"
#include "boot/report.h"
#include "figures.h"
#include "plots.h"
#include "rounds.h"
#include "tables.h"

/* A boot to be made. */
struct due {
	const struct arm *arm;
	const char *row;
	int repeat;		/* 0: the boot that counts the peak */
};

struct rounds {
	GArray *due;		/* struct due */
	guint done;
	gboolean quick, failed;
	json_t *report;		/* see figures.h */
};

static char *sample_name(const struct rounds *run, const struct due *due)
{
	return g_strdup_printf("bench/%s%s-%d.json", due->row,
			       run->quick ? "-quick" : "", due->repeat);
}

static void keep(struct rounds *run, const struct due *due, json_t *sample)
{
	json_t *arm = json_object_get(json_object_get(run->report, "arms"),
				      due->arm->name);
	const char *name;
	json_t *load;

	if (due->repeat)
		json_array_set(json_object_get(arm, "repeats"), due->repeat - 1,
			       sample);
	else
		json_object_foreach(sample, name, load)
			json_object_set(json_object_get(arm, "slots_peak"), name,
					json_object_get(load, "slots"));
}

/* Take what an earlier run has counted, of the same inputs. */
static gboolean resumed(struct rounds *run, const struct due *due,
			const struct job *job)
{
	g_autofree char *name = sample_name(run, due);
	g_autofree char *path = report_path(name);
	json_t *file = json_load_file(path, 0, NULL);
	gboolean same = !g_strcmp0(json_string_value(json_object_get(file, "inputs")),
				   job->inputs);

	if (same)
		keep(run, due, json_object_get(file, "loads"));
	json_decref(file);
	return same;
}

/* NULL if all was counted, else what is wrong. */
static char *finish(struct rounds *run, const struct due *due,
		    const struct job *job)
{
	g_autofree char *dir = g_build_filename("build", "log", due->row, NULL);
	g_autofree char *name = sample_name(run, due);
	json_t *sample, *file;
	char *why = NULL;

	sample = counts_read(dir, &why);
	if (!sample)
		return why;
	file = json_pack("{s:s, s:O}", "inputs", job->inputs, "loads", sample);
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
	struct rounds *run = data;

	if (job->interrupted)
		return FALSE;
	if (!job->problem)
		job->problem = finish(run, job->about, job);
	if (job->problem)
		g_print("FAIL %-14s %s\n", job->name, job->problem);
	run->failed |= !!job->problem;
	return !job->problem;
}

static void plan(struct rounds *run, int repeats)
{
	int repeat, i;

	for (repeat = 0; repeat <= repeats; repeat++) {
		for (i = 0; i < ARMS; i++) {
			struct due due = { &arms[i], repeat ? arms[i].row :
					   arms[i].peak_row, repeat };

			if (due.row)
				g_array_append_val(run->due, due);
		}
	}
}

/* A report of nothing yet. */
static json_t *empty_report(int repeats, gboolean quick)
{
	json_t *all = json_object();
	int repeat, i;

	for (i = 0; i < ARMS; i++) {
		const struct boot_row *row = boot_row_find(arms[i].row);
		json_t *list = json_array();

		for (repeat = 0; repeat < repeats; repeat++)
			json_array_append_new(list, json_null());
		json_object_set_new(all, arms[i].name,
			json_pack("{s:s, s:s, s:b, s:b, s:o, s:{}}", "about",
				  row->about, "kernel", row->kernel, "secure",
				  row->secure, "flag", row->flag, "repeats",
				  list, "slots_peak"));
	}
	return json_pack("{s:i, s:b, s:o}", "repeats", repeats, "quick", quick,
			 "arms", all);
}

static gboolean boot_all(struct rounds *run, const struct boot_options *opts)
{
	GPtrArray *jobs = jobs_new();
	guint i;

	for (i = 0; i < run->due->len; i++) {
		const struct due *due = &g_array_index(run->due, struct due, i);
		struct job *job = job_of_boot(boot_row_find(due->row), opts);

		job->about = due;
		if (resumed(run, due, job)) {
			run->done++;
			job_free(job);
		} else {
			g_ptr_array_add(jobs, job);
		}
	}
	if (run->done)
		g_print("svm-lab: %u boots are there from an earlier run\n",
			run->done);
	return jobs_run(jobs, ended, run);
}

static int conclude(const struct rounds *run)
{
	gboolean whole = figures_add(run->report);

	tables_print(run->report);
	if (!report_write("bench.json", run->report) || !plots_draw(run->report))
		return END_SETUP;
	return run->failed || !whole;
}

int rounds_run(int repeats, const struct boot_options *opts)
{
	g_autofree char *problem = figures_problem();
	struct rounds run = { .quick = opts->quick };
	int status = END_INTERRUPTED;

	if (problem) {
		g_printerr("svm-lab: figures: %s\n", problem);
		return END_SETUP;
	}
	run.due = g_array_new(FALSE, FALSE, sizeof(struct due));
	run.report = empty_report(repeats, opts->quick);
	plan(&run, repeats);
	if (boot_all(&run, opts))
		status = conclude(&run);
	else
		g_print("svm-lab: interrupted: the same command goes on from here\n");
	g_array_unref(run.due);
	json_decref(run.report);
	return status;
}
