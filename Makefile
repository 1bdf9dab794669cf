# 两条命令:make demo(演示)与 make test(全部检查) / Two commands: make demo and make test
SHELL := /bin/bash
CARGO ?= cargo
SECONDS_TO_FUZZ ?= 60
# Debug information is not wanted in tests; it costs time and disk.
export CARGO_TERM_COLOR ?= auto

.PHONY: help check-tools setup demo build test fmt lint docs tidy packs unit bench deny

help:
	@echo "make demo   造演示城市、写出研判报告并启动 / build, make the demo city, write its report, serve"
	@echo "make test   运行全部检查 / every gate"
	@echo "make build  发布版程序 target/release/yanpan / release binary"
	@echo "make bench  速度与限值之比 / speeds as ratios to their limits"

check-tools:
	@scripts/check-tools

setup: check-tools
	@scripts/setup

demo: setup build
	target/release/yanpan demo --data yanpan-demo --out out

build: check-tools
	$(CARGO) build --release --locked -p yanpan

test: setup
	@scripts/gates

fmt:
	$(CARGO) fmt --all --check

lint:
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings

docs:
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --locked

tidy:
	$(CARGO) xtask tidy

unit:
	$(CARGO) nextest run --workspace --locked

packs:
	$(CARGO) run -q -p yanpan --locked -- pack check
	$(CARGO) run -q -p yanpan --locked -- pack test

bench:
	$(CARGO) bench -p yanpan-statistics -p yanpan-sheets -p yanpan-store -p yanpan-analysis -p yanpan

deny:
	$(CARGO) deny check bans licenses sources
