/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "table/std.h"

/*
 * A GSpawnChildSetupFunc: the child gets the signal, GINT_TO_POINTER(number),
 * when the runner is gone, so that nothing is left running.
 */
void child_dies_with_parent(gpointer signal);
