"""A form is kept, left and taken up again; what bars it is said, and the field that is wrong gets
the focus."""

import uuid

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.commands.actions import create_action
from desktop.commands.records import add_record
from desktop.queries.actions import actions_of
from desktop.queries.records import get_record
from desktop.ui.actions.workspace import ActionsWorkspace
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.ui.widgets.fields.form import Form
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.conftest import PASSPHRASE
from tests.ui.collective import Small
from tests.window import settle, type_into


def actions_of_window(window: MainWindow, action: uuid.UUID | None = None) -> ActionsWorkspace:
    window.go("actions", action)
    settle()
    screen = window.current
    assert isinstance(screen, ActionsWorkspace)
    return screen


def title_of(form: Form | None) -> QLineEdit:
    assert form is not None
    field = form.fields["title"]
    assert isinstance(field, QLineEdit)
    return field


def press(window: MainWindow, key: Qt.Key,
          modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.windowHandle(), key, modifiers)
    settle()


def click(window: MainWindow, name: str) -> None:
    (found,) = [made for made in window.findChildren(QPushButton)
                if made.isVisible() and made.accessibleName() == name]
    found.click()
    settle()


def offers(window: MainWindow) -> list[str]:
    return [made.text().strip() for made in window.findChildren(QPushButton)
            if made.isVisible() and "Reprendre" in made.text()]


def test_a_half_filled_form_waits_when_another_line_is_chosen(window: MainWindow,
                                                              vault: Vault) -> None:
    screen = actions_of_window(window)
    screen.new()
    settle()
    type_into(title_of(screen.register.form), "Relancer la CPAM")
    table = screen.register.table
    before = len(vault.ask(actions_of))
    table.select_id(table.rows.row_at(table.rows.index(3, 0)).id)
    settle()
    assert screen.register.form is None and len(vault.ask(actions_of)) == before
    assert offers(window) == ["Reprendre"]
    click(window, "Reprendre")
    assert (title_of(screen.register.form).text() == "Relancer la CPAM"
            and title_of(screen.register.form).hasFocus())
    assert offers(window) == []
    screen.register.save()
    assert len(vault.ask(actions_of)) == before + 1


def test_a_form_that_was_left_comes_back_with_its_record_and_through_the_lock(window: MainWindow,
                                                                              vault: Vault) -> None:
    action = vault.do(create_action, "Exposition")
    screen = actions_of_window(window, action)
    screen.register.edit(action)
    settle()
    title_of(screen.register.form).setText("Exposition itinérante")
    press(window, Qt.Key.Key_Escape)
    assert screen.register.form is None and vault.ask(get_record, action)["title"] == "Exposition"
    window.lock()
    vault.unlock(PASSPHRASE)
    window.show_right_page()
    settle()
    screen = actions_of_window(window, action)
    assert offers(window) == ["Reprendre"]
    screen.register.edit(action)
    settle()
    assert title_of(screen.register.form).text() == "Exposition itinérante"
    screen.register.save()
    assert (vault.ask(get_record, action)["title"] == "Exposition itinérante"
            and offers(window) == [])


def test_what_is_given_up_can_be_taken_up_from_the_message(window: MainWindow) -> None:
    screen = actions_of_window(window)
    screen.new()
    settle()
    type_into(title_of(screen.register.form), "Relancer la CPAM")
    click(window, "Annuler")
    assert screen.register.form is None and offers(window) == []
    click(window, "Annuler")  # the one of the message: it takes the giving up back
    assert title_of(screen.register.form).text() == "Relancer la CPAM"


@pytest.mark.parametrize(("key", "modifiers"), [
    (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Enter, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.KeypadModifier)])
def test_a_form_is_kept_by_the_keyboard(window: MainWindow, vault: Vault, key: Qt.Key,
                                        modifiers: Qt.KeyboardModifier) -> None:
    screen = actions_of_window(window)
    screen.new()
    settle()
    type_into(title_of(screen.register.form), "Relancer la mission locale")
    press(window, key, modifiers)
    assert screen.register.form is None
    assert "Relancer la mission locale" in [row.title for row in vault.ask(actions_of)]


def test_a_rule_gives_the_field_that_is_wrong_the_focus_and_loses_nothing(window: MainWindow,
                                                                          vault: Vault) -> None:
    screen = actions_of_window(window)
    screen.new()
    settle()
    form = screen.register.form
    assert form is not None
    form.set_values({"title": "Relancer", "state": "abandonnee"})
    screen.register.save()
    reason = form.fields["abandoned_reason"]
    assert "pourquoi" in window.messages.text and (reason is QApplication.focusWidget()
                                                   or reason.isAncestorOf(
                                                       QApplication.focusWidget() or reason))
    assert screen.register.form is form and title_of(form).text() == "Relancer"
    assert "Relancer" not in [row.title for row in vault.ask(actions_of)]


def test_a_meeting_that_is_left_waits_too(window: MainWindow, small: Small) -> None:
    window.go("meetings", small.meeting)
    settle()
    screen = window.current
    assert isinstance(screen, MeetingsWorkspace)
    screen.edit()
    settle()
    title_of(screen.forms.form).setText("Groupe élargi")
    screen.list.setCurrentIndex(screen.model.index(3, 0))
    settle()
    assert screen.forms.form is None and offers(window) == ["Reprendre"]
    click(window, "Reprendre")
    assert title_of(screen.forms.form).text() == "Groupe élargi"


def test_what_somebody_elses_program_wrote_wrongly_says_so(qtbot: QtBot, window: MainWindow,
                                                           vault: Vault) -> None:
    action = vault.do(create_action, "Exposition", state="en_cours", funding="droit_commun")
    vault.do(add_record, "action_funding",
             {"action_id": str(action), "source": "politique_de_la_ville", "cents": 100})
    screen = actions_of_window(window, action)
    said = [made.text() for made in screen.register.detail.findChildren(QLabel) if made.isVisible()]
    assert "À corriger" in said and any("accord de l’État" in words for words in said)
