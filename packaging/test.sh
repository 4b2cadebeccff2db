#!/bin/sh
# Everything that must hold: style, types, layers, translations, then the tests in random order.
set -eu
cd "$(dirname "$0")/.."
export QT_QPA_PLATFORM=offscreen
# Hundreds of tests begin a process: each would compile the whole program where byte code is not kept.
unset PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX="$PWD/build/bytecode"
# What the tests write is thrown away: in memory, where there is room for it, none of them waits for the disk.
room=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
[ "${room:-0}" -lt 4000000 ] || export TMPDIR=/dev/shm
.venv/bin/python -m ruff check desktop tests packaging setup.py
# Types and layers are judged on one core while the tests take what is left of both.
mkdir -p build
{ .venv/bin/python -m mypy && .venv/bin/lint-imports --config .importlinter; } > build/checks.log 2>&1 &
checks=$!
result=0
.venv/bin/python -m pytest -q -n 2 --dist worksteal --durations 15 "$@" || result=$?
if wait "$checks"; then tail -n 1 build/checks.log; else cat build/checks.log; result=1; fi
exit "$result"
