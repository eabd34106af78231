/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_PLOTS_H
#define LAB_PLOTS_H

#include <glib.h>
#include <jansson.h>

/* bench/plots.gp of a report, SVGs beside it; FALSE if that fails. */
gboolean plots_draw(const json_t *report);

#endif
