/* SPDX-License-Identifier: GPL-2.0 */
#pragma once

/* Become the program argv[0]; both of its outputs go to file @path, from its start. */
void output_exec(char *const argv[], const char *path) __attribute__((noreturn));
/* Print such a file as comments. */
void output_print(const char *path);
