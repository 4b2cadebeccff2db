"""When a meeting was held, by window: asked on another day than planned, corrected in the form
until it is validated."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.meetings import create_meeting
from desktop.commands.records import edit_record
from desktop.queries.documents.minutes import minutes_of
from desktop.queries.records import get_record
from desktop.ui.meetings.other_day import OtherDay
from desktop.ui.meetings.session import SessionView
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.vault import Vault
from tests.day import TODAY
from tests.window import settle, shown


def _planned(vault: Vault, days: int) -> tuple[uuid.UUID, datetime]:
    start = datetime.combine(date.today() + timedelta(days=days),
                             datetime.min.time()).replace(hour=14)
    made = vault.do(create_meeting, group_id=None, title="Séance", kind="atelier",
                    expect_members=False,
                    starts_at=start.isoformat(timespec="minutes"),
                    ends_at=(start + timedelta(hours=2)).isoformat(timespec="minutes"))
    return made, start


@pytest.mark.parametrize("answer", ["today", "planned"])
def test_opening_a_meeting_of_another_day_asks_which_day_its_minutes_say(
        qtbot: QtBot, vault: Vault, home: Home, answer: str) -> None:
    meeting, start = _planned(vault, 7)
    with shown(home, vault) as window:
        window.go("meetings", meeting)
        assert isinstance(window.current, MeetingsWorkspace)
        window.current.show_tab(1)
        (session,) = window.current.findChildren(SessionView)
        (question,) = window.current.findChildren(OtherDay)
        session.start_button.click()
        settle()
        assert question.isVisible() and vault.ask(get_record, meeting)["state"] == "brouillon"
        if answer == "planned":
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
        settle()
        assert not question.isVisible() and vault.ask(get_record, meeting)["state"] == "en_seance"
        held = vault.ask(minutes_of, meeting, "diffusion", TODAY).starts_at
        assert (held is not None and held.date()
                == (date.today() if answer == "today" else start.date()))


def test_a_meeting_of_today_opens_at_once(qtbot: QtBot, vault: Vault, home: Home) -> None:
    meeting, _start = _planned(vault, 0)
    with shown(home, vault) as window:
        window.go("meetings", meeting)
        assert isinstance(window.current, MeetingsWorkspace)
        window.current.show_tab(1)
        (session,) = window.current.findChildren(SessionView)
        session.start_button.click()
        settle()
        assert vault.ask(get_record, meeting)["state"] == "en_seance"


def test_the_form_says_when_it_was_held_until_the_minutes_are_validated(qtbot: QtBot, vault: Vault,
                                                                        home: Home) -> None:
    meeting, start = _planned(vault, -3)
    with shown(home, vault) as window:
        window.go("meetings", meeting)
        screen = window.current
        assert isinstance(screen, MeetingsWorkspace)
        screen.edit()
        form = screen.forms.form
        assert form is not None
        early, late = (start + timedelta(hours=hours) for hours in (-1, 3))
        form.set_values({**form.values(), "held_from": late.isoformat(timespec="minutes"),
                              "held_until": early.isoformat(timespec="minutes")})
        screen.forms.save()
        settle()
        assert vault.ask(get_record,
                         meeting)["held_from"] is None, "it cannot be over before it began"
        form.set_values({**form.values(), "held_from": early.isoformat(timespec="minutes"),
                              "held_until": late.isoformat(timespec="minutes")})
        screen.forms.save()
        settle()
        shown_now = vault.ask(minutes_of, meeting, "diffusion", TODAY)
        assert (shown_now.starts_at, shown_now.ends_at) == (early, late)
        vault.do(edit_record, meeting, {"state": "valide"})
        settle()
        screen.edit()
        form = screen.forms.form
        assert form is not None
        assert "held_from" not in form.fields and "place" in form.fields
