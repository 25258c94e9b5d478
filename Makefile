# Haicap. `make run` brings the platform up, `make test` proves it; `make help` lists the rest.
# PYTHON=… names another Python (3.11 or newer).
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev setup-bench run test test-databases browser check format check-style check-types \
	check-architecture check-migrations check-words check-house bench seed docs lock clean

PYTHON ?= $(firstword $(foreach p,python3 python3.13 python3.12 python3.11,$(shell $(p) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(p))))
VENV ?= .venv
BIN := $(VENV)/bin
export HAICAP_VENV = $(abspath $(VENV))
INSTALL = @test -n "$(PYTHON)" || { echo "haicap: Python 3.11 or newer is needed and was not found; install it or name it with PYTHON=/path/to/python3." >&2; exit 1; }; \
	$(PYTHON) requirements/install.py

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

setup: ## virtual environment with the haicap command
	$(INSTALL) run

setup-dev: ## the same with what tests and checks need
	$(INSTALL) run dev

setup-bench:
	$(INSTALL) run dev bench

PORT ?= 8000
run: setup ## the platform, here: database, pages, demo accounts; Ctrl-C stops it (PORT=8000)
	@exec $(BIN)/haicap run --port $(PORT)

seed: setup ## only the fictional people of the demonstration
	@$(BIN)/haicap prepare --demo

browser: ## a browser for the tests
	@sh tests/ops/browser.sh

# Two at a time, each file whole; ARGS="-n 0 src/…" for some in one process.
test: setup-dev browser ## all tests (HAICAP_TEST_PG=15|16|18 chooses the PostgreSQL)
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

test-databases: setup-dev ## the tests that use the database, on PostgreSQL 15, 16 and 18
	@for version in 15 16 18; do echo "PostgreSQL $$version"; HAICAP_TEST_PG=$$version $(BIN)/python -m pytest -n 2 --dist loadfile -m "not browser and not ops" $(ARGS) || exit 1; done

check: check-style check-types check-architecture check-migrations check-words check-house ## style, types, architecture, migrations, translations, documents
	@echo "haicap: all checks passed"

format: setup-dev ## put sources and templates into the form that check-style asks for
	@$(BIN)/ruff check --quiet --fix . || true
	@$(BIN)/ruff format --quiet .
	@find src -path '*/templates/*.html' -print0 | xargs -0 -r $(BIN)/djhtml --tabwidth 2 2>/dev/null || true

check-style: setup-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@find src -path '*/templates/*.html' -print0 | xargs -0 -r $(BIN)/djhtml --check --tabwidth 2

check-types: setup-dev
	@$(BIN)/mypy

check-architecture: setup-dev
	@$(BIN)/lint-imports

check-migrations: setup-dev
	@$(BIN)/python -W ignore::RuntimeWarning -m django makemigrations --check --dry-run --settings haicap.config.settings

check-words: setup-dev
	@$(BIN)/python tools/messages.py check

check-house: setup-dev
	@$(BIN)/python -m pytest -m "not ops" tests/test_house.py tests/ops/test_operate.py tests/ops/test_deploy.py

bench: setup-bench ## measurements, printed as a table
	@$(BIN)/python -m bench $(ARGS)

docs: setup-dev browser ## screenshots of the pages (docs/screens) and the description of the API anew
	@$(BIN)/python tools/openapi.py
	@HAICAP_SCREENS=docs/screens $(BIN)/python -m pytest -m browser $(ARGS)

lock: ## requirements/*.txt anew from *.in (needs uv)
	@for name in run dev bench; do uv pip compile --quiet --universal --python-version 3.11 --only-binary :all: --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate requirements/$$name.in -o requirements/$$name.txt || exit 1; done

clean: ## remove the virtual environment; the data folder stays
	rm -rf $(VENV)
