# Two commands for a newcomer: `make demo` shows what kg does, `make test` runs all that CI runs.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: demo test model clean

demo: .venv/.installed
	$(BIN)/kg build seeds/ -o build
	@echo; echo "1. Who attacked whom?"
	$(BIN)/kg ask who-attacked-whom -s build/store
	@echo; echo "2. What was done in return for what?"
	$(BIN)/kg ask retaliation-chain -s build/store
	@echo; echo "3. Who accuses whom, of what, in which words?"
	$(BIN)/kg ask accusations -s build/store
	@echo; echo "The picture: build/graph.html (open it in a browser, no network needed)"

test: .venv/.tested
	$(BIN)/ruff check .
	$(BIN)/mypy --strict
	$(BIN)/python -m pytest --nbmake --nbmake-timeout=120 tests kg notebooks

# The language model is in the repository; this makes it anew (see training/README.md).
model: .venv/.training
	$(BIN)/python -m training

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.installed: .venv/bin/python pyproject.toml constraints.txt
	$(PIP) --editable .
	@touch $@

.venv/.tested: .venv/.installed
	$(PIP) --editable '.[test]'
	@touch $@

.venv/.training: .venv/.installed
	$(PIP) --editable '.[train]'
	@touch $@
