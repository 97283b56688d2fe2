# Runs and tests the service from a bare checkout; `make` alone lists the targets.

PYTHON ?= python3
PORT ?= 8000
ARGS ?=
N ?= 100000
PARTS ?=

VENV := .venv
RUN := $(VENV)/bin/python -m
PIP := $(RUN) pip install --quiet --disable-pip-version-check

# The stores that `make bench` keeps, and its own virtual environment.
BENCH := .benchmarks

# Emptied at every start: worker processes share their counters through files here, named after their process ids.
METRICS := instance/metrics

# The request line holds what is sent to GET /check, so it takes the most gunicorn allows. The control socket would
# lie in the home folder, one for all servers.
GUNICORN := -k gthread --workers 2 --threads 4 --graceful-timeout 20 --keep-alive 5 \
	--limit-request-line 8190 --limit-request-fields 64 --limit-request-field_size 8190 \
	--no-control-socket --log-level warning

.DEFAULT_GOAL := help
.PHONY: help serve test bench

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: $(VENV)/service.stamp ## run the service with its seed data on http://127.0.0.1:8000 (PORT=… changes it)
	@rm -rf $(METRICS) && mkdir -p $(METRICS)
	@$(RUN) flask migrate
	@$(RUN) flask seed
	@echo "Attribution runs at http://127.0.0.1:$(PORT) – Ctrl-C stops it."
	@PROMETHEUS_MULTIPROC_DIR=$(METRICS) exec $(RUN) gunicorn $(GUNICORN) --bind 127.0.0.1:$(PORT) wsgi:app

test: $(VENV)/tests.stamp ## check style and types, then run the tests on both engines (ARGS="…" goes to pytest)
	@$(RUN) ruff check
	@$(RUN) ruff format --check
	@$(RUN) mypy
	@$(RUN) pytest -n auto $(ARGS)

bench: $(BENCH)/venv/stamp ## measure beside what one would use instead (N="100000 1000000" PARTS="engine http import")
	@GUNICORN="$(GUNICORN)" $(BENCH)/venv/bin/python -m tests.benchmarks $(PARTS) -n $(N) $(ARGS)

$(VENV)/service.stamp: requirements.txt | $(VENV)/bin/pip
	@echo "Installing what the service needs …"
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/tests.stamp: requirements.txt tests/requirements.txt | $(VENV)/bin/pip
	@echo "Installing what the tests need …"
	@$(PIP) -r tests/requirements.txt
	@touch $@

# What the service is measured beside would weigh on its own environment.
$(BENCH)/venv/stamp: requirements.txt tests/benchmarks/requirements.txt | $(VENV)/bin/pip
	@echo "Installing what the benchmarks need …"
	@$(RUN) venv --clear $(BENCH)/venv
	@$(BENCH)/venv/bin/pip install --quiet --disable-pip-version-check -r tests/benchmarks/requirements.txt
	@touch $@

# pip is what `venv` lays last: where it is missing, the environment was never finished.
$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Attribution needs Python 3.11 or newer, and $(PYTHON) is not; name another: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "$(PYTHON) cannot make a virtual environment; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
