# `make run` and `make test` do all their own set-up (packaging/setup.sh).
PYTHON := .venv/bin/python

.PHONY: run test bench setup setup-tests

run: setup
	@sh packaging/run.sh

test: setup-tests
	@sh packaging/test.sh

bench: setup-tests
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m tests.benchmarks

setup:
	@sh packaging/setup.sh

setup-tests:
	@sh packaging/setup.sh tests
