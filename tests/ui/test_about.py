"""À propos: what runs, and the licence of every part, to be searched and copied; nothing about
anybody."""

import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop import __version__
from desktop.base.licences import parts
from desktop.base.paths import Home, resource
from desktop.queries.about import cipher_version
from desktop.ui.help.about import AboutWorkspace
from desktop.vault import Vault
from tests.stories.hands import Hands
from tests.ui.collective import PEOPLE, fill
from tests.window import settle, shown, type_into

ROOT = Path(__file__).resolve().parents[2]


def test_every_part_states_its_licence_and_none_is_for_the_tests_alone() -> None:
    found = {part.name: part for part in parts("6.0", "4.0", "3.0")}
    assert [part.name for part in found.values() if not part.licence] == []
    for name in ("SQLAlchemy", "sqlcipher3", "PySide6_Essentials", "shiboken6", "pyrage",
                 "paramiko", "cffi", "Qt", "Python"):
        assert name in found
    assert found["paramiko"].version == distribution("paramiko").version
    assert found["sqlcipher3"].licence == "Zlib" and found["pyrage"].licence == "MIT"
    assert "LGPL-3.0" in found["PySide6_Essentials"].licence
    assert {"pytest", "moto", "flask", "mypy", "hypothesis"}.isdisjoint(found)


def test_every_dependency_of_the_project_is_listed() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    folded = {re.sub(r"[-_.]+", "-", part.name).lower() for part in parts("6.0", "4.0", "3.0")}
    names = {re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", line)[0]).lower() for line in asked
             if "python_version" not in line}
    assert names and names <= folded


def test_every_font_and_the_icons_are_listed() -> None:
    words = " ".join(part.name for part in parts("6.0", "4.0", "3.0"))
    for file in resource("fonts").glob("*.[ot]tf"):
        assert file.name.partition("-")[0] in words
    assert "Lucide" in words and "Etalab" in words


def test_it_is_searched_and_copied_and_says_nothing_of_anybody(qtbot: QtBot, vault: Vault,
                                                               home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        hands = Hands(window)
        hands.go("Réglages")
        hands.click("Versions et licences")
        screen = window.current
        assert isinstance(screen, AboutWorkspace)
        assert (screen.told.text().startswith(f"Carnet {__version__}  ·  Python 3.")
                and f"Qt {qVersion()}" in screen.told.text())
        cipher = vault.ask(cipher_version)
        assert cipher.startswith("4.") and f"SQLCipher {cipher}" in screen.told.text()
        assert "EUPL-1.2" in screen.told.text()
        whole = screen.table.rows.rowCount()
        hands.keys(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        type_into(screen.search, "ofl")
        settle()
        assert 0 < screen.table.rows.rowCount() < whole
        hands.click("Copier")
        text = QGuiApplication.clipboard().text()
        assert text == screen.text() and "SQLAlchemy" in text and "Lucide" in text
        assert (str(home.folder) not in text
                and not any(family in text for _given, family, *_rest in PEOPLE))
        hands.keys(Qt.Key.Key_Escape)
        assert window.current is not None and window.current.name == "settings"


def test_the_palette_leads_to_it(qtbot: QtBot, vault: Vault, home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        hands = Hands(window)
        hands.keys(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        hands.type("a propos\n")
        assert isinstance(window.current, AboutWorkspace)
