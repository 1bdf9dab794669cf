# 两条命令:make demo(演示)与 make test(全部检查) / Two commands: make demo and make test
SHELL := /bin/bash
CARGO ?= cargo
SECONDS_TO_FUZZ ?= $(or $(SECONDS),60)
PROGRAM := $(abspath $(or $(CARGO_TARGET_DIR),target))/debug/yanpan
# Debug information is not wanted in tests; it costs time and disk.
export CARGO_TERM_COLOR ?= auto

.PHONY: help check-tools setup demo build test fmt lint docs tidy packs unit fuzz bench deny web web-dist program journeys screenshots pace

help:
	@echo "make demo   造演示城市、写出研判报告并启动 / build, make the demo city, write its report, serve"
	@echo "make test   运行全部检查 / every gate"
	@echo "make build  发布版程序 target/release/yanpan / release binary"
	@echo "make web    网页:规矩、类型、测试、构建、大小 / the web part: lint, types, tests, build, budget"
	@echo "make journeys  真实浏览器里走一遍 / journeys in a real browser"
	@echo "make screenshots  每一页的截图 web/shots / a picture of every page"
	@echo "make pace   页面多快应答 / how soon pages answer"
	@echo "make fuzz   乱输入试探 yanpan detect,SECONDS=60 秒 / random input into yanpan detect for so many seconds"
	@echo "make bench  速度与限值之比 / speeds as ratios to their limits"

check-tools:
	@scripts/check-tools

setup: check-tools
	@scripts/setup

demo: setup build
	$(abspath $(or $(CARGO_TARGET_DIR),target))/release/yanpan demo --data yanpan-demo --out out

build: check-tools web-dist
	$(CARGO) build --release --locked -p yanpan --features console

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

fuzz:
	SECONDS_TO_FUZZ=$(SECONDS_TO_FUZZ) $(CARGO) test -p yanpan-methods --test detect_input --locked -- --ignored fuzz_the_whole_command

packs:
	$(CARGO) run -q -p yanpan --locked -- pack check
	$(CARGO) run -q -p yanpan --locked -- pack test

web/node_modules: web/package-lock.json
	cd web && npm ci --no-audit --no-fund
	@touch $@

web-dist: web/node_modules
	cd web && npm run -s build

web: web/node_modules
	cd web && npm run -s lint && npm run -s check && npm run -s test && npm run -s build && npm run -s budget

# The program with its pages, soonest built; it reads them from web/dist while it runs.
program: web-dist
	$(CARGO) build --workspace --bins --features yanpan/console --locked

journeys screenshots pace: program
	cd web && YANPAN=$(PROGRAM) npm run -s $@

bench:
	$(CARGO) bench -p yanpan-statistics -p yanpan-sheets -p yanpan-store -p yanpan-analysis -p yanpan

deny:
	$(CARGO) deny check bans licenses sources
