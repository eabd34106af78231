# SPDX-License-Identifier: GPL-2.0
# Appends what it reads to the file `to` and prints the last line every ten
# seconds, so that it is seen to move.
BEGIN { start = last = systime() }
{
	print >>to
	if (systime() - last >= 10) {
		last = systime()
		line = $0
		gsub(/[ \t]+/, " ", line)
		fflush(to)
		printf "  %4d s, %5d lines: %.60s\n", last - start, NR, line
		fflush()
	}
}
