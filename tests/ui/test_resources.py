"""The screen of resources: lent and brought back by keys, rated, filtered, its files opened in the
private folder."""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.attachments import attach
from desktop.commands.records import add_record
from desktop.queries.actions import actions_of
from desktop.queries.attachments import attachments_of
from desktop.queries.resources import resource_detail
from desktop.ui.resources.parts import ResourceParts
from desktop.ui.resources.words import mean_words
from desktop.ui.resources.workspace import ResourcesWorkspace
from desktop.ui.widgets.basics import Chips
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.ui.collective import Small
from tests.window import press, settle, shown

TODAY = date.today()
CTRL = Qt.KeyboardModifier.ControlModifier


class Programs(QObject):
    """Stands in the place of the desktop's programs: what they were asked to open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[tuple[Path, bytes]] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        path = Path(url.toLocalFile())
        self.opened.append((path, path.read_bytes()))


@pytest.fixture
def programs() -> Iterator[Programs]:
    made = Programs()
    QDesktopServices.setUrlHandler("file", made, "open")
    yield made
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def case(vault: Vault, small: Small) -> uuid.UUID:
    return vault.do(add_record, "resource", {"title": "Malle « Candidat »", "kind": "outil"})


def opened(window: MainWindow, record: uuid.UUID) -> ResourcesWorkspace:
    window.go("resources", record)
    settle()
    screen = window.current
    assert isinstance(screen, ResourcesWorkspace)
    screen.register.table.setFocus()
    return screen


def parts(screen: ResourcesWorkspace) -> ResourceParts:
    extra = screen.register.extra
    assert isinstance(extra, ResourceParts)
    return extra


def words(screen: ResourcesWorkspace) -> str:
    return " | ".join(found.accessibleName() or found.text() for kind in (QLabel, Chips)
                      for found in screen.findChildren(kind)
                      if found.isVisible())


def titles(screen: ResourcesWorkspace) -> list[str]:
    rows = screen.register.table.rows
    return [rows.row_at(rows.index(number, 0)).title for number in range(rows.rowCount())]


def test_it_is_lent_and_brought_back_by_keys_and_undone(vault: Vault, home: Home, small: Small,
                                                        case: uuid.UUID) -> None:
    with shown(home, vault) as window:
        screen = opened(window, case)
        assert "disponible" in words(screen)
        press(screen.register.table, Qt.Key.Key_P)
        settle()
        form = parts(screen).sections["resource_loan"].forms.form
        assert form is not None
        due = TODAY + timedelta(days=6)
        form.set_values(form.values() | {"organisation_id": str(small.organisations[1]),
                                         "due_on": due.isoformat()})
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_S, CTRL)
        settle()
        assert (f"empruntée jusqu’au {due:%d/%m/%Y}" in words(screen)
                and "Prêtée à | Mission locale" in words(screen))
        screen.register.table.setFocus()
        press(screen.register.table, Qt.Key.Key_R)
        settle()
        (loan,) = vault.ask(resource_detail, case, TODAY).loans
        assert loan.back_on == TODAY.isoformat() and "disponible" in words(screen)
        assert window.work is not None
        window.work.undo()
        settle()
        assert "empruntée jusqu’au" in words(screen)


def test_a_loan_that_overlaps_is_told_beside_its_field(vault: Vault, home: Home, small: Small,
                                                       case: uuid.UUID) -> None:
    vault.do(add_record, "resource_loan", {
        "resource_id": str(case), "organisation_id": str(small.organisations[0]),
        "lent_on": TODAY.isoformat(),
        "due_on": (TODAY + timedelta(days=9)).isoformat()})
    with shown(home, vault) as window:
        screen = opened(window, case)
        press(screen.register.table, Qt.Key.Key_P)
        settle()
        form = parts(screen).sections["resource_loan"].forms.form
        assert form is not None
        form.set_values(form.values() | {"organisation_id": str(small.organisations[1]),
                                         "due_on": (TODAY + timedelta(days=2)).isoformat()})
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_S, CTRL)
        settle()
        assert ("Elle est déjà prêtée du" in window.messages.text
                and "(CCAS)" in window.messages.text)
        assert form.fields["lent_on"].isAncestorOf(QApplication.focusWidget())


def test_a_speaker_has_no_loans_and_the_key_says_why(vault: Vault, home: Home,
                                                     small: Small) -> None:
    speaker = vault.do(add_record, "resource", {"title": "Juriste", "kind": "intervenant"})
    with shown(home, vault) as window:
        screen = opened(window, speaker)
        assert set(parts(screen).sections) == {"resource_use"}
        press(screen.register.table, Qt.Key.Key_P)
        assert ("Un intervenant s’invite"
                in " ".join(found.text() for found in window.findChildren(QLabel)))


def test_the_mean_is_never_shown_alone(vault: Vault, home: Home, small: Small,
                                       case: uuid.UUID) -> None:
    for rating in (5, 4, 4):
        vault.do(add_record, "resource_use", {
            "resource_id": str(case), "organisation_id": str(small.organisations[0]),
            "used_on": TODAY.isoformat(),
            "rating": rating})
    with shown(home, vault) as window:
        assert "4,3 sur 5 (3 avis)" in words(opened(window, case))
    assert mean_words(4.0, 1) == "4 sur 5 (1 avis)" and mean_words(0, 0) == ""


def test_filters_narrow_the_list_and_a_record_opened_from_elsewhere_loosens_them(
        vault: Vault, home: Home, small: Small, case: uuid.UUID) -> None:
    vault.do(add_record, "resource_loan", {
        "resource_id": str(case), "organisation_id": str(small.organisations[0]),
        "lent_on": TODAY.isoformat(),
        "due_on": TODAY.isoformat()})
    with shown(home, vault) as window:
        screen = opened(window, case)
        everything = titles(screen)
        screen.kind.setCurrentIndex(screen.kind.findData("outil"))
        assert sorted(titles(screen)) == ["Jeu de cartes « Vrai ou faux »", "Malle « Candidat »",
                                          "Mallette pédagogique"]
        screen.available.setFocus()
        press(screen.available, Qt.Key.Key_Space)
        assert sorted(titles(screen)) == ["Jeu de cartes « Vrai ou faux »", "Mallette pédagogique"]
        window.go("resources", case)
        settle()
        assert titles(screen) == everything and screen.register.place() == case


def test_a_file_is_opened_from_the_private_folder_and_gone_at_the_lock(
        qtbot: QtBot, vault: Vault, home: Home, programs: Programs, case: uuid.UUID) -> None:
    vault.do(attach, "resource", case, "Mode d’emploi.pdf", b"%PDF-1.7 emploi")
    vault.do(attach, "resource", case, "outil.exe", b"MZ")
    with shown(home, vault) as window:
        screen = opened(window, case)
        buttons = [found for found in screen.findChildren(QPushButton) if found.isVisible()
                   and found.accessibleName() == "Ouvrir une copie"]
        assert len(buttons) == 1
        buttons[0].setFocus()
        press(buttons[0], Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: len(programs.opened) == 1)
        (path, data), = programs.opened
        assert data == b"%PDF-1.7 emploi" and path.is_relative_to(home.opened) and path.exists()
        settle()
        window.lock()
        assert not path.exists() and not home.opened.exists()


def test_a_file_is_taken_away_and_brought_back(vault: Vault, home: Home, case: uuid.UUID) -> None:
    vault.do(attach, "resource", case, "Affiche.png", b"png")
    with shown(home, vault) as window:
        screen = opened(window, case)
        (off,) = [found for found in screen.findChildren(QPushButton) if found.isVisible()
                  and found.toolTip().startswith("Retirer") and "Affiche" in found.toolTip()]
        off.setFocus()
        press(off, Qt.Key.Key_Space)
        assert vault.ask(attachments_of, case) == []
        assert window.work is not None
        window.work.undo()
        assert [row.name for row in vault.ask(attachments_of, case)] == ["Affiche.png"]


def test_the_census_of_the_actions_is_saved_from_here(
        qtbot: QtBot, vault: Vault, home: Home, small: Small, tmp_path: Path) -> None:
    file = tmp_path / "Recensement.xlsx"
    with shown(home, vault) as window:
        window.go("resources")
        settle()
        screen = window.current
        assert isinstance(screen, ResourcesWorkspace)
        screen.save_census(str(file))
        qtbot.waitUntil(lambda: "Recensement.xlsx" in window.messages.text)
        titles_of = {row[0] for row
                     in load_workbook(file).active.iter_rows(min_row=4, values_only=True)}
        assert titles_of == {row.title for row in vault.ask(actions_of)}
        screen.save_census(str(tmp_path / "nulle" / "part.xlsx"))
        qtbot.waitUntil(lambda: "nulle" in window.messages.text)


def test_the_field_where_one_types_is_in_sight_in_a_form_higher_than_its_room(
        qtbot: QtBot, vault: Vault, home: Home, small: Small, case: uuid.UUID) -> None:
    with shown(home, vault) as window:
        window.resize(1093, 614)
        screen = opened(window, case)
        press(screen.register.table, Qt.Key.Key_P)
        settle()
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.waitUntil(lambda: focus.visibleRegion().boundingRect().height() == focus.height())
