"""What a colleague does meanwhile moves nothing under the hands of who works: the cases that were
seen to."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from desktop.commands.meetings import add_agenda_item, add_decision, expect_people, mark_attendance
from desktop.commands.notes import write_notes
from desktop.commands.records import add_record, delete_record, edit_record
from desktop.queries.follow_up import follow_up_of
from desktop.queries.meetings.rows import decisions_of, meeting_detail, roll_call_of
from desktop.ui.jobs.lanes import Lane
from desktop.ui.meetings.decisions_card import DecisionLine
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.day import TODAY
from tests.ui.collective import Small
from tests.window import press, settle, type_into

News = Callable[..., None]


@pytest.fixture
def news(qtbot: QtBot, window: MainWindow, vault: Vault) -> News:
    """Does a command as an exchange would: in another thread, told at its end."""

    def bring(command: Callable[..., Any], *arguments: Any) -> None:
        ended: list[object] = []
        window.jobs.run(Lane.EXCHANGE, lambda: vault.do(command, *arguments), ended.append,
                        owner=window)
        qtbot.waitUntil(lambda: bool(ended))
        settle()

    return bring


def meeting_screen(window: MainWindow, small: Small, tab: int) -> MeetingsWorkspace:
    window.go("meetings", small.meeting)
    settle()
    screen = window.current
    assert isinstance(screen, MeetingsWorkspace)
    screen.show_tab(tab)
    settle()
    return screen


def test_the_namesake_who_was_chosen_stays_chosen(window: MainWindow, vault: Vault, small: Small,
                                                  news: News) -> None:
    # The two Jean MARTIN stand at 5 and 6; nobody called them yet.
    vault.do(expect_people, small.meeting, list(small.people))
    for person in small.people:
        vault.do(mark_attendance, small.meeting, person, "attendu")
    panel = meeting_screen(window, small, 1).session.roll_call
    panel.field.setFocus()
    type_into(panel.field, "martin")
    settle()
    press(panel.field, Qt.Key.Key_Down)
    chosen = panel.people.rows[panel.list.currentIndex().row()].person_id
    other = next(person for person in small.people[5:7] if person != chosen)
    news(mark_attendance, small.meeting, small.people[0], "present")
    news(mark_attendance, small.meeting, other, "excuse")
    assert panel.field.text() == "martin" and panel.field.hasFocus()
    press(panel.field, Qt.Key.Key_Return)
    settle()
    states = {row.person_id: row.state for row in vault.ask(roll_call_of, small.meeting)}
    assert (states[chosen], states[other]) == ("present", "excuse")


def test_enter_marks_nobody_else_when_the_chosen_line_has_gone(window: MainWindow, vault: Vault,
                                                               small: Small,
                                                               news: News) -> None:
    vault.do(expect_people, small.meeting, list(small.people))
    for person in small.people:
        vault.do(mark_attendance, small.meeting, person, "attendu")
    panel = meeting_screen(window, small, 1).session.roll_call
    panel.field.setFocus()
    type_into(panel.field, "martin")
    settle()
    press(panel.field, Qt.Key.Key_Down)
    gone = panel.people.rows[panel.list.currentIndex().row()]
    news(delete_record, gone.id)
    before = {row.person_id: row.state for row in vault.ask(roll_call_of, small.meeting)}
    press(panel.field, Qt.Key.Key_Return)
    settle()
    assert {row.person_id: row.state for row in vault.ask(roll_call_of, small.meeting)} == before
    assert panel.field.text() == "martin"


def test_a_title_that_is_being_typed_stays_while_a_colleague_changes_the_agenda(
    window: MainWindow, vault: Vault, small: Small,
                                                                                news: News) -> None:
    agenda = meeting_screen(window, small, 0).preparation.agenda
    first, second, third = list(agenda.lines)
    field = agenda.lines[second].title
    field.setFocus()
    field.setCursorPosition(0)
    type_into(field, "Nouveau ")
    news(add_agenda_item, small.meeting, "Point d’un collègue")
    news(edit_record, first, {"title": "Autre bilan", "minutes": 12})
    news(edit_record, second, {"title": "Parcours vu par un collègue"})
    news(delete_record, third)
    assert (agenda.lines[second].title is field and field.hasFocus()
            and field.cursorPosition() == len("Nouveau "))
    assert field.text() == "Nouveau Parcours d’orientation vers le délégué"
    assert (agenda.lines[first].title.text() == "Autre bilan"
            and agenda.lines[first].minutes.value() == 12)
    press(field, Qt.Key.Key_Return)
    settle()
    detail = vault.ask(meeting_detail, small.meeting)
    assert detail is not None and field.text() in [item.title for item in detail.agenda]


def test_notes_being_typed_stay_while_the_agenda_changes_around_them(window: MainWindow,
                                                                     vault: Vault, small: Small,
                                                                     news: News) -> None:
    screen = meeting_screen(window, small, 1)
    section = screen.session.sections[1]
    section.edit.setFocus()
    type_into(section.edit, "La permanence")
    news(add_agenda_item, small.meeting, "Point d’un collègue")
    assert section.item_id is not None
    news(edit_record, section.item_id, {"title": "Parcours revu"})
    assert screen.session.sections[1] is section and section.edit.hasFocus()
    type_into(section.edit, " du mardi")
    assert section.edit.toPlainText().startswith("La permanence du mardi")
    assert len(screen.session.sections) == 5


@pytest.fixture
def voted(window: MainWindow, vault: Vault, small: Small) -> tuple[DecisionLine, uuid.UUID]:
    """The line of a decision taken by vote, in the follow-up of a meeting whose session is over."""
    decision = vault.do(add_decision, small.meeting, "Une permanence de plus")
    vault.do(edit_record, decision, {"how": "vote"})
    vault.do(edit_record, small.meeting, {"state": "projet"})
    screen = meeting_screen(window, small, 2)
    (line,) = [made for made in screen.follow_up.findChildren(DecisionLine)
               if made.decision.id == decision]
    return line, decision


def test_votes_are_typed_one_after_the_other(window: MainWindow, vault: Vault,
                                             voted: tuple[DecisionLine, uuid.UUID]) -> None:
    line, decision = voted
    line.votes["votes_for"].setFocus()
    for votes in ("12", "3", "1"):
        field = QApplication.focusWidget()
        assert isinstance(field, QSpinBox)
        field.selectAll()
        type_into(field, votes)
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
        settle()
    row = next(row for row in vault.ask(decisions_of, line.decision.meeting_id)
               if row.id == decision)
    assert (row.votes_for, row.votes_against, row.votes_abstained) == (12, 3, 1)


def test_a_vote_that_is_being_typed_stays_while_a_colleague_counts_another(
        window: MainWindow, voted: tuple[DecisionLine, uuid.UUID], news: News) -> None:
    line, decision = voted
    field = line.votes["votes_for"]
    field.setFocus()
    field.selectAll()
    type_into(field, "1")
    news(edit_record, decision, {"votes_against": 4})
    assert line.votes["votes_for"] is field and field.hasFocus() and field.text() == "1"
    type_into(field, "2")
    assert field.text() == "12" and line.votes["votes_against"].value() == 4


def test_an_arrow_in_a_choice_leaves_the_hand_in_it(window: MainWindow, vault: Vault,
                                                    voted: tuple[DecisionLine, uuid.UUID]) -> None:
    line, decision = voted
    line.how.setFocus()
    for _turn in range(2):
        press(line.how, Qt.Key.Key_Up)
        settle()
        assert QApplication.focusWidget() is line.how
    row = next(row for row in vault.ask(decisions_of, line.decision.meeting_id)
               if row.id == decision)
    assert row.how == (line.how.value() or "") != "vote"


def test_a_point_that_is_settled_says_so_at_once(window: MainWindow, vault: Vault,
                                                 small: Small) -> None:
    vault.do(write_notes, small.meeting, None, ["? Qui tient la permanence ?"])
    vault.do(edit_record, small.meeting, {"state": "projet"})
    screen = meeting_screen(window, small, 2)

    def named(words: str) -> list[QPushButton]:
        return [made for made in screen.follow_up.findChildren(QPushButton)
                if made.isVisible() and words in made.text()]

    (settled,) = named("Réglé")
    settled.setFocus()
    settled.click()
    settle()
    assert named("Réglé") == [] and len(named("Rouvrir")) == 1
    found = vault.ask(follow_up_of, small.meeting, TODAY)
    assert found is not None and found.points[0].settled_on is not None


# the list below the field, under the offscreen platform
@pytest.mark.qt_log_ignore("This plugin does not support")
def test_letters_of_a_person_to_expect_stay_while_people_come_in(window: MainWindow, vault: Vault,
                                                                 small: Small,
                                                                 news: News) -> None:
    vault.do(edit_record, small.meeting, {"state": "convoquee"})
    vault.do(add_record, "person", {"given_name": "Rose", "family_name": "Yvon"})
    for row in vault.ask(roll_call_of, small.meeting):
        vault.do(delete_record, row.id)
    chooser = meeting_screen(window, small, 0).preparation.chooser
    line = chooser.lineEdit()
    chooser.setFocus()
    if line is None:
        pytest.fail("twelve people and more are searched by typing")
    line.selectAll()
    type_into(line, "wój")
    news(expect_people, small.meeting, [small.people[0]])
    assert QApplication.focusWidget() in (chooser, line) and line.text().startswith("wój")
    press(line, Qt.Key.Key_Return)
    settle()
    assert small.people[11] in [row.person_id for row in vault.ask(roll_call_of, small.meeting)]
