# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh

# An apt of our own, below the cache: the machine's is read, never changed. The
# archive is the one that the machine uses; $apt is the directory.
private_apt()	# NAME deb|deb-src SUITES [ARCHITECTURE]
{
	apt=$CACHE/apt/$1
	arch=${4:-$(dpkg --print-architecture)}
	mkdir -p "$apt/lists/partial" "$apt/archives/partial"
	keyring=/usr/share/keyrings/debian-archive-keyring.gpg
	options=
	[ ! -f "$keyring" ] || options=" [signed-by=$keyring]"

	: >"$apt/sources.list"
	for suite in $3; do
		label=Debian
		case $suite in *-security) label=Debian-Security ;; esac
		# shellcheck disable=SC2016
		uri=$(apt-get indextargets --format '$(REPO_URI)' \
			'Origin: Debian' "Label: $label" | head -n1)
		[ -z "$uri" ] || printf '%s%s %s %s main\n' "$2" "$options" "$uri" \
			"$suite" >>"$apt/sources.list"
	done
	if [ ! -s "$apt/sources.list" ]; then
		say "this machine's apt knows no Debian archive"
		return 1
	fi

	: >"$apt/status"
	cat >"$apt/apt.conf" <<-EOF
		APT::Architecture "$arch";
		APT::Architectures { "$arch"; };
		Dir::Etc::sourcelist "$apt/sources.list";
		Dir::Etc::sourceparts "-";
		Dir::Etc::preferences "/dev/null";
		Dir::Etc::preferencesparts "/dev/null";
		Dir::State::Lists "$apt/lists";
		Dir::State::status "$apt/status";
		Dir::Cache "$apt";
		APT::Sandbox::User "root";
		APT::Install-Recommends "false";
		Acquire::Languages "none";
		Acquire::Retries "3";
	EOF
	export APT_CONFIG="$apt/apt.conf"
	apt-get -q update </dev/null >&2
}

# Downloads packages and all that they need to $apt/archives, by an apt as above.
download()	# NAME SUITES ARCHITECTURE PACKAGES...
{
	private_apt "$1" deb "$2" "$3" ||
		die "the package lists could not be read (see above)" "try again"
	suites=$2
	shift 3
	apt-get -q -y --download-only install "$@" </dev/null >"$work/apt.log" 2>&1 || {
		cat "$work/apt.log" >&2
		die "$* could not be had from $suites (see above)"
	}
}

# Unpacks what was downloaded in ROOT, whose / is merged with /usr.
unpack()	# ROOT
{
	# packages still bring /bin and /lib
	for dir in bin sbin lib lib64; do
		mkdir -p "$1/usr/$dir"
		ln -s "usr/$dir" "$1/$dir"
	done
	for archive in "$apt/archives"/*.deb; do
		dpkg-deb --fsys-tarfile "$archive" |
			tar -C "$1" --keep-directory-symlink --no-same-owner -xf -
	done
	rm -rf "$apt/archives"
}

# A program of another release, not installed: DIRECTORY/PROGRAM, which runs it with the
# libraries of its own release, wherever the directory is.
program_of()	# DIRECTORY PROGRAM SUITES PACKAGE[=VERSION]
{
	download "$2" "$3" "" "$4"
	unpack "$1/tree"
	rm -rf "$1/tree/usr/share"
	cat >"$1/$2" <<-'SCRIPT'
		#!/bin/sh
		usr=${0%/*}/tree/usr
		lib=$(echo "$usr"/lib/*-linux-gnu*)
		program=$usr/bin/${0##*/}
		QEMU_MODULE_DIR=$lib/qemu exec "$lib"/ld-linux*.so* --library-path "$lib" "$program" "$@"
	SCRIPT
	chmod +x "$1/$2"
}
