#!/bin/sh
# Builds build/bundle/dist/carnet: one folder that holds Python, Qt and all that Carnet needs. Does its own set-up.
set -eu
cd "$(dirname "$0")/../.."
place="$PWD/build/bundle"
python="$place/venv/bin/python"
mkdir -p "$place"
# The system's Python where it will do: one from elsewhere leaves the paths of this computer in its libraries.
system=/usr/bin/python3
"$system" -c 'import sys, venv, ensurepip, sysconfig as s
sys.exit(sys.version_info < (3, 11) or not s.get_config_var("Py_ENABLE_SHARED"))' 2>/dev/null || system=python3
command -v objdump >/dev/null 2>&1 || { echo "binutils is needed: it says what a library asks for, and strips." >&2; exit 1; }
# Only what is locked, so that nothing of the tests or of this computer gets in.
stamp="$place/venv/ready"
if [ ! -e "$stamp" ] || [ "$(cat "$stamp")" != "$("$system" -VV)" ] || [ -n "$(find packaging/lock -name '*.txt' -newer "$stamp")" ]; then
  rm -rf "$place/venv"
  "$system" -m venv "$place/venv"
  for lock in linux linux-build; do
    "$python" -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r "packaging/lock/$lock.txt" \
      2>"$place/pip.log" || { cat "$place/pip.log" >&2; exit 1; }
  done
  "$system" -VV >"$stamp"
fi
# Its metadata says what it asks for; the code is read from here.
"$python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . 2>"$place/pip.log" \
  || { cat "$place/pip.log" >&2; exit 1; }
"$python" -m PyInstaller --noconfirm --clean --log-level WARN --distpath "$place/dist" --workpath "$place/made" \
  packaging/bundle/carnet.spec
"$python" packaging/bundle/parts.py "$place/dist/carnet" "$place/made/carnet/origins.tsv"
"$python" packaging/bundle/sizes.py "$place/dist/carnet"
