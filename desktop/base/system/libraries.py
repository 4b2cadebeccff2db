"""Libraries of the system that are missing: which packages of Debian bring them.

The loader of the system names the first one in an error; the others of the table are tried, so that
one command brings all.
"""

import ctypes
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from desktop.base.errors import AppError
from desktop.base.i18n import _

# A wheel asks for all of these; a bundle holds most of them itself (packaging/bundle).
PACKAGES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxcb.so.1": "libxcb1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1",
}
# The loader speaks the language of the system, so its words are not read: it names a file that it
# found by its whole path, and one that it did not find by its bare name.
_NAMED = re.compile(r"(?<!\S)(lib[\w.+-]+\.so(?:\.\d+)*): ")


def named_library(error: Exception) -> str | None:
    """Return the library that the loader did not find; None if the error says something else."""
    found = _NAMED.search(str(error))
    return found[1] if found else None


def can_load(library: str) -> bool:
    """Say whether the loader of the system finds a library and what that one needs."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def is_bundled(library: str) -> bool:
    """Say whether a library lies in the bundle that runs; it may lack others, and is not what is
    missing."""
    inside = getattr(sys, "_MEIPASS", None)
    return inside is not None and Path(inside, library).exists()


def missing_library(error: Exception) -> AppError | None:
    """Return what to tell a person whose system lacks a library; None if the error is about
    something else."""
    first = named_library(error)
    if first is None:
        return None
    packages = sorted({package for name, package in PACKAGES.items()
                       if name == first or not (is_bundled(name) or can_load(name))})
    if first not in PACKAGES:
        # The name of a package is not guessed: the archive of the system can be asked for the file.
        return AppError(_("The system lacks the library {name}, which the window needs.")
                        .format(name=first),
                        _("On Debian and Ubuntu, `apt-file search {name}` names the package.")
                        .format(name=first))
    return AppError(_("The system lacks the library {name}, which the window needs.")
                    .format(name=first),
                    _("On Debian and Ubuntu, type: sudo apt install {packages}")
                    .format(packages=" ".join(packages)))


def platform_error(plugins: Path, environment: Mapping[str, str]) -> OSError | None:
    """Return why none of Qt's plugins for the displays of this session can be loaded; None if one
    can.

    Qt itself would abort the process. A platform that QT_QPA_PLATFORM names is not tried, nor a
    plugin that is not there.
    """
    if environment.get("QT_QPA_PLATFORM"):
        return None
    failed = None
    for variable, plugin in (("DISPLAY", "libqxcb.so"), ("WAYLAND_DISPLAY", "libqwayland.so")):
        file = plugins / "platforms" / plugin
        if not environment.get(variable) or not file.exists():
            continue
        try:
            ctypes.CDLL(str(file))
        except OSError as error:
            failed = failed or error
        else:
            return None
    return failed
