// SPDX-License-Identifier: GPL-2.0
/*
 * The boots of 'svm-lab check': each is an 'svm-lab boot NAME' of its own, so
 * that several can run at a time and none can spoil another one.
 */
#include <gio/gio.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "vm/child.h"
#include "boot/report.h"

struct runner {
	struct tally *tally;
	const struct boot_options *opts;
	const struct boot_row *const *next;
	GList *jobs;		/* struct job, running */
	int cpus_free;
	gboolean interrupted;
	GMainLoop *loop;
};

struct job {
	struct runner *runner;
	const struct boot_row *row;
	GSubprocess *child;
	gint64 start_us;
};

static void start_more(struct runner *r);

static int row_cpus(const struct boot_row *row)
{
	return row->smp ? row->smp : 1;
}

/* What Linux says could be had without swapping, in MiB. */
static long memory_free_mib(void)
{
	g_autofree char *text = NULL;
	const char *line;
	long kib = 0;

	if (!g_file_get_contents("/proc/meminfo", &text, NULL, NULL))
		return 0;
	line = strstr(text, "MemAvailable:");
	if (line)
		sscanf(line, "MemAvailable: %ld", &kib);
	return kib >> 10;
}

/* A lone boot always fits: there is nothing to wait for. */
static gboolean fits(const struct runner *r, const struct boot_row *row)
{
	if (!r->jobs)
		return TRUE;
	return row_cpus(row) <= r->cpus_free &&
	       boot_memory_mib(row) + 512 <= memory_free_mib();
}

static GSubprocess *spawn(const struct runner *r, const struct boot_row *row,
			  GError **error)
{
	g_autofree char *dir = g_build_filename("build", "log", row->name, NULL);
	g_autofree char *out = g_build_filename(dir, "lab.log", NULL);
	g_autofree char *slow = g_strdup_printf("--slow=%d", r->opts->slow);
	g_autofree char *seed = g_strdup_printf("--seed=%" G_GUINT64_FORMAT,
						r->opts->seed);
	g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(
		G_SUBPROCESS_FLAGS_STDERR_MERGE);

	g_mkdir_with_parents(dir, 0755);
	g_subprocess_launcher_set_stdout_file_path(launcher, out);
	g_subprocess_launcher_set_child_setup(launcher, child_dies_with_parent,
					      GINT_TO_POINTER(SIGTERM), NULL);
	return g_subprocess_launcher_spawn(launcher, error,
					   "build/host/svm-lab", slow, seed,
					   "--kernels", boot_kernels(r->opts),
					   "boot", row->name,
					   r->opts->qemu ? "--qemu" : NULL,
					   r->opts->qemu, NULL);
}

/* NULL if the boot ended as it must. */
static char *problem_of(const struct job *job, const json_t *report)
{
	enum ending expect = job->row->expect;
	const char *ending = json_string_value(json_object_get(report, "ending"));
	const char *why = json_string_value(json_object_get(report, "why"));

	if (!report)
		return g_strdup_printf("no report: see build/log/%s/lab.log",
				       job->row->name);
	if (g_subprocess_get_if_exited(job->child) &&
	    g_subprocess_get_exit_status(job->child) == (int)expect &&
	    !g_strcmp0(ending, ending_name(expect)))
		return NULL;
	return g_strdup_printf("expected '%s', got '%s': %s",
			       ending_name(expect), ending, why);
}

static void judge(struct job *job)
{
	struct runner *r = job->runner;
	g_autofree char *file = boot_report_name(job->row);
	g_autofree char *path = report_path(file);
	g_autofree char *problem = NULL;
	json_t *report = json_load_file(path, 0, NULL);

	if (r->interrupted) {
		tally_skip(r->tally, "boot", job->row->name);
		json_decref(report);
		return;
	}
	problem = problem_of(job, report);
	if (problem)
		report_failure(report);
	tally_count(r->tally, "boot", job->row->name, problem,
		    (g_get_monotonic_time() - job->start_us) / 1e6, report);
}

static void on_child_exit(GObject *object, GAsyncResult *async, gpointer data)
{
	struct job *job = data;
	struct runner *r = job->runner;

	g_subprocess_wait_finish(G_SUBPROCESS(object), async, NULL);
	judge(job);
	r->jobs = g_list_remove(r->jobs, job);
	r->cpus_free += row_cpus(job->row);
	g_object_unref(job->child);
	g_free(job);
	start_more(r);
}

static void start_one(struct runner *r, const struct boot_row *row)
{
	g_autofree char *file = boot_report_name(row);
	g_autoptr(GError) error = NULL;
	struct job *job;

	if (tally_resumed(r->tally, "boot", row->name))
		return;
	report_remove(file);
	job = g_new0(struct job, 1);
	job->runner = r;
	job->row = row;
	job->start_us = g_get_monotonic_time();
	job->child = spawn(r, row, &error);
	if (!job->child) {
		tally_count(r->tally, "boot", row->name, error->message, 0,
			    NULL);
		g_free(job);
		return;
	}
	r->jobs = g_list_prepend(r->jobs, job);
	r->cpus_free -= row_cpus(row);
	g_subprocess_wait_async(job->child, NULL, on_child_exit, job);
}

static void start_more(struct runner *r)
{
	while (*r->next && r->interrupted)
		tally_skip(r->tally, "boot", (*r->next++)->name);
	while (*r->next && fits(r, *r->next))
		start_one(r, *r->next++);
	if (!r->jobs)
		g_main_loop_quit(r->loop);
}

static gboolean on_signal(gpointer data)
{
	struct runner *r = data;
	GList *l;

	r->interrupted = TRUE;
	for (l = r->jobs; l; l = l->next)
		g_subprocess_send_signal(((struct job *)l->data)->child,
					 SIGTERM);
	return G_SOURCE_CONTINUE;
}

static gboolean begin(gpointer data)
{
	start_more(data);
	return G_SOURCE_REMOVE;
}

gboolean check_boots(struct tally *t, const struct boot_row *const *rows,
		     const struct boot_options *opts)
{
	struct runner r = {
		.tally = t,
		.opts = opts,
		.next = rows,
		.cpus_free = g_get_num_processors(),
		.loop = g_main_loop_new(NULL, FALSE),
	};
	guint sigint = g_unix_signal_add(SIGINT, on_signal, &r);
	guint sigterm = g_unix_signal_add(SIGTERM, on_signal, &r);

	g_idle_add(begin, &r);
	g_main_loop_run(r.loop);
	g_source_remove(sigint);
	g_source_remove(sigterm);
	g_main_loop_unref(r.loop);
	return !r.interrupted;
}
