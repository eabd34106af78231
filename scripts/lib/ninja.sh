# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034,SC2154
# What of QEMU is compiled without the rest of it.

# The lab's QEMUs, one for each target
QEMUS='qemu qemu-aarch64 qemu-s390x qemu-x86_64'
# it is for a library that the lab's QEMU is built without
NOT_COMPILED=block/blkio.c

# Takes from $work/left the files that ninja compiles in $obj: $work/files; $work/objects.
take_objects()
{
	ninja -C "$obj" -t targets all | sed -n 's/: c_COMPILER.*//p' >"$work/targets"
	: >"$work/files"
	: >"$work/objects"
	while read -r file; do
		object=$(grep -m 1 -e "/$(echo "$file" | tr / _)\.o$" \
			-e "^${file%/*}/[^/]*/${file##*/}\.o$" "$work/targets") || continue
		echo "$file" >>"$work/files"
		echo "$object" >>"$work/objects"
	done <"$work/left"
	sort "$work/files" | comm -13 - "$work/left" >"$work/next"
	mv "$work/next" "$work/left"
}

# Nothing of TREE is left.
all_compiled()	# TREE
{
	left=$(grep -vxF "$NOT_COMPILED" "$work/left" | while read -r file; do
		[ ! -e "$1/$file" ] || echo "$file"
	done | xargs)
	[ -z "$left" ] || die "compiled for no target: $left" "see configs/, or NOT_COMPILED"
}
