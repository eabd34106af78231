/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

#include "boot.h"

/*
 * The QMP command for what the guest asks the host to do (guest/ask.c), a new
 * reference; NULL if there is no such request.
 */
json_t *request_command(const char *name, const struct boot_result *res);
