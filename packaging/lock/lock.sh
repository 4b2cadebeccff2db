#!/bin/sh
# Writes the locks again: each part that is bundled, and each tool that bundles, with the hashes of its files.
# `uv` is asked for in a place of its own; review what changed before it is committed.
set -eu
cd "$(dirname "$0")/../.."
place="$PWD/build/lock"
[ -x "$place/bin/uv" ] || { python3 -m venv "$place"; "$place/bin/python" -m pip install --quiet uv; }
compile() { "$place/bin/uv" pip compile --quiet --python-version 3.11 --python-platform x86_64-manylinux_2_34 --generate-hashes \
  --no-annotate --no-header --upgrade "$@"; }
compile --output-file packaging/lock/linux.txt pyproject.toml
compile --output-file "$place/all.txt" --constraint packaging/lock/linux.txt --extra bundle pyproject.toml
# Of the second, what the first has not; a part and its hashes are one paragraph.
awk 'NR == FNR { known[$1] = 1; next } /^[^ ]/ { new = !($1 in known) } new' packaging/lock/linux.txt "$place/all.txt" \
  >packaging/lock/linux-build.txt
