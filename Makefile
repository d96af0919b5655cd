# Every command makes what it needs in .venv first, from nothing but Python and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# What a user of a client has: the servers' packages would be loaded by clients too, and be measured with them.
BENCH := .venv-bench
BENCH_ROUNDS ?= 9

# The many processes of a test run share compiled modules.
export PYTHONDONTWRITEBYTECODE :=

# How many processes run the specs of a world; 0 runs them in pytest's own.
WORKERS ?= 3
PYTEST = $(BIN)/python -m pytest --quiet --numprocesses=$(WORKERS) --dist=loadfile

.DEFAULT_GOAL := help
.PHONY: help demo test quick oldest matrix faults record pictures docs walk bench check format clean

help: ## show the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: $(VENV)/local ## run the quickstart on a real Mistral, behind a real Keystone, on this machine
	@echo "== starting Keystone and Mistral, and running examples/quickstart.py against them"
	@$(BIN)/python -m fogflow.local -- $(BIN)/python examples/quickstart.py

ifdef SPEC
test: $(VENV)/dev
	@$(BIN)/python -m pytest --quiet --world=$(or $(WORLD),none) $(SPEC)
else
test: quick world-real ## run all specs in four worlds: no cloud, a mock, recorded HTTP, a real cloud; 5 minutes
endif

quick: $(VENV)/dev ## run the specs that need no real cloud, their three worlds side by side; 1 minute
	@$(MAKE) --no-print-directory --jobs=3 --output-sync=target world-none world-mock world-recorded

# These run side by side.
world-none: WORKERS = 2
world-mock world-recorded: WORKERS = 0

world-%: $(VENV)/dev
	@echo "== running the specs, world $*"
	@$(PYTEST) --world=$*

oldest: $(VENV)/dev ## run the specs on the oldest release of Mistral, as test does on the newest; takes Python 3.11
	@$(BIN)/python -m spec.matrix 15

matrix: $(VENV)/dev ## run the specs on each release of Mistral, and write docs/releases.rst; RELEASES="15 23" for some
	@$(BIN)/python -m spec.matrix $(RELEASES)

faults: $(VENV)/dev ## bad days: lost answers, revoked tokens, lists that change, answers that make no sense; prints figures
	@echo "== bad days, on a mock that is served and on a real cloud on this machine"
	@$(PYTEST) --timeout=600 --override-ini=faulthandler_timeout=900 spec/faults

record: $(VENV)/dev ## record fixtures/cassettes anew, from a real cloud on this machine
	@echo "== running the specs on a real cloud, and recording"
	@rm -rf fixtures/cassettes
	@$(BIN)/python -m pytest --quiet --world=recorded --record

pictures: $(VENV)/dev ## draw docs/pictures anew; takes Graphviz
	@echo "== drawing the pictures of the documentation"
	@$(BIN)/python docs/pictures/draw.py

docs: $(VENV)/dev ## build the documentation, into build/docs; a warning is an error
	@echo "== building the documentation"
	@$(BIN)/python -m sphinx --quiet --fail-on-warning --keep-going --builder html --doctree-dir build/doctrees docs build/docs
	@echo "it is in build/docs/index.html"

walk: $(VENV)/dev ## walk at random over all resources, on the mock and on a real Mistral at once, and compare
	@echo "== walks of 300 steps: three from fresh seeds, or those of SEEDS"
	@$(BIN)/python -m spec.mock.walking $(SEEDS)

bench: $(BENCH)/bench ## measure fogflow beside what else there is, into docs/benchmarks.rst; BENCH_ROUNDS=n, ONLY=reload
	@echo "== measuring, $(BENCH_ROUNDS) rounds"
	@$(BENCH)/bin/python -m benchmarks --rounds $(BENCH_ROUNDS) \
	  $(if $(ONLY),--only $(ONLY),--write docs/benchmarks.rst --command 'make bench BENCH_ROUNDS=$(BENCH_ROUNDS)')

check: $(VENV)/dev ## look over the code: ruff, its formatter, mypy
	@echo "== ruff, ruff format, mypy --strict"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(VENV)/dev ## put the code into its form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clean: ## remove what these commands made
	rm -rf $(VENV) $(BENCH) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache

# A virtual environment with an extra of fogflow; made anew when what it takes has changed.
# What makes an editable package found is loaded at each start of Python, which `make bench` measures; it runs what is
# here all the same.
$(VENV)/local $(VENV)/dev $(BENCH)/bench: setup.cfg setup.py pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "fogflow takes Python 3.10 or newer; say make PYTHON=...")'
	@echo "== installing fogflow[$(@F)] into $(@D)"
	@test -x $(@D)/bin/python || $(PYTHON) -m venv $(@D)
	@$(@D)/bin/python -m pip install --quiet --disable-pip-version-check $(if $(filter-out bench,$(@F)),--editable) '.[$(@F)]'
	@touch $@
