/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_KTAP_H
#define LAB_KTAP_H

#include "lab.h"

bool ktap_open(void);
void ktap_plan(unsigned int tests);
void ktap_result(unsigned int number, const char *name,
		 const struct result *res);
void ktap_comment(const char *fmt, ...)
	__attribute__((format(printf, 1, 2)));

#endif
