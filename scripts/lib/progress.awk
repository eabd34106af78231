# SPDX-License-Identifier: GPL-2.0
# Appends what it reads to the file `to` and prints the last line every ten
# seconds, so that it is seen to move; or, of a program that says nothing, the time.
BEGIN {
	start = last = systime()
	PROCINFO["-", "READ_TIMEOUT"] = 10000
	PROCINFO["-", "RETRY"] = 1
	while ((got = getline <"-") > 0 || got == -2) {
		if (got > 0) {
			print >>to
			lines++
			said = $0
			gsub(/[ \t]+/, " ", said)
		}
		if (systime() - last >= 10) {
			last = systime()
			fflush(to)
			printf "  %4d s, %5d lines: %.60s\n", last - start, lines, said
			fflush()
		}
	}
}
