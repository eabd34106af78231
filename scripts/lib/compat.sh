# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
# Patches of series/ on an older base. compat/<base>/NAME.delta turns the text of patch
# NAME into the one for the base; an empty one leaves it out. What the base decides, numbers
# of lines, blobs and the diffstat, is not in it: it goes on applying when the patch
# changes elsewhere. NAME.patch there is a merge of both, of which export makes a delta.

# Patch $1 as deltas see it.
bare_patch()
{
	awk '
		/^diff --git / { diff = 1 }
		diff && /^index / { next }
		diff { sub(/^@@ -[0-9,]+ [+][0-9,]+ @@/, "@@") }
		!diff && $0 == "---" { print; below = 1 }
		diff || !below' "$1"
}

# A digest of patch $1 but for what its base alone decides.
patch_sum()
{
	bare_patch "$1" | sed 's/^@@.*/@@/' | sha256
}

# Writes what makes patch $2 of patch $1, both of which are called $name, to $3.
write_delta()
{
	bare_patch "$1" >"$3.old"
	bare_patch "$2" >"$3.new"
	diff -U1 --label "a/$name.patch" --label "b/$name.patch" "$3.old" "$3.new" >"$3" || :
	rm "$3.old" "$3.new"
}

# Makes the patches that differ on this base, in $MADE. Of one that cannot be made,
# $name.patch, it runs $1 "what is wrong" "the command that mends it".
make_compat()
{
	mkdir -p "$MADE"
	for patch in $(base_patches); do
		name=$(basename "${patch#*-}" .patch)
		delta=$COMPAT/$name.delta
		if [ -e "$COMPAT/$name.patch" ]; then
			bare_patch "$COMPAT/$name.patch" >"$MADE/text"
			lines=$(grep -n '^<<<<<<<' "$COMPAT/$name.patch" | cut -d: -f1 | xargs)
			[ -z "$lines" ] || {
				"$1" "compat/$BASE/$name.patch has conflicts, in line $lines" \
					"choose between <<<<<<< and >>>>>>> there, then '$EXPORT'"
				continue
			}
		elif [ -s "$delta" ]; then
			bare_patch "$SERIES/$patch" >"$MADE/bare"
			patch -s -F0 -r - -o "$MADE/text" "$MADE/bare" "$delta" >/dev/null || {
				"$1" "compat/$BASE/$name.delta does not meet ${SERIES#"$TOP/"}/$patch, which changed" \
					"$EXPORT, which merges them"
				continue
			}
		else
			continue
		fi
		awk -f scripts/lib/number.awk "$SERIES/$patch" "$MADE/text" >"$MADE/$name.patch"
	done
}
