// SPDX-License-Identifier: GPL-2.0
/*
 * The kernel's KUnit suites, started by debugfs and read back from there
 * (Documentation/dev-tools/kunit/run_manual.rst). What each one sums up is printed
 * as a comment; which cases may be skipped is for the row to say.
 */
#include <dirent.h>
#include <limits.h>

#include "lab.h"

#define PRINTK	"/proc/sys/kernel/printk"
#define SUITES	"/sys/kernel/debug/kunit"
/*
 * Warnings are still printed; the suites' own lines are not, they are KTAP too. It stays
 * so: a console with a thread of its own prints them later.
 */
#define QUIET	"6"

/* How many lines of the suite's results say "not ok", -1 if there are none. */
static int failures(const char *path)
{
	FILE *f = fopen(path, "re");
	int ran = 0, failed = 0;
	char line[256];

	if (!f)
		return -1;
	while (fgets(line, sizeof(line), f)) {
		const char *text = line + strspn(line, " ");

		line[strcspn(line, "\n")] = '\0';
		ran += !strncmp(text, "ok ", 3);
		failed += !strncmp(text, "not ok ", 7);
		if (!strncmp(text, "# ", 2) && strstr(text, ": pass:"))
			ktap_comment("%s", text + 2);
	}
	fclose(f);
	return ran + failed ? failed : -1;
}

static bool suite(const char *name, struct result *res)
{
	char path[PATH_MAX];
	int failed;

	snprintf(path, sizeof(path), SUITES "/%s/run", name);
	write_text(path, "1");

	snprintf(path, sizeof(path), SUITES "/%s/results", name);
	failed = failures(path);
	if (failed < 0)
		return fail(res, "%s has no results", name);
	return !failed ||
	       fail(res, "%s: %d lines of its results are 'not ok'", name, failed);
}

static bool test_kunit(const struct lab *lab, struct result *res)
{
	unsigned int suites = 0, failed = 0;
	DIR *dir = opendir(SUITES);
	struct dirent *de;

	if (!dir)
		return fail_errno(res, "open " SUITES);
	write_text(PRINTK, QUIET);
	while ((de = readdir(dir))) {
		if (de->d_name[0] == '.')
			continue;
		suites++;
		failed += !suite(de->d_name, res);
	}
	if (!suites)
		return fail(res, "the kernel has no suite");
	return !failed && pass(res, "no case failed");
}
TEST("kunit", test_kunit)
