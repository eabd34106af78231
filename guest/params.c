// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lab.h"

static void one(struct lab *lab, const char *key, const char *value)
{
	if (!strcmp(key, "seed"))
		lab->seed = strtoull(value, NULL, 0);
	else if (!strcmp(key, "bytes"))
		lab->bytes = strtoull(value, NULL, 0);
	else if (!strcmp(key, "maxio"))
		snprintf(lab->max_io, sizeof(lab->max_io), "%s", value);
	else if (!strcmp(key, "net"))
		lab->net_bytes = strtoull(value, NULL, 0);
	else if (!strcmp(key, "quick"))
		lab->quick = strtoul(value, NULL, 0);
	else if (!strcmp(key, "slow"))
		lab->slow = atoi(value);
	else if (!strcmp(key, "secure"))
		lab->secure = strtoul(value, NULL, 0);
	else if (!strcmp(key, "mode"))
		snprintf(lab->mode, sizeof(lab->mode), "%s", value);
	else if (!strcmp(key, "tests"))
		snprintf(lab->tests, sizeof(lab->tests), "%s", value);
	else if (!strcmp(key, "port"))
		snprintf(lab->port, sizeof(lab->port), "%s", value);
	else if (!strcmp(key, "fail"))
		snprintf(lab->fail, sizeof(lab->fail), "%s", value);
}

/* Words of the form lab.KEY=VALUE; everything else is the kernel's. */
void lab_parse(struct lab *lab, const char *cmdline)
{
	const char *word = cmdline;
	char key[32], value[LAB_VALUE];

	*lab = (struct lab) {
		.seed = 1,
		.slow = 1,
		.bytes = 64 << 20,
		.net_bytes = 4 << 20,
	};
	while (*word) {
		if (sscanf(word, "lab.%31[a-z]=%511[^ \n]", key, value) == 2)
			one(lab, key, value);
		word += strcspn(word, " \n");
		word += strspn(word, " \n");
	}
}
