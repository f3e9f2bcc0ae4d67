# Everything runs in .venv, which is made from the pinned lock when it is missing or older than the lock. What each
# start would compile or unpack is made then, too, even where Python is told to keep no bytecode.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.made-from-lock
ROOMS := config pipeline spiders storage wirewatch

.PHONY: venv demo test check floors fix reference lock clean

venv: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else "wirewatch needs Python 3.11 or newer, and $(PYTHON) is %d.%d: try make PYTHON=python3.12" % v[:2])'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m compileall -q $(ROOMS)
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -c "import pipeline.preload"
	@touch $(STAMP)

demo: venv
	$(BIN)/wirewatch --data-dir .demo demo

test: venv
	$(BIN)/pytest

check: venv
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# What text.py reached on the saved pages beside the checkout, against benchmarks/floors.json, and whether the
# acceleration of trafilatura changes what is read.
floors: venv
	$(BIN)/python benchmarks/text.py --floors --same

fix: venv
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

reference: venv
	$(BIN)/python docs/make_reference.py

# Needs uv (https://docs.astral.sh/uv/) on the PATH; writes versions and hashes, no addresses.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    --no-emit-index-url --extra postgresql --group dev --quiet pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) .demo .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
