#!/bin/sh
# Sets up what is missing: system libraries (by apt where it may), .venv, the Python packages. Quick when all is there.
set -eu
cd "$(dirname "$0")/.."

LIBRARIES="ca-certificates libglib2.0-0 libegl1 libgl1 libdbus-1-3 libfontconfig1 libxkbcommon0 libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0"
TOOLS="age zstd jq openssh-client poppler-utils qpdf dbus gnome-keyring xvfb at-spi2-core"
# The servers of shared folders that the tests start for themselves, on the loopback alone.
SERVERS="apache2-bin nginx libnginx-mod-http-dav-ext openssh-server rclone"

has_package() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

if command -v dpkg-query >/dev/null 2>&1; then
  wanted="$LIBRARIES python3-venv"
  [ "${1:-}" = tests ] && wanted="$wanted $TOOLS $SERVERS"
  missing=""
  for name in $wanted; do
    # A Python from elsewhere brings its own venv module; Ubuntu 24.04 renamed glib.
    [ "$name" = python3-venv ] && python3 -c 'import venv, ensurepip' 2>/dev/null && continue
    [ "$name" = libglib2.0-0 ] && has_package libglib2.0-0t64 && continue
    has_package "$name" || missing="$missing $name"
  done
  if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo"; else as_root=none; fi
    if [ "$as_root" = none ]; then
      echo "Some system libraries are missing. Type this, then try again:" >&2
      echo "  sudo apt-get install -y$missing" >&2
      exit 1
    fi
    echo "Installing system packages:$missing"
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    # Nothing that is installed for the tests may start serving this computer, now or at the next start.
    policy=/usr/sbin/policy-rc.d
    if [ -e "$policy" ]; then policy=""; else printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null; $as_root chmod 755 "$policy"; fi
    done=yes
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null || done=no
    [ -z "$policy" ] || $as_root rm -f "$policy"
    [ "$done" = yes ] || { echo "The system packages could not be installed." >&2; exit 1; }
    for service in nginx:nginx openssh-server:ssh; do
      case " $missing " in *" ${service%%:*} "*) $as_root systemctl disable --quiet "${service##*:}" 2>/dev/null || true;; esac
    done
  fi
fi

python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Carnet needs Python 3.11 or newer." >&2; exit 1; }
[ -x .venv/bin/python ] || python3 -m venv .venv

extra=""
[ "${1:-}" = tests ] && extra="[dev]"
stamp=".venv/carnet${extra:+-dev}"
if [ ! -e "$stamp" ] || [ pyproject.toml -nt "$stamp" ]; then
  echo "Installing the Python packages (a few minutes the first time)"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check -e ".$extra" 2>.venv/pip.log || { cat .venv/pip.log >&2; exit 1; }
  touch "$stamp"
fi
