# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154
# The warnings of the base and of the series side by side.

new=0

table_head()	# COLUMN COLUMN
{
	printf '%-8s %-8s %6s %6s %8s %6s\n' "$1" "$2" files base series new
}

# A line of the table, and the warnings that BASE.warnings lacks: $new more.
table_row()	# COLUMN COLUMN FILES BASE SERIES
{
	comm -13 "$4.warnings" "$5.warnings" >"$work/new"
	printf '%-8s %-8s %6d %6d %8d %6d\n' "$1" "$2" "$(wc -l <"$3")" \
		"$(wc -l <"$4.warnings")" "$(wc -l <"$5.warnings")" "$(wc -l <"$work/new")"
	cat "$work/new"
	new=$((new + $(wc -l <"$work/new")))
}

# The end: FILES were compared.
table_end()	# FILES
{
	echo "$(wc -l <"$1") files, new warnings: $new"
	[ "$new" = 0 ] || die "the series adds $new warnings" \
		"mend them in ${TREE#"$TOP/"}; the log: ${log#"$TOP/"}"
}
