"""Meetings as they never should be: 400 people, 80 points, 200,000 characters, wrong dates, pasted
tables, any script."""

import shutil
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.collective import found_records
from desktop.commands.meetings import (
    add_agenda_item,
    create_meeting,
    expect_people,
    mark_attendance,
)
from desktop.commands.records import add_record
from desktop.queries.meetings.notes import notes_of
from desktop.queries.meetings.rows import meeting_detail, meetings_of
from desktop.reports import REPORTS
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.ui.widgets.fields.dates import MomentField
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.day import TODAY
from tests.reports import papers
from tests.window import settle, shown, type_into

MANY, POINTS, LONG = 400, 80, 200_000
FAMILIES = ("Benali", "Lefèvre", "Kaczmarek", "Wójcik", "Châtaigne", "Martin", "Dumont",
            "El Amrani", "Haddad", "Nguyễn",
            "Œuvrard", "de La Rochefoucauld", "O’Connor", "Şahin", "Traoré", "Vandenberghe",
            "Iglésias", "Quénot", "Ürgüp",
            "Zola", "Abbas", "Bonnet", "Caron", "Delattre", "Étienne", "Fontaine", "Gallet",
            "Hubert", "Jacquet",
            "Kone", "Lambert", "Morel", "Noël", "Okoye", "Petit", "Rousseau", "Simon", "Tellier",
            "Urban", "Vasseur")
SECONDS_A_KEY, SECONDS_A_NAME = 0.28, 0.5
"""How long somebody who types without haste takes for a key, and to look at the next person who
comes in."""


@pytest.fixture
def crowd(vault: Vault) -> uuid.UUID:
    vault.do(found_records, "valenciennes-metropole", "Collectif d’essai")

    def command(session: Any) -> uuid.UUID:
        people = [
            add_record(session, "person",
                       {"given_name": f"{'ABCDEFGHIJ'[n // 40]}lix",
                        "family_name": FAMILIES[n % 40]})
                  for n in range(MANY)]
        meeting = create_meeting(session, group_id=None, title="Assemblée", kind="pleniere",
                                 starts_at="2026-11-03T14:00",
                                 ends_at="2026-11-03T18:00")
        expect_people(session, meeting, people)
        return meeting
    return vault.do(command)


@pytest.fixture
def window(qtbot: QtBot, vault: Vault, home: Home) -> Iterator[MainWindow]:
    with shown(home, vault) as made:
        yield made


def _screen(window: MainWindow, meeting: uuid.UUID | None = None,
            tab: int = 1) -> MeetingsWorkspace:
    window.go("meetings", meeting)
    screen = window.current
    assert isinstance(screen, MeetingsWorkspace)
    if meeting is not None:
        screen.show_tab(tab)
    settle()
    return screen


def test_thirty_people_within_a_minute_in_a_directory_of_four_hundred(vault: Vault,
                                                                      crowd: uuid.UUID,
                                                                      window: MainWindow) -> None:
    everyone = vault.ask(meeting_detail, crowd)
    assert everyone is not None and len(everyone.attendance) == MANY
    expected = [next(row for row in everyone.attendance if row.family_name == family)
                for family in FAMILIES[:30]]
    meeting = vault.do(create_meeting, group_id=None, title="Groupe", kind="atelier",
                       starts_at="2026-11-03T14:00")
    vault.do(expect_people, meeting, [row.person_id for row in expected])
    field = _screen(window, meeting).session.roll_call.field
    keys = 0
    for family in FAMILIES[:30]:
        words = family.split()[-1][:3].lower() + "\n"
        type_into(field, words)
        settle()
        keys += len(words)
    detail = vault.ask(meeting_detail, meeting)
    assert detail is not None and {row.state for row in detail.attendance} == {"present"}
    # What the computer takes for each key is measured by the benchmarks (roll_call_keystroke):
    # milliseconds.
    assert keys * SECONDS_A_KEY + 30 * SECONDS_A_NAME <= 55, keys


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils reads the file")
def test_four_hundred_people_are_ticked_undone_and_printed(vault: Vault, crowd: uuid.UUID,
                                                           window: MainWindow, qtbot: QtBot,
                                                           tmp_path: Any) -> None:
    panel = _screen(window, crowd).session.roll_call
    type_into(panel.field, "*\n")
    settle()
    detail = vault.ask(meeting_detail, crowd)
    assert detail is not None and detail.counted == MANY
    report = REPORTS["attendance_sheet"]
    text = papers.text_of(
        papers.written(tmp_path, report.draw(vault.ask(report.query, crowd, TODAY))))
    assert text.count("lix") == MANY and "400" in text
    panel.field.setFocus()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    def undone() -> bool:
        found = vault.ask(meeting_detail, crowd)
        return found is not None and found.counted == 0

    qtbot.waitUntil(undone)


def test_an_agenda_of_eighty_points_is_shown_and_printed(vault: Vault, window: MainWindow,
                                                         tmp_path: Any) -> None:
    meeting = vault.do(create_meeting, group_id=None, title="Fleuve", kind="pleniere",
                       starts_at="2026-11-03T14:00")
    for number in range(POINTS):
        vault.do(add_agenda_item, meeting, f"Point très long numéro {number} " * 4, minutes=5)
    screen = _screen(window, meeting, 0)
    screen.show_tab(1)
    settle()
    assert len(screen.session.sections) == POINTS + 1
    screen.session.sections[POINTS - 1].edit.setFocus()
    type_into(screen.session.sections[POINTS - 1].edit, "Vu.")
    screen.flush()
    item = screen.session.sections[POINTS - 1].item
    assert item is not None and "Vu." in vault.ask(notes_of, meeting)[item.id].segments
    for kind in ("convocation", "minutes"):
        report = REPORTS[kind]
        assert report.draw(vault.ask(report.query, meeting, TODAY)).startswith(b"%PDF")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils reads the file")
def test_two_hundred_thousand_characters_of_any_script(vault: Vault, window: MainWindow,
                                                       tmp_path: Any) -> None:
    vault.do(found_records, "valenciennes-metropole", "Collectif d’essai")
    meeting = vault.do(create_meeting, group_id=None, title="Fleuve", kind="pleniere",
                       starts_at="2026-11-03T14:00")
    right = vault.do(add_record, "person", {"given_name": "فاطمة", "family_name": "بن علي"})
    vault.do(mark_attendance, meeting, right, "present")
    screen = _screen(window, meeting)
    edit = screen.session.sections[0].edit
    line = "Échanges 👩🏽‍🦱 sur l’accès — مرحبا — שלום — 你好, œuvre n° 12.\n"
    pasted = QMimeData()
    pasted.setText(line * (LONG // len(line)))
    edit.setFocus()
    edit.insertFromMimeData(pasted)
    screen.flush()
    (text,) = vault.ask(notes_of, meeting)[None].segments
    assert (isinstance(text, str) and len(text) >= LONG - len(line) and text.startswith(line)
            and "👩🏽‍🦱" in text)
    type_into(edit, "Fin.")
    screen.flush()
    (text,) = vault.ask(notes_of, meeting)[None].segments
    assert isinstance(text, str) and text.endswith("Fin.")
    report = REPORTS["minutes"]
    said = papers.text_of(
        papers.written(tmp_path, report.draw(vault.ask(report.query, meeting, TODAY))))
    assert said.count("Échanges") == text.count("Échanges") and "Fin." in said
    assert window.current is screen and "بن علي" in screen.session.roll_call.people.rows[0].name


def test_a_table_of_a_web_page_is_pasted_as_its_words(vault: Vault, window: MainWindow) -> None:
    meeting = vault.do(create_meeting, group_id=None, title="Collage", kind="pleniere",
                       starts_at="2026-11-03T14:00")
    edit = _screen(window, meeting).session.sections[0].edit
    clipboard = QApplication.clipboard()
    pasted = QMimeData()
    pasted.setHtml(
        "<table><tr><th>Ville</th><th>Refus</th></tr><tr><td>Denain</td><td>3</td></tr></table>"
                   "<script>alert(1)</script><img src='http://exemple.invalid/x.png'>")
    pasted.setText("Ville\tRefus\nDenain\t3\n")
    clipboard.setMimeData(pasted)
    edit.setFocus()
    edit.paste()
    settle()
    screen = window.current
    assert isinstance(screen, MeetingsWorkspace)
    screen.flush()
    (text,) = vault.ask(notes_of, meeting)[None].segments
    assert text == "Ville\tRefus\nDenain\t3"


@pytest.mark.parametrize(("starts", "ends"),
                         [("2026-11-03T14:00", "2026-11-03T09:00"), (None, "2026-11-03T16:00")])
def test_wrong_times_are_told_and_nothing_is_lost(vault: Vault, window: MainWindow,
                                                  starts: str | None, ends: str) -> None:
    screen = _screen(window)
    screen.new()
    settle()
    form = screen.forms.form
    assert form is not None
    form.set_values({"title": "Séance", "kind": "pleniere", "starts_at": starts, "ends_at": ends})
    screen.forms.save()
    settle()
    assert vault.ask(meetings_of) == [] and screen.forms.form is form
    assert form.values()["title"] == "Séance" and window.messages.isVisible()


def test_a_day_that_no_calendar_has_is_told_and_kept_as_typed(vault: Vault,
                                                              window: MainWindow) -> None:
    screen = _screen(window)
    screen.new()
    settle()
    form = screen.forms.form
    assert form is not None
    form.set_values({"title": "Séance", "kind": "pleniere"})
    field = form.fields["starts_at"]
    assert isinstance(field, MomentField)
    field.date.line.setFocus()
    type_into(field.date.line, "31/02/2026")
    screen.forms.save()
    settle()
    assert (vault.ask(meetings_of) == [] and screen.forms.form is form
            and window.messages.isVisible())
    assert field.date.line.text() == "31/02/2026" and form.values()["title"] == "Séance"
