/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_OPTIONS_H
#define LAB_OPTIONS_H

#include "boot.h"

/* The options of svm-lab, for GOption to parse into boot_options. */
extern const GOptionEntry option_entries[];
extern struct boot_options boot_options;

/* Adds all that were given to a command line, so that a child obeys them, too. */
void options_pass(GPtrArray *argv);

#endif
