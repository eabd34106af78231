# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
# What the scripts share that try scripts. Each starts with
#	cd "$(dirname "$0")/../.." && . tests/scripts/lib.sh

. scripts/lib/lib.sh

# Runs a command, which must end with STATUS. What it says is shown, and is in $work/said.
ends()	# STATUS COMMAND...
{
	expect=$1 status=0
	shift
	"$@" >"$work/said" 2>&1 || status=$?
	cat "$work/said"
	[ "$status" = "$expect" ] || die "exit status $status, expected $expect: $*"
}

# Each of these regular expressions must match a line of it.
said()	# WORDS...
{
	for words; do
		grep -qe "$words" "$work/said" || die "it did not say '$words'"
	done
}

# Runs the test as root of a user namespace, with another namespace of its own: -m, -n.
alone()	# UNSHARE-OPTION ARGUMENTS...
{
	[ -z "${ALONE:-}" ] || return 0
	unshare -r true || die "this machine lets ordinary users have no user namespaces" \
		"as root: sysctl -w what it has of user.max_user_namespaces=10000," \
		"kernel.unprivileged_userns_clone=1, kernel.apparmor_restrict_unprivileged_userns=0"
	option=$1
	shift
	ALONE=1 exec unshare -r "$option" "tests/scripts/$ME" "$@"
}

# Makes a copy of the checkout, $copy, to be broken.
copy_checkout()
{
	copy=$work/copy
	mkdir "$copy"
	cp -R Makefile base compat configs scripts series "$copy"
}

# From here on the cache is one of the test's own, which is empty.
empty_cache()
{
	export VIRTIO_DMA_CACHE="$work/cache" VIRTIO_DMA_LOCKED=''
	export LINUX_SRC='' QEMU_SRC='' LINUX_BASE=''
}
