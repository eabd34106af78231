// SPDX-License-Identifier: GPL-2.0
#include "bench.h"
#include "boot/report.h"

/* A line for each counter of each load, and a column for each arm. */
static void write_lines(FILE *f, const json_t *report)
{
	const char *load, *counter;
	json_t *counters, *unused;
	int i;

	json_object_foreach((json_t *)figures_loads(report), load, counters) {
		json_object_foreach(counters, counter, unused) {
			fprintf(f, "%s\t%s", counter, load);
			for (i = 0; i < ARMS; i++)
				fprintf(f, "\t%f",
					figures_median(report, arms[i].name,
						       load, counter));
			fprintf(f, "\n");
		}
	}
}

gboolean plots_draw(const json_t *report)
{
	g_autofree char *path = report_path("bench.tsv");
	g_autoptr(GError) error = NULL;
	FILE *f = fopen(path, "we");
	int status;

	if (f)
		write_lines(f, report);
	if (!f || fclose(f)) {
		g_printerr("svm-lab: cannot write %s: is the disk full?\n", path);
		return FALSE;
	}
	if (g_spawn_command_line_sync("gnuplot bench/plots.gp", NULL, NULL,
				      &status, &error) &&
	    g_spawn_check_wait_status(status, &error)) {
		g_print("\nsvm-lab: plots: build/report/bench-*.svg; all counts: build/report/bench.json\n");
		return TRUE;
	}
	g_printerr("svm-lab: gnuplot: %s: install gnuplot-nox\n",
		   error->message);
	return FALSE;
}
