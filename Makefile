# Bare `make` lists what there is. On Windows without make: `py start.py run`, `py start.py test`.
# Every path is relative, so the folder may have a space in its own.

PYTHON ?= python3
VENV_PYTHON := $(if $(filter Windows_NT,$(OS)),.venv/Scripts/python.exe,.venv/bin/python)
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test check format bench report audit clean setup

help: ## list what make can do
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r target does; do \
		printf '  make %-8s %s\n' "$$target" "$$does"; done

run: ## assess the bundled example and open the dashboard on it (Ctrl-C ends it)
	@$(PYTHON) start.py run

test: ## run the tests; ARGS="-k words" goes to pytest, CI=true adds the slow and browser tests
	@$(PYTHON) start.py test $(ARGS)

setup: ## make or mend the environment in .venv, and run nothing
	@$(PYTHON) start.py setup

check: setup ## lint, formatting and types, changing nothing
	$(VENV_PYTHON) -m ruff check
	$(VENV_PYTHON) -m ruff format --check
	$(VENV_PYTHON) -m mypy
	$(VENV_PYTHON) -m mypy start.py

format: setup ## mend formatting and what the linter can mend
	$(VENV_PYTHON) -m ruff check --fix
	$(VENV_PYTHON) -m ruff format

bench: setup ## run every benchmark in benchmarks/
	@for script in benchmarks/[a-z]*.py; do \
		[ -e "$$script" ] || continue; echo "$$script"; $(VENV_PYTHON) "$$script" || exit 1; done

report: setup ## write the committed report in reports/example again
	$(VENV_PYTHON) -m eia assess datasets/riverbank/case.toml --out reports/example

audit: setup ## look the pinned packages up among known weaknesses (needs a network; --strict: what cannot be looked up fails)
	$(VENV_PYTHON) -m uv tool run pip-audit --strict --requirement constraints.txt --no-deps --disable-pip

clean: ## delete .venv and every cache
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
