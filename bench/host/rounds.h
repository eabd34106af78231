/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "boot/boot.h"

/*
 * Runs all arms @repeats times, with all loads, or the quick ones: those of the figures.
 * The exit status of 'svm-lab bench'.
 */
int rounds_run(int repeats, const struct boot_options *opts);
