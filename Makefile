# Two commands do everything: `make demo` and `make test`. Both build their own .venv: `make demo` from requirements.lock, with
# what builds a package (requirements-build.lock), and `make test` adds the checks (requirements-dev.lock).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
CHECKS := $(VENV)/.checks-installed
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# The tests start some hundred processes: where the surroundings forbid bytecode each start costs seconds.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo quick test faults lint campaign messages bench size wheelhouse lock clean
.DEFAULT_GOAL := test

$(STAMP): requirements.lock requirements-build.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements.lock -r requirements-build.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $(STAMP)

$(CHECKS): $(STAMP) requirements-dev.lock
	$(PIP) --require-hashes -r requirements-dev.lock
	touch $(CHECKS)

demo: $(STAMP)  ## the main job in the sandbox: no token needed
	$(BIN)/gihan sandbox

lint: $(CHECKS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

WORKERS ?= $(shell expr 2 \* `getconf _NPROCESSORS_ONLN`)# tests of processes wait more than they work
# Thousands of small stores that wait for a disk take five times as long: in memory where there are some GB of it.
PYTEST = dir=`$(PYTHON) tests/quick_folder.py` && TMPDIR=$$dir $(BIN)/pytest -n $(WORKERS) --dist worksteal -m $(1); \
  ended=$$?; rm -rf "$$dir"; exit $$ended

# The checks run beside the tests and are printed after them; whoever interrupts ends both.
test: $(CHECKS)  ## ruff, strict types, import arrows, tests
	@said=$$(mktemp); $(MAKE) --no-print-directory lint >"$$said" 2>&1 & linting=$$!; \
	trap 'kill $$linting 2>/dev/null; rm -f "$$said"; exit 130' INT TERM; \
	( $(call PYTEST,"not long and not campaign") ); tested=$$?; wait $$linting; linted=$$?; cat "$$said"; rm -f "$$said"; \
	test $$tested -eq 0 && test $$linted -eq 0

quick: $(CHECKS) lint  ## while you work: ruff, types, arrows, and the tests of what changed since main
	@dir=`$(PYTHON) tests/quick_folder.py` && TMPDIR=$$dir $(BIN)/pytest -n $(WORKERS) --dist worksteal \
	  -m "not smoke and not long and not campaign" -k "not postgres" `$(BIN)/python -m tests.changed`; \
	  ended=$$?; rm -rf "$$dir"; exit $$ended

faults: $(CHECKS)  ## outages, full disks, locked stores, frozen leaders against real processes: some minutes
	$(call PYTEST,"(long or open_door) and not campaign")

STORE ?= sqlite
REPLICAS ?= 1
campaign: $(CHECKS)  ## the long ones: fuzzing of the readers, random updates, then deliveries under kills and lost answers
	GIHAN_CAMPAIGN_S=200 nice $(BIN)/pytest -n auto --timeout 1200 tests/plans/test_fuzz.py
	GIHAN_CAMPAIGN_S=60 nice $(BIN)/pytest -n auto tests/faults/test_runaways.py
	nice $(BIN)/pytest -n auto --timeout 3000 -m campaign
	GIHAN_MUTATIONS=1000 nice $(BIN)/pytest -n auto --timeout 1200 tests/plans/test_mutations.py
	$(BIN)/python -m tests.campaign.odd
	$(BIN)/python -m tests.campaign.doors
	$(BIN)/python -m tests.campaign --store $(STORE) --replicas $(REPLICAS) --write docs/reliability.md

messages: $(CHECKS)  ## one page of every message, with made-up facts: when it goes out, to whom, if what
	$(BIN)/python -m tests.messages build/messages.html

bench: $(CHECKS)  ## ratios of one run, printed and written to docs/performance.md (about half an hour)
	-$(PIP) "aiolimiter>=1.1,<1.3"  # only to compare with
	$(BIN)/python -m benchmarks.speech
	$(BIN)/python -m benchmarks.round_tick
	$(BIN)/python -m benchmarks.ask_tick
	$(BIN)/python -m benchmarks.start
	$(BIN)/python -m benchmarks --write docs/performance.md

size: $(STAMP)  ## what an installation weighs: the ten largest packages, and all of them without pip
	$(BIN)/python -m benchmarks.size

wheelhouse: $(STAMP)  ## build/wheelhouse: everything that a machine without a way out installs from (docs/operation.md)
	rm -rf build/wheelhouse
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --require-hashes --only-binary :all: --dest build/wheelhouse -r requirements.lock
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir build/wheelhouse .
	cp requirements.lock config.example.toml build/wheelhouse

LOCKED = --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet
lock:  ## renew the three locks (needs uv): hashes only, no addresses
	uv pip compile pyproject.toml --extra dev $(LOCKED) --output-file requirements-dev.lock
	cp requirements-dev.lock requirements.lock && uv pip compile pyproject.toml $(LOCKED) --output-file requirements.lock
	cp requirements-dev.lock requirements-build.lock && uv pip compile --group build $(LOCKED) --output-file requirements-build.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
