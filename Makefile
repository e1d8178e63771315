# What each target needs is made first and remembered, so a second call starts at once.
# The locks are complete, hence --no-deps: some releases of pip refuse `name[extra]` as a dependency when
# hashes are required, though the lock holds both.

PYTHON ?= python3
BIN := .venv/bin
PY := $(BIN)/python
JOBS ?= 2
# A browser, its server and a thin line wait often: a third process of tests fills the two cores.
TEST_JOBS ?= 3
SEEDS ?= 100
STEPS ?= 200
N ?= 10

PWA_SOURCES := $(shell find pwa/src pwa/public pwa/build -type f 2>/dev/null) \
	$(wildcard pwa/*.html pwa/*.ts pwa/*.js pwa/*.json)
PIP := $(PY) -m pip --disable-pip-version-check -qq install

.DEFAULT_GOAL := help
.PHONY: help run test check fast bench simulate kills restores proof browser services migration \
	feature generated access fmt lock tools test-setup clean read-phone read-server
.DELETE_ON_ERROR:

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

# ------------------------------------------------------------------ to use it

run: .venv/.stamp-run pwa/dist/.stamp ## the demo on http://127.0.0.1:8000, prints who may sign in
	@exec $(BIN)/xunfang serve --demo --host 127.0.0.1 --port 8000

# ------------------------------------------------------------- to trust it

test: test-setup ## everything: set-up of all services, then the whole suite
	$(MAKE) --no-print-directory -j $(JOBS) -Otarget read-phone read-server
	cd pwa && npm test --silent
	$(PY) -m pytest -n $(TEST_JOBS) --dist loadscope --no-loadscope-reorder

# What only reads the sources takes one core each.
read-phone: pwa/node_modules/.stamp
	cd pwa && npm run --silent lint && npm run --silent check && npm run --silent arrow

read-server: .venv/.stamp-dev
	$(BIN)/ruff format --check -q .
	$(BIN)/ruff check -q .
	$(BIN)/pyright --level error

check: .venv/.stamp-dev pwa/node_modules/.stamp ## a minute and a half: format, lint, types, arrow, pure tests of both sides, a few seeds
	$(MAKE) --no-print-directory -j $(JOBS) -Otarget read-phone read-server
	$(PY) -m pytest -n $(JOBS) tests/architecture tests/foundation/kernel tests/features -m 'not slow'
	$(PY) -m tests.simulation --seeds 12 --steps $(STEPS)
	cd pwa && npm test --silent

fast: .venv/.stamp-dev ## seconds: the tests beside what you touched
	$(PY) -m tests.kit.touched

browser: test-setup ## the built PWA in real Chromium and WebKitGTK
	$(PY) -m pytest tests/browser

simulate: .venv/.stamp-dev pwa/node_modules/.stamp ## seeded worlds: SEEDS=2000, SEED=84121 for one, ENGINE=postgres, PHONES=engine|light
	$(PY) -m tests.simulation --seeds $(SEEDS) --steps $(STEPS) $(if $(SEED),--seed $(SEED)) \
		$(if $(ENGINE),--engine $(ENGINE)) $(if $(PHONES),--phone $(PHONES))

kills: test-setup ## kill -9 at every failpoint and at random: N=200 for each engine
	$(PY) -m tests.kills --count $(N)

restores: test-setup ## lose everything and restore it, N=20 times on each engine
	$(PY) -m tests.restore --count $(N)

bench: test-setup ## figures, not verdicts, in a few minutes; ARGS="push pull" for some, ARGS=soak for ten minutes of 300 phones
	$(PY) -m tests.bench $(ARGS)

proof: test-setup ## the long forms, hours, and one table; ARGS="--seeds 20 --kills 4" for a taste
	$(PY) -m tests.proof $(ARGS)

# ------------------------------------------------------------ to work on it

migration: .venv/.stamp-run ## name="Add umbrella loans": writes the next migration from the tables
	@$(BIN)/xunfang migration "$(name)"

feature: .venv/.stamp-dev pwa/node_modules/.stamp ## name=umbrella_loans [kind=…] [zh=…]: lays out a new feature on both sides
	@$(PY) -m tests.kit.pattern "$(name)" $(if $(kind),--kind "$(kind)") $(if $(zh),--zh "$(zh)")

generated: .venv/.stamp-dev ## CATALOGUE.md and pwa/src/generated from the manifests
	@$(BIN)/xunfang generate

access: .venv/.stamp-dev ## the tables of tests/access/matrix, by asking the application as everybody
	@$(BIN)/python -m tests.access

fmt: .venv/.stamp-dev pwa/node_modules/.stamp ## format and mend what can be mended
	$(BIN)/ruff check -q --fix-only .
	$(BIN)/ruff format -q .
	cd pwa && npm run --silent format

lock: .venv/.stamp-run ## both lock files from pyproject.toml; no addresses inside
	$(PIP) uv
	echo 'setuptools>=75' | $(LOCK) pyproject.toml - -o requirements.lock
	echo 'setuptools>=75' | $(LOCK) pyproject.toml - --extra dev -o requirements-dev.lock -c requirements.lock
	@! grep -n '://' requirements.lock requirements-dev.lock

LOCK := $(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-header --no-annotate

services: .venv/.stamp-dev ## PostgreSQL, radosgw, Chromium, WebKitGTK, strace: finds them or installs them
	$(PY) -m tests.kit.services install

clean: ## forget what was installed and built; keeps var/ with its data
	rm -rf .venv pwa/node_modules pwa/dist pwa/dist-sim

# ------------------------------------------------------------- made once

test-setup: .venv/.stamp-dev pwa/dist/.stamp services

tools:
	@command -v $(PYTHON) npm node >/dev/null || \
		{ echo 'Needed: python3 (3.11 or later), node (20.19 or later) with npm. On Debian or Ubuntu:'; \
		  echo '  apt-get install python3 python3-venv nodejs npm'; exit 1; }

.venv/bin/python: | tools
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Python 3.11 or later is needed; choose one with make PYTHON=python3.12 …'; exit 1; }
	@$(PYTHON) -m venv .venv || \
		{ rm -rf .venv; echo 'On Debian or Ubuntu: apt-get install python3-venv'; exit 1; }

.venv/.stamp-run: requirements.lock pyproject.toml | .venv/bin/python
	@echo 'Installing the Python packages…'
	@$(PIP) --require-hashes --no-deps -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/.stamp-dev: requirements-dev.lock .venv/.stamp-run
	@echo 'Installing the tools for tests…'
	@$(PIP) --require-hashes --no-deps -r requirements-dev.lock
	@$(PY) -m pip --disable-pip-version-check -q check
	@touch $@

pwa/node_modules/.stamp: pwa/package-lock.json | tools
	@node -e 'const [a, b] = process.versions.node.split("."); process.exit(+a > 20 || (+a == 20 && +b >= 19) ? 0 : 1)' || \
		{ echo 'Node 20.19 or later is needed.'; exit 1; }
	@echo 'Installing the packages of the phone…'
	@cd pwa && npm ci --no-audit --no-fund --silent
	@touch $@

pwa/dist/.stamp: pwa/node_modules/.stamp $(PWA_SOURCES)
	@echo 'Building the phone…'
	@cd pwa && npm run --silent build
	@touch $@
