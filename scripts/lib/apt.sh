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
