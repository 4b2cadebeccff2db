"""What belongs to a record is added, changed and taken away in its sheet, by keyboard, and stays
under the hand."""

import uuid
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.actions import create_action
from desktop.commands.records import add_record, edit_record
from desktop.models.states import POLITIQUE_DE_LA_VILLE
from desktop.queries.actions import ActionDetail, action_detail
from desktop.queries.charter import charter_rows, charters_of
from desktop.queries.plan import axes_of
from desktop.ui.actions.workspace import ActionsWorkspace
from desktop.ui.charter.workspace import CharterWorkspace
from desktop.ui.plan.workspace import PlanWorkspace
from desktop.ui.records.parts import Parts, PartsSection
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.ui.collective import Small
from tests.window import settle, shown

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def action(vault: Vault, small: Small) -> uuid.UUID:
    return vault.do(create_action, "Former les agents d’accueil", funding=POLITIQUE_DE_LA_VILLE)


def opened(window: MainWindow, record: uuid.UUID) -> ActionsWorkspace:
    window.go("actions", record)
    settle()
    screen = window.current
    assert isinstance(screen, ActionsWorkspace)
    screen.register.table.setFocus()
    return screen


def section(screen: ActionsWorkspace | CharterWorkspace | PlanWorkspace, kind: str) -> PartsSection:
    extra = screen.register.extra
    assert isinstance(extra, Parts)
    return extra.sections[kind]


def detail(vault: Vault, action: uuid.UUID) -> ActionDetail:
    found = vault.ask(action_detail, action)
    assert found is not None
    return found


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifiers)
    settle()


def write(text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)
    settle()


def test_an_accord_is_asked_for_and_answered_by_keys_alone(qtbot: QtBot, home: Home, vault: Vault,
                                                           action: uuid.UUID) -> None:
    vault.save_identity(
        replace(vault.identity, roles=frozenset({"coordination", "validation_etat"})))
    with shown(home, vault) as window:
        screen = opened(window, action)
        assert "Il manque les deux accords" in words(screen)
        press(Qt.Key.Key_V)
        assert section(screen, "validation").forms.form is not None
        press(Qt.Key.Key_S, CTRL)
        (row,) = detail(window.vault, action).validations
        assert row.party == "etat" and row.asked_on
        screen.register.table.setFocus()
        press(Qt.Key.Key_V)
        form = section(screen, "validation").forms.form
        assert form is not None
        form.set_values(form.values() | {"answer": "donnee"})
        press(Qt.Key.Key_S, CTRL)
        (row,) = detail(window.vault, action).validations
        assert row.answer == "donnee" and row.answered_on
        assert QApplication.focusWidget() is screen.register.table
        assert "Il manque l’accord de l’agglomération" in words(screen)
        window.desk.undo(None)
        assert detail(window.vault, action).validations[0].answer == ""


def words(screen: ActionsWorkspace | CharterWorkspace | PlanWorkspace) -> str:
    return " ".join(label.text() for label in screen.register.detail.findChildren(QLabel)
                    if label.isVisible())


def test_a_line_of_the_follow_up_is_typed_and_taken_away(qtbot: QtBot, home: Home, vault: Vault,
                                                         action: uuid.UUID) -> None:
    with shown(home, vault) as window:
        screen = opened(window, action)
        press(Qt.Key.Key_N)
        assert isinstance(QApplication.focusWidget(), QPlainTextEdit)
        write("Deux mairies inscrites")
        press(Qt.Key.Key_Return, CTRL)
        (line,) = detail(window.vault, action).follow_ups
        assert line.text == "Deux mairies inscrites" and line.on
        away = [b for b in section(screen, "follow_up").findChildren(QPushButton)
                if b.accessibleName().startswith("Retirer")]
        away[0].click()
        settle()
        assert detail(window.vault, action).follow_ups == ()
        window.desk.undo(None)
        assert len(detail(window.vault, action).follow_ups) == 1


def test_an_amount_is_typed_as_french_does_and_a_wrong_one_loses_nothing(
        qtbot: QtBot, home: Home, vault: Vault, action: uuid.UUID) -> None:
    with shown(home, vault) as window:
        screen = opened(window, action)
        money = section(screen, "action_funding")
        money.adding.click()
        settle()
        form = money.forms.form
        assert form is not None
        form.set_values(form.values() | {"source": POLITIQUE_DE_LA_VILLE, "cents": "beaucoup",
                                         "granted_cents": "1 250,50 €"})
        press(Qt.Key.Key_S, CTRL)
        assert money.forms.form is form and "beaucoup" in window.messages.text
        focus = QApplication.focusWidget()
        assert isinstance(focus, QLineEdit) and focus.text() == "beaucoup"
        focus.setText("3000")
        press(Qt.Key.Key_S, CTRL)
        (row,) = detail(window.vault, action).fundings
        assert (row.cents, row.granted, row.paid) == (300_000, 125_050, None)
        assert "accordé 1\u202f250,50\u00a0€" in words(screen)


def test_news_and_another_line_leave_a_half_filled_part_alone(
        qtbot: QtBot, home: Home, vault: Vault, action: uuid.UUID) -> None:
    other = vault.do(create_action, "Une autre")
    with shown(home, vault) as window:
        screen = opened(window, action)
        press(Qt.Key.Key_N)
        write("Programme pret")
        window.vault.do(edit_record, action, {"description": "Changée pendant ce temps"})
        settle()
        focus = QApplication.focusWidget()
        assert isinstance(focus, QPlainTextEdit) and focus.toPlainText() == "Programme pret"
        assert "Changée pendant ce temps" in words(screen)
        screen.register.open_record(other)
        settle()
        screen.register.open_record(action)
        settle()
        form = section(screen, "follow_up").forms.form
        assert form is not None and form.values()["text"] == "Programme pret"
        draft = screen.draft()
        assert draft is not None and "Programme pret" in repr(draft)


def test_the_members_are_told_by_one_key(qtbot: QtBot, home: Home, vault: Vault,
                                         action: uuid.UUID) -> None:
    with shown(home, vault) as window:
        opened(window, action)
        press(Qt.Key.Key_P)
        (notice,) = detail(window.vault, action).notices
        assert notice.how == "reunion"


def test_an_organisation_signs_in_its_sheet(qtbot: QtBot, home: Home, vault: Vault,
                                            small: Small) -> None:
    assert vault.ask(charters_of), "the territory of the tests has a charter"
    with shown(home, vault) as window:
        window.go("charter")
        settle()
        screen = window.current
        assert isinstance(screen, CharterWorkspace)
        rows = window.vault.ask(charter_rows, window.desk.today(), True)
        row = next(row for row in rows if row.signed is None)
        screen.register.open_record(row.id)
        settle()
        assert "n’est pas signée" in words(screen)
        screen.register.table.setFocus()
        press(Qt.Key.Key_Return)
        assert section(screen, "commitment").forms.form is not None
        press(Qt.Key.Key_S, CTRL)
        again = next(one for one in window.vault.ask(charter_rows, window.desk.today(), True)
                     if one.id == row.id)
        assert again.signed is not None and again.signed.signed_on == window.desk.today()


def test_a_measure_is_typed_beside_its_indicator(qtbot: QtBot, home: Home, vault: Vault,
                                                 small: Small) -> None:
    axis = vault.ask(axes_of)[0]
    made = vault.do(add_record, "indicator",
                    {"objective_id": str(axis.objectives[0].id), "label": "Structures formées",
                     "unit": "structures", "target": 12})
    counted = vault.do(add_record, "indicator",
                       {"objective_id": str(axis.objectives[0].id), "label": "Séances",
                        "derived": "seances"})
    with shown(home, vault) as window:
        window.go("plan", axis.id)
        settle()
        screen = window.current
        assert isinstance(screen, PlanWorkspace)
        gestures = {b.toolTip(): b for b in section(screen, "indicator").findChildren(QPushButton)}
        assert gestures["Mesurer… — Structures formées"].accessibleName() == "Mesurer…"
        gestures["Mesurer… — Structures formées"].click()
        settle()
        form = section(screen, "indicator_value").forms.form
        assert form is not None and form.values()["indicator_id"] == str(made)
        form.set_values(form.values() | {"value": 7})
        press(Qt.Key.Key_S, CTRL)
        assert "7\u00a0structures" in words(screen)
        found = {row.id: row for row
                 in window.vault.ask(axes_of, window.desk.today())[0].objectives[0].indicators}
        assert found[made].value == 7
        value = found[counted].value
        assert value is not None and value > 0


def test_a_line_that_others_renamed_keeps_the_hand(qtbot: QtBot, vault: Vault, home: Home,
                                                   small: Small) -> None:
    with shown(home, vault) as window:
        window.go("plan")
        settle()
        screen = window.current
        assert isinstance(screen, PlanWorkspace)
        for kind, field in (("objective", "title"), ("indicator", "label")):
            change = next(button for button in section(screen, kind).findChildren(QPushButton)
                          if button.accessibleName().startswith("Modifier"))
            words = change.accessibleName().split("\u202f")[1]
            change.setFocus()
            known = [(one.id, one.title) for axis in vault.ask(axes_of) for one in axis.objectives]
            known += [(row.id, row.label) for axis in vault.ask(axes_of)
                      for one in axis.objectives for row in one.indicators]
            vault.do(edit_record, next(id_ for id_, said in known if said == words),
                     {field: f"{words} et plus"})
            settle()
            focus = QApplication.focusWidget()
            assert isinstance(focus, QPushButton)
            assert focus.accessibleName() == f"Modifier «\u202f{words} et plus\u202f»"
