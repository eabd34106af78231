// SPDX-License-Identifier: GPL-2.0
/*
 * The boots of the benchmark: arm by arm, and that again for each repeat. What a
 * boot has counted is kept; an interrupted run goes on from there.
 */
#include "bench.h"
#include "bench/plugin/counts.h"
#include "boot/jobs.h"
#include "boot/report.h"

/* A job's owner is its arm, and its number the repeat; 0 counts the pool's peak. */
struct rounds {
	GPtrArray *jobs;
	guint done, boots;
	const char *machine;	/* NULL: power */
	gboolean quick, failed;
	json_t *report;		/* see bench.h */
};

static char *sample_name(const struct rounds *run, const struct job *job)
{
	return g_strdup_printf("bench/%s%s%s%s-%d.json", run->machine ? run->machine : "",
			       run->machine ? "-" : "", job->name,
			       run->quick ? "-quick" : "", job->number);
}

static void keep(struct rounds *run, const struct job *job, json_t *sample)
{
	const struct arm *about = job->about;
	json_t *all = json_object_get(run->report, "arms"), *load;
	json_t *arm = json_object_get(all, about->name);
	json_int_t most = 0;
	const char *name;

	run->done++;
	if (job->number) {
		json_array_set(json_object_get(arm, "repeats"), job->number - 1,
			       sample);
		return;
	}
	json_object_foreach(sample, name, load)
		most = MAX(most, json_integer_value(json_object_get(load, "slots")));
	json_object_set_new(arm, "slots_peak", json_integer(most));
}

/* Take what an earlier run has counted, of the same inputs. */
static gboolean resumed(struct rounds *run, const struct job *job)
{
	g_autofree char *name = sample_name(run, job);
	g_autofree char *path = report_path(name);
	json_auto_t *file = json_load_file(path, 0, NULL);
	gboolean same = !g_strcmp0(json_string_value(json_object_get(file, "inputs")),
				   job->inputs);

	if (same)
		keep(run, job, json_object_get(file, "loads"));
	return same;
}

/* NULL if all was counted, else what is wrong. */
static char *finish(struct rounds *run, const struct job *job)
{
	g_autofree char *dir = g_build_filename("build", "log", job->name, NULL);
	g_autofree char *name = sample_name(run, job);
	json_auto_t *file = NULL;
	char *why = NULL;
	json_t *sample = counts_read(dir, &why);

	if (!sample)
		return why;
	file = json_pack("{s:s, s:o}", "inputs", job->inputs, "loads", sample);
	report_write(name, file);
	keep(run, job, sample);
	g_print("ok   %-14s %d, %u of %u boots\n", job->name, job->number,
		run->done, run->boots);
	return NULL;
}

static gboolean ended(struct job *job, void *data)
{
	struct rounds *run = data;

	if (job->interrupted)
		return FALSE;
	if (!job->problem)
		job->problem = finish(run, job);
	if (job->problem)
		g_print("FAIL %-14s %s\n", job->name, job->problem);
	run->failed |= !!job->problem;
	return !job->problem;
}

static void add_boot(struct rounds *run, const struct arm *arm, int repeat,
		     const struct boot_options *opts)
{
	const char *name = repeat ? arm->row : opts->machine ? NULL : arm->peak_row;
	struct job *job;

	if (!name || !arm_built(arm, opts))
		return;
	job = job_of_boot(boot_row_find(name), opts);
	job->about = arm;
	job->number = repeat;
	run->boots++;
	if (resumed(run, job))
		job_free(job);
	else
		g_ptr_array_add(run->jobs, job);
}

/* A report of nothing yet. */
static json_t *empty_report(int repeats, const struct boot_options *opts)
{
	json_t *all = json_object();
	int repeat, i;

	for (i = 0; i < ARMS; i++) {
		const struct boot_row *row = boot_row_find(arms[i].row);
		json_t *list;

		if (!arm_built(&arms[i], opts))
			continue;
		list = json_array();
		for (repeat = 0; repeat < repeats; repeat++)
			json_array_append_new(list, json_null());
		json_object_set_new(all, arms[i].name,
			json_pack("{s:s, s:s, s:b, s:b, s:o}", "about",
				  row->about, "kernel", row->kernel, "secure",
				  row->secure, "flag", row->flag, "repeats",
				  list));
	}
	return json_pack("{s:i, s:b, s:s*, s:o}", "repeats", repeats, "quick",
			 opts->quick, "machine", opts->machine, "arms", all);
}

static gboolean boot_all(struct rounds *run, int repeats,
			 const struct boot_options *opts)
{
	int repeat, i;

	run->jobs = jobs_new();
	for (repeat = 0; repeat <= repeats; repeat++)
		for (i = 0; i < ARMS; i++)
			add_boot(run, &arms[i], repeat, opts);
	if (run->done)
		g_print("svm-lab: %u boots are there from an earlier run\n",
			run->done);
	return jobs_run(run->jobs, ended, run);
}

/* Into what bench.json has of the other machines. */
static gboolean write_report(const struct rounds *run)
{
	g_autofree char *path = report_path("bench.json");
	json_auto_t *whole = json_load_file(path, 0, NULL), *machines;

	machines = json_incref(json_object_get(whole, "machines"));
	machines = machines ? machines : json_object();
	if (!run->machine) {
		json_decref(whole);
		whole = json_copy(run->report);
	} else {
		whole = whole ? whole : json_object();
		json_object_set(machines, run->machine, run->report);
	}
	if (json_object_size(machines))
		json_object_set(whole, "machines", machines);
	return report_write("bench.json", whole);
}

static int conclude(const struct rounds *run)
{
	gboolean whole = figures_add(run->report);

	tables_print(run->report);
	if (!write_report(run) || (!run->machine && !plots_draw(run->report)))
		return END_SETUP;
	return !whole;
}

int rounds_run(int repeats, const struct boot_options *opts)
{
	g_autofree char *problem = figures_problem();
	struct rounds run = { .quick = opts->quick, .machine = opts->machine };
	int status = END_CHECK;

	if (problem) {
		g_printerr("svm-lab: figures: %s\n", problem);
		return END_SETUP;
	}
	run.report = empty_report(repeats, opts);
	if (!boot_all(&run, repeats, opts))
		status = END_INTERRUPTED;
	else if (!run.failed)
		status = conclude(&run);
	if (status == END_INTERRUPTED || run.failed)
		g_print("svm-lab: not whole: the same command goes on from here\n");
	json_decref(run.report);
	return status;
}
