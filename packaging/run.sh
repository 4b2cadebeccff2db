#!/bin/sh
# Opens Carnet on the sample collective; without a display, plays the story in the terminal instead.
set -eu
cd "$(dirname "$0")/.."
folder="${CARNET_RUN_DIR:-$PWD/out}"
mkdir -p "$folder"
case "$(uname -s)" in Darwin|MINGW*|MSYS*) display=yes ;; *) display="${DISPLAY:-}${WAYLAND_DISPLAY:-}" ;; esac
if [ -z "$display" ]; then
  story="$folder/story-$(date +%Y%m%d-%H%M%S)"
  .venv/bin/python -m desktop story --out "$story"
  # Of each window Qt would say that this place has no use for its least size.
  QT_LOGGING_RULES=default.warning=false QT_QPA_PLATFORM=offscreen .venv/bin/python packaging/pictures.py --screens "$story/pictures"
  echo "Everything is in $story"
  exit 0
fi
# The sample holds nobody's data: its passphrase is no secret.
export CARNET_PASSPHRASE="${CARNET_PASSPHRASE:-carnet d'exemple}"
if [ ! -e "$folder/sample/slots.json" ]; then
  .venv/bin/python -m desktop demo --headless --home "$folder/sample"
fi
exec .venv/bin/python -m desktop open --home "$folder/sample"
