"""The date field: typed as it is said, understood beneath, walked by the arrows, never losing what
was typed."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.base.i18n import set_language
from desktop.base.paths import Home
from desktop.queries.actions import actions_of
from desktop.queries.records import get_record
from desktop.ui.records.register import Register
from desktop.ui.widgets.fields.dates import DateField, MomentField
from desktop.ui.widgets.fields.form import Entry, Form
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.conftest import PASSPHRASE
from tests.stories.hands import Hands, plain
from tests.ui.collective import TODAY as REAL_TODAY
from tests.ui.collective import fill
from tests.window import settle, shown, type_into

TODAY = date(2026, 11, 22)  # a Sunday
CTRL = Qt.KeyboardModifier.ControlModifier
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Callable[..., DateField]]:
    pages = []

    def one(past: bool = False) -> DateField:
        page = QWidget()
        pages.append(page)
        qtbot.addWidget(page)
        box = QVBoxLayout(page)
        made = DateField("Échéance", lambda: TODAY, past)
        box.addWidget(made)
        box.addWidget(QLineEdit())
        page.show()
        page.activateWindow()
        made.setFocus()
        settle()
        assert made.line.hasFocus()
        return made

    yield one


def _leave(field: DateField) -> None:
    QTest.keyClick(field.line, Qt.Key.Key_Tab)
    assert not field.line.hasFocus()


@pytest.mark.parametrize(("typed", "told", "value"), [
    ("vend.", "→ vendredi 27 novembre 2026", "2026-11-27"),
    ("sous 15 j", "→ lundi 7 décembre 2026", "2026-12-07"),
    ("le 12/01", "→ mardi 12 janvier 2027", "2027-01-12"),
    ("fin mars", "→ mercredi 31 mars 2027", "2027-03-31"),
    ("2026-03-01", "→ dimanche 1er mars 2026", "2026-03-01"),
])
def test_what_is_typed_is_understood_letter_by_letter(make: Callable[..., DateField], typed: str,
                                                      told: str, value: str) -> None:
    field = make()
    type_into(field.line, typed)
    assert field.told.text() == told == field.line.accessibleDescription()
    assert field.line.text() == typed, "nothing is corrected under the hand"
    _leave(field)
    assert (field.value() == value
            and field.line.text() == date.fromisoformat(value).strftime("%d/%m/%Y"))
    assert field.told.text() == told and field.validation_error() == ""
    field.setFocus()
    QTest.keyClick(field.line, Qt.Key.Key_Z, CTRL)
    assert field.line.text() == typed, "and the words come back"


def test_arrows_walk_from_day_to_day(make: Callable[..., DateField]) -> None:
    field = make()
    QTest.keyClick(field.line, Qt.Key.Key_Down)
    assert field.value() == "2026-11-22", "from nothing, today"
    QTest.keyClick(field.line, Qt.Key.Key_Down)
    assert field.line.text() == "23/11/2026" and field.told.text() == "→ lundi 23 novembre 2026"
    for _unused in range(3):
        QTest.keyClick(field.line, Qt.Key.Key_Up)
    assert field.value() == "2026-11-20"
    field.line.selectAll()
    type_into(field.line, "fin fév.")
    QTest.keyClick(field.line, Qt.Key.Key_Down)
    assert field.value() == "2027-03-01"
    field.line.selectAll()
    type_into(field.line, "31/12/2199")
    QTest.keyClick(field.line, Qt.Key.Key_Down)
    field.line.selectAll()
    type_into(field.line, "bientôt")
    QTest.keyClick(field.line, Qt.Key.Key_Down)
    assert field.line.text() == "bientôt", "no arrow loses what is not understood"


def test_an_emptied_field_is_no_date(make: Callable[..., DateField]) -> None:
    field = make()
    field.set_value("2026-03-12")
    assert field.line.text() == "12/03/2026" and field.told.text() == "→ jeudi 12 mars 2026"
    field.line.selectAll()
    QTest.keyClick(field.line, Qt.Key.Key_Backspace)
    _leave(field)
    assert field.value() is None and field.told.text() == "" and field.validation_error() == ""


def test_what_is_not_understood_is_told_on_leaving_and_kept(make: Callable[..., DateField]) -> None:
    field = make()
    type_into(field.line, "12/0")
    assert field.told.text() == "", "it may become one"
    field.line.selectAll()
    type_into(field.line, "après les vacances")
    _leave(field)
    assert plain(field.told.text()).startswith(
        "« après les vacances » n’est pas une date : essayez")
    assert field.told.objectName() == "bad" and field.line.text() == "après les vacances"
    kept = field.value()
    field.set_value(None)
    field.set_value(kept)
    assert field.line.text() == "après les vacances" and field.validation_error()
    field.setFocus()
    field.line.selectAll()
    type_into(field.line, "demain")
    assert field.told.text() == "→ lundi 23 novembre 2026" and field.told.objectName() == "small"


def test_a_field_that_looks_back_takes_the_last_one(make: Callable[..., DateField]) -> None:
    field = make(past=True)
    type_into(field.line, "12/12")
    assert field.value() == "2025-12-12"


def test_english_screens_understand_english(make: Callable[..., DateField]) -> None:
    set_language("en")
    field = make()
    type_into(field.line, "fri")
    assert field.told.text() == "→ Friday 27 November 2026"
    field.line.selectAll()
    type_into(field.line, "12/01")
    assert field.value() == "2027-01-12", "day, then month"


@pytest.mark.parametrize("by", ["keys", "mouse"])
def test_the_calendar_is_there_for_the_mouse_and_the_keys(make: Callable[..., DateField],
                                                          by: str) -> None:
    field = make()
    field.set_value("2026-12-31")
    if by == "keys":
        QTest.keyClick(field.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    else:
        field.line.actions()[0].trigger()
    settle()
    calendar = QApplication.activePopupWidget()
    assert (isinstance(calendar, QCalendarWidget)
            and calendar.selectedDate().toString("yyyy-MM-dd") == "2026-12-31")
    inside = calendar.focusWidget() or calendar
    QTest.keyClick(inside, Qt.Key.Key_Right)
    QTest.keyClick(inside, Qt.Key.Key_Return)
    settle()
    assert field.value() == "2027-01-01" and field.line.hasFocus()
    assert QApplication.activePopupWidget() is None


def test_a_moment_is_a_day_and_an_hour(qtbot: QtBot) -> None:
    field = MomentField("Début", lambda: TODAY)
    qtbot.addWidget(field)
    assert field.value() is None
    field.set_value(datetime(2026, 12, 1, 14, 30))
    assert (field.value() == "2026-12-01T14:30"
            and field.date.told.text() == "→ mardi 1er décembre 2026")
    field.date.line.selectAll()
    type_into(field.date.line, "Tantôt")
    assert field.value() == "TantôtT14:30" and field.validation_error()
    again = MomentField("Début", lambda: TODAY)
    qtbot.addWidget(again)
    again.set_value(field.value())
    assert again.date.line.text() == "Tantôt" and again.value() == field.value()
    field.date.line.clear()
    assert field.value() is None and field.validation_error() == ""


def test_a_form_says_what_bars_saving_and_takes_the_focus_there(qtbot: QtBot) -> None:
    form = Form([Entry("title", "Titre", required=True), Entry("due_on", "Échéance", "date"),
                 Entry("from_on", "Début", "date", required=True)], today=lambda: TODAY)
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    settle()
    form.set_values({"due_on": "jamais", "title": ""})
    assert (plain(form.validation_error()) == "« Titre » est à remplir."
            and form.fields["title"].hasFocus())
    form.set_values({"due_on": "jamais", "title": "Un titre"})
    assert (plain(form.validation_error()).startswith("« jamais » n’est pas une date")
            and form.fields["due_on"].hasFocus())
    form.set_values({"due_on": None, "title": "Un titre"})
    assert plain(form.validation_error()) == "« Début » est à remplir."
    form.set_values({"from_on": "2026-12-01", "title": "Un titre"})
    assert (form.validation_error() == ""
            and form.values() == {"title": "Un titre", "due_on": None, "from_on": "2026-12-01"})


@pytest.fixture
def window(qtbot: QtBot, vault: Vault, home: Home) -> Iterator[MainWindow]:
    fill(vault)
    with shown(home, vault) as made:
        made.go("actions")
        settle()
        yield made


def test_an_action_gets_its_date_as_it_is_said(window: MainWindow, vault: Vault) -> None:
    hands = Hands(window)
    hands.keys(Qt.Key.Key_N, CTRL)
    hands.write("Titre", "Afficher la charte")
    hands.write("Échéance", "un de ces jours")
    hands.click("Enregistrer")
    hands.said("« un de ces jours » n’est pas une date")
    assert not any(row.title == "Afficher la charte" for row in vault.ask(actions_of))
    screen = window.current
    assert screen is not None
    register: Register = screen.register  # type: ignore[attr-defined]
    # The lock loses nothing of it.
    window.lock()
    window.vault.unlock(PASSPHRASE)
    window.show_right_page()
    settle()
    assert "un de ces jours" in hands.screen()
    register = window.current.register  # type: ignore[union-attr]
    form = register.form
    assert form is not None
    field = form.fields["due_on"]
    assert isinstance(field, DateField)
    field.line.selectAll()
    field.setFocus()
    hands.type("fin du mois")
    hands.click("Enregistrer")
    made = next(row for row in vault.ask(actions_of) if row.title == "Afficher la charte")
    assert (made.due_on is not None
            and (made.due_on.year, made.due_on.month) == (REAL_TODAY.year, REAL_TODAY.month))


def test_a_meeting_is_moved_by_words(window: MainWindow, vault: Vault) -> None:
    window.go("meetings")
    settle()
    hands = Hands(window)
    hands.keys(Qt.Key.Key_N, CTRL)
    hands.write("Titre", "Une réunion de plus")
    hands.write("Début", "12/01/2027")
    hands.write("Fin", "12/01/2027")
    hands.click("Enregistrer")
    screen = window.current
    assert screen is not None
    record = vault.ask(get_record, screen.place()["record"])
    assert record["title"] == "Une réunion de plus" and record["starts_at"] == "2027-01-12T14:00"
