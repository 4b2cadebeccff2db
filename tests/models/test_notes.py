"""Notes merge by character, in any order, and what was removed before a package never leaves."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from desktop.base.errors import AppError
from desktop.commands.meetings import create_meeting
from desktop.commands.notes import ensure_block, write_note
from desktop.models.meetings import NoteUpdate
from desktop.models.notes import Embed, edit, segments_of
from desktop.queries.meetings.notes import note_of
from desktop.vault import Vault

TEXTS = st.lists(st.text(alphabet="abé œ\n🙂ش", max_size=12), max_size=6)


@given(TEXTS)
def test_edits_follow_one_another(texts: list[str]) -> None:
    updates: list[bytes] = []
    for text in texts:
        update = edit(updates, [], [text])
        if update is not None:
            updates.append(update)
        assert "".join(str(s) for s in segments_of(updates)) == text
    assert segments_of(list(reversed(updates))) == segments_of(updates)


def test_two_devices_merge_by_character() -> None:
    base = edit([], [], ["Bonjour à tous"])
    assert base is not None
    left = edit([base], [], ["Bonjour à tous et à toutes"])
    right = edit([base], [], ["Chers amis, bonjour : Bonjour à tous"])
    assert left is not None and right is not None
    merged = segments_of([base, left, right])
    assert (merged == segments_of([right, base, left])
            == ["Chers amis, bonjour : Bonjour à tous et à toutes"])


def test_a_name_typed_and_removed_before_a_package_is_in_no_update() -> None:
    one = edit([], [], ["Mme QUETZAL est venue"])
    assert one is not None
    two = edit([], [one], ["Une mère est venue"])
    assert two is not None and b"QUETZAL" not in two
    assert segments_of([two]) == ["Une mère est venue"]


def test_the_vault_keeps_one_update_until_the_next_package(vault: Vault) -> None:
    meeting = vault.do(create_meeting, group_id=None, title="Essai", kind="atelier",
                       starts_at="2026-11-03T14:00")
    block = vault.do(ensure_block, meeting)
    action = Embed("action", uuid.uuid4())
    for text in ("Début", "Début et suite", "Début, suite et fin"):
        assert vault.do(write_note, block, [text, action])
    assert not vault.do(write_note, block, ["Début, suite et fin", action])
    assert vault.ask(note_of, block) == ["Début, suite et fin", action]
    assert len(vault.ask(lambda s: s.query(NoteUpdate).all())) == 1


def test_a_whole_page_pasted_over_another_is_quick_and_exact() -> None:
    one = edit([], [], ["a b c d " * 12_000])
    assert one is not None
    two = edit([one], [], ["x y z " * 15_000])
    assert two is not None and segments_of([one, two]) == ["x y z " * 15_000]


def test_notes_of_a_block_that_is_not_there_are_refused(vault: Vault) -> None:
    try:
        vault.do(write_note, uuid.uuid4(), ["x"])
    except AppError as error:
        assert "Aucune fiche" in error.message
    else:
        raise AssertionError
