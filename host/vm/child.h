/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_CHILD_H
#define LAB_CHILD_H

#include <glib.h>

/*
 * A GSpawnChildSetupFunc: the child gets the signal, GINT_TO_POINTER(number),
 * when the runner is gone, so that nothing is left running.
 */
void child_dies_with_parent(gpointer signal);

#endif
