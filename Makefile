# Every command of the project. The two that a newcomer needs: make serve, make test.
PYTHON ?= python3
PORT ?= 8000
PAGE ?=
BLOCKS ?= 40
BENCH ?=

VENV := .venv
RUN := $(VENV)/bin/python -m
PIP := $(RUN) pip --quiet --quiet --disable-pip-version-check --no-input
export NO_MKDOCS_2_WARNING := 1
export PIP_ROOT_USER_ACTION := ignore

.PHONY: help serve test test-long record record-gpu build lint bench fonts lock successors clean
help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-11s %s\n", $$1, $$2}' Makefile

serve: $(VENV)/site.ok  ## show the site on http://127.0.0.1:8000 (PORT=), anew at every change
	@$(RUN) recorder serve --port $(PORT)

test: $(VENV)/test.ok  ## run every block, test and browser test; of one page: PAGE=layers/batch-norm
	@$(RUN) recorder test --page "$(PAGE)"

test-long: $(VENV)/test.ok  ## the same with four to ten times as many random cases, all notebooks, and 200 kills
	@TESTS=long KILLS=200 $(RUN) recorder test --page "$(PAGE)"

record: $(VENV)/test.ok  ## run the programs (of PAGE=) and write the records that differ
	@$(RUN) recorder record --page "$(PAGE)"

record-gpu: $(VENV)/test.ok  ## the same on a GPU, for programs that print more there
	@$(RUN) recorder record_gpu --page "$(PAGE)"

build: $(VENV)/site.ok  ## build the site into site/, strictly
	@$(RUN) recorder build

lint: $(VENV)/test.ok  ## check pages, code style and workflows without running a program
	@$(RUN) recorder lint
	@$(VENV)/bin/ruff check --quiet .
	@$(VENV)/bin/ruff format --quiet --check .
	@found=$$($(VENV)/bin/zizmor --quiet --offline --persona=auditor .github 2>&1) || { echo "$$found"; exit 1; }

bench: $(VENV)/test.ok  ## time formulas against torch, the check against other ways, and builds (BENCH=convolution, BLOCKS=40)
	@$(RUN) recorder bench --name "$(BENCH)"
	@test -n "$(BENCH)" || { $(RUN) tests.bench_check $(BLOCKS) && $(RUN) tests.bench_build; }

fonts: build  ## cut the fonts of formulas down to the letters in use
	@$(PIP) install uv
	@$(VENV)/bin/uv run --quiet --no-project --with fonttools --with brotli python -m recorder.fonts site

lock: $(VENV)/bin/python  ## choose the newest versions anew and write requirements/*.txt
	@$(PIP) install uv
	@$(RUN) recorder lock

successors: requirements/successors.txt requirements/site.txt  ## build the pages with ProperDocs and with Zensical, and look them through
	@$(PYTHON) -m venv .venv-successors
	@.venv-successors/bin/python -m pip --quiet --disable-pip-version-check --no-input install -r requirements/site.txt -r requirements/successors.txt
	@.venv-successors/bin/python -m tests.successors

clean:  ## remove the environment and the built site
	rm -rf $(VENV) .venv-successors site

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; v = sys.version.split()[0]; sys.exit(None if sys.version_info >= (3, 11, 5) else f"$(PYTHON) is Python {v}: 3.11.5 or newer is needed. Say which: make PYTHON=python3.12 ...")'
	@echo "Setting up $(VENV), once"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/site.ok: requirements/site.txt $(VENV)/bin/python
	@echo "Installing what builds the site, once"
	@$(PIP) install --requirement requirements/site.txt
	@touch $@

$(VENV)/test.ok: requirements/test.txt $(VENV)/site.ok
	@echo "Installing what runs the programs (PyTorch among them), once"
	@$(PIP) install --requirement requirements/test.txt
	@touch $@
