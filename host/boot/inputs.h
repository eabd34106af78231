/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "boot.h"

/*
 * A digest of all that a boot's result depends on, to be freed: svm-lab, the words of
 * QEMU's command line, and what it names: QEMU, the kernel, the guest, the plugin, the
 * disks and directories that its devices are given.
 */
char *boot_inputs(const struct boot_row *row, const struct boot_options *opts);

/* The files and directories among these, paths to be freed with the array. */
GPtrArray *boot_files(const struct boot_row *row, const struct boot_options *opts);
