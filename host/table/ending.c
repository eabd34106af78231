// SPDX-License-Identifier: GPL-2.0
#include "ending.h"

static const struct {
	const char *name, *advice;
} endings[] = {
	[END_PASS] = { "pass", "nothing to do" },
	[END_SETUP] = { "setup",
		"'scripts/build/needed BOOT' builds what a boot needs, 'make lab' the guest and svm-lab" },
	[END_USAGE] = { "usage", "see 'svm-lab --help' and 'svm-lab list'" },
	[END_TEST] = { "test failed",
		"look for 'not ok' and the '# ' lines before it in the console log" },
	[END_PANIC] = { "guest panic",
		"read the call trace in the console log" },
	[END_HANG] = { "hang",
		"the console log's last line is where the guest stopped; a slow host can use --slow" },
	[END_REFUSED] = { "refused access",
		"the audit beside the console log names device, address and size of each access to private memory" },
	[END_QEMU] = { "QEMU failed",
		"read qemu.log beside the console log, 'scripts/build/needed BOOT' builds QEMU if it is missing; a device that it does not know is one more line of configs/qemu.mak" },
	[END_NO_DISK] = { "no disk image",
		"give an image that exists to --disk, or leave --disk out to have one made" },
	[END_DISK_FULL] = { "disk full",
		"free space where build/ lies, or give the guest a larger image" },
	[END_RELEASE] = { "release mismatch",
		"build the kernel anew with scripts/build/kernel NAME: the image is not the one of the release file" },
	[END_WARNING] = { "kernel warning",
		"look for 'cut here' in the console log" },
	[END_CHECK] = { "check failed",
		"compare the audit and the console log with the row in tests/boots.def" },
	[END_SKIPPED] = { "skipped",
		"a tap needs /dev/net/tun ('modprobe tun'), and root or user namespaces" },
	[END_INTERRUPTED] = { "interrupted", "run it again" },
};

const char *ending_name(enum ending ending)
{
	g_assert(ending < G_N_ELEMENTS(endings));
	return endings[ending].name;
}

const char *ending_advice(enum ending ending)
{
	g_assert(ending < G_N_ELEMENTS(endings));
	return endings[ending].advice;
}

enum ending ending_why(enum ending ending, char **why, const char *fmt, ...)
{
	va_list ap;

	g_free(*why);
	va_start(ap, fmt);
	*why = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	return ending;
}
