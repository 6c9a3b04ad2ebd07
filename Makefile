# make help lists what can be asked for. Everything is set up on first use, in .venv, from pinned and hashed
# requirements; a second run with no network works with what is there.

SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
RUN := $(BIN)/python -m reported
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python

# A uv that is there is used; else a pip that is there installs it, which is quicker than giving the environment a
# pip of its own first.
PIP_INSTALL := install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-uv.txt

# Python reads the file that leads to this folder in the locale's encoding and fails at its start where it cannot: a
# path with other letters is written as an escaped string.
ASCII_PTH := import pathlib, site; [file.write_text(f"import sys; sys.path.append({path!a})\n") \
	for folder in site.getsitepackages() for file in pathlib.Path(folder).glob("*reported*.pth") \
	for path in [file.read_text("utf-8").strip()] if not path.isascii()]

# Each test process and the commands that tests start import the same libraries: their bytecode is kept, also for somebody
# who wants none beside her sources.
KEPT := PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX=$(CURDIR)/.cache/bytecode

.DEFAULT_GOAL := help
.PHONY: help report test test-slow lab check audit draft bench prose drafts fuzz soak coverage lint lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile
	@echo "make reports/02-repatriations.pdf   one notebook alone (or .html)"

report: .venv/report.ready ## check the data, run the notebooks, write reports/report.html and .pdf
	@$(RUN) report --final

test: .venv/test.ready ## the tests, without the slow ones, which are make test-slow
	@$(KEPT) $(BIN)/python -m pytest -q -n auto --dist worksteal -m "not slow"

test-slow: .venv/test.ready
	@$(KEPT) $(BIN)/python -m pytest -q -n auto --dist worksteal -m slow

lab: .venv/lab.ready ## open the project in JupyterLab, at its first notebook
	@$(RUN) lab

check: .venv/report.ready ## check the data alone
	@$(RUN) check

audit: .venv/report.ready ## compare the ledger with an article: make audit ARTICLE=article.txt
	@test -n "$(ARTICLE)" || { echo "name the article: make audit ARTICLE=article.txt" >&2; exit 2; }
	@$(RUN) audit "$(ARTICLE)"

draft: .venv/report.ready ## propose rows for the next article: make draft ARTICLE=article.txt > rows.csv
	@test -n "$(ARTICLE)" || { echo "name the article: make draft ARTICLE=article.txt" >&2; exit 2; }
	@$(RUN) draft "$(ARTICLE)"

bench: .venv/bench.ready ## speed, as ratios measured side by side
	@$(BIN)/python bench/bounds.py
	@$(BIN)/python bench/figures.py
	@$(BIN)/python bench/ledger.py
	@$(BIN)/python bench/build.py
	@$(BIN)/python bench/project.py
	@$(BIN)/python bench/prose.py
	@$(BIN)/python bench/columns.py

prose: .venv/test.ready ## how well numbers in prose are read
	@$(BIN)/python tests/prose/score.py

drafts: .venv/test.ready ## how well speakers, days, units and quantities are proposed
	@PYTHONPATH=. $(BIN)/python tests/article/score.py

fuzz: .venv/test.ready ## 20,000 broken ledgers
	@$(BIN)/python tests/fuzz.py --runs 20000

soak: .venv/test.ready ## 50 builds in a row
	@$(KEPT) SOAK=1 $(BIN)/python -m pytest -q tests/press/test_report.py -k neither_files_open

coverage: .venv/test.ready ## which lines and branches the tests reach
	@rm -rf .cache/coverage && mkdir -p .cache/coverage
	@$(KEPT) $(BIN)/python -m coverage run -m pytest -q -n auto --dist worksteal
	@$(BIN)/python -W ignore -m coverage combine -q && $(BIN)/python -m coverage report

lint: .venv/test.ready ## format, lint and types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

lock: .venv/bin/uv ## make the pinned requirements anew from pyproject.toml
	@set -e; compile="$(BIN)/uv pip compile --quiet --group build --universal --python-version 3.11 --generate-hashes --no-header --no-annotate"; \
	$$compile pyproject.toml --extra report --extra excel -o requirements.txt; \
	$$compile pyproject.toml --extra report --extra excel --extra lab -c requirements.txt -o requirements-lab.txt; \
	$$compile pyproject.toml --extra report --extra excel --extra lab --extra test -c requirements-lab.txt -o requirements-test.txt; \
	$$compile pyproject.toml --extra report --extra excel --extra lab --extra test --extra bench -c requirements-test.txt -o requirements-bench.txt

clean: ## forget everything kept between runs (not the environment in .venv)
	@rm -rf .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage

reports/report.html reports/report.pdf: report ;

reports/%.html reports/%.pdf: notebooks/%.ipynb .venv/report.ready FORCE
	@$(RUN) report $< --to $@

FORCE:

.venv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "setting up .venv"
	@$(PYTHON) -m venv --without-pip .venv
	@if command -v uv >/dev/null; then ln -sf "$$(command -v uv)" $@; \
	else $(PYTHON) -m pip --python $(BIN)/python $(PIP_INSTALL) 2>/dev/null || \
	{ $(PYTHON) -m venv --clear .venv && $(BIN)/python -m pip $(PIP_INSTALL); }; fi

.venv/report.ready: requirements.txt pyproject.toml | .venv/bin/uv
	@$(UV) --require-hashes -r requirements.txt
	@$(UV) --no-deps --no-build-isolation --editable .
	@LC_ALL=C.UTF-8 $(BIN)/python -c '$(ASCII_PTH)'
	@touch $@

.venv/lab.ready: requirements-lab.txt .venv/report.ready
	@$(UV) --require-hashes -r requirements-lab.txt
	@touch $@

.venv/test.ready: requirements-test.txt .venv/lab.ready
	@$(UV) --require-hashes -r requirements-test.txt
	@touch $@

.venv/bench.ready: requirements-bench.txt .venv/test.ready
	@$(UV) --require-hashes -r requirements-bench.txt
	@touch $@
