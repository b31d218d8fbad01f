# Two commands for newcomers: make run, make test. The rest is for those who build here.
.PHONY: run test test-inside test-domains test-patients test-rules test-browser test-slow test-slow-browser test-slow-rest test-spark check torture bench lock messages docs clean
.DELETE_ON_ERROR:

PYTHON ?= python3
BIN := .venv/bin
DOMAINS := tests/integration/governance tests/integration/plans
PATIENTS := tests/integration/care tests/integration/fhir
OWN_SERVERS := tests/integration/embedded
INSIDE := $(filter-out $(DOMAINS) $(PATIENTS) $(OWN_SERVERS) %/__pycache__,$(patsubst %/,%,$(wildcard tests/integration/*/)))
UV := $(BIN)/uv
export UV_PYTHON_DOWNLOADS = never
export PIP_DISABLE_PIP_VERSION_CHECK = 1
# Scores of tests start Python anew; without the compiled files each of them compiles Django first.
unexport PYTHONDONTWRITEBYTECODE

run: .venv/run.ok build/front.ok build/messages.ok
	@$(BIN)/samspill demo $(ARGS)

# All at once, each of the five with a database of its own; what they say is printed whole, one after the other.
# The browser's goes before the others, so that two cores are busy until the end: it is the longest, and can use
# little more than one of them when it is alone. Threads for small matrices, where five share two cores, wait for
# each other in loops.
test-inside test-domains test-patients test-rules test-browser test-slow-browser test-slow-rest: export OMP_NUM_THREADS = 1
QUICK = -m "not slow"
# Every table is made once, and each of them begins with a copy: that takes longer than hundreds of tests.
PYTEST = scripts/in-memory $(BIN)/python -m pytest
WITH_TABLES = scripts/in-memory --from build/migrated $(BIN)/python -m pytest --reuse-db --no-migrations
AFTER_THE_BROWSER = nice -n 4
test: .venv/dev.ok build/front.ok build/messages.ok build/migrated.ok
	@$(MAKE) --no-print-directory --jobs=5 --output-sync=target --keep-going test-browser test-domains test-rules test-patients test-inside

# With the database: from the door of an app inwards. The domain apps have as many tests as all the others.
test-domains: .venv/dev.ok build/front.ok build/messages.ok build/migrated.ok
	@$(AFTER_THE_BROWSER) $(WITH_TABLES) $(QUICK) $(DOMAINS)

# Whom the services follow together, and the machines that send and ask about them.
test-patients: .venv/dev.ok build/front.ok build/messages.ok build/migrated.ok
	@$(AFTER_THE_BROWSER) $(WITH_TABLES) $(QUICK) $(PATIENTS)

# What is not a domain app, the demonstration with all of them, and how code and tables are laid out.
test-inside: .venv/dev.ok build/front.ok build/messages.ok build/migrated.ok
	@$(AFTER_THE_BROWSER) $(WITH_TABLES) $(QUICK) tests/architecture $(INSIDE)

# What needs no database to be made and migrated: units, rules, the reader on annotated plans, and the embedded
# server itself.
test-rules: .venv/dev.ok build/front.ok build/messages.ok
	@$(AFTER_THE_BROWSER) $(PYTEST) $(QUICK) tests/unit tests/rules $(OWN_SERVERS)

test-browser: .venv/dev.ok build/front.ok build/messages.ok build/migrated.ok
	@SAMSPILL_CHROMIUM="$$(scripts/chromium)" && export SAMSPILL_CHROMIUM && $(WITH_TABLES) $(QUICK) tests/functional

# The same once more in other ways: every language, every layout in every format, worlds of other days, and what
# is drawn at random drawn more often. After `make test` in CI, so that one need not wait for it between two changes.
SLOW = -m "slow or hypothesis" --hypothesis-profile=many
test-slow:
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target --keep-going test-slow-browser test-slow-rest

test-slow-browser: .venv/dev.ok build/front.ok build/messages.ok build/migrated.ok
	@SAMSPILL_CHROMIUM="$$(scripts/chromium)" && export SAMSPILL_CHROMIUM && $(WITH_TABLES) -m slow tests/functional

test-slow-rest: .venv/dev.ok build/front.ok build/messages.ok build/migrated.ok
	@$(PYTEST) $(SLOW) tests/unit tests/rules
	@$(WITH_TABLES) $(SLOW) $(OWN_SERVERS) $(INSIDE)
	@$(WITH_TABLES) $(SLOW) $(DOMAINS)
	@$(WITH_TABLES) $(SLOW) $(PATIENTS)

# Apart from `make test`: Spark is half a gigabyte, and needs Java 17 or newer on the machine.
test-spark: .venv/spark.ok build/messages.ok build/migrated.ok
	@$(WITH_TABLES) tests/integration/indicators -k spark

# Types, form and layers, without running anything.
check: .venv/dev.ok build/messages.ok
	@$(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

# Kill servers, worker and database at random while measurements come in, and count:
# `make torture ARGS="--points 1000 --seed 7"`.
torture: .venv/dev.ok build/messages.ok build/migrated.ok
	@$(BIN)/python -m benchmarks.torture $(ARGS)

bench: .venv/dev.ok build/front.ok build/messages.ok
	@$(BIN)/python -m benchmarks

.venv/bin/uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit("Samspill needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Install it, or name it: make PYTHON=python3.12 run") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "Could not make .venv. On Debian and Ubuntu: apt-get install python3-venv" >&2; rm -rf .venv; exit 1; }
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/uv.txt
	@touch $@

.venv/run.ok: $(UV) requirements/base.txt pyproject.toml
	@echo "Installing what Samspill needs …"
	@$(UV) pip install --quiet --require-hashes -r requirements/base.txt
	@$(UV) pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.ok: $(UV) requirements/dev.txt pyproject.toml
	@echo "Installing what the tests need …"
	@$(UV) pip install --quiet --require-hashes -r requirements/dev.txt
	@$(UV) pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@ .venv/run.ok

.venv/spark.ok: .venv/dev.ok requirements/spark.txt
	@echo "Installing Spark …"
	@$(UV) pip install --quiet --require-hashes -r requirements/spark.txt
	@touch $@

# The front end is built with the machine's Node from version 20, or with Node from PyPI.
build/front.ok: $(UV) frontend/package-lock.json $(shell find frontend/src frontend/build.mjs src/samspill/documents/figures -type f 2>/dev/null)
	@$(MAKE) --no-print-directory --silent .venv/run.ok
	@mkdir -p build && scripts/front-end
	@touch $@

build/messages.ok: $(shell find src -name '*.po')
	@$(MAKE) --no-print-directory --silent .venv/run.ok
	@mkdir -p build && $(BIN)/python -m samspill.web.messages compile
	@touch $@

MIGRATIONS := $(wildcard src/samspill/*/migrations/*)
build/migrated.ok: .venv/dev.ok build/messages.ok $(MIGRATIONS) src/samspill/care/isolation.py $(wildcard src/samspill/directory/isolation/*.py)
	@rm -rf build/migrated
	@SAMSPILL_HOME=$(CURDIR)/build/migrated $(BIN)/python -m pytest --quiet --create-db --reuse-db tests/architecture/test_models.py -k every_table_in_the_database
	@touch $@

messages: .venv/dev.ok
	@$(BIN)/python -m samspill.web.messages missing

docs: .venv/dev.ok
	@$(BIN)/python -m scripts.reference
	@$(BIN)/python -m scripts.reading_scores
	@$(BIN)/python -m scripts.search_scores

lock: $(UV)
	@for name in base dev spark uv; do $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate requirements/$$name.in -o requirements/$$name.txt; done
	@! grep -n 'https\?://' requirements/*.txt

clean:
	@rm -rf build .venv frontend/dist frontend/node_modules
