"""Text twice as large on a small laptop: nothing is cut off, covered or squeezed, wherever one
goes."""

from pathlib import Path

import pytest
from gallery.walk import before_it_opens, first_steps, places, rest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.collective import found_records
from desktop.tasks.profiles import create_sample
from desktop.vault import Cost, Vault
from tests.length import and_at_length
from tests.screens.clipping import all_clipped, clipped
from tests.ui.collective import fill
from tests.window import shown


@pytest.mark.parametrize(("language", "text_percent"), and_at_length(
    [("fr", 200)], [("en", 200), ("fr", 150), ("fr", 100), ("fr", 80)]))
def test_nothing_is_cut_off(qtbot: QtBot, vault: Vault, home: Home, language: str,
                            text_percent: int) -> None:
    fill(vault)
    with shown(home, vault, text_percent=text_percent, language=language) as window:
        assert all_clipped(places(window)) == {}
        window.lock()
        rest()
        assert all_clipped(before_it_opens(window)) == {}


def test_nothing_is_cut_off_of_empty_screens(qtbot: QtBot, vault: Vault, home: Home) -> None:
    vault.do(found_records, "valenciennes-metropole", "Collectif d’essai")
    with shown(home, vault, text_percent=200) as window:
        assert all_clipped(places(window)) == {}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_is_cut_off_of_the_first_run(qtbot: QtBot, home: Home, language: str) -> None:
    with shown(home, None, text_percent=200, language=language) as window:
        assert all_clipped(first_steps(window)) == {}


def test_the_banner_of_the_sample_is_read_whole(qtbot: QtBot, tmp_path: Path) -> None:
    home = Home(tmp_path / "sample")
    vault, _code, _counts = create_sample(home, "cerisier bleu du jardin", cost=Cost.TEST)
    with shown(home, vault, text_percent=200) as window:
        rest()
        assert window.findChild(QWidget, "banner") is not None
        assert clipped(window) == []


def test_what_is_cut_off_is_found(qtbot: QtBot) -> None:
    frame = QWidget()
    qtbot.addWidget(frame)
    row = QHBoxLayout(frame)
    row.addWidget(QLabel("Des mots qui ne tiennent pas dans leur place"))
    row.addWidget(QPushButton("Un bouton"))
    beside = QPushButton("Par-dessus", frame)
    frame.setFixedSize(90, 20)
    frame.show()
    beside.setGeometry(60, 0, 80, 40)
    found = clipped(frame)
    assert any("QLabel" in line and "needs" in line for line in found)
    assert any("Un bouton" in line and "needs" in line for line in found)
    assert any("Par-dessus" in line and "reaches out" in line for line in found)
