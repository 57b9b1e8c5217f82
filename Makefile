# Two commands: `make learn` opens the course, `make test` runs every check.
# Windows, or no make: see the README.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: learn test lint release site bench clean

learn: .venv/learn.ready
	@$(BIN)/place-kit learn $(FOLDER)

test: .venv/test.ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/pytest -n 2 --dist loadgroup $(PYTEST)

release: .venv/test.ready
	@$(BIN)/place-kit release

site: .venv/learn.ready
	@$(BIN)/place-kit site $(FOLDER)

bench: .venv/test.ready
	@$(BIN)/python -m benchmarks

.venv/python.ready:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Try: make learn PYTHON=python3.12")'
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/learn.ready: .venv/python.ready pyproject.toml constraints.txt
	@echo "Setting the course up. This takes a minute or two, once."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[record]'
	@touch $@

.venv/test.ready: .venv/python.ready pyproject.toml constraints.txt
	@echo "Setting the checks up. This takes a minute or two, once."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@ .venv/learn.ready

clean:
	rm -rf .venv
