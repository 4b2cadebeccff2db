"""Two laptops: an offer made on one, a search on the other; matched, applied to and answered by
keys, seen on both."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.commands.internships import open_search
from desktop.commands.records import add_record
from desktop.queries.internships.lists import offers_of, requests_of
from desktop.ui.internships.workspace import InternshipsWorkspace
from desktop.ui.widgets.basics import Chip, Chips
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.conftest import PASSPHRASE
from tests.sync.laptops import Laptops
from tests.window import settle, shown

START = date.today() + timedelta(days=40)
WANTED = {"domain": "sante", "level": "troisieme", "starts_on": START.isoformat(),
          "ends_on": (START + timedelta(days=4)).isoformat()}


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Laptops]:
    made = Laptops(tmp_path)
    yield made
    made.close()


def exchange(laptops: Laptops, *vaults: Vault) -> None:
    for vault in vaults:
        if not vault.is_open:
            # The window that was closed has locked it.
            vault.unlock(PASSPHRASE)
        laptops.sync(vault)


def screen_of(window: MainWindow, tab: int) -> InternshipsWorkspace:
    window.go("internships")
    screen = window.current
    assert isinstance(screen, InternshipsWorkspace)
    screen.show_tab(tab)
    settle()
    screen.register.table.setFocus()
    return screen


def said(screen: InternshipsWorkspace) -> str:
    told = [label.text() for label in screen.register.detail.findChildren(QLabel)
            if label.isVisible()]
    chips = [chip.accessibleName() for chip in screen.register.detail.findChildren(QWidget)
             if isinstance(chip, (Chip, Chips)) and chip.isVisible()]
    return " ".join(told + chips)


def key(wanted: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, wanted)
    settle()


def test_an_offer_and_a_search_of_two_laptops_meet(qtbot: QtBot, laptops: Laptops) -> None:
    founder, team = laptops.founder, laptops.join("lou", "observatoire")
    exchange(laptops, team, founder)
    host = founder.do(add_record, "organisation", {"name": "Maison de santé"})
    founder.do(add_record, "internship_offer", WANTED | {"organisation_id": str(host), "places": 1})
    team.do(open_search, WANTED)
    exchange(laptops, founder, team)
    with shown(team.home, team) as window:
        screen = screen_of(window, 1)
        assert "Maison de santé" in said(screen), "the offer of the other laptop fits"
        key(Qt.Key.Key_1)
        assert "en attente" in said(screen)
    exchange(laptops, team, founder)
    with shown(founder.home, founder) as window:
        screen = screen_of(window, 0)
        assert "1 place libre" in said(screen) and "en attente" in said(screen)
        key(Qt.Key.Key_A)
        assert "complet" in said(screen)
    exchange(laptops, founder, team)
    with shown(team.home, team) as window:
        assert "trouvé" in said(screen_of(window, 1)) and "complet" in said(screen_of(window, 0))
    exchange(laptops, founder, team)
    for vault in (founder, team):
        (offer,), (search,) = vault.ask(offers_of, date.today()), vault.ask(requests_of)
        assert (offer.free, offer.accepted, search.found) == (0, 1, True)
