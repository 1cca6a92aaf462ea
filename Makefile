# The two commands of the README are `make demo` and `make test`; the others are their parts.
SHELL := /bin/bash
SWIFT ?= swift
BUILD := .build
CHECKED := --explicit-target-dependency-import-check error
# One debug build serves the tests, the demo and coverage.
DEBUG := --build-tests --enable-code-coverage $(CHECKED)

# The only list of system packages: what each is asked for by, and its Debian name.
PKG_CONFIG_NAMES := sqlite3 libcrypto libzstd
DEBIAN_PACKAGES := libsqlite3-dev libssl-dev libzstd-dev pkg-config make git python3 python3-venv
# For tests alone, installed along with the others and not asked for: without SoftHSM the tests of a token say that they ran nothing.
TEST_PACKAGES := softhsm2

.PHONY: help demo test deps build core lint integrator verify-python fuzz soak mutants simulator simulate bench bench-peers bench-audit clean

help:
	@echo "make demo      build and play the demo: four places of Gansu in 2020"
	@echo "make test      build, lint and run everything that must hold"
	@echo "make core      build and test the pure modules only, in about a minute"
	@echo "make fuzz      fuzz every decoder, ten minutes in all (SECONDS_=3600 for longer, RUNS= for a number of executions of each)"
	@echo "make mutants   take out one check after another: a test must fail for each"
	@echo "make simulate  a thousand lives of a made-up province (LIVES=100 SEED=1), in release, without HTTP"
	@echo "make soak      what takes too long for every day: every byte, every cut, a thousand bundles"
	@echo "make bench     measure W(100k) and merging alone (10^4 to 10^6 claims) in a release build without the HTTP stack"
	@echo "make bench-peers  the same against the plain floor, with the outside harness"
	@echo "make bench-audit  the audit over a million operations (WORK=folder; FULL=--full for ten million too)"
	@echo "make deps      install (or name) the system packages"

deps:
	@missing=""; \
	command -v pkg-config >/dev/null || missing="yes"; \
	for name in $(PKG_CONFIG_NAMES); do pkg-config --exists $$name 2>/dev/null || missing="yes"; done; \
	python3 -m venv --help >/dev/null 2>&1 || missing="yes"; \
	if [ -n "$$missing" ]; then \
	  install="apt-get install -y $(DEBIAN_PACKAGES) $(TEST_PACKAGES)"; \
	  if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then apt-get update -q && DEBIAN_FRONTEND=noninteractive $$install; \
	  elif command -v apt-get >/dev/null && sudo -n true 2>/dev/null; then sudo apt-get update -q && sudo $$install; \
	  else echo "Missing system packages. Run:  sudo apt-get update && sudo $$install" >&2; exit 1; fi; \
	fi
	@command -v $(SWIFT) >/dev/null || { echo "Missing Swift 6.2 or later: install it as https://www.swift.org/install/linux says, then run this again." >&2; exit 1; }

demo: deps
	@echo "== building (the first time takes some minutes)"
	@$(SWIFT) build $(CHECKED) --product tiaokuai
	@$(SWIFT) build $(CHECKED) --product demo
	@$$($(SWIFT) build --show-bin-path)/demo --binary $$($(SWIFT) build --show-bin-path)/tiaokuai

build: deps
	$(SWIFT) build $(DEBUG)

lint:
	$(SWIFT) format lint --strict --recursive --parallel --configuration .swift-format Sources Tests Package.swift

# Tests, then the demo and its six altered runs, then what stands outside the package.
test: build
	@bash Tests/Tools/stages.sh $(SWIFT)

# One target with what it stands on: make core T=TiaokuaiMergeTests
T ?= TiaokuaiModelTests,TiaokuaiEntryTests,TiaokuaiHashTests,TiaokuaiMergeTests,TiaokuaiFormatTests,TiaokuaiLogTests,TiaokuaiTrustTests,TiaokuaiSealTests,TiaokuaiTokenTests,TiaokuaiWorkTests
core: deps
	TIAOKUAI_ONLY=$(T) $(SWIFT) test --scratch-path .build-core

integrator: deps
	cd Tests/Integrator && TIAOKUAI_ONLY=TiaokuaiNode,TiaokuaiSync $(SWIFT) run --scratch-path ../../.build-integrator integrator

verify-python:
	bash Tests/Verifier/run.sh

# SECONDS_=3600 make fuzz; SECONDS_=0 RUNS=10000000 make fuzz
SECONDS_ ?= 600
RUNS ?= 0
fuzz: deps
	SWIFT="$(SWIFT)" python3 Tests/Fuzz/run.py --seconds $(SECONDS_) --runs $(RUNS)

# Each check of the format pages taken out in turn; the table goes into Docs/Testing.md.
mutants: deps
	SWIFT="$(SWIFT)" python3 Tests/Tools/mutants.py

# LIVES=20000 SEED=5001 make simulate; ONE=413 make simulate tells one life and makes it smaller where it fails. Sets and
# dictionaries go in one order, so that a seed is the same life in every process.
LIVES ?= 1000
SEED ?= 1
simulator: deps
	TIAOKUAI_ONLY=simulate $(SWIFT) build -c release --scratch-path .build-sim --product simulate

simulate: simulator
	SWIFT_DETERMINISTIC_HASHING=1 .build-sim/release/simulate $(if $(ONE),one $(ONE),$(LIVES) $(SEED))

soak: deps
	bash Tests/Tools/soak.sh "$(SWIFT)"

bench-peers: deps
	$(SWIFT) build -c release --product tiaokuai
	Tests/Tools/bench-peers.sh "$(CURDIR)/.build/release/tiaokuai" $${EDITS:-100000}

bench: deps
	TIAOKUAI_ONLY=bench $(SWIFT) build -c release --scratch-path .build-bench --product bench
	@work=$${WORK:-.build-bench/W-100000}; tool=.build-bench/release/bench; \
	[ -f $$work/meta.json ] || $$tool generate 100000 $$work; \
	$$tool run $$work .build-bench/scratch && $$tool merge

bench-audit: deps
	TIAOKUAI_ONLY=bench $(SWIFT) build -c release --scratch-path .build-bench --product bench
	@.build-bench/release/bench audit $${WORK:-.build-bench/audit} $(FULL)

clean:
	rm -rf .build .build-*
