# What there is to do with this repository. `make run` and `make test` need nothing done before.

SHELL := /bin/bash
export CARGO_TARGET_DIR ?= $(CURDIR)/target
LISTEN ?= 127.0.0.1:8080

.PHONY: help run dev build test bench audit setup clean

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

run: build ## build and start with demo data on $(LISTEN)
	exec $(CARGO_TARGET_DIR)/release/huiyin serve --demo --listen $(LISTEN)

build: ## one binary with the web parts in it: $CARGO_TARGET_DIR/release/huiyin
	@tools/setup build
	cargo run --quiet --release --locked -p web-build
	cargo build --release --locked -p huiyin

dev: ## debug build with demo data, built again when a file changes
	@tools/setup build
	@tools/dev --listen $(LISTEN)

test: ## everything CI runs
	@tools/setup test
	@tools/test

bench: build ## print the figures of this machine
	@tools/bench

audit: ## licences, advisories and duplicate crates (cargo-deny)
	@tools/audit

setup: ## install what building and testing need
	@tools/setup test

clean: ## remove what was built
	rm -rf web/dist web/node_modules e2e/node_modules e2e/results
	cargo clean
