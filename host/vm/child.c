// SPDX-License-Identifier: GPL-2.0
#include <sys/prctl.h>

#include "child.h"

void child_dies_with_parent(gpointer signal)
{
	prctl(PR_SET_PDEATHSIG, GPOINTER_TO_INT(signal));
}
