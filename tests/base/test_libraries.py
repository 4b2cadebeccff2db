"""A person whose system lacks a library is told the package, in one sentence."""

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.base.i18n import set_language
from desktop.base.system.libraries import PACKAGES, can_load, missing_library, platform_error

LINUX_ALONE = pytest.mark.skipif(sys.platform != "linux",
                                 reason="other loaders say it in other words")


def error_of(library: str) -> OSError:
    """The words of this system's own loader for a library that it has not."""
    with pytest.raises(OSError) as caught:
        ctypes.CDLL(library)
    return caught.value


@LINUX_ALONE
def test_a_library_that_no_table_knows_is_named() -> None:
    set_language("en")
    told = missing_library(error_of("libcarnet-has-none.so.7"))
    assert told is not None and str(told) == (
        "The system lacks the library libcarnet-has-none.so.7, which the window needs. "
        "On Debian and Ubuntu, `apt-file search libcarnet-has-none.so.7` names the package.")


def test_one_command_brings_the_missing_library_and_no_present_one() -> None:
    set_language("fr")
    told = missing_library(
        ImportError("libGL.so.1: cannot open shared object file: No such file or directory"))
    assert told is not None and "libGL.so.1" in told.message
    lacking = {package for name, package in PACKAGES.items() if not can_load(name)}
    # The space before a colon is one that no line is broken at.
    assert told.hint.replace("\N{NO-BREAK SPACE}",
                             " ").replace("\N{NARROW NO-BREAK SPACE}", " ") == (
                                 "Sous Debian et Ubuntu, tapez : sudo apt install "
                                 + " ".join(sorted({"libgl1"} | lacking)))


def test_a_loader_that_speaks_french_is_understood_too() -> None:
    for words in ("ne peut ouvrir le fichier d'objet partagé: Aucun fichier ou dossier de ce type",
                  "Kann die Shared-Object-Datei nicht öffnen: Datei nicht gefunden"):
        told = missing_library(ImportError(f"libEGL.so.1: {words}"))
        assert told is not None and "libEGL.so.1" in told.message


def test_another_error_is_left_alone() -> None:
    assert missing_library(ImportError("No module named 'desktop.nowhere'")) is None
    for found in ("/opt/x/libQt6Core.so.6: version `GLIBC_2.38' not found (required by x)",
                  "/tmp/libqxcb.so: file too short"):
        assert missing_library(OSError(found)) is None
    assert missing_library(PermissionError(13, "Permission denied")) is None


@LINUX_ALONE
def test_a_plugin_that_lacks_a_library_is_found_before_qt_aborts(tmp_path: Path) -> None:
    (tmp_path / "platforms").mkdir()
    assert platform_error(tmp_path, {"DISPLAY": ":0"}) is None
    (tmp_path / "platforms" / "libqxcb.so").write_bytes(b"no library")
    failed = platform_error(tmp_path, {"DISPLAY": ":0"})
    assert failed is not None and "libqxcb.so" in str(failed) and missing_library(failed) is None
    assert platform_error(tmp_path, {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}) is None
    assert platform_error(tmp_path, {"WAYLAND_DISPLAY": "wayland-0"}) is None


@LINUX_ALONE
def test_the_command_tells_it_instead_of_a_trace(tmp_path: Path) -> None:
    # What is found first as PySide6 asks the loader for a library that no system has.
    lacking = tmp_path / "carnet_lacking.py"
    lacking.write_text("import ctypes\nctypes.CDLL('libwayland-egl.so.99')\n", encoding="utf-8")
    package = tmp_path / "PySide6"
    package.mkdir()
    (package / "__init__.py").write_text("import carnet_lacking\n", encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "desktop", "--home", str(tmp_path / "home")],
                          capture_output=True, text=True,
                          timeout=60, check=False, cwd=Path(__file__).parents[2],
                          env={**os.environ,
                               "PYTHONPATH": f"{tmp_path}{os.pathsep}{Path(__file__).parents[2]}",
                               "CARNET_LANGUAGE": "en", "QT_QPA_PLATFORM": "offscreen"})
    assert done.returncode == 1 and done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith("The system lacks the library libwayland-egl.so.99, which the "
                                  "window needs.")
