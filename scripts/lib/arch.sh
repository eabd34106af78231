# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
# Compiling for the architectures that the series is checked on, by the names of
# their compilers in Debian.

# a kernel says by whom and when it was built: the same everywhere
export KBUILD_BUILD_USER=virtio-dma KBUILD_BUILD_HOST=lab KBUILD_BUILD_VERSION=1
export KBUILD_BUILD_TIMESTAMP='1970-01-01'

ARCHES=${ARCHES:-ppc64le ppc64 x86_64 arm64 s390x}

# What the kernel calls architecture $1, and the prefix of its compiler.
arch()
{
	case $1 in
	ppc64le) ARCH=powerpc CROSS_COMPILE=powerpc64le-linux-gnu- ;;
	ppc64)	ARCH=powerpc CROSS_COMPILE=powerpc64-linux-gnu- ;;
	x86_64)	ARCH=x86_64 CROSS_COMPILE=x86_64-linux-gnu- ;;
	arm64)	ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu- ;;
	s390x)	ARCH=s390 CROSS_COMPILE=s390x-linux-gnu- ;;
	*)	die "no architecture is named '$1'" "there are: $ARCHES" ;;
	esac
	CC=${CROSS_COMPILE}gcc
}

# The options that make it 64-bit, of that byte order.
arch_config()	# ARCH
{
	case $1 in
	ppc64le) printf '%s\n' CONFIG_PPC64=y CONFIG_CPU_LITTLE_ENDIAN=y \
			CONFIG_PPC_BOOK3S_64=y CONFIG_PPC_PSERIES=y CONFIG_PPC_SVM=y \
			CONFIG_ALTIVEC=y CONFIG_VSX=y ;;
	ppc64)	printf '%s\n' CONFIG_PPC64=y CONFIG_CPU_BIG_ENDIAN=y \
			CONFIG_PPC_BOOK3S_64=y CONFIG_PPC_PSERIES=y CONFIG_PPC_SVM=y \
			CONFIG_ALTIVEC=y CONFIG_VSX=y ;;
	x86_64)	echo CONFIG_64BIT=y ;;
	esac
}

# With all that there is: neither a debugger nor a sanitizer is needed to compile.
all_config()
{
	printf "%s\n" CONFIG_DEBUG_INFO_NONE=y CONFIG_KUNIT=y CONFIG_GCC_PLUGINS=n \
		CONFIG_KASAN=n CONFIG_KCSAN=n
}

# Of the files that are read, those in TREE that no other file includes, as some KUnit
# suites are: these are compiled with that.
standalone()	# TREE
{
	while read -r file; do
		grep -qsF "#include \"${file##*/}\"" "$1/${file%/*}"/*.c || echo "$file"
	done
}

# Of the files that are read, the objects of those in TREE that are compiled for ARCH: an
# architecture's own (GICs are arm64's), and for ppc64le and x86_64 those that are no one's.
objects_of()	# ARCH TREE
{
	while read -r file; do
		case $1:$file in
		ppc64*:arch/powerpc/* | x86_64:arch/x86/* | arm64:arch/arm*/* | arm64:drivers/irqchip/irq-gic* | s390x:arch/s390/*) ;;
		*:arch/* | ppc64*:drivers/xen/* | ppc64:* | arm64:* | s390x:*) continue ;;
		esac
		[ ! -e "$2/$file" ] || echo "${file%.c}.o"
	done
}

# make in a kernel's TREE with its objects in OBJECTS, for what arch() has set. What all
# is switched on or off but for is in OBJECTS/fragment.
kmake()	# TREE OBJECTS ARGUMENTS...
{
	kmake_tree=$1
	kmake_objects=$2
	shift 2
	make -C "$kmake_tree" O="$kmake_objects" ARCH="$ARCH" CROSS_COMPILE="$CROSS_COMPILE" \
		CC="ccache $CC" KCONFIG_ALLCONFIG="$kmake_objects/fragment" -j"$(nproc)" "$@"
}
