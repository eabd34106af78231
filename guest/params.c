// SPDX-License-Identifier: GPL-2.0
#include "lab.h"

static void one(struct lab *lab, const char *key, const char *value)
{
	if (!strcmp(key, "seed"))
		lab->seed = strtoull(value, NULL, 0);
	else if (!strcmp(key, "quick"))
		lab->quick = strtoul(value, NULL, 0);
	else if (!strcmp(key, "slow"))
		lab->slow = atoi(value);
	else if (!strcmp(key, "secure"))
		lab->secure = strtoul(value, NULL, 0);
	else if (!strcmp(key, "maxio"))
		lab->max_io = value;
	else if (!strcmp(key, "mode"))
		lab->mode = value;
	else if (!strcmp(key, "run"))
		lab->run = value;
	else if (!strcmp(key, "tests"))
		lab->tests = value;
	else if (!strcmp(key, "port"))
		lab->port = value;
	else if (!strcmp(key, "fail"))
		lab->fail = value;
	else if (!strcmp(key, "plant"))
		lab->plant = value;
}

/* Words of the form lab.KEY=VALUE; everything else is the kernel's. */
void lab_parse(struct lab *lab, char *cmdline)
{
	char *word, *key;

	*lab = (struct lab) {
		.seed = 1, .slow = 1,
		.max_io = "", .mode = "", .port = "", .fail = "", .plant = "",
		.run = "true", .tests = "",
	};
	while ((word = strsep(&cmdline, " \n"))) {
		key = strsep(&word, "=");
		if (word && !strncmp(key, "lab.", strlen("lab.")))
			one(lab, key + strlen("lab."), word);
	}
}
