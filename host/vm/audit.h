/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "table/std.h"

/*
 * The ultravisor's account of a boot (UltravisorInfo), as QMP answers while the
 * guest runs and as QEMU writes it at exit. All of these take NULL: no account.
 */
json_t *audit_read(const char *path, char **why);
gboolean audit_secure(const json_t *audit);
gint64 audit_refused(const json_t *audit);
gint64 audit_shared_peak(const json_t *audit);
/* { "UV_ESM": 1, ... }, a new reference. */
json_t *audit_ultracalls(const json_t *audit);
/* The first refused accesses, a new reference. */
json_t *audit_refusals(const json_t *audit);
gint64 audit_device_refused(const json_t *audit, const char *device);
/* To pages that it may touch. */
gint64 audit_device_accesses(const json_t *audit, const char *device);
/* "blk0 3, net0 1": who was refused; to be freed. */
char *audit_culprits(const json_t *audit);
