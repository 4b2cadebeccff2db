"""The inbox of the watch group by keys: received, examined, linked, set aside; each gesture is
undone; nothing typed is lost."""

import uuid
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.actions import create_action
from desktop.commands.collective import found_records
from desktop.commands.directory import person_named
from desktop.commands.observations import record_observation
from desktop.commands.records import edit_record
from desktop.queries.feedback import told_about
from desktop.queries.watch import inbox_of, watch_sheet
from desktop.ui.observations.watch.inbox import InboxPage
from desktop.ui.observations.workspace import ObservationsWorkspace
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.keyboard import CONTROL, ENTER, FRENCH, Stroke, type_on
from tests.window import settle, shown

SEEN = {"domain": "LOGEMENT_PRIVE", "principal_criterion": "ORIG", "place_kind": "commune",
        "commune": "59392"}
ESCAPE = Stroke(Qt.Key.Key_Escape)


def filled(vault: Vault, *, jurist: bool = True,
           roles: frozenset[str] = frozenset({"observatoire"})) -> list[uuid.UUID]:
    """A collective, a member of the watch group, an action, and three observations, of which two
    look alike."""
    vault.do(found_records, "maubeuge-val-de-sambre", "Collectif")
    me = vault.do(person_named, "Lou", "Martin", "Point-justice")
    if jurist:
        vault.do(edit_record, me, {"function": "Juriste"})
    vault.do(create_action, "Appels tests auprès des agences")
    made = [vault.do(record_observation, SEEN | more) for more in (
        {"account": "Une mère visite un logement, déjà loué."}, {"principal_criterion": "PATR"},
        {"domain": "TRANSPORT"})]
    vault.save_identity(replace(vault.identity, person_id=me, roles=roles))
    return made


def inbox(window: MainWindow) -> InboxPage:
    window.go("observations")
    settle()
    screen = window.current
    assert isinstance(screen, ObservationsWorkspace) and screen.inbox is not None
    screen.show_tab(1)
    settle()
    screen.inbox.list.setFocus()
    return screen.inbox


def keys(text: str, *strokes: Stroke) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    type_on(FRENCH, focus, text)
    settle()
    for stroke in strokes:
        focus = QApplication.focusWidget()
        assert focus is not None
        stroke.send(focus)
        settle()


def state_of(vault: Vault, record_id: uuid.UUID) -> str:
    return next(row.state for row in vault.ask(inbox_of) if row.id == record_id)


def test_the_whole_way_by_keys_and_back_by_undo(qtbot: QtBot, vault: Vault, home: Home) -> None:
    first, second, third = filled(vault)
    with shown(home, vault) as window:
        page = inbox(window)
        keys("r")
        assert ({row.state for row in vault.ask(inbox_of)} == {"recue"}
                and page.receive_button.isHidden())
        page.open_record(first)
        page.list.setFocus()
        page.author.sentence.setPlainText("Merci. La cellule regarde.")
        keys("e")
        assert state_of(vault, first) == "qualifiee"
        told = vault.ask(told_about, first)
        assert told is not None and (told.state,
                                     told.sentence) == ("qualifiee", "Merci. La cellule regarde.")
        keys("l")
        keys("appels", ENTER)
        page.link()
        settle()
        told = vault.ask(told_about, first)
        assert (told is not None and (told.state, told.action_title)
                == ("liee", "Appels tests auprès des agences"))
        window.desk.undo(vault.history.last)
        settle()
        assert state_of(vault, first) == "qualifiee"
        page.open_record(third)
        page.list.setFocus()
        keys("x")
        keys("Hors du champ de la loi", ENTER)
        assert state_of(vault, third) == "ecartee" and state_of(vault, second) == "recue"


def test_one_event_is_one_situation(qtbot: QtBot, vault: Vault, home: Home) -> None:
    first, second, _third = filled(vault)
    with shown(home, vault) as window:
        page = inbox(window)
        page.open_record(first)
        sheet = vault.ask(watch_sheet, first)
        assert sheet is not None and [one.id for one in sheet.close] == [second]
        page._join(second)
        settle()
        sheet = vault.ask(watch_sheet, first)
        assert (sheet is not None and [one.id for one in sheet.together] == [second]
                and sheet.close == ())
        page._part()
        settle()
        sheet = vault.ask(watch_sheet, first)
        assert sheet is not None and sheet.together == ()


def test_a_jurist_writes_the_legal_view_and_loses_nothing_on_the_way(qtbot: QtBot, vault: Vault,
                                                                     home: Home) -> None:
    first, second, _third = filled(vault)
    with shown(home, vault) as window:
        page = inbox(window)
        page.open_record(first)
        page.list.setFocus()
        keys("j")
        assert page.legal is not None
        page.legal.qualification.set_value("PLAUSIBLE")
        page.legal.first.set_value("ORIG")
        page.legal.second.set_value("PATR")
        page.author.sentence.setPlainText("Un mot qui attend.")
        page.open_record(second)
        settle()
        assert page.legal is None and page.author.sentence.toPlainText() == ""
        page.open_record(first)
        settle()
        assert page.author.sentence.toPlainText() == "Un mot qui attend."
        page.begin_legal()
        assert page.legal is not None and page.legal.qualification.value() == "PLAUSIBLE"
        page.legal.elements.setFocus()
        keys("&", Stroke(Qt.Key.Key_Return, "\r", CONTROL))
        sheet = vault.ask(watch_sheet, first)
        assert sheet is not None and (sheet.legal.criteria, sheet.legal.elements,
                                      sheet.legal.qualification) == (
                                          ("ORIG", "PATR"), ("traitement",), "PLAUSIBLE")
        assert page.legal is None and page.draft() is not None  # the word to the author still waits


def test_who_is_no_jurist_is_told_so(qtbot: QtBot, vault: Vault, home: Home) -> None:
    first, *_others = filled(vault, jurist=False)
    with shown(home, vault) as window:
        page = inbox(window)
        page.open_record(first)
        page.list.setFocus()
        keys("j")
        assert page.legal is None and "juriste" in window.messages.text


@pytest.mark.parametrize("role", ["membre", "coordination", "secretariat"])
def test_who_is_not_of_the_team_has_no_inbox(qtbot: QtBot, vault: Vault, home: Home,
                                             role: str) -> None:
    filled(vault, roles=frozenset({role}))
    with shown(home, vault) as window:
        window.go("observations")
        settle()
        screen = window.current
        assert isinstance(screen, ObservationsWorkspace) and screen.inbox is None
        assert not any(tab.isVisible() for tab in screen.tabs.tabs)
