# What there is to do with LeadOps on this machine. `make` alone lists it.
PORT ?= 8000
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
UV := $(RUN) -m uv
COMPILE := $(UV) pip compile --quiet --generate-hashes --universal --no-emit-index-url --no-header --no-annotate --python-version 3.11
CATALOGUES := $(wildcard locale/*/LC_MESSAGES/*.po)
MANAGE := $(RUN) manage.py
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo run test check lock clean
.DELETE_ON_ERROR:

help:
	@echo "make demo    install, load demo data, serve on http://127.0.0.1:$(PORT) (PORT=8123 for another port)"
	@echo "make run     the same without demo data"
	@echo "make test    run the tests"
	@echo "make check   style, types, layers, templates, migrations"
	@echo "make setup   only install, into .venv"
	@echo "make lock    renew the locked versions"
	@echo "make clean   remove .venv and caches; what is in var stays"

demo: setup
	@LEADOPS_DEMO=1 exec $(MANAGE) up --demo --port $(PORT)

run: setup
	@exec $(MANAGE) up --port $(PORT)

setup: $(VENV)/.assets

$(VENV)/.made: requirements-uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "leadops: Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 ..." >&2; exit 1; }
	@echo "[1/3] Making .venv"
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "leadops: Python's venv is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r $< || \
	  echo "      uv has no wheel for this machine: pip alone installs, which takes longer"
	@touch $@

# $(1): a lock file
define install
	if $(UV) --version >/dev/null 2>&1; \
	then $(UV) pip install --python $(RUN) --require-hashes -r $(1); \
	else $(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1); fi || \
	  { echo "leadops: the packages of $(1) could not be installed; the lines above say why" >&2; exit 1; }
endef

$(VENV)/.installed: requirements.lock $(VENV)/.made
	@echo "[2/3] Installing $$(grep -c == $<) packages"
	@$(call install,$<)
	@touch $@

$(VENV)/.installed-test: requirements-test.lock $(VENV)/.installed
	@echo "Installing what tests and checks need"
	@$(call install,$<)
	@touch $@

$(VENV)/.assets: $(VENV)/.installed leadops/assets.py $(CATALOGUES)
	@echo "[3/3] Preparing the typeface and the translations"
	@$(RUN) -m leadops.assets
	@$(MANAGE) help >/dev/null
	@touch $@

test: setup $(VENV)/.installed-test
	@$(RUN) -m tests.browser
	@$(RUN) -m pytest -n 3 --dist worksteal $(ARGS)

check: setup $(VENV)/.installed-test
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy
	@$(RUN) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"
	@$(RUN) -m djlint templates --lint --quiet
	@$(MANAGE) makemigrations --check --dry-run
	@! grep -n '://' requirements*.lock

lock: $(VENV)/.made
	@echo uv | $(COMPILE) $(UPGRADE) - -o requirements-uv.lock
	@$(COMPILE) $(UPGRADE) pyproject.toml -o requirements.lock
	@$(COMPILE) $(UPGRADE) pyproject.toml --group test --group lint -c requirements.lock -o requirements-test.lock
	@! grep -n '://' requirements*.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
