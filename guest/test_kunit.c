// SPDX-License-Identifier: GPL-2.0
/*
 * The kernel's KUnit suites, started by debugfs and read back from there
 * (Documentation/dev-tools/kunit/run_manual.rst). What each one sums up is printed
 * as a comment; which cases may be skipped is for the row to say.
 */
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "ktap.h"

#define SUITES	"/sys/kernel/debug/kunit"
/* Warnings are still printed; the suites' own lines are not, they are KTAP too. */
#define QUIET	"5"

static const char *unindented(const char *line)
{
	return line + strspn(line, " ");
}

/* How many lines of the suite's results say "not ok", -1 if there are none. */
static int failures(const char *path)
{
	FILE *f = fopen(path, "re");
	int ran = 0, failed = 0;
	char line[256];

	if (!f)
		return -1;
	while (fgets(line, sizeof(line), f)) {
		const char *text = unindented(line);

		line[strcspn(line, "\n")] = '\0';
		ran += !strncmp(text, "ok ", 3);
		failed += !strncmp(text, "not ok ", 7);
		if (!strncmp(text, "# ", 2) && strstr(text, ": pass:"))
			ktap_comment("%s", text + 2);
	}
	fclose(f);
	return ran + failed ? failed : -1;
}

static void suite(const char *name, struct result *res)
{
	char path[PATH_MAX], level[64];
	int failed;

	read_text("/proc/sys/kernel/printk", level, sizeof(level));
	write_text("/proc/sys/kernel/printk", QUIET);
	snprintf(path, sizeof(path), SUITES "/%s/run", name);
	if (!write_text(path, "1"))
		fail_errno(res, "start %s", path);
	write_text("/proc/sys/kernel/printk", level);

	snprintf(path, sizeof(path), SUITES "/%s/results", name);
	failed = failures(path);
	if (failed < 0)
		fail(res, "%s has no results", name);
	else if (failed)
		fail(res, "%s: %d lines of its results are 'not ok'", name, failed);
}

static void test_kunit(const struct lab *lab, struct result *res)
{
	unsigned int suites = 0;
	DIR *dir = opendir(SUITES);
	struct dirent *de;

	(void)lab;
	if (!dir) {
		fail_errno(res, "open " SUITES);
		return;
	}
	pass(res, "no case failed");
	while ((de = readdir(dir))) {
		if (de->d_name[0] == '.')
			continue;
		suite(de->d_name, res);
		suites++;
	}
	closedir(dir);
	if (!suites)
		fail(res, "the kernel has no suite");
}
TEST("kunit", test_kunit)
