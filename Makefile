# The front door. `make run` and `make test` do everything on a bare Debian 12 with Swift 6.2 or newer.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup peers build debug run test unit kernel-test fuzz check format benchmark clean

# What the program and its tests are built with and drive; installed by name where it is missing.
PACKAGES := pkg-config libnl-3-dev libnl-route-3-dev libsqlite3-dev libcurl4-openssl-dev containernetworking-plugins iperf3 \
            gnuplot-nox fonts-dejavu-core fontconfig util-linux mount iproute2 \
            iptables nftables ipset ipvsadm openssl python3
# What a kernel guest is made of, for runs that need what the host's kernel lacks; nothing boots from it.
GUEST_PACKAGES := linux-image-amd64 qemu-system-x86 busybox-static
# What `make benchmark` measures beside us, and what it takes when the machine knows a package of that name (non-free).
PEER_PACKAGES := sockperf ipvsadm
PEER_PACKAGES_WHERE_KNOWN := netperf
SWIFT ?= swift
BINARY := .build/release/netmachinery
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

# Installs those of the packages $(1) that are missing, and those of $(2) that are missing and that apt knows.
define install
	@missing=""; installed() { dpkg-query -W -f '$${Status}' $$1 2>/dev/null | grep -q 'ok installed'; }; \
	known() { apt-cache show --no-all-versions $$1 2>/dev/null | grep -q '^Package:'; }; \
	for package in $(1); do installed $$package || missing="$$missing $$package"; done; \
	if [ -n "$$missing" ]; then $(SUDO) apt-get update -qq; fi; \
	for package in $(2); do installed $$package || ! known $$package || missing="$$missing $$package"; done; \
	if [ -n "$$missing" ]; then echo "installing:$$missing" >&2; $(SUDO) env DEBIAN_FRONTEND=noninteractive \
	  apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi
endef

setup:  ## install the packages that are missing
	@command -v $(SWIFT) >/dev/null || { echo "Swift 6.2 or newer is needed: see swift.org/install" >&2; exit 3; }
	$(call install,$(PACKAGES) $(GUEST_PACKAGES))

peers: setup  # what `make benchmark` measures beside us
	$(call install,$(PEER_PACKAGES),$(PEER_PACKAGES_WHERE_KNOWN))

build: setup  ## build the program in release mode; it runs on any Debian 12 of this architecture
	$(SWIFT) build -c release --static-swift-stdlib --product netmachinery
	@git describe --always --dirty --abbrev=12 > $(BINARY).commit 2>/dev/null || rm -f $(BINARY).commit

debug: setup
	$(SWIFT) build --build-tests

run: build  ## measure scenarios/quickstart.yaml; leaves results/ and plots/
	@status=0; $(SUDO) $(BINARY) run scenarios/quickstart.yaml || status=$$?; \
	$(if $(SUDO),$(SUDO) chown -R $(shell id -u):$(shell id -g) results plots;) exit $$status

test: unit kernel-test  ## run every test

unit: debug  ## run the tests that need no root
	$(SWIFT) test --skip-build --skip KernelTests --no-parallel

kernel-test: debug  ## run the tests that program the real kernel, in namespaces of their own (root), or in a kernel guest
	$(SUDO) env "PATH=$$PATH" $(SWIFT) test --skip-build --filter KernelTests --no-parallel \
	  --event-stream-output-path .build/kernel-tests.jsonl
	$(SUDO) env "PATH=$$PATH" .build/debug/guest-tests .build/kernel-tests.jsonl

# Which entrance is tried with how many inputs, and which ones: the same seed gives the same inputs.
ENTRANCE ?= all
INPUTS ?= 100000
SEED ?= 1

fuzz: setup  ## try inputs where text of others comes in: ENTRANCE=yaml INPUTS=1000000 SEED=7
	$(SWIFT) build -c release --product fuzz
	.build/release/fuzz $(ENTRANCE) --inputs $(INPUTS) --seed $(SEED)

check:  ## lint, formatting, and the rules of the architecture
	$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources Tests Benchmarks
	.ci/check-format
	.ci/check-architecture

format:  ## format every Swift file
	$(SWIFT) format format --in-place --parallel --recursive Package.swift Sources Tests Benchmarks

benchmark: build peers  ## our figures beside other tools', in one run (root); ARGUMENTS="round-trip --blocks 20"
	$(SWIFT) build -c release --static-swift-stdlib --product benchmark-floor
	$(SWIFT) build -c release --static-swift-stdlib --product benchmarks
	$(SUDO) env "PATH=$$PATH" .build/release/benchmarks $(ARGUMENTS)

clean:  ## remove what was built
	rm -rf .build
