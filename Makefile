# `make run` and `make test` do all their own set-up (packaging/setup.sh).
PYTHON := .venv/bin/python

.PHONY: run test coverage bench fuzz simulate privacy-report bundle packages package-test setup setup-tests

run: setup
	@sh packaging/run.sh

test: setup-tests
	@sh packaging/test.sh

coverage: setup-tests
	@sh packaging/coverage.sh

bench: setup-tests
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m tests.benchmarks

fuzz: setup-tests
	@QT_QPA_PLATFORM=offscreen CARNET_FUZZ_EXAMPLES=$${CARNET_FUZZ_EXAMPLES:-5000} \
	  $(PYTHON) -m pytest -q -n 2 tests/fuzz

simulate: setup-tests
	@$(PYTHON) -m tests.simulation
	@$(PYTHON) -m tests.disclosure
	@QT_QPA_PLATFORM=offscreen CARNET_AT_LENGTH=1 $(PYTHON) -m pytest -q -n 2 tests/crash tests/screens tests/sync

privacy-report: setup-tests
	@$(PYTHON) packaging/tagger/report.py

bundle:
	@sh packaging/bundle/build.sh

packages: bundle
	@sh packaging/linux/build.sh

package-test: packages
	@sh packaging/linux/try.sh

setup:
	@sh packaging/setup.sh

setup-tests:
	@sh packaging/setup.sh tests
