"""The same actions as a board and as a calendar, by keyboard: what moves, what is refused, where
the focus goes."""

import uuid
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from desktop.base.paths import Home
from desktop.commands.actions import create_action
from desktop.commands.records import add_record
from desktop.models.states import POLITIQUE_DE_LA_VILLE, ActionState
from desktop.queries.action_filters import ActionFilter, filtered_actions
from desktop.queries.actions import actions_of
from desktop.ui.actions.board import CARD, BoardColumn
from desktop.ui.actions.filters import ActionFilters
from desktop.ui.actions.similar import SimilarStrip
from desktop.ui.actions.workspace import ActionsWorkspace
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.window import settle, shown


def press(widget: QWidget, key: Qt.Key,
          held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, held)
    settle()


def screen_of(window: MainWindow) -> ActionsWorkspace:
    window.go("actions")
    settle()
    screen = window.current
    assert isinstance(screen, ActionsWorkspace)
    return screen


def titles(column: BoardColumn) -> list[str]:
    return [row.title for row in column.list.cards.rows]


def state_of(vault: Vault, action: uuid.UUID) -> str:
    (row,) = vault.ask(lambda session: actions_of(session, action_id=action))
    return row.state


def test_an_action_moves_along_the_board_and_back(vault: Vault, home: Home) -> None:
    idea = vault.do(create_action, "Écrire l’affiche", state=ActionState.IDEA)
    vault.do(create_action, "Relancer la mairie", state=ActionState.UNDER_WAY)
    with shown(home, vault) as window:
        screen = screen_of(window)
        press(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
        assert screen.view == "board" and [titles(column) for column in screen.board.columns] == [
            ["Écrire l’affiche"], [], [], ["Relancer la mairie"], []]
        screen.board.columns[0].list.choose(idea)
        screen.board.columns[0].list.setFocus()
        focused = QApplication.focusWidget()
        assert focused is not None
        press(focused, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
        settle()
        assert (state_of(vault, idea) == ActionState.PROPOSED
                and titles(screen.board.columns[1]) == ["Écrire l’affiche"])
        assert screen.board.columns[1].list.hasFocus() and screen.board.chosen().id == idea  # type: ignore[union-attr]
        vault.undo()
        settle()
        assert titles(screen.board.columns[0]) == ["Écrire l’affiche"]
        screen.board.columns[0].list.setFocus()
        press(screen.board.columns[0].list, Qt.Key.Key_Right)
        assert screen.board.columns[3].list.hasFocus(), "empty columns are passed over"
        press(screen.board.columns[3].list, Qt.Key.Key_Return)
        settle()
        assert (screen.view == "list"
                and screen.register.table.current_row().title == "Relancer la mairie")


def test_what_lacks_an_accord_comes_back_and_says_so(vault: Vault, home: Home) -> None:
    paid = vault.do(create_action, "Former les agents", state=ActionState.TO_VALIDATE,
                    funding=POLITIQUE_DE_LA_VILLE)
    with shown(home, vault) as window:
        screen = screen_of(window)
        screen.show_view(1)
        waiting, running = screen.board.columns[2:4]
        assert "manquent les deux" in waiting.list.cards.words(waiting.list.cards.rows[0])
        screen.board.move_chosen(1)
        settle()
        assert state_of(vault, paid) == ActionState.TO_VALIDATE and titles(running) == []
        assert ("accord de l’État manque" in waiting.list.cards.refusals[paid]
                or waiting.list.cards.refusals[paid])
        assert (waiting.list.cards.refusals[paid]
                in waiting.list.cards.words(waiting.list.cards.rows[0]))
        assert waiting.list.hasFocus()
        screen.board.move_chosen(-1)
        settle()
        assert state_of(vault, paid) == ActionState.PROPOSED and not waiting.list.cards.refusals


def test_a_card_is_dropped_into_another_state(vault: Vault, home: Home) -> None:
    idea = vault.do(create_action, "Écrire l’affiche", state=ActionState.IDEA)
    with shown(home, vault) as window:
        screen = screen_of(window)
        screen.show_view(1)
        for carried, state in ((b"no id", ActionState.IDEA), (uuid.uuid4().bytes, ActionState.IDEA),
                               (idea.bytes, ActionState.UNDER_WAY)):
            mime = QMimeData()
            mime.setData(CARD, carried)
            event = QDropEvent(QPointF(QPoint(5, 5)), Qt.DropAction.MoveAction, mime,
                               Qt.MouseButton.LeftButton,
                               Qt.KeyboardModifier.NoModifier)
            screen.board.columns[3].list.dropEvent(event)
            settle()
            assert state_of(vault, idea) == state


def test_the_calendar_goes_by_keys_to_what_is_due(vault: Vault, home: Home) -> None:
    with shown(home, vault) as window:
        screen = screen_of(window)
        today = screen.desk.today()
        due = today + timedelta(days=8)
        action = vault.do(create_action, "Relancer la mairie", due_on=due.isoformat())
        vault.do(create_action, "Un jour peut-être")
        settle()
        screen.show_view(2)
        settle()
        days, calendar = screen.calendar.days, screen.calendar
        assert days.day == due, "the action that was read leads to its day"
        press(days, Qt.Key.Key_Home)
        assert days.day == today
        press(days, Qt.Key.Key_Down)
        press(days, Qt.Key.Key_Right)
        assert days.day == due and days.month.first == due.replace(day=1)
        assert [row.title for row in calendar.list.cards.rows] == ["Relancer la mairie"]
        assert [row.title for row in calendar.undated.cards.rows] == ["Un jour peut-être"]
        press(days, Qt.Key.Key_PageDown)
        assert days.month.first == (due.replace(day=1) + timedelta(days=32)).replace(day=1)
        press(days, Qt.Key.Key_PageUp)
        days.go_to(due)
        press(days, Qt.Key.Key_Return)
        assert calendar.list.hasFocus()
        press(calendar.list, Qt.Key.Key_Return)
        settle()
        assert screen.view == "list" and screen.register.table.current_row().id == action


@pytest.mark.parametrize(("day", "months", "then"), [
    (date(2026, 1, 31), 1, date(2026, 2, 28)), (date(2026, 1, 1), -1, date(2025, 12, 1)),
    (date(2026, 12, 31), 1, date(2027, 1, 31))])
def test_months_turn_to_a_day_that_they_have(vault: Vault, home: Home, day: date, months: int,
                                             then: date) -> None:
    with shown(home, vault) as window:
        days = screen_of(window).calendar.days
        days.go_to(day)
        days.turn(months)
        assert days.day == then


def test_filters_are_kept_and_each_is_taken_away(vault: Vault, home: Home) -> None:
    house = vault.do(add_record, "organisation", {"name": "Maison des femmes"})
    vault.do(create_action, "Écrire l’affiche", owner_organisation_id=str(house),
             communes=["59392"])
    vault.do(create_action, "Former les agents", funding=POLITIQUE_DE_LA_VILLE)
    with shown(home, vault) as window:
        screen = screen_of(window)
        press(window, Qt.Key.Key_F,
              Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        filters = screen.filters
        assert filters.panel.isVisible()
        assert {name: choice.count() for name, choice in filters.choices.items()} == {
            "axis": 1, "state": 8, "owner": 1, "organisation": 2, "place": 2, "funding": 2,
            "awaited": 3}
        filters.choices["organisation"].set_value(str(house))
        settle()
        assert [row.title for row in screen.register.table.rows._shown] == ["Écrire l’affiche"]
        assert ActionFilters(screen.desk).wanted.kept == {
            "organisation": str(house)}, "kept for the next time"
        screen.filters._drop("organisation")
        settle()
        assert screen.register.table.rows.rowCount() == 2


def test_each_filter_asks_for_what_it_says(vault: Vault) -> None:
    house = vault.do(add_record, "organisation", {"name": "Maison des femmes"})
    one = vault.do(create_action, "Écrire l’affiche", owner_organisation_id=str(house),
                   communes=["59392"])
    two = vault.do(create_action, "Former les agents")
    vault.do(add_record, "action_funding",
             {"action_id": str(two), "source": POLITIQUE_DE_LA_VILLE, "cents": 100})

    def found(**asked: str) -> set[uuid.UUID]:
        wanted = ActionFilter(date(2026, 3, 2), None).asking(**asked)
        return {row.id for row in vault.ask(filtered_actions, wanted)}

    assert found() == {one, two}
    assert found(organisation=str(house)) == found(place="59392") == {one}
    assert (found(funding=POLITIQUE_DE_LA_VILLE) == found(awaited="etat") == found(awaited="agglo")
            == {two})
    assert found(place="59000") == found(which="late") == found(which="mine") == set()


def test_what_exists_is_shown_while_a_title_is_typed(vault: Vault, home: Home) -> None:
    there = vault.do(create_action, "Formation du personnel d’accueil communal à l’écoute",
                     state=ActionState.DONE)
    with shown(home, vault) as window:
        screen = screen_of(window)
        screen.new()
        settle()
        assert screen.register.form is not None
        line = screen.register.form.fields["title"]
        strip = screen.register.form.findChild(SimilarStrip)
        assert strip is not None and not strip.found
        line.setFocus()
        QTest.keyClicks(line, "Former les agents d'accueil des mairies")
        settle()
        assert [one.id for one in strip.found] == [there]
        link = next(made for made in strip.findChildren(QPushButton) if made.isVisible())
        assert "faite" in link.text().lower()
        link.click()
        settle()
        assert screen.register.table.current_row().id == there
        assert screen.draft() is not None, "what was typed waits"
