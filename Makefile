# make review    set up, then review this checkout (TARGET=... for anything else)
# make test      set up, then run every test
# make lint      formatting, lint and types

PYTHON ?= python3
VENV := .venv
TARGET ?= .
OUTPUT ?= readiness-report
STAMP := $(VENV)/.installed

.PHONY: review test lint setup clean
.DEFAULT_GOAL := review

review: $(STAMP)
	@$(VENV)/bin/reviewer review "$(TARGET)" --output "$(OUTPUT)"

test: $(STAMP) lint
	@command -v chromium >/dev/null || { echo "make test needs the Debian package chromium: apt-get install chromium" >&2; exit 1; }
	@$(VENV)/bin/python -m pytest -n 2 --dist worksteal

lint: $(STAMP)
	@$(VENV)/bin/ruff format --check --quiet .
	@$(VENV)/bin/ruff check --quiet .
	@$(VENV)/bin/mypy

setup: $(STAMP)

$(STAMP): pyproject.toml
	@command -v git >/dev/null || { echo "this needs the Debian package git: apt-get install git" >&2; exit 1; }
	@command -v $(PYTHON) >/dev/null || { echo "this needs the Debian package python3: apt-get install python3" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "this needs the Debian package python3-venv: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "this needs Python 3.11 or newer" >&2; exit 1; }
	@test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	@touch $@

clean:
	rm -rf $(VENV) readiness-report dist build
