// SPDX-License-Identifier: GPL-2.0
#include "lab.h"

/* The value of the last word lab.@key=VALUE: everything else is the kernel's. */
static const char *value(const char *cmdline, const char *key, const char *otherwise)
{
	char word[32];

	snprintf(word, sizeof(word), " lab.%s=", key);
	while ((cmdline = strstr(cmdline, word))) {
		cmdline += strlen(word);
		otherwise = strndup(cmdline, strcspn(cmdline, " "));
	}
	return otherwise;
}

void lab_parse(struct lab *lab, const char *cmdline)
{
	*lab = (struct lab){
		.seed = strtoull(value(cmdline, "seed", "1"), NULL, 0),
		.slow = atoi(value(cmdline, "slow", "1")),
		.quick = atoi(value(cmdline, "quick", "0")),
		.secure = atoi(value(cmdline, "secure", "0")),
		.max_io = value(cmdline, "maxio", ""),
		.mode = value(cmdline, "mode", ""),
		.port = value(cmdline, "port", ""),
		.fail = value(cmdline, "fail", ""),
		.plant = value(cmdline, "plant", ""),
		.lies = strtoul(value(cmdline, "lies", "2000"), NULL, 0),
		.seconds = atol(value(cmdline, "seconds", "0")),
		.tries = atoi(value(cmdline, "tries", "0")),
		.run = value(cmdline, "run", "true"),
		.tests = value(cmdline, "tests", ""),
	};
}
