"""A training of two days: each half-day has its own roll-call; and the signed sheet is copied line
by line."""

import uuid
from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.base.dates.stored import stored_moment
from desktop.base.paths import Home
from desktop.commands.meetings import create_meeting
from desktop.models.half_days import half_days
from desktop.queries.commitments import commitments_of
from desktop.queries.documents.sheet import sheet_of
from desktop.queries.meetings.rows import meeting_detail
from desktop.reports import REPORTS
from desktop.ui.meetings.roll_call.attendance import AttendancePanel
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.vault import Vault
from tests.day import TODAY
from tests.ui.collective import Small, fill
from tests.window import press, settle, shown, type_into

DAYS = ("2026-03-12T09:00", "2026-03-13T16:30")
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize(("starts", "ends", "codes"), [
    (*DAYS, ["2026-03-12 am", "2026-03-12 pm", "2026-03-13 am", "2026-03-13 pm"]),
    ("2026-03-12T14:00", "2026-03-12T17:00", ["2026-03-12 pm"]),
    ("2026-03-12T09:00", "2026-03-12T12:30", ["2026-03-12 am"]),
    ("2026-03-12T14:00", "2026-03-13T12:00", ["2026-03-12 pm", "2026-03-13 am"]),
    ("2026-03-12T09:00", None, ["2026-03-12 am"]), (None, None, [])])
def test_the_half_days_of_a_training(starts: str | None, ends: str | None,
                                     codes: list[str]) -> None:
    assert [one.code for one in half_days(stored_moment(starts), stored_moment(ends))] == codes


@pytest.fixture
def small(vault: Vault) -> Small:
    return fill(vault)


@pytest.fixture
def training(vault: Vault, small: Small) -> uuid.UUID:
    return vault.do(create_meeting, group_id=small.group, title="Repérer une discrimination",
                    kind="formation",
                    starts_at=DAYS[0], ends_at=DAYS[1])


@pytest.fixture
def panel(qtbot: QtBot, vault: Vault, home: Home, training: uuid.UUID) -> Iterator[AttendancePanel]:
    with shown(home, vault) as window:
        window.go("meetings", training)
        screen = window.current
        assert isinstance(screen, MeetingsWorkspace)
        screen.show_tab(1)
        settle()
        yield screen.session.roll_call


def _slots(vault: Vault, training: uuid.UUID) -> dict[str, list[str]]:
    sheet = vault.ask(sheet_of, training, TODAY)
    names = {person.id: person.family for person in sheet.people}
    found: dict[str, list[str]] = {}
    for (person, slot), state in sheet.half_days.items():
        found.setdefault(slot, []).append(f"{names[person]} {state}")
    return {slot: sorted(words) for slot, words in found.items()}


def test_each_half_day_is_called_by_itself(vault: Vault, training: uuid.UUID,
                                           panel: AttendancePanel) -> None:
    assert (panel.half_days.isVisible()
            and panel.half_days.chosen == half_days(stored_moment(DAYS[0]), None)[0])
    type_into(panel.field, "ben\n")
    type_into(panel.field, "+ ZOLA Émile, Les Passerelles\n")
    settle()
    press(panel.field, Qt.Key.Key_PageDown, CONTROL)
    assert panel.half_days.chosen is not None and panel.half_days.chosen.code == "2026-03-12 pm"
    type_into(panel.field, "ben x\n")
    type_into(panel.field, "lef v\n")
    settle()
    assert _slots(vault, training) == {"2026-03-12 am": ["Benali present", "ZOLA present"],
                                       "2026-03-12 pm": ["Benali absent", "Lefèvre distance"]}
    detail = vault.ask(meeting_detail, training)
    assert detail is not None
    came = {row.family_name: row.state for row in detail.attendance if row.state != "attendu"}
    assert came == {"Benali": "present", "ZOLA": "present", "Lefèvre": "distance"}
    press(panel.field, Qt.Key.Key_PageUp, CONTROL)
    assert {row.family_name for row in panel.people.rows
            if row.state == "present"} == {"Benali", "ZOLA"}


def test_trained_and_attested_follow_from_the_half_days(vault: Vault, small: Small,
                                                        training: uuid.UUID,
                                                        panel: AttendancePanel) -> None:
    before = vault.ask(commitments_of, small.people[0], date(2026, 3, 20))
    type_into(panel.field, "ben\n")
    settle()
    after = vault.ask(commitments_of, small.people[0], date(2026, 3, 20))
    assert before is not None and after is not None and after.trained == before.trained + 1
    type_into(panel.field, "ben e\n")
    settle()
    undone = vault.ask(commitments_of, small.people[0], date(2026, 3, 20))
    assert undone is not None and undone.trained == before.trained
    assert REPORTS["attestations"].draw(
        vault.ask(REPORTS["attestations"].query, training, TODAY)).startswith(b"%PDF")


def test_a_half_day_is_undone_with_what_follows_from_it(vault: Vault, training: uuid.UUID,
                                                        panel: AttendancePanel) -> None:
    before = vault.ask(meeting_detail, training)
    type_into(panel.field, "ben\n")
    settle()
    assert _slots(vault, training)
    panel.field.setFocus()
    QTest.keyClick(panel.window().windowHandle(), Qt.Key.Key_Z, CONTROL)
    settle()
    assert vault.ask(meeting_detail, training) == before and _slots(vault, training) == {}


def test_the_signed_sheet_is_copied_line_by_line(vault: Vault, training: uuid.UUID,
                                                 panel: AttendancePanel) -> None:
    panel.paper.setFocus()
    press(panel.paper, Qt.Key.Key_Space)
    settle()
    assert (panel.list.hasFocus() and [row.number for row in panel.people.rows]
            == list(range(1, panel.people.rowCount() + 1)))
    press(panel.list, Qt.Key.Key_Space)
    press(panel.list, Qt.Key.Key_X)
    type_into(panel.list, "10")
    press(panel.list, Qt.Key.Key_Space)
    settle()
    signed = {row.number: (row.state, row.signed) for row in panel.people.rows
              if row.state != "attendu"}
    assert signed == {1: ("present", True), 2: ("absent", False), 10: ("present", True)}
    type_into(panel.list, "1")
    panel.list.setCurrentIndex(panel.people.index(0, 0))
    press(panel.list, Qt.Key.Key_Space)
    settle()
    assert (panel.people.rows[0].state, panel.people.rows[0].signed) == ("attendu", False)


def test_a_meeting_without_half_days_shows_none(qtbot: QtBot, vault: Vault, home: Home,
                                                small: Small) -> None:
    with shown(home, vault) as window:
        window.go("meetings", small.meeting)
        settle()
        screen = window.current
        assert (isinstance(screen, MeetingsWorkspace)
                and not screen.session.roll_call.half_days.isVisible())
