#!/bin/sh
# Tries what build/packages holds, away from the tree and without its environment: the story, papers, two laptops that
# exchange, the portable folder, the window. With CARNET_CHROOT=DIR, the root of a bare Debian that is copied and never
# changed, and as root: the .deb is installed there by apt, used by a person, removed, and the notebooks must be left.
set -eu
cd "$(dirname "$0")/../.."
tree="$PWD"
packages="$tree/build/packages"
archive=$(ls "$packages"/carnet-*-linux-*.tar.zst)
deb=$(ls "$packages"/carnet_*.deb)
work=$(mktemp -d)
screen="" window=""
finish() {
  [ -z "$window" ] || kill "$window" 2>/dev/null || true
  [ -z "$screen" ] || kill "$screen" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM
fail() { echo "FAILED: $1" >&2; tail -n 5 "$work/log" >&2 || true; exit 1; }
say() { echo "ok: $1"; }
begins() { [ "$(head -c "${#2}" "$1")" = "$2" ] || fail "$1 does not begin with $2"; }

mkdir -p "$work/clé usb" "$work/home" "$work/papers" "$work/share"
tar --zstd -xf "$archive" -C "$work/clé usb"
folder=$(ls -d "$work/clé usb"/carnet-*)
program="$folder/carnet"
# Nothing of the shell that tries is handed on.
carnet() { env -i HOME="$work/home" CARNET_LANGUAGE=en CARNET_PASSPHRASE="cerisier bleu du jardin" "$program" "$@" 2>>"$work/log"; }
cd "$work"

grep -rlF -e "$tree" "$folder" >"$work/named" && fail "the bundle names the place where it was built: $(head -n 3 "$work/named")"
[ -z "$(find "$folder" -xtype l)" ] || fail "there are links to nothing"
for file in LICENSE resources/fonts/Inter-Regular.otf desktop/vault/migrations/schema.sql; do
  [ -e "$folder/_internal/$file" ] || fail "$file is not there"
done
say "it names no place of the computer that built it"

carnet story --out "$work/story" >/dev/null 2>&1 || fail "the story"
begins "$work/story/compte-rendu.pdf" "%PDF-"
begins "$work/story/feuille-emargement.pdf" "%PDF-"
say "the story: three laptops, two PDF"

carnet create --home "$work/first" --preset maubeuge-val-de-sambre --name Trial --person "Zoé LEE" --store "file://$work/share" \
  >/dev/null || fail "create"
echo '{"kind": "pleniere", "title": "Trial of the package", "starts_at": "2026-11-03T14:00"}' \
  | carnet --home "$work/first" --json add meeting >"$work/added" || fail "add"
meeting=$(sed -n 's/.*"\([0-9a-f-]\{36\}\)".*/\1/p' "$work/added" | head -n 1)
for paper in attendance_sheet.pdf minutes.pdf minutes.docx convocation.pdf convocation.ics; do
  carnet --home "$work/first" report "${paper%.*}" "$meeting" --out "$work/papers/$paper" >/dev/null || fail "$paper"
done
begins "$work/papers/minutes.pdf" "%PDF-"
begins "$work/papers/minutes.docx" "PK"
begins "$work/papers/convocation.ics" "BEGIN:VCALENDAR"
say "papers: PDF, DOCX, ICS"

carnet --home "$work/first" invite --out "$work/invitation" >/dev/null || fail "invite"
carnet --home "$work/second" join --person "Karim HADDAD" "$work/invitation" >/dev/null || fail "join"
carnet --home "$work/first" approve --yes >/dev/null || fail "approve"
carnet --home "$work/first" sync >/dev/null || fail "sync of the first"
carnet --home "$work/second" sync >/dev/null || fail "sync of the second"
carnet --home "$work/second" --json list meeting | grep -q "Trial of the package" || fail "the second laptop has not the meeting"
carnet --home "$work/second" check >/dev/null || fail "check"
echo '"Madame Fatima BENALI, 06 12 34 56 78"' | carnet check-text >"$work/found" || true
grep -q "06 12 34 56 78\|phone\|tel" "$work/found" || fail "check-text finds no telephone: $(cat "$work/found")"
say "two laptops exchange over a folder"

carnet demo --headless >/dev/null || fail "demo"
[ -e "$folder/profiles/sample/slots.json" ] || fail "the portable folder does not hold its notebook"
[ ! -e "$work/home/.local/share/carnet" ] || fail "the portable program wrote into the home"
say "the notebook lies beside the portable program"

# A second start asks the first window to show itself, and ends: the window is there and answers.
answers() {
  tries=0
  until [ -e "$1/window" ] && env -i HOME="$work/home" QT_QPA_PLATFORM=offscreen timeout 30 "$program" open --home "$1" 2>>"$work/log"; do
    kill -0 "$window" 2>/dev/null || fail "the window ended: $(cat "$work/window.log")"
    tries=$((tries + 1))
    [ "$tries" -lt 300 ] || fail "the window does not answer"
    sleep 0.1
  done
}
show() { env -i HOME="$work/home" CARNET_LANGUAGE=en LANG=C.UTF-8 CARNET_PASSPHRASE="cerisier bleu du jardin" "$@" \
  "$program" open --home "$folder/profiles/sample" >"$work/window.log" 2>&1 & window=$!; }
hide() { kill "$window"; wait "$window" 2>/dev/null || true; window=""; rm -f "$folder/profiles/sample/window"; }
if command -v Xvfb >/dev/null 2>&1; then
  mkfifo "$work/number"
  Xvfb -displayfd 3 -screen 0 1366x768x24 -nolisten tcp >/dev/null 2>&1 3>"$work/number" & screen=$!
  read -r number <"$work/number"
  show DISPLAY=":$number"
  answers "$folder/profiles/sample"
  [ ! -s "$work/window.log" ] || echo "   it says: $(cat "$work/window.log")"
  hide
  say "the window under X"
else
  show QT_QPA_PLATFORM=offscreen
  answers "$folder/profiles/sample"
  hide
  say "the window, off screen (there is no Xvfb here)"
fi

[ -n "${CARNET_CHROOT:-}" ] || { echo "not tried: the .deb in a bare Debian (CARNET_CHROOT)"; exit 0; }
[ "$(id -u)" = 0 ] || { echo "not tried: a bare Debian is the work of root"; exit 0; }
root="$work/debian"
cp -a --one-file-system "$CARNET_CHROOT" "$root"
cp "$deb" "$root/tmp/carnet.deb"
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
mkdir "$root/tmp/portable"
tar --zstd -xf "$archive" -C "$root/tmp/portable" --strip-components=1
chmod -R a+rX "$root/tmp/portable"
cp "$tree/packaging/linux/in_debian.sh" "$root/tmp/"
# What is mounted goes with the process that mounted it.
unshare --mount --pid --fork sh -c 'mount -t proc proc "$1/proc" && exec chroot "$1" /bin/sh /tmp/in_debian.sh' sh "$root" \
  || fail "in $CARNET_CHROOT"
