# Two commands:  make demo   see what it does        make test   everything that must hold
# Others:        make docs   write what is generated make clean  remove .venv and out

.DEFAULT_GOAL := help
.PHONY: help demo test lint types rooms docs docs-check pytest clean

VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2

help:
	@sed -n '1,2s/^# //p' Makefile

$(VENV)/pyvenv.cfg:
	@python=$$(sh scripts/python.sh) && echo "$$python -m venv $(VENV)" && \
	  { "$$python" -m venv $(VENV) || { rm -rf $(VENV); exit 1; }; }

$(VENV)/.run: $(VENV)/pyvenv.cfg pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/pyvenv.cfg pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.run

demo: $(VENV)/.run
	@sh scripts/demo.sh $(BIN)/mingzhang

test: lint types rooms docs-check pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

rooms: $(VENV)/.dev
	$(BIN)/lint-imports --no-cache

docs: $(VENV)/.dev
	$(BIN)/python scripts/docs.py

docs-check: $(VENV)/.dev
	$(BIN)/python scripts/docs.py --check

pytest: $(VENV)/.dev
	@sh scripts/system.sh
	$(BIN)/python -m pytest -n $(WORKERS)

clean:
	rm -rf $(VENV) out
