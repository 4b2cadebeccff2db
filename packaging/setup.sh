#!/bin/sh
# Sets up what is missing: system libraries (by apt where it may), .venv, the Python packages. Quick when all is there.
set -eu
cd "$(dirname "$0")/.."

kind="${1:-run}"
if [ -n "$(sh packaging/system.sh missing "$kind")" ]; then
  if [ "$(id -u)" = 0 ]; then sh packaging/system.sh "$kind"
  elif sudo -n true 2>/dev/null; then sudo sh packaging/system.sh "$kind"
  else
    # One command for both of ours, whichever was tried first.
    command="sh '$PWD/packaging/system.sh'"
    if command -v sudo >/dev/null 2>&1; then command="sudo $command"; else command="su -c \"$command\""; fi
    echo "Some system libraries are missing. Type this, then try again:" >&2
    echo "  $command" >&2
    echo "It installs, with apt-get --no-install-recommends, and leaves no service enabled:$(sh packaging/system.sh missing tests)" >&2
    exit 1
  fi
fi

python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Carnet needs Python 3.11 or newer." >&2; exit 1; }
[ -x .venv/bin/python ] || python3 -m venv .venv

pip() { python="$1/bin/python"; shift; "$python" -m pip install --quiet --disable-pip-version-check "$@" 2>.venv/pip.log || { cat .venv/pip.log >&2; exit 1; }; }
stale() { [ ! -e "$1" ] || [ -n "$(find pyproject.toml setup.py packaging/servers.txt -newer "$1")" ]; }

if stale .venv/carnet; then
  echo "Installing the Python packages (a few minutes the first time)"
  pip .venv --upgrade --upgrade-strategy eager -e .
  touch .venv/carnet
fi
if [ "$kind" = tests ] && stale .venv/carnet-dev; then
  echo "Installing the tools of the tests"
  # The tests run with the versions that people get: no tool may bring another one of a package that Carnet needs.
  .venv/bin/python packaging/versions.py >.venv/versions.txt
  pip .venv --constraint .venv/versions.txt -e ".[dev]"
  # What plays a server needs older ones: it has a place of its own.
  [ -x .venv/servers/bin/python ] || python3 -m venv .venv/servers
  pip .venv/servers --requirement packaging/servers.txt
  touch .venv/carnet-dev
fi
