/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "boot.h"

/*
 * Boot a guest with a Debian userland and run @words in it, or if they are NULL a shell
 * on this terminal. All but what they print goes to stderr. Returns their exit status,
 * or if the guest did not end well that of its ending.
 */
int prompt(char **words, struct boot_options *opts);
