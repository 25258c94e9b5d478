# Haicap. `make run` brings the platform up, `make test` proves it; `make help` lists the rest.
# PYTHON=… names another Python (3.11 or newer).
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev setup-bench run test test-databases browser check bench seed docs lock clean

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
