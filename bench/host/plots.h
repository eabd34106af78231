/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "table/std.h"

/* bench/plots.gp of a report, SVGs beside it; FALSE if that fails. */
gboolean plots_draw(const json_t *report);
