// SPDX-License-Identifier: GPL-2.0
#include <glib-unix.h>
#include <sys/wait.h>

#include "inputs.h"
#include "jobs.h"
#include "report.h"

#define PROGRESS_S	30
/* From SIGTERM to SIGKILL: a boot gives its QEMU ten seconds. */
#define TERM_S		20
/* What a boot takes beside its guest's memory, and a reserve. */
#define SPARE_MIB	512

struct jobs {
	GPtrArray *list;	/* struct job */
	guint next;
	GList *running;
	int cpus_free;
	gboolean interrupted, stopped;
	int since_progress, since_signal;	/* seconds */
	job_end_fn *ended;
	void *data;
};

static void start_more(struct jobs *r);

static struct job *job_new(const char *group, const char *name, int expect)
{
	struct job *job = g_new0(struct job, 1);

	job->group = group;
	job->name = name;
	job->cpus = g_get_num_processors();
	job->expect = expect;
	return job;
}

struct job *job_of_command(const struct command_row *row)
{
	struct job *job = job_new("command", row->name, row->expect);

	/* a row of the table, which is not parsed, is a fault of the table */
	g_assert(g_shell_parse_argv(row->command, NULL, &job->argv, NULL));
	job->log = g_strdup_printf("build/log/%s.log", row->name);
	return job;
}

struct job *job_of_boot(const struct boot_row *row, const struct boot_options *opts)
{
	struct job *job = job_new("boot", row->name, row->expect);
	g_autoptr(GStrvBuilder) argv = g_strv_builder_new();

	g_strv_builder_add_many(argv, "build/host/svm-lab", "--" JOB_OPTION,
				row->name, NULL);
	g_strv_builder_addv(argv, (const char **)opts->command_line + 1);
	job->argv = g_strv_builder_end(argv);
	job->log = g_strdup_printf("build/log/%s/lab.log", row->name);
	job->inputs = boot_inputs(row, opts);
	job->cpus = row->smp;
	job->mib = row->mem + SPARE_MIB;
	return job;
}

void job_free(struct job *job)
{
	g_strfreev(job->argv);
	g_free(job->log);
	g_free(job->inputs);
	g_free(job->problem);
	json_decref(job->report);
	g_free(job);
}

GPtrArray *jobs_new(void)
{
	return g_ptr_array_new_with_free_func((GDestroyNotify)job_free);
}

/* @status: as a shell has it. NULL: it has ended as it must. */
static char *problem_of(const struct job *job, int status)
{
	if (job->inputs && !job->report)
		return g_strdup_printf("no report: see %s", job->log);
	if (status == job->expect)
		return NULL;
	if (!job->report)
		return g_strdup_printf("exit status %d, expected %d; output: %s",
				       status, job->expect, job->log);
	return g_strdup_printf("expected '%s', got '%s': %s",
		ending_name(job->expect),
		json_string_value(json_object_get(job->report, "ending")),
		json_string_value(json_object_get(job->report, "why")));
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

/* A lone job always fits: there is nothing to wait for. */
static gboolean fits(const struct jobs *r, const struct job *job)
{
	GList *l;

	for (l = r->running; l; l = l->next)
		if (!strcmp(((struct job *)l->data)->name, job->name))
			return FALSE;
	return !r->running || (job->cpus <= r->cpus_free &&
			       job->mib <= memory_free_mib());
}

/* So that a signal reaches whatever the program has started. */
static void lead_group(gpointer signal)
{
	setpgid(0, 0);
	child_dies_with_parent(signal);
}

static gboolean spawn(struct job *job, GError **error)
{
	g_autofree char *dir = g_path_get_dirname(job->log);
	gboolean started;
	int log;

	g_mkdir_with_parents(dir, 0755);
	log = open(job->log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (log < 0) {
		g_set_error(error, G_FILE_ERROR, 0, "write %s: %s", job->log,
			    g_strerror(errno));
		return FALSE;
	}
	started = g_spawn_async_with_fds(NULL, job->argv, NULL,
		G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, lead_group,
		GINT_TO_POINTER(SIGTERM), &job->pid, -1, log, log, error);
	close(log);
	return started;
}

static double seconds(const struct job *job)
{
	return (g_get_monotonic_time() - job->start_us) / 1e6;
}

static void end(struct job *job, int status)
{
	g_autofree char *file = boot_report_name(job->name);
	g_autofree char *path = report_path(file);
	struct jobs *r = job->runner;

	job->interrupted = r->interrupted;
	if (!job->interrupted) {
		job->report = job->inputs ? json_load_file(path, 0, NULL) : NULL;
		job->problem = problem_of(job, status);
	}
	r->stopped |= !r->ended(job, r->data);
}

static void on_child_exit(GPid pid, gint status, gpointer data)
{
	struct job *job = data;
	struct jobs *r = job->runner;

	if (r->interrupted)
		kill(-pid, SIGKILL);
	job->seconds = seconds(job);
	r->running = g_list_remove(r->running, job);
	r->cpus_free += job->cpus;
	end(job, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
	start_more(r);
}

static void start_one(struct jobs *r, struct job *job)
{
	g_autoptr(GError) error = NULL;

	if (!spawn(job, &error)) {
		g_printerr("svm-lab: %s\n", error->message);
		end(job, 127);
		return;
	}
	job->start_us = g_get_monotonic_time();
	r->running = g_list_append(r->running, job);
	r->cpus_free -= job->cpus;
	g_child_watch_add(job->pid, on_child_exit, job);
}

static void start_more(struct jobs *r)
{
	while (r->next < r->list->len && !r->stopped) {
		struct job *job = r->list->pdata[r->next];

		job->runner = r;
		if (!r->interrupted && !fits(r, job))
			break;
		r->next++;
		if (r->interrupted)
			end(job, 0);
		else
			start_one(r, job);
	}
}

static void signal_all(const struct jobs *r, int signal)
{
	GList *l;

	for (l = r->running; l; l = l->next)
		kill(-((struct job *)l->data)->pid, signal);
}

static gboolean on_signal(gpointer data)
{
	struct jobs *r = data;

	r->interrupted = TRUE;
	signal_all(r, SIGTERM);
	return G_SOURCE_CONTINUE;
}

static void show_progress(const struct jobs *r)
{
	GList *l;

	g_print("svm-lab: running:");
	for (l = r->running; l; l = l->next) {
		const struct job *job = l->data;

		g_print(" %s %.0f s%s", job->name, seconds(job),
			l->next ? "," : "\n");
	}
}

static gboolean on_second(gpointer data)
{
	struct jobs *r = data;

	if (++r->since_progress == PROGRESS_S) {
		r->since_progress = 0;
		show_progress(r);
	}
	if (r->interrupted && ++r->since_signal > TERM_S)
		signal_all(r, SIGKILL);
	return G_SOURCE_CONTINUE;
}

gboolean jobs_run(GPtrArray *list, job_end_fn *ended, void *data)
{
	struct jobs r = {
		.list = list,
		.cpus_free = g_get_num_processors(),
		.ended = ended,
		.data = data,
	};
	guint sources[] = {
		g_unix_signal_add(SIGINT, on_signal, &r),
		g_unix_signal_add(SIGTERM, on_signal, &r),
		g_timeout_add_seconds(1, on_second, &r),
	};
	guint i;

	start_more(&r);
	while (r.running)
		g_main_context_iteration(NULL, TRUE);
	for (i = 0; i < G_N_ELEMENTS(sources); i++)
		g_source_remove(sources[i]);
	g_ptr_array_unref(list);
	return !r.interrupted;
}
