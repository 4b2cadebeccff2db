"""Whoever types never waits for the vault, and nothing of it is lost: whatever comes while it is
being kept."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.meetings import create_meeting
from desktop.commands.notes import write_notes
from desktop.commands.records import edit_record
from desktop.queries.directory import people_of
from desktop.queries.meetings.notes import Written, notes_of
from desktop.ui.directory.workspace import DirectoryWorkspace
from desktop.ui.meetings.section import Section
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.conftest import PASSPHRASE
from tests.ui.collective import fill
from tests.ui.held import written_elsewhere
from tests.window import settle, shown, type_into


@pytest.fixture
def meeting(vault: Vault) -> uuid.UUID:
    return fill(vault).meeting


@pytest.fixture
def window(vault: Vault, home: Home, meeting: uuid.UUID) -> Iterator[MainWindow]:
    with shown(home, vault) as made:
        made.go("meetings", meeting)
        screen_of(made).show_tab(1)
        settle()
        section_of(made).edit.setFocus()
        yield made


def screen_of(window: MainWindow) -> MeetingsWorkspace:
    screen = window.current
    assert isinstance(screen, MeetingsWorkspace)
    return screen


def section_of(window: MainWindow) -> Section:
    return screen_of(window).session.sections[1]


def text_in(vault: Vault, meeting: uuid.UUID, section: Section) -> str:
    notes = vault.ask(notes_of, meeting).get(section.item_id, Written())
    return "".join(part for part in notes.segments if isinstance(part, str))


def begin(qtbot: QtBot, window: MainWindow, words: str) -> None:
    """Type, until it begins to be kept."""
    type_into(section_of(window).edit, words)
    qtbot.waitUntil(lambda: window.jobs.has_short_tasks)


def test_one_types_on_while_the_vault_is_held(qtbot: QtBot, window: MainWindow, vault: Vault,
                                              meeting: uuid.UUID) -> None:
    section = section_of(window)
    with written_elsewhere(vault) as over:
        begin(qtbot, window, "Nous relançons")
        type_into(section.edit, " la caisse")
        assert "Nous relançons" not in text_in(vault, meeting, section)
        over.set()
        qtbot.waitUntil(lambda: not section.dirty)
    assert "Nous relançons la caisse" in text_in(vault, meeting, section)
    assert "Nous relançons la caisse" in section.edit.toPlainText()


def test_the_lock_waits_for_what_is_being_kept_and_keeps_the_rest(
        qtbot: QtBot, window: MainWindow, vault: Vault, meeting: uuid.UUID) -> None:
    with written_elsewhere(vault) as over:
        begin(qtbot, window, "Nous relançons")
        type_into(section_of(window).edit, " la caisse")
        over.set()
        window.lock()
    assert window.current is None and not vault.is_open
    settle()
    vault.unlock(PASSPHRASE)
    window.show_right_page()
    settle()
    assert "Nous relançons la caisse" in text_in(vault, meeting, section_of(window))
    assert "Nous relançons la caisse" in section_of(window).edit.toPlainText()


def test_what_is_being_kept_stays_in_its_meeting(
        qtbot: QtBot, window: MainWindow, vault: Vault, meeting: uuid.UUID) -> None:
    other = vault.do(create_meeting, group_id=None, title="Plénière", kind="pleniere",
                     starts_at="2026-11-03T14:00")
    settle()
    section = section_of(window)
    item = section.item_id
    with written_elsewhere(vault) as over:
        begin(qtbot, window, "Nous relançons")
        type_into(section.edit, " la caisse")
        over.set()
        screen_of(window).open_record(other)
    settle()
    assert vault.ask(notes_of, other) == {}
    notes = vault.ask(notes_of, meeting)[item]
    assert any(isinstance(part, str) and "Nous relançons la caisse" in part
               for part in notes.segments)
    assert all("Nous relançons" not in one.edit.toPlainText()
               for one in screen_of(window).session.sections)


def test_what_a_colleague_wrote_meanwhile_stays_beside_it(
        qtbot: QtBot, window: MainWindow, vault: Vault, meeting: uuid.UUID) -> None:
    section = section_of(window)
    before = text_in(vault, meeting, section)

    def colleague(session: Any) -> None:
        write_notes(session, meeting, section.item_id, ["Mots du collègue. "], {})

    with written_elsewhere(vault, colleague) as over:
        begin(qtbot, window, "Nous relançons")
        type_into(section.edit, " la caisse")
        over.set()
        qtbot.waitUntil(lambda: not section.dirty)
    settle()
    for text in (text_in(vault, meeting, section), section.edit.toPlainText()):
        assert "Nous relançons la caisse" in text and "Mots du collègue." in text and before in text


def test_what_could_not_be_kept_is_said_and_stays_to_be_kept(
        qtbot: QtBot, window: MainWindow, vault: Vault, meeting: uuid.UUID) -> None:
    section = section_of(window)

    def validated(session: Any) -> None:
        edit_record(session, meeting, {"state": "valide"})

    with written_elsewhere(vault, validated) as over:
        begin(qtbot, window, "Nous relançons")
        over.set()
        qtbot.waitUntil(lambda: not window.jobs.has_short_tasks)
    qtbot.waitUntil(lambda: "Ce compte rendu est validé" in window.messages.text)
    assert section.dirty and "Nous relançons" in section.edit.toPlainText()
    vault.do(edit_record, meeting, {"state": "projet"})
    settle()
    screen_of(window).flush()
    assert "Nous relançons" in text_in(vault, meeting, section)


def test_a_form_is_kept_while_one_types_in_it(qtbot: QtBot, window: MainWindow,
                                              vault: Vault) -> None:
    person = vault.ask(people_of)[0]
    window.go("directory", person.id)
    settle()
    screen = window.current
    assert isinstance(screen, DirectoryWorkspace)
    screen.register.edit(person.id)
    form = screen.register.form
    assert form is not None
    field = form.fields["function"]
    assert isinstance(field, QLineEdit)
    field.clear()
    with written_elsewhere(vault) as over:
        type_into(field, "concilia")
        qtbot.waitUntil(lambda: window.jobs.has_short_tasks)
        type_into(field, "trice")
        assert field.text() == "conciliatrice"
        over.set()
        window.lock()
    vault.unlock(PASSPHRASE)
    window.show_right_page()
    settle()
    screen = window.current
    assert isinstance(screen, DirectoryWorkspace) and screen.register.form is not None
    assert screen.register.form.values()["function"] == "conciliatrice"
