"""Two secretaries in one meeting, offline, then together: nothing is lost, whatever both of them
touched."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.meetings import add_decision, add_walk_in, create_meeting, mark_attendance
from desktop.commands.notes import write_notes
from desktop.commands.records import add_record, edit_record
from desktop.commands.versions import choose_version
from desktop.queries.digest import digest_of
from desktop.queries.meetings.notes import notes_of
from desktop.queries.meetings.rows import decisions_of, meeting_detail
from desktop.queries.versions import TwoVersions, two_versions_of
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.vault import Vault
from tests.sync.laptops import Laptops
from tests.window import press, settle, shown


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Laptops]:
    made = Laptops(tmp_path)
    yield made
    made.close()


def _two(vault: Vault) -> list[TwoVersions]:
    return vault.ask(two_versions_of, vault.identity, "fr")


def _together(laptops: Laptops, *vaults: Vault) -> None:
    for _turn in range(2):
        for vault in vaults:
            laptops.sync(vault)


def _notes(vault: Vault, meeting: uuid.UUID) -> str:
    return "".join(str(segment) for segment in vault.ask(notes_of, meeting)[None].segments)


def _meeting(vault: Vault) -> tuple[uuid.UUID, list[uuid.UUID], uuid.UUID]:
    meeting = vault.do(create_meeting, group_id=None, title="Séance", kind="atelier",
                       starts_at="2026-11-03T14:00")
    people = [vault.do(add_record, "person", {"given_name": given, "family_name": "BENALI"})
              for given in ("Ana", "Bob", "Cléo")]
    for person in people:
        vault.do(mark_attendance, meeting, person, "attendu")
    vault.do(write_notes, meeting, None, ["Bonjour"])
    return meeting, people, vault.do(add_decision, meeting, "Deux permanences")


def test_what_both_did_is_there(laptops: Laptops) -> None:
    one, other = laptops.founder, laptops.join("paul", "secretariat")
    meeting, people, decision = _meeting(one)
    _together(laptops, one, other)
    for vault, who, text in ((one, people[:2], "Le matin\nBonjour"),
                             (other, people[1:], "Bonjour à tous\nLe soir")):
        known = vault.ask(notes_of, meeting)[None].known
        vault.do(write_notes, meeting, None, [text], known)
        for person in who:
            vault.do(mark_attendance, meeting, person, "present")
        vault.do(add_walk_in, meeting, "Zoé", "CHÂTAIGNE", "")
    one.do(edit_record, decision, {"text": "Deux permanences le matin"})
    other.do(edit_record, decision, {"text": "Trois permanences"})
    _together(laptops, one, other)
    assert one.ask(digest_of) == other.ask(digest_of)
    for vault in (one, other):
        assert _notes(vault, meeting) == "Le matin\nBonjour à tous\nLe soir"
        detail = vault.ask(meeting_detail, meeting)
        assert detail is not None
        assert [row.state for row in detail.attendance
                if row.family_name == "BENALI"] == ["present"] * 3
        assert len({row.person_id for row in detail.attendance}) == len(detail.attendance)
        (two,) = _two(vault)
        assert ({wording.text for wording in two.wordings}
                == {"Deux permanences le matin", "Trois permanences"})
        assert (two.wordings[0].text == vault.ask(decisions_of, meeting)[0].text
                and two.wordings[0].in_force)
        assert {wording.by for wording in two.wordings} == {"LEROY Camille", "PAUL Jo"}


@pytest.mark.parametrize("kept", [0, 1])
def test_one_choice_holds_for_both(laptops: Laptops, qtbot: QtBot, home: Home, kept: int) -> None:
    one, other = laptops.founder, laptops.join("paul", "secretariat")
    meeting, _people, decision = _meeting(one)
    _together(laptops, one, other)
    one.do(edit_record, decision, {"text": "Deux permanences le matin"})
    other.do(edit_record, decision, {"text": "Trois permanences"})
    _together(laptops, one, other)
    wanted = _two(one)[0].wordings[kept].text
    with shown(home, one) as window:
        window.go("meetings", meeting)
        screen = window.current
        assert isinstance(screen, MeetingsWorkspace)
        screen.show_tab(2)
        settle()
        button = next(made for made in screen.findChildren(QPushButton)
                      if made.isVisible() and made.accessibleName().startswith("Garder ce texte")
                      and made.accessibleName().endswith(wanted))
        button.setFocus()
        press(button, Qt.Key.Key_Space)
        settle()
        assert _two(one) == [] and one.ask(decisions_of, meeting)[0].text == wanted
        _together(laptops, other)
        assert _two(other) and laptops.sync(one).pushed == 1
        laptops.sync(other)
        assert _two(other) == [] and other.ask(decisions_of, meeting)[0].text == wanted
        assert one.ask(digest_of) == other.ask(digest_of)


def test_two_choices_at_once_wait_again(laptops: Laptops) -> None:
    one, other = laptops.founder, laptops.join("paul", "secretariat")
    meeting, _people, decision = _meeting(one)
    _together(laptops, one, other)
    texts = "Deux permanences le matin", "Trois permanences"
    for vault, text in zip((one, other), texts, strict=True):
        vault.do(edit_record, decision, {"text": text})
    _together(laptops, one, other)
    for vault, text in zip((one, other), texts, strict=True):
        vault.do(choose_version, "decision", decision, "text", text)
    _together(laptops, one, other)
    assert [{w.text for w in two.wordings} for vault in (one, other)
            for two in _two(vault)] == [set(texts)] * 2
    one.do(choose_version, "decision", decision, "text", texts[1])
    _together(laptops, one, other)
    assert _two(one) == _two(other) == []
    assert other.ask(decisions_of, meeting)[0].text == texts[1]
