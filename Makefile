# SPDX-License-Identifier: GPL-2.0
# The front door. `make help` lists what there is; the work is in scripts/.

.NOTPARALLEL:
MAKEFLAGS += --no-print-directory
export FORCE LINUX_SRC QEMU_SRC OLD CONFIG
# BASE=6.12: the kernel is that of base/linux-6.12
override LINUX_BASE := $(BASE)
export LINUX_BASE
unexport BASE

O := $(CURDIR)/build
# made by scripts/lib/lib.sh
export TMPDIR := $(O)/tmp
LAB = flock $(O)/lock $(O)/host/svm-lab $(BASE:%=--kernels build/kernel-%)

.PHONY: help run run-on check check-all soak bench bench-quick linux qemu export
.PHONY: queue-check clean lab tools kernels bench-kernels userland
.PHONY: send send-test range-diff style ringtest kunit zero-cost docs bisect w1
.PHONY: sparse clang coccicheck deb deb-test

help:
	@echo 'make run          boot a secure guest on plain virtio devices and report'
	@echo 'make check        run all tests; the last line counts them'
	@echo 'make check-all    these and the rows that take longer'
	@echo 'make soak         a million requests on each of two disks'
	@echo 'make bench        count what an I/O costs; bench-quick: less of it'
	@echo 'make linux        import series/linux to build/linux, branch queue'
	@echo 'make qemu         import series/qemu to build/qemu-src, branch queue'
	@echo 'make export       write the queues back to series/'
	@echo 'make queue-check  prove that the queues apply exactly and are in order'
	@echo 'make send         show the mails that would go to the lists; see Documentation/sending.md'
	@echo 'make send-test    send them to a mail server of its own, and compare what arrives'
	@echo 'make range-diff   what changed in the queues since the last tag v*, or since OLD='
	@echo 'make style        checkpatch of each patch'
	@echo 'make kunit        the KUnit suites of the series, on User Mode Linux'
	@echo 'make docs         Sphinx and kernel-doc of what the series touches'
	@echo 'make w1           the warnings of gcc that the series adds; sparse, clang: theirs'
	@echo 'make coccicheck   what the kernel'\''s semantic patches report of the series'
	@echo 'make ringtest     ringtest of base and series side by side, in instructions'
	@echo 'make bisect       each patch compiles and boots: all patches, or FIRST= to LAST='
	@echo 'make zero-cost    the data path of base and series, compared on five architectures'
	@echo 'make deb          Debian packages of 6.12 with the series for ppc64el; CONFIG=FILE: its configuration'
	@echo 'make deb-test     what is in the package, and that its kernel boots as a secure guest'
	@echo 'make clean        remove build/; sources and results stay in the cache'
	@echo
	@echo 'LINUX_SRC=, QEMU_SRC=  directory, git tree or tarball to build instead of'
	@echo "                       Debian's package"
	@echo 'BASE=6.12, 6.1         run, check, linux, export, queue-check: on the kernel of Debian'
	@echo '                       13, 12'
	@echo 'VIRTIO_DMA_CACHE=      the cache, otherwise ~/.cache/virtio-dma'

# where the package of the newest kernel is gone, another base is taken
run:
	@scripts/deps
	@base=$$(scripts/queue/choose-base) && $(MAKE) run-on BASE="$$base"

run-on: lab
	@$(LAB) run

ifdef BASE
check: lab
	@flock $(O)/lock tests/scripts/base $(BASE)
else
check: lab kernels userland
	@$(LAB) check
endif

check-all: lab kernels userland
	@scripts/build/kernel debug
	@scripts/build/kernel kasan
	@scripts/build/kernel kunit
	@scripts/build/kernel vhost
	@scripts/build/kernel dynamic
	@$(LAB) check-all

bench: REPEATS ?= 10
bench-quick: REPEATS ?= 3
bench-quick: QUICK = --quick
bench bench-quick: bench-kernels
	@$(LAB) bench $(REPEATS) $(QUICK)

soak: lab
	@$(LAB) boot secure-soak

lab: tools
	@scripts/build/kernel patched

tools:
	@scripts/deps
	@scripts/build/qemu
	@$(MAKE) -s -C bench/plugin O=$(O)/bench QEMU=$(O)/qemu
	@$(MAKE) -s -C guest O=$(O)/guest
	@$(MAKE) -s -C host O=$(O)/host

kernels: lab
	@scripts/build/kernel unpatched
	@scripts/build/kernel fix1
	@scripts/build/kernel fixes
	@scripts/build/kernel 4k

bench-kernels: tools
	@scripts/build/userland
	@scripts/build/kernel bench-unpatched
	@scripts/build/kernel bench-fixes
	@scripts/build/kernel bench-platform
	@scripts/build/kernel bench-patched

userland: lab
	@scripts/build/userland
	@scripts/build/programs

linux qemu:
	@scripts/deps
	@scripts/queue/import $@

export:
	@scripts/queue/export

queue-check:
	@scripts/deps
	@scripts/queue/check

send:
	@scripts/deps
	@scripts/queue/send $(or $(SERIES),linux) $(SET)

send-test:
	@scripts/deps
	@tests/scripts/send linux received
	@tests/scripts/send qemu received

range-diff:
	@scripts/deps
	@scripts/queue/range-diff $(SERIES)

style:
	@scripts/deps
	@scripts/prove/style $(SERIES)

ringtest:
	@scripts/deps
	@scripts/deps base/packages.more
	@scripts/prove/ringtest

kunit:
	@scripts/deps
	@scripts/prove/kunit

zero-cost:
	@scripts/deps
	@scripts/deps base/packages.more
	@scripts/prove/zero-cost $(ARCHES)

docs:
	@scripts/deps
	@scripts/prove/docs

bisect: lab
	@scripts/deps base/packages.more
	@scripts/prove/bisect $(FIRST) $(LAST)

w1 sparse clang:
	@scripts/deps
	@scripts/deps base/packages.more
	@scripts/prove/warnings $@

coccicheck:
	@scripts/deps
	@scripts/deps base/packages.more
	@tests/scripts/coccicheck
	@scripts/prove/coccicheck

deb:
	@scripts/deps
	@scripts/deps base/packages.more
	@scripts/build/deb

deb-test: tools deb
	@flock $(O)/lock tests/scripts/deb
	@tests/scripts/deb control

clean:
	@scripts/clean
