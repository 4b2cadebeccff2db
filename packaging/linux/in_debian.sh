#!/bin/sh
# What try.sh does inside a copy of a bare Debian: the window without its libraries, install, use, remove.
set -eu
fail() { echo "FAILED: $1" >&2; exit 1; }
export DEBIAN_FRONTEND=noninteractive
# A person of no privilege; the home is that person's alone.
useradd --create-home --shell /bin/sh person
as_person() { su - person -c "LANG=C.UTF-8 CARNET_LANGUAGE=en CARNET_PASSPHRASE='cerisier bleu du jardin' $1"; }

said=$(as_person "DISPLAY=:9 /tmp/portable/carnet open --home /home/person/none" 2>&1) && fail "a window without its libraries"
case "$said" in
  "The system lacks the library "*"sudo apt install "*) echo "ok: $said" ;;
  *) fail "it says: $said" ;;
esac
apt-get update -qq
begun=$(date +%s)
apt-get install -y -qq --no-install-recommends /tmp/carnet.deb >/tmp/apt.log 2>&1 || { cat /tmp/apt.log; fail "apt install"; }
echo "ok: installed in $(($(date +%s) - begun)) s, with $(grep -c '^Setting up' /tmp/apt.log) packages"
[ "$(readlink -f /usr/bin/carnet)" = /usr/lib/carnet/carnet ] || fail "/usr/bin/carnet"
as_person "carnet demo --headless" >/dev/null || fail "demo"
as_person "carnet story --out /home/person/story" >/dev/null 2>&1 || fail "the story"
[ "$(head -c 5 /home/person/story/compte-rendu.pdf)" = "%PDF-" ] || fail "no PDF"
cat >/tmp/window.sh <<'WINDOW'
home=/home/person/.local/share/carnet/sample
QT_QPA_PLATFORM=offscreen carnet open --home "$home" & window=$!
tries=0
until [ -e "$home/window" ] && env -u CARNET_PASSPHRASE QT_QPA_PLATFORM=offscreen timeout 10 carnet open --home "$home"; do
  kill -0 "$window" && [ "$tries" -lt 100 ] || exit 1
  tries=$((tries + 1))
  sleep 0.1
done
kill "$window"; exit 0
WINDOW
as_person "sh /tmp/window.sh" || fail "the window"
echo "ok: story, PDF and window from the package"
apt-get purge -y -qq carnet >/dev/null 2>&1 || fail "purge"
[ ! -e /usr/lib/carnet ] && [ ! -e /usr/bin/carnet ] || fail "the package left files"
[ -e /home/person/.local/share/carnet/sample/vault.db ] || fail "the notebook is gone"
echo "ok: removed; the notebook is kept ($(. /etc/os-release && echo "$PRETTY_NAME"))"
