# Anlan: everything a fresh machine needs is python3 (3.11 or newer) and node (20 or newer).
PYTHON ?= python3
PORT ?= 8000
SCALE ?= 1
BIN := .venv/bin
export DJANGO_SETTINGS_MODULE := anlan.site.settings

SOURCES := $(shell find web/src web/scripts web/icons.txt web/vite.config.ts web/tsconfig.json -type f 2>/dev/null)
CATALOGUES := $(shell find anlan -name '*.po' 2>/dev/null)
BUILT := anlan/site/static/built/manifest.json

.PHONY: help demo test check docs bench setup front catalogues clean

help:
	@echo 'make demo    set everything up, load the demonstration city, serve it on port $(PORT)'
	@echo '             (the whole autumn of 2019 takes its place some minutes later; make demo SCALE=0: without it)'
	@echo 'make test    set everything up, run the tests on SQLite'
	@echo 'make check   format, lint, types, import contracts, migrations, catalogues, generated docs'
	@echo 'make docs    print the generated reference pages anew'
	@echo 'make bench   measure, beside the floors, and print the table'

demo: setup
	@$(BIN)/anlan demo --port $(PORT) --scale $(SCALE)

test: setup
	@$(BIN)/python -m pytest

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m django makemigrations --check --dry-run
	$(BIN)/python -m anlan.site.i18n check
	$(BIN)/python -m anlan.site.reference check
	$(BIN)/djlint anlan --lint --quiet
	npm --prefix web run --silent check

docs: setup
	$(BIN)/python -m anlan.site.reference write

bench: setup
	$(BIN)/python -m bench

setup: .venv/.ready front catalogues

front: $(BUILT)

catalogues: .venv/.compiled

.venv/.ready: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo '正在安装 Python 依赖 / installing Python packages …'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

web/node_modules/.ready: web/package-lock.json
	@echo '正在安装前端依赖 / installing front-end packages …'
	@npm --prefix web ci --no-audit --no-fund --loglevel=error
	@touch $@

$(BUILT): web/node_modules/.ready $(SOURCES)
	@npm --prefix web run --silent build >/dev/null
	@touch $@

.venv/.compiled: .venv/.ready $(CATALOGUES)
	@$(BIN)/python -m anlan.site.i18n compile
	@touch $@

clean:
	rm -rf .venv web/node_modules web/generated anlan/site/static/built dist
