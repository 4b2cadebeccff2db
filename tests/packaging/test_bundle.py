"""The bundle and the packages name what is there; what they say of themselves is well formed."""

import ast
import configparser
import json
import re
import struct
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QLibraryInfo

from desktop.base.paths import MIGRATIONS, PROGRAM, Home, default_home, portable_folder
from desktop.base.system.libraries import PACKAGES

ROOT = PROGRAM.parent
PACKAGING = ROOT / "packaging"
LINUX = PACKAGING / "linux"
sys.path.insert(0, str(PACKAGING / "bundle"))

import icu  # noqa: E402
import sizes  # noqa: E402

SPEC = (PACKAGING / "bundle" / "carnet.spec").read_text(encoding="utf-8")


def test_the_spec_names_every_folder_of_data() -> None:
    data = {str(file.parent.relative_to(PROGRAM)) for file in PROGRAM.rglob("*")
            if file.is_file() and file.suffix not in {".py", ".pyc"}
            and "__pycache__" not in file.parts
            and not file.is_relative_to(PROGRAM / "resources")}
    # What is no module lies in the folder of the migrations, which goes whole, or nowhere.
    assert data <= {str(MIGRATIONS.relative_to(PROGRAM))}
    assert '"desktop" / "vault" / "migrations"), "desktop/vault/migrations")' in SPEC
    assert '(str(ROOT / "resources"), "resources")' in SPEC


IMPORTING = """
import importlib, sys
left_out = sys.argv[2].split()

class Refuses:
    def find_spec(self, name, path=None, target=None):
        if any(name == one or name.startswith(one + ".") for one in left_out):
            raise ModuleNotFoundError(f"{name} is not bundled")

sys.meta_path.insert(0, Refuses())
for name in sys.argv[1].split():
    importlib.import_module(name)
"""


def test_nothing_that_the_program_imports_is_left_out() -> None:
    (modules,) = (node.value for node in ast.parse(SPEC).body if isinstance(node, ast.Assign)
                  and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "MODULES")
    left_out = {node.value for node in ast.walk(modules)
                if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert {"phonenumbers.geodata", "tkinter", "sqlite3"} <= left_out
    asked = {"sqlalchemy.dialects.sqlite", "alembic.command", "alembic.autogenerate"}
    for file in PROGRAM.rglob("*.py"):
        asked |= set(re.findall(r"^ *(?:from|import) ([A-Za-z_][\w.]*)",
                                file.read_text(encoding="utf-8"), re.MULTILINE))
    # Each of our own modules is read above; of Qt, plugins alone are left out. Sentences begin with
    # these words too.
    asked = {name for name in asked if name.partition(".")[0] not in {"desktop", "PySide6"}
             and find_spec(name.partition(".")[0]) is not None}
    done = subprocess.run(
        [sys.executable, "-c", IMPORTING, " ".join(sorted(asked)), " ".join(left_out)], cwd=ROOT,
                          capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def test_the_words_of_qt_go_into_the_bundle() -> None:
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    kept = next(line for line in SPEC.splitlines() if line.startswith("TRANSLATIONS = "))
    assert "qtbase_fr.qm" in kept and (folder / "qtbase_fr.qm").stat().st_size > 10_000


def test_the_spec_and_its_parts_are_python() -> None:
    ast.parse(SPEC)
    for name in ("start.py", "environment.py"):
        ast.parse((PACKAGING / "bundle" / name).read_text(encoding="utf-8"))
        assert f'"{name}"' in SPEC


def test_every_part_that_is_asked_for_is_locked_with_hashes() -> None:
    lock = (PACKAGING / "lock" / "linux.txt").read_text(encoding="utf-8")
    locked = {found[1]: found[0] for found
              in re.finditer(r"^([a-z0-9-]+)==\S+ \\\n(    --hash=sha256:[0-9a-f]{64}( \\)?\n)+",
                             lock, re.MULTILINE)}
    assert "".join(locked.values()) == lock
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    # The second pair of Qt's lines is for newer Pythons than the one that is bundled.
    asked = {re.split(r"[<>=~!;\[ ]", line)[0].lower().replace("_", "-")
             for line in project["dependencies"]
             if ">= '3.12'" not in line}
    assert asked <= set(locked)
    build = (PACKAGING / "lock" / "linux-build.txt").read_text(encoding="utf-8")
    assert ("pyinstaller==" in build
            and not [line for line in project["optional-dependencies"]["dev"]
                     if "pyinstaller" in line])
    assert "://" not in lock + build


def test_the_entry_of_the_menu_is_well_formed() -> None:
    entry = configparser.ConfigParser(interpolation=None, strict=True)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(LINUX / "carnet.desktop", encoding="utf-8")
    said = entry["Desktop Entry"]
    assert {"Type": "Application", "Exec": "carnet", "Icon": "carnet",
            "Terminal": "false"}.items() <= dict(said).items()
    assert all(said[key].endswith(";") for key in ("Categories", "Keywords", "Keywords[fr]"))
    assert said["Name"] and said["Comment"] != said["Comment[fr]"]


def test_the_metadata_for_software_shops_and_the_icon_are_well_formed() -> None:
    whole = ElementTree.parse(LINUX / "carnet.metainfo.xml").getroot()
    assert (whole.findtext("project_license")
            == tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["license"])
    assert whole.findtext("launchable") == "carnet.desktop" and (LINUX / "carnet.desktop").exists()
    icon = ElementTree.parse(LINUX / "carnet.svg").getroot()
    assert icon.tag.endswith("svg") and icon.get("viewBox") == "0 0 128 128"


def test_scripts_of_the_shell_are_well_formed() -> None:
    for script in sorted(PACKAGING.glob("*/*.sh")):
        done = subprocess.run(["sh", "-n", str(script)], capture_output=True, text=True, timeout=20,
                              check=False)
        assert (done.returncode, done.stderr) == (0, ""), script


def test_a_cut_archive_of_icu_holds_the_kept_items_alone(tmp_path: Path) -> None:
    header = struct.pack("<H", 32) + icu.MAGIC + bytes(8) + icu.FORMAT + bytes(16)
    items = [("icudt73l/coll/fr.res", b"French order"), ("icudt73l/coll/zh.res", b"Chinese order"),
             ("icudt73l/ibm-37_P100-1995.cnv", b"an old encoding"), ("icudt73l/root.res", b"root")]
    library = b"\x7fELF" + bytes(60) + icu.joined(header, items)
    read_header, read = icu.items_of(icu.archive_of(library))
    assert read_header == header and [(name, data.rstrip(b"\0")) for name, data in read] == items
    kept = [name for name, _data in read if icu.KEPT.fullmatch(name)]
    assert kept == ["icudt73l/coll/fr.res", "icudt73l/root.res"]


def test_sizes_are_counted_by_part(tmp_path: Path) -> None:
    for name, size in (("_internal/PySide6/Qt/lib/libQt6Core.so.6", 5),
                       ("_internal/PySide6/QtCore.abi3.so", 3),
                       ("_internal/PIL/a.so", 2), ("_internal/lxml-6.dist-info/METADATA", 1),
                       ("carnet", 7)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(bytes(size))
    (tmp_path / "_internal" / "libQt6Core.so.6").symlink_to("PySide6/Qt/lib/libQt6Core.so.6")
    assert dict(sizes.sizes(tmp_path)) == {"Qt: libQt6Core.so.6": 5,
                                           "Qt: modules, plugins, translations": 3, "PIL": 2,
                                           "metadata of the parts": 1, "carnet": 7}


def test_packages_of_libraries_are_names_of_debian() -> None:
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9+.-]+", package) for package in PACKAGES.values())


def test_a_checkout_is_not_portable() -> None:
    assert portable_folder() is None


def test_a_bundle_with_profiles_beside_it_keeps_its_notebooks_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CARNET_HOME", raising=False)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "carnet"))
    assert portable_folder() is None and not default_home().folder.is_relative_to(tmp_path)
    (tmp_path / "profiles").mkdir()
    assert default_home() == Home(tmp_path / "profiles" / "profile-1")
    monkeypatch.setenv("CARNET_HOME", str(tmp_path / "named"))
    assert default_home() == Home(tmp_path / "named")


def test_a_bill_of_materials_is_written_for_the_parts_that_are_installed(tmp_path: Path) -> None:
    origins = tmp_path / "origins.tsv"
    origins.write_text("", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(PACKAGING / "bundle" / "parts.py"), str(tmp_path), str(origins)],
                          capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    bill = json.loads((tmp_path / "carnet.cdx.json").read_text(encoding="utf-8"))
    names = {part["name"].lower() for part in bill["components"]}
    assert (bill["bomFormat"] == "CycloneDX"
            and {"python", "sqlcipher3", "cryptography", "reportlab"} <= names)
    assert (sorted(bill["dependencies"][0]["dependsOn"])
            == sorted(part["bom-ref"] for part in bill["components"]))
    for part in bill["components"]:
        assert list((tmp_path / "licences" / part["name"]).iterdir()), part["name"]
