# Two commands from a fresh clone: `make run` and `make test`. Everything is relative, so that a
# path with spaces is no matter; programs are run as modules, so that a moved clone still works.

PYTHON ?= python3
PORT ?= 8000
TESTS ?=
BENCH ?= retrieval
DATA ?= ../shared/data
PY := .venv/bin/python
.PHONY: run test check setup browser bench bench-setup lock clean

run: setup
	@exec $(PY) manage.py quickstart --port $(PORT)

test: setup browser
	$(PY) -m pytest --numprocesses auto $(TESTS)

check: setup
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy archive catalog concierge manage.py
	$(PY) .venv/bin/lint-imports
	$(PY) -m djlint --lint --quiet templates
	$(PY) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	@export CONCIERGE_DATA_DIR=var/check; $(PY) manage.py services start >/dev/null && \
	$(PY) -W ignore::RuntimeWarning manage.py migrate --verbosity 0 && \
	PRODUCTION=1 ALLOWED_HOSTS=concierge.example EMAIL_URL=smtp+tls://post.example \
	SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))') \
	CLIENT_KEYS=$$($(PY) -c 'import base64, os; print(base64.b64encode(os.urandom(32)).decode())') \
	$(PY) manage.py check --deploy --fail-level WARNING; ended=$$?; \
	$(PY) manage.py services stop >/dev/null; exit $$ended

# The lock is copied into the environment once it is installed whole: the same lock is not
# installed twice. --no-deps, because the lock is complete and leaves out what is not wanted.
setup:
	@set -e; \
	works() { $(PY) -c "" 2>/dev/null; }; \
	if works && cmp -s requirements.lock .venv/installed.lock; then exit 0; fi; \
	if ! $(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null; then \
	  echo "error: Python 3.11 or newer is needed and \`$(PYTHON)\` is not:" \
	    "name one, as in \`make run PYTHON=python3.12\`." >&2; exit 1; \
	fi; \
	echo "Setting up .venv (once for each change of requirements.lock)"; \
	if ! works; then \
	  rm -rf .venv; \
	  if ! $(PYTHON) -m venv .venv >/dev/null; then \
	    rm -rf .venv; \
	    echo "error: \`$(PYTHON) -m venv\` does not work here: install it" \
	      "(on Debian: apt-get install python3-venv)." >&2; exit 1; \
	  fi; \
	fi; \
	rm -f .venv/installed.lock; \
	$(PY) -m pip install --quiet --disable-pip-version-check --no-input \
	  --no-deps --require-hashes -r requirements.lock; \
	cp requirements.lock .venv/installed.lock

# What the browser tests drive. Without it they are skipped, and say so.
browser:
	@set -e; \
	if command -v chromium chromium-browser google-chrome >/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing Chromium for the browser tests"; \
	  apt-get update -qq; \
	  DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	else \
	  echo "The browser tests need Chromium and are skipped without it" \
	    "(on Debian: apt-get install chromium)." >&2; \
	fi

# Measures search on public data, on services of its own: var/bench keeps them for the next time.
# Another of the folder's: make bench BENCH=answers; ARGS go to it.
bench: bench-setup
	@echo "benches: $(basename $(notdir $(wildcard bench/*.py)))" >&2
	@export CONCIERGE_DATA_DIR=var/bench; \
	$(PY) manage.py services start >/dev/null && \
	$(PY) -W ignore::RuntimeWarning manage.py migrate --verbosity 0 && \
	{ $(PY) -m bench.$(BENCH) $(if $(filter retrieval,$(BENCH)),$(DATA)) $(ARGS); ended=$$?; \
	  $(PY) manage.py services stop >/dev/null; exit $$ended; }

# On top of the product's own lock, whose packages it leaves as they are.
bench-setup: setup
	@set -e; \
	if cmp -s requirements-bench.lock .venv/installed-bench.lock; then exit 0; fi; \
	echo "Installing what the benchmarks compare with" >&2; \
	$(PY) -m pip install --quiet --disable-pip-version-check --no-input \
	  --no-deps --require-hashes -r requirements-bench.lock; \
	cp requirements-bench.lock .venv/installed-bench.lock

lock: setup
	$(PY) -m uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements.lock
	$(PY) -m uv pip compile --group bench -c requirements.lock --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements-bench.lock

# Leaves var/ alone: it holds the house's data.
clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache staticfiles
	rm -rf var/test-*
