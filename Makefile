# songhua: a newcomer needs only make demo. Everything is installed into .venv.
# PYTHON=python3.13 chooses the Python; SUBJECT=store chooses one benchmark.

PYTHON = python3
SUBJECT = $(basename $(notdir $(wildcard benchmarks/[!_]*.py)))
UPGRADE =
CODE =
BIN = .venv/bin

help:
	@echo "make demo     set up, then build and open the built-in case"
	@echo "make setup    make .venv and install songhua (PYTHON=python3.13 chooses the Python)"
	@echo "make test     run the tests that everyone runs: a quarter of an hour on two cores, the same each time (TESTS=tests/codes: some)"
	@echo "make deep     run the long ones: kills, load, large cases, many examples drawn anew"
	@echo "make mutants  change the code in small steps and list what no test notices (CODE=songhua.maths.growth: some)"
	@echo "make check    format, lint, types and the layers"
	@echo "make bench    run the benchmarks (SUBJECT=store runs one)"
	@echo "make docs     build the reference pages"
	@echo "make lock     renew the locks after a change of dependencies (needs uv)"

setup:
	@PYTHON="$(PYTHON)" sh tools/setup.sh run

dev:
	@PYTHON="$(PYTHON)" sh tools/setup.sh dev

demo: setup
	$(BIN)/songhua demo

test: dev
	$(BIN)/python -m pytest $(TESTS)

deep: dev
	$(BIN)/python -m pytest -m "deep or exhaustive or hypothesis" --hypothesis-profile=deep $(TESTS)

check: dev
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m ruff check .
	$(BIN)/python -m basedpyright
	$(BIN)/lint-imports

mutants: dev
	$(BIN)/python -m mutmut run $(CODE:=*)
	$(BIN)/python -m mutmut results

bench: dev
	@unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE; \
	for subject in $(SUBJECT); do \
		$(BIN)/python "benchmarks/$$subject.py" || exit 1; \
	done

docs: dev
	$(BIN)/python docs/build.py

lock:
	@PYTHON="$(PYTHON)" UPGRADE="$(UPGRADE)" sh tools/lock.sh

.PHONY: help setup dev demo test deep mutants check bench docs lock
