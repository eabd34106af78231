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
SVM_LAB = $(O)/host/svm-lab $(BASE:%=--kernels build/kernel-%) $(MACHINE:%=--machine %)
LAB = flock -F $(O)/lock $(SVM_LAB)
# what `lab` builds things for: a command of svm-lab, or names of boots
NEEDS = run

.PHONY: help deps more run run-on shell check check-all soak bench bench-quick linux qemu export
.PHONY: queue-check clean lab lint
.PHONY: send send-test range-diff style ringtest kunit zero-cost docs bisect qemu-bisect w1 fuzz fuzz-devices fuzz-host platform-faults
.PHONY: sparse clang qemu-warnings coccicheck deb deb-test

help:
	@awk -F ':.*## ' '/^##@/ { print "\n" substr($$0, 5) ":" } \
		/^[a-z].*:.*## / { printf "  make %-17s %s\n", $$1, $$2 } \
		/^## / { print "  " substr($$0, 4) }' $(firstword $(MAKEFILE_LIST))

deps:
	@scripts/deps

# what the lab does not need
more: deps
	@scripts/deps base/packages.more

##@ Run
# where the package of the newest kernel is gone, another base is taken
run: deps ## boot a secure guest on plain virtio devices and report
	@scripts/queue/choose-base >$(O)/chosen
	@exec $(MAKE) run-on BASE="$$(cat $(O)/chosen)"

run-on: lab
	@$(LAB) run

# not below the lock: other boots may go on, and other sessions
shell: NEEDS = shell
shell: lab ## a root shell of a Debian userland in a secure guest
	@$(SVM_LAB) shell

check: ## run all tests; the last line counts them
ifdef BASE
check: lab
	@flock -F $(O)/lock tests/scripts/base $(BASE)
else
check: NEEDS = check
check: lab
	@$(LAB) check
endif

check-all: NEEDS = check-all
check-all: lab ## these and the rows that take longer
	@$(LAB) check-all

bench bench-quick: lab ## count what an I/O costs; bench-quick: less of it
	@$(LAB) bench $(REPEATS) $(QUICK)
bench: REPEATS ?= 10
bench-quick: REPEATS ?= 3
bench-quick: QUICK = --quick
bench bench-quick: NEEDS = bench

soak: NEEDS = secure-soak
soak: lab ## a million requests on each of two disks
	@$(LAB) boot secure-soak

clean: ## remove build/; sources and results stay in the cache
	@scripts/clean

lab: deps
	@$(MAKE) -s -C host O=$(O)/host
	@scripts/build/needed $(NEEDS) $(MACHINE:%=--machine %)

##@ Queue
linux: deps ## series/linux -> build/linux, branch queue
	@scripts/queue/import $@

qemu: deps ## series/qemu -> build/qemu-src, branch queue
	@scripts/queue/import $@

export: ## build/linux, build/qemu-src -> series/
	@scripts/queue/export

range-diff: deps ## what changed since the last tag v*, or since OLD=
	@scripts/queue/range-diff $(SERIES)

##@ Attack
fuzz: deps ## ten million lies of a device to each kind of ring; SECONDS_MAX= a ring, SEED=
	@scripts/prove/fuzz $(COUNT)

platform-faults: NEEDS = secure-plain
platform-faults: lab ## what a guest does if the ultravisor refuses a call: each, a boot
	@scripts/prove/platform-faults

fuzz-devices: lab ## a million lies of QEMU's devices to each driver; SECONDS_MAX= a driver, SEED=
	@scripts/prove/fuzz-devices $(COUNT)

fuzz-host: deps ## what the runner reads is made up for SECONDS_MAX=, an hour
	@scripts/prove/fuzz-host $(SECONDS_MAX)

##@ Before sending
lint: lab more ## the following, to bisect; goes on where it was, ends in a table
	@scripts/prove/lint

queue-check: deps ## prove that the queues apply exactly and are in order
	@scripts/queue/check

style: deps ## checkpatch of each patch
	@scripts/prove/style $(SERIES)

docs: deps ## Sphinx and kernel-doc of what the series touches
	@scripts/prove/docs

kunit: deps ## the KUnit suites of the series, on User Mode Linux
	@scripts/prove/kunit

w1 sparse clang: more ## the warnings of gcc, sparse, clang that the series adds
	@scripts/prove/warnings $@

qemu-warnings: more ## the same of gcc and clang, for QEMU
	@scripts/prove/qemu-warnings

qemu-bisect: more ## each patch of series/qemu compiles: all, or FIRST= to LAST=
	@scripts/prove/qemu-bisect $(FIRST) $(LAST)

coccicheck: more ## what the kernel's semantic patches report of the series
	@tests/scripts/coccicheck
	@scripts/prove/coccicheck

zero-cost: more ## the data path of base and series, compared on five architectures
	@scripts/prove/zero-cost $(ARCHES)

ringtest: more ## ringtest of base and series side by side, in instructions
	@scripts/prove/ringtest

bisect: lab more ## each patch compiles and boots: all, or FIRST= to LAST=
	@scripts/prove/bisect $(FIRST) $(LAST)

send: deps ## show the mails that would go to the lists; see Documentation/sending.md
	@scripts/queue/send $(or $(SERIES),linux) $(SET)

send-test: deps ## send them to a mail server of its own, and compare what arrives
	@tests/scripts/send linux received
	@tests/scripts/send qemu received

##@ Packages
deb: more ## of 6.12 with the series for ppc64el; CONFIG=FILE: its configuration
	@scripts/build/deb

deb-test: lab deb ## what is in the package, and that its kernel boots as a secure guest
	@flock -F $(O)/lock tests/scripts/deb
	@tests/scripts/deb control

##@ Variables
## LINUX_SRC=, QEMU_SRC=  directory, git tree or tarball to build instead of Debian's package
## BASE=6.12, BASE=6.1    run, check, linux, export, queue-check: on the kernel of Debian 13, 12
## MACHINE=pkvm, realm, s390, tdx  run, shell, bench (not s390): another machine of tests/machines.def
## VIRTIO_DMA_CACHE=      the cache, otherwise ~/.cache/virtio-dma
