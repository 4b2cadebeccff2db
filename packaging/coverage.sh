#!/bin/sh
# Tells how much of each room the tests run through, without a threshold; arguments go to pytest (tests/commands).
set -eu
cd "$(dirname "$0")/.."
export QT_QPA_PLATFORM=offscreen
export PYTHONPYCACHEPREFIX="$PWD/build/bytecode"
unset PYTHONDONTWRITEBYTECODE
room=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
[ "${room:-0}" -lt 4000000 ] || export TMPDIR=/dev/shm
rm -rf build/coverage
mkdir -p build/coverage
failed=0
.venv/bin/python -m coverage run -m pytest -q -n 2 --dist worksteal "$@" || failed=$?
.venv/bin/python packaging/rooms.py
exit "$failed"
