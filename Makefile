# Two commands do everything: `make demo` builds a classroom, `make test` runs all checks.
# They need Python 3.11 or newer and make; uv and all else goes into this folder (.tools, .venv).

PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
RUN := .venv/bin
BOOTSTRAP := $(if $(findstring .tools,$(UV)),.tools/bin/uv)
PLAYER := $(shell find frontend -path frontend/node_modules -prune -o -type f -print 2>/dev/null)
export UV_LINK_MODE ?= copy

.PHONY: demo test check lint bench lock clean
.DEFAULT_GOAL := demo

demo: .venv/.ready
	$(RUN)/scenewright make examples/tides.md -o out/tides

test: .venv/.ready lint
	$(RUN)/python -m pytest -n 2 --dist loadfile

# The quick loop: style, types, layers, and the tests that need no browser and no process.
check: .venv/.ready lint
	$(RUN)/python -m pytest -n 2 --dist loadfile -m "not browser and not server"

lint: .venv/.ready
	$(RUN)/ruff format --check .
	$(RUN)/ruff check .
	$(RUN)/mypy
	$(RUN)/lint-imports

bench: .venv/.ready
	$(RUN)/python benchmarks/report.py

# Versions with hashes and without download addresses.
lock: $(BOOTSTRAP)
	$(UV) pip compile pyproject.toml --extra testing --group dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-annotate --quiet --output-file requirements.lock

.venv/.ready: requirements.lock pyproject.toml hatch_build.py $(PLAYER) $(BOOTSTRAP)
	test -x $(RUN)/python || $(UV) venv --quiet --python $(PYTHON) .venv
	$(UV) pip sync --quiet --python $(RUN)/python --require-hashes requirements.lock
	$(UV) pip install --quiet --python $(RUN)/python --no-deps --editable .
	touch $@

.tools/bin/uv:
	$(PYTHON) tools/bootstrap.py

clean:
	rm -rf .venv .tools out
