# Everything a person does with this project, by name. `make` alone lists it.

SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

# Any Python from 3.11 on; another one by `make setup PYTHON=python3.12`.
PYTHON ?= python3
# Passed on to pytest: `make test ARGS="-k lock -x"`.
ARGS ?=
# How many processes run tests at once, each with its own PostgreSQL; 0 runs them here, for `--pdb`.
AT_ONCE ?= 2
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# The folders that hold Python today.
CHECKED := $(foreach room,ledger projections web tests bench tools,\
	$(if $(shell find $(room) -name '*.py' -print -quit 2>/dev/null),$(room)))

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: setup
setup: $(VENV)/development.stamp ## Make the virtual environment with all that is locked

$(VENV)/runtime.stamp: locks/runtime.txt pyproject.toml
	@echo "Đang cài chương trình / installing the program …"
	@tools/make_environment.sh "$(PYTHON)" $(VENV)
	@$(PIP) install --require-hashes --requirement locks/runtime.txt
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(VENV)/development.stamp: $(VENV)/runtime.stamp locks/development.txt
	@echo "Đang cài công cụ kiểm thử / installing the test tools …"
	@$(PIP) install --require-hashes --requirement locks/development.txt
	@touch $@

.PHONY: demo
demo: $(VENV)/runtime.stamp ## Create the demo school once, keep it, and serve it
	@$(BIN)/grade-ledger demo

.PHONY: serve
serve: $(VENV)/runtime.stamp ## Serve the school named by GRADE_LEDGER_URL
	@$(BIN)/grade-ledger serve

.PHONY: test
test: $(VENV)/development.stamp ## Run all tests, with a real PostgreSQL and a real Chromium
	@tools/test_needs.sh
	@$(BIN)/python -m pytest --numprocesses $(AT_ONCE) --dist loadfile $(ARGS)

.PHONY: check
check: $(VENV)/development.stamp ## Check format, lint and types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy $(CHECKED)

.PHONY: bench
bench: $(VENV)/development.stamp ## Measure recording, loading, rebuilding, opening and locking
	@$(BIN)/python -m bench

.PHONY: docs
docs: $(VENV)/runtime.stamp ## Write docs/facts.md, refusals.md and findings.md anew
	@$(BIN)/python -m web.catalogue

.PHONY: lock
lock: ## Resolve the newest allowed dependencies into locks/
	@tools/lock.sh "$(PYTHON)" .venv-resolver

.PHONY: clean
clean: ## Remove what can be made again; data/ stays
	@rm -rf $(VENV) .venv-resolver .pytest_cache .mypy_cache .ruff_cache .hypothesis dist test-results
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
