#!/bin/sh
# Installs the system packages that are missing: those of `make run` (run), or of both commands (tests, and without a word).
# The work of root. `system.sh missing run` or `system.sh missing tests` only names them, and is anybody's.
set -eu
# `su` keeps the path of a person, which has not what dpkg calls.
PATH="$PATH:/usr/sbin:/sbin"

LIBRARIES="ca-certificates libglib2.0-0 libegl1 libgl1 libdbus-1-3 libfontconfig1 libxkbcommon0 libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0"
TOOLS="age zstd jq openssh-client poppler-utils qpdf dbus gnome-keyring xvfb at-spi2-core"
# The servers of shared folders that the tests start for themselves, on the loopback alone.
SERVERS="apache2-bin nginx libnginx-mod-http-dav-ext openssh-server rclone"

has_package() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

# Where the lists of the archive are there and have no such package, it is not asked for: the tests that want it are skipped.
is_known() { [ -z "$(apt-cache madison dpkg 2>/dev/null)" ] || [ -n "$(apt-cache madison "$1" 2>/dev/null)" ]; }

missing_for() {
  for name in $LIBRARIES python3-venv; do
    # A Python from elsewhere brings its own venv module; Ubuntu 24.04 and Debian 13 renamed glib.
    [ "$name" = python3-venv ] && python3 -c 'import venv, ensurepip' 2>/dev/null && continue
    [ "$name" = libglib2.0-0 ] && has_package libglib2.0-0t64 && continue
    has_package "$name" || printf ' %s' "$name"
  done
  [ "$1" != run ] || return 0
  for name in $TOOLS $SERVERS; do has_package "$name" || ! is_known "$name" || printf ' %s' "$name"; done
}

# What would start with the computer, or with anybody's session: the links of the services that packages enabled.
started() {
  find /etc/systemd/system /etc/systemd/user /etc/rc[2-5].d -type l \( -path '*.target.wants/*' -o -name 'S[0-9]*' \) 2>/dev/null || true
}

command -v dpkg-query >/dev/null 2>&1 || exit 0
if [ "${1:-}" = missing ]; then missing_for "$2"; exit 0; fi
missing=$(missing_for "${1:-tests}")
[ -n "$missing" ] || exit 0
[ "$(id -u)" = 0 ] || { echo "This is the work of root: sudo sh $0" >&2; exit 1; }

echo "Installing system packages:$missing"
export DEBIAN_FRONTEND=noninteractive
before=$(started)
policy=/usr/sbin/policy-rc.d
# Nothing that is installed for the tests may start serving this computer, now or at the next start.
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  trap 'exit 1' HUP INT TERM
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
fi
apt-get update -qq
missing=$(missing_for "${1:-tests}")
apt-get install -y -qq --no-install-recommends $missing >/dev/null || { echo "The system packages could not be installed." >&2; exit 1; }
# The system's own parts stay as their packages set them; the rest serves the tests alone, which start it themselves.
started | sort | while read -r link; do
  printf '%s\n' "$before" | grep -qxF "$link" && continue
  unit=${link##*/}
  case "$link" in
    /etc/rc*) [ "${unit#S??}" = dbus ] || update-rc.d "${unit#S??}" disable >/dev/null ;;
    *)
      case "$(dpkg-query -S "*/$unit" 2>/dev/null | head -n 1)" in ''|systemd*|dbus*) continue ;; esac
      case "$link" in */user/*) whose=--user ;; *) whose=--system ;; esac
      # It only answers what the script of a package asks; systemctl is not everywhere.
      DPKG_MAINTSCRIPT_PACKAGE=carnet deb-systemd-helper "$whose" disable "$unit" >/dev/null ;;
  esac
done
[ ! -d /run/systemd/system ] || systemctl daemon-reload
