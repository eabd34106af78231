# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034,SC2012
# What the scripts share. Each starts with
#	cd "$(dirname "$0")/../.." && . scripts/lib/lib.sh

set -eu
umask 022
export LC_ALL=C

TOP=$(pwd -P)
BUILD=$TOP/build
CACHE=${VIRTIO_DMA_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/virtio-dma}
export CCACHE_DIR="$CACHE/ccache" CCACHE_TEMPDIR="$CACHE/ccache/tmp"
export CCACHE_BASEDIR="$TOP" CCACHE_NOHASHDIR=1 CCACHE_MAXSIZE=4G
# the kernel's option names the checkout; what it is for, __FILE__, comes out of paths
# that ccache has made relative
export CCACHE_IGNOREOPTIONS='-fmacro-prefix-map=*'
export CCACHE_STATSLOG="$BUILD/log/ccache.log"
ME=${0##*scripts/}

# What a script starts ends with it, whatever ends it, and its files in TMPDIR are gone:
# the script that is called runs itself once more, and waits. What belongs to that run is
# known by VIRTIO_DMA_RUN in its environment.
end_run()	# STATUS
{
	trap '' HUP INT TERM
	tries=0
	while running=$(grep -lszxF "VIRTIO_DMA_RUN=$run" /proc/[0-9]*/environ || :)
	      [ -n "$running" ]; do
		# told once a second, made to after ten
		signal=TERM
		[ "$tries" -lt 100 ] || signal=KILL
		for process in $running; do
			process=${process#/proc/}
			[ "$((tries % 10))" != 0 ] ||
				kill -s "$signal" "${process%/*}" 2>/dev/null || :
		done
		tries=$((tries + 1))
		sleep 0.1
	done
	rm -rf "$run"
	exit "$1"
}

if [ -z "${VIRTIO_DMA_RUN:-}" ]; then
	trap 'kill "$!" || :; end_run 129' HUP
	trap 'kill "$!" || :; end_run 130' INT
	trap 'kill "$!" || :; end_run 143' TERM
	# nothing is written outside the checkout and the cache
	mkdir -p "$BUILD/tmp"
	run=$(mktemp -d "$BUILD/tmp/XXXXXX")
	(cd "$OLDPWD" && VIRTIO_DMA_RUN=$run exec env --default-signal=INT,QUIT "$0" "$@") &
	status=0
	wait "$!" || status=$?
	end_run "$status"
fi
export TMPDIR="$VIRTIO_DMA_RUN"
work=$(mktemp -d)
. scripts/lib/compat.sh

say()
{
	printf '%s: %s\n' "$ME" "$*" >&2
}

# die "what is wrong" ["what to do next"]...
die()
{
	printf '%s: error: %s\n' "$ME" "$1" >&2
	shift
	for die_line; do
		printf '    %s\n' "$die_line" >&2
	done
	exit 1
}

# Git as it comes, whatever the user's configuration says: patches must come
# out the same everywhere.
plain_git()
{
	GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null \
	GIT_COMMITTER_NAME='virtio-dma developers' \
	GIT_COMMITTER_EMAIL=virtio-dma@example.org \
		git -c gc.auto=0 -c core.autocrlf=false "$@"
}

sha256()
{
	sha256sum | cut -d' ' -f1
}

# One script at a time works in a cache. The scripts that this one calls
# inherit the lock, which goes away with the last of them.
lock_cache()
{
	[ -z "${VIRTIO_DMA_LOCKED:-}" ] || return 0
	mkdir -p "$CACHE" "$BUILD"
	exec 9>"$CACHE/lock"
	if ! flock -n 9; then
		say "waiting for another make in this cache ($CACHE)"
		flock 9
	fi
	export VIRTIO_DMA_LOCKED=1
}

# Locks the cache and sets what is known of queue $1: qemu; or linux, on the base that
# LINUX_BASE (BASE= of the Makefile) names: 6.12 is base/linux-6.12 with compat/linux-6.12.
queue()
{
	lock_cache
	Q=$1
	case $Q in
	linux)	TREE=$BUILD/linux SRC=${LINUX_SRC:-} SRC_VAR=LINUX_SRC
		base=${LINUX_BASE:-} ;;
	qemu)	TREE=$BUILD/qemu-src SRC=${QEMU_SRC:-} SRC_VAR=QEMU_SRC
		base= ;;
	*)	die "no queue is named '$Q'" "there are: linux, qemu" ;;
	esac
	BASE=$Q${base:+-$base}
	TREE=$TREE${base:+-$base}
	SERIES=$TOP/series/$Q
	COMPAT=${base:+$TOP/compat/$BASE}
	MADE=$BUILD/compat/$BASE
	EXPORT="make export${base:+ BASE=$base}"
	STORE=$CACHE/git/$Q.git
	[ -f "$TOP/base/$BASE" ] || die "there is no base/$BASE" \
		"there are: $(cd "$TOP/base" && echo "$Q"*)"
	# shellcheck source=base/linux
	. "$TOP/base/$BASE"
}

# The base that scripts/queue/fetch found: BASE_NAME, BASE_COMMIT; and the patches
# that differ on it.
base_found()
{
	[ -z "$COMPAT" ] || make_compat die
	scripts/queue/fetch "$Q"
	BASE_NAME=$(sed -n 's/^name //p' "$BUILD/base/$BASE")
	BASE_COMMIT=$(sed -n 's/^commit //p' "$BUILD/base/$BASE")
}

# The patches of directory $1, in order; only the first $2 if given.
patches()
{
	[ -f "$1/series" ] || return 0
	sed 's/#.*//; s/[[:space:]]*$//; /^$/d' "$1/series" |
		head -n "${2:--0}"
}

# The sets of directory $1: name, number of patches, title.
sets()
{
	[ -f "$1/sets" ] || return 0
	sed '/^#/d; /^$/d' "$1/sets"
}

# The patches of $SERIES that are for this base: of an older one, all up to the end
# of the set BASE_LAST_SET.
base_patches()
{
	patches "$SERIES" ${BASE_LAST_SET:+"$(sets_until "$BASE_LAST_SET")"}
}

# The files of the first $1 patches, all by default, in order. What differs on this
# base has been made by make_compat().
patch_files()
{
	for patch in $(base_patches | head -n "${1:--0}"); do
		name=${patch#*-}
		delta=$COMPAT/${name%.patch}.delta
		if [ -s "$delta" ] || [ -e "$COMPAT/$name" ]; then
			printf '%s\n' "$MADE/$name"
		elif [ ! -e "$delta" ]; then
			printf '%s\n' "$SERIES/$patch"
		fi
	done
}

# How many patches the sets of $SERIES hold up to the one called $1.
sets_until()
{
	sets "$SERIES" | awk -v last="$1" '
		{ sum += $2 }
		$1 == last { print sum; exit }'
}

# A digest of the whole text of the first $1 patches.
series_sum()
{
	for file in $(patch_files "${1:--0}"); do
		cat "$file" || die "${SERIES#"$TOP/"}/series names '${file##*/}', and there is no such file" \
			"mend: restore the file, or 'make export'"
	done | sha256
}

# Notes that $TREE has the patches with digest $1, as commit $2: `none` if not all apply.
note_state()
{
	printf 'base %s\nseries %s\nhead %s\n' "$(git -C "$TREE" rev-parse base)" "$1" "$2" \
		>"$TREE/.git/virtio-dma"
}

tree_state()	# TREE KEY
{
	sed -n "s/^$2 //p" "$1/.git/virtio-dma" 2>/dev/null || :
}

# Does the tree $1 hold anything that is not in the queue it was made from?
tree_edited()
{
	[ "$(git -C "$1" rev-parse -q --verify HEAD)" != "$(tree_state "$1" head)" ] ||
	[ -n "$(git -C "$1" status --porcelain -uno)" ] ||
	[ -d "$1/.git/rebase-apply" ] || [ -d "$1/.git/rebase-merge" ]
}

# The files that the series changes, as $TREE stands, of those that PATHSPECs name.
touched()	# PATHSPEC...
{
	git -C "$TREE" diff --name-only --diff-filter=d base -- "$@"
}

# Puts the text of file $2 below the `---` of patch $1.
add_note()
{
	awk -v note="$2" '
		{ print }
		$0 == "---" && !done {
			done = 1
			print ""
			while ((getline line < note) > 0)
				print line
			print ""
		}' "$1" >"$1.new"
	mv "$1.new" "$1"
}

# Writes commits $2 of repository $1 to directory $3, as patches and `series`.
# What notes in $4 say of a patch (file: its name without the number, .txt)
# goes below its `---`, where git am drops it again.
write_queue()
{
	mkdir -p "$3"
	plain_git -C "$1" format-patch -q --zero-commit --no-signature \
		--no-numbered --full-index --no-base -o "$3" "$2"
	: >"$3/series"
	for patch in "$3"/*.patch; do
		[ -e "$patch" ] || continue
		name=${patch##*/}
		printf '%s\n' "$name" >>"$3/series"
		note=${name#*-}
		note=$4/${note%.patch}.txt
		[ ! -f "$note" ] || add_note "$patch" "$note"
	done
}

# Makes TREE a commit of its own, the same each time, and prints it.
commit_tree()	# REPOSITORY TREE NAME
{
	GIT_AUTHOR_NAME='virtio-dma developers' GIT_AUTHOR_EMAIL=virtio-dma@example.org \
	GIT_AUTHOR_DATE='@0 +0000' GIT_COMMITTER_DATE='@0 +0000' \
		plain_git -C "$1" commit-tree -m "$3" "$2"
}

# Makes a repository in $1 that sees all that is in the store.
new_repository()
{
	mkdir -p "${1%/*}"
	git init -q -b queue "$1"
	echo "$STORE/objects" >"$1/.git/objects/info/alternates"
	git -C "$1" config gc.auto 0
	# patches are exported as they were imported
	git -C "$1" config core.autocrlf false
}

# Applies patches to repository $1, by plain git am. Of one that does not apply it shows
# why, and returns an error; $failed is its name.
apply()	# REPOSITORY FILE...
{
	repository=$1
	shift
	[ $# -gt 0 ] || return 0
	plain_git -C "$repository" am -q --no-3way --committer-date-is-author-date "$@" \
		>"$work/am.log" 2>&1 && return
	sed 's/^/    /' "$work/am.log" | head -n 8
	next=$(cat "$repository/.git/rebase-apply/next" || echo 1)
	shift "$((next - 1))"
	failed=${1##*/}
	return 1
}

# Makes a repository in $1. Its only commit, branches `base` and `queue`, holds
# the base's files that the queue touches, or the one in directory $2, and what tells
# git how to show them: as good as the whole, and there at once.
small_base()
{
	small=$1
	new_repository "$small"
	{
		git -C "$STORE" ls-tree -r --name-only "$BASE_COMMIT" |
			grep -E '(^|/)\.gitattributes$' || :
		{
			patch_files
			[ -z "${2:-}" ] || patches "$2" | sed "s,^,$2/,"
		} | xargs sed -n 's,^diff --git a/\(.*\) b/\(.*\)$,\1\n\2,p'
	} | sort -u | tr '\n' '\0' |
		xargs -0r git -C "$STORE" ls-tree -r "$BASE_COMMIT" -- |
		git -C "$small" update-index --index-info
	commit=$(commit_tree "$small" "$(git -C "$small" write-tree)" "$BASE_NAME")
	git -C "$small" reset -q --hard "$commit"
	git -C "$small" branch base
}

# The tree of all that stands in $TREE now: committed, edited and new files.
tree_now()
{
	now=$TREE/.git/virtio-dma.index
	cp "$TREE/.git/index" "$now"
	GIT_INDEX_FILE=$now git -C "$TREE" add -A
	GIT_INDEX_FILE=$now git -C "$TREE" write-tree
}

# What a build of queue $Q depends on: its sources, and the arguments. An edited
# tree counts by its contents; any other is known without looking at it.
build_key()
{
	{
		printf '%s\n' "$@"
		# nobody edits the tree of the variants, which have a $count
		if [ -z "${count:-}" ] && [ -e "$TREE" ] && tree_edited "$TREE"; then
			tree_now
		else
			git -C "$STORE" rev-parse "$BASE_COMMIT^{tree}"
			series_sum "${count:--0}"
		fi
	} | sha256
}

# Is directory $2 what a build with key $1 made, or does the cache have one?
have()	# KEY DIRECTORY
{
	[ "$(cat "$2/key" 2>/dev/null)" != "$1" ] || return 0
	[ -d "$CACHE/built/$1" ] || return 1
	say "${2#"$TOP/"}: from the cache"
	rm -rf "$2"
	mkdir -p "${2%/*}"
	cp -R "$CACHE/built/$1" "$2"
	touch "$CACHE/built/$1"
}

# Directory $2 is a whole build with key $1: keep it, and have it as $3.
to_cache()
{
	printf '%s\n' "$1" >"$2/key"
	mkdir -p "$CACHE/built"
	rm -rf "$CACHE/built/$1.new"
	cp -R "$2" "$CACHE/built/$1.new"
	mv "$CACHE/built/$1.new" "$CACHE/built/$1"
	rm -rf "$3"
	mv "$2" "$3"
	# the latest are enough: an edit makes a new one each time
	for old in $(ls -t "$CACHE/built" | tail -n +41); do
		rm -rf "$CACHE/built/$old"
	done
}

# Begins build/log/$1.log, to which `logged` writes.
log_to()	# NAME
{
	log=$BUILD/log/$1.log
	mkdir -p "${log%/*}"
	: >"$log"
}

# Runs a command; its output goes to the log, the progress is shown. Should it fail, that
# is the end: PROBLEM says what could not be done. Not mawk, which reads a pipe in blocks.
logged()	# PROBLEM COMMAND...
{
	problem=$1
	shift
	rm -f "$log.failed"
	{ "$@" 2>&1 || touch "$log.failed"; } |
		gawk -v to="$log" -f "$TOP/scripts/lib/progress.awk" >&2
	[ -e "$log.failed" ] || return 0
	grep -nE '(error|ERROR|FAILED|undefined reference)' "$log" | head -n 10 >&2
	tail -n 5 "$log" >&2
	die "$problem" "the whole log: ${log#"$TOP/"}"
}

# Every line of fragment $1 must have survived in configuration $2: an option that the
# kernel does not know, or whose dependency is missing, is dropped without a word.
# That a text is empty is what it is without the option.
check_config()
{
	lost=$(grep '^CONFIG_' "$1" | grep -v '=""$' | grep -vxFf "$2") || return 0
	die "configs/: not in the kernel's configuration: $(printf %s "$lost" | tr '\n' ' ')" \
		"name what it depends on as well, or drop it"
}
