# Every target does its own set-up: a virtual environment in .venv with locked, hashed packages.
PYTHON ?= python3
BIN := .venv/bin
CATALOGUES := $(wildcard locale/*/LC_MESSAGES/*.po)

.PHONY: demo test bench lint format messages charts lock clean
.DEFAULT_GOAL := demo

.venv/run: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Omzien needs Python 3.11 or newer with venv. On Debian: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: .venv/run requirements-dev.txt
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

# Catalogues are compiled next to their source; `locale` holds data only.
.venv/messages: .venv/run $(CATALOGUES)
	$(BIN)/pybabel --quiet compile --domain omzien --directory locale
	@touch $@

demo: .venv/messages
	$(BIN)/omzien demo $(ARGS)

test: .venv/dev .venv/messages
	$(BIN)/pytest --numprocesses auto --dist worksteal $(ARGS)

bench: .venv/dev .venv/messages
	$(BIN)/python -m tests.bench $(ARGS)

lint: .venv/dev .venv/messages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.house

format: .venv/dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Reads the texts from the source and brings every catalogue up to date; what is new is left open.
messages: .venv/dev
	$(BIN)/python -m tests.catalogues

# Draws the parts of ARCHITECTURE.md that come from the source.
charts: .venv/dev
	$(BIN)/python -m tests.house.charts

# Resolves pyproject.toml anew, with hashes and without the address of any index.
lock: .venv/dev
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra build -o requirements.txt pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra build --extra dev -o requirements-dev.txt pyproject.toml

clean:
	rm -rf .venv build *.egg-info data
