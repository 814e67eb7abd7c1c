# Two commands for a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TRAIN := .venv-train
export ACCORDINGTO_SHARED ?= ../shared

.PHONY: setup demo desk shots test check eval bench model clean

setup: $(VENV)/.ready

# Debian ships venv apart from Python: install it where we may, else say what to do.
$(VENV)/.ready: pyproject.toml gazetteer/divisions.csv gazetteer/build.py src/accordingto/placefile.py $(wildcard desk/*.* desk/*/*.*s)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "accordingto needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 2; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
	  { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq python3-venv; } || \
	  { echo "Python's venv is missing; run: sudo apt-get install python3-venv"; exit 2; }
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

demo: setup
	@rm -f build/demo.db build/demo.db-wal build/demo.db-shm && mkdir -p build
	@$(BIN)/accordingto add --ledger build/demo.db samples
	@echo && echo "What happened, merged from all reports:"
	@$(BIN)/accordingto incidents --ledger build/demo.db --since 2031-03-01
	@echo && echo "What is contested, and who says what of it:"
	@$(BIN)/accordingto contested --ledger build/demo.db
	@echo && echo "Who denies what:"
	@$(BIN)/accordingto claims --ledger build/demo.db --act deny
	@echo
	@echo "Read one report closely:   $(BIN)/accordingto read samples/01_depot_strike.txt"
	@echo "Ask the ledger:            $(BIN)/accordingto incident --ledger build/demo.db ID (an id of the first list)"
	@echo "Who said what, all of it:  $(BIN)/accordingto claims --ledger build/demo.db"
	@echo
	@echo "Open the desk: $(BIN)/accordingto serve build/demo.db   and then http://127.0.0.1:8765/"

# The desk's style and script anew, after a change in desk/.
desk: setup
	$(BIN)/python desk/build.py

# The desk's pictures in docs/desk anew, from the samples; needs Chromium.
shots: setup
	$(BIN)/python -m tests.web.browser.shots

# In a process for each of at most four processors, a file's tests in one of them; `pytest` alone runs all in one.
test: setup
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

check: setup
	$(BIN)/ruff check src tests benchmarks training gazetteer desk hatch_build.py
	$(BIN)/ruff format --check src tests benchmarks training gazetteer desk hatch_build.py
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: setup
	$(BIN)/python -m benchmarks.accuracy

bench: setup
	$(BIN)/python -m benchmarks.speed

$(TRAIN)/.ready: pyproject.toml
	@[ -x $(TRAIN)/bin/python ] || $(PYTHON) -m venv $(TRAIN)
	$(TRAIN)/bin/python -m pip install --quiet torch==2.13.0
	$(TRAIN)/bin/python -m pip install --quiet -e '.[train]'
	@touch $@

model: $(TRAIN)/.ready
	$(TRAIN)/bin/python -m training.teachers
	$(TRAIN)/bin/python -m training.train
	$(TRAIN)/bin/python -m training.innerhead
	$(TRAIN)/bin/python -m training.export
	$(TRAIN)/bin/python -m training.habits
	$(TRAIN)/bin/python -m training.links
	$(TRAIN)/bin/python -m training.uses
	$(TRAIN)/bin/python -m training.kinds
	$(TRAIN)/bin/python -m training.who
	$(TRAIN)/bin/python -m training.places
	$(TRAIN)/bin/python -m training.muc

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache
