# Two commands do everything: `make demo` and `make test`. Both build their own .venv from requirements.lock.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# The tests start some hundred processes: where the surroundings forbid bytecode each start costs seconds.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo quick test faults lint campaign messages bench lock clean
.DEFAULT_GOAL := test

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(STAMP)

demo: $(STAMP)  ## the main job in the sandbox: no token needed
	$(BIN)/gihan sandbox

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

WORKERS ?= $(shell expr 2 \* `getconf _NPROCESSORS_ONLN`)# tests of processes wait more than they work
# Thousands of small stores that wait for a disk take five times as long: in memory where there are some GB of it.
PYTEST = dir=`$(PYTHON) tests/quick_folder.py` && TMPDIR=$$dir $(BIN)/pytest -n $(WORKERS) --dist worksteal -m $(1); \
  ended=$$?; rm -rf "$$dir"; exit $$ended

# The checks run beside the tests and are printed after them; whoever interrupts ends both.
test: $(STAMP)  ## ruff, strict types, import arrows, tests
	@said=$$(mktemp); $(MAKE) --no-print-directory lint >"$$said" 2>&1 & linting=$$!; \
	trap 'kill $$linting 2>/dev/null; rm -f "$$said"; exit 130' INT TERM; \
	( $(call PYTEST,"not long and not campaign") ); tested=$$?; wait $$linting; linted=$$?; cat "$$said"; rm -f "$$said"; \
	test $$tested -eq 0 && test $$linted -eq 0

quick: $(STAMP) lint  ## while you work: ruff, types, arrows, and the tests of what changed since main
	@dir=`$(PYTHON) tests/quick_folder.py` && TMPDIR=$$dir $(BIN)/pytest -n $(WORKERS) --dist worksteal \
	  -m "not smoke and not long and not campaign" -k "not postgres" `$(BIN)/python -m tests.changed`; \
	  ended=$$?; rm -rf "$$dir"; exit $$ended

faults: $(STAMP)  ## outages, full disks, locked stores, frozen leaders against real processes: some minutes
	$(call PYTEST,"(long or open_door) and not campaign")

STORE ?= sqlite
REPLICAS ?= 1
campaign: $(STAMP)  ## the long ones: fuzzing of the readers, random updates, then deliveries under kills and lost answers
	GIHAN_CAMPAIGN_S=200 nice $(BIN)/pytest -n auto --timeout 1200 tests/plans/test_fuzz.py
	GIHAN_CAMPAIGN_S=60 nice $(BIN)/pytest -n auto tests/faults/test_runaways.py
	nice $(BIN)/pytest -n auto --timeout 3000 -m campaign
	GIHAN_MUTATIONS=1000 nice $(BIN)/pytest -n auto --timeout 1200 tests/plans/test_mutations.py
	$(BIN)/python -m tests.campaign.odd
	$(BIN)/python -m tests.campaign.doors
	$(BIN)/python -m tests.campaign --store $(STORE) --replicas $(REPLICAS) --write docs/reliability.md

messages: $(STAMP)  ## one page of every message, with made-up facts: when it goes out, to whom, if what
	$(BIN)/python -m tests.messages build/messages.html

bench: $(STAMP)  ## ratios of one run, printed and written to docs/performance.md (about half an hour)
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check "aiolimiter>=1.1,<1.3"  # only to compare with
	$(BIN)/python -m benchmarks.speech
	$(BIN)/python -m benchmarks.round_tick
	$(BIN)/python -m benchmarks.start
	$(BIN)/python -m benchmarks --write docs/performance.md

lock:  ## renew requirements.lock (needs uv): hashes only, no addresses
	uv pip compile pyproject.toml --extra dev --extra readers --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet --output-file requirements.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
