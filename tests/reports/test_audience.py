"""Restricted lines never reach the minutes to be circulated: through a real vault, whatever the
notes hold."""

import uuid
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from desktop.commands.actions import create_action
from desktop.commands.meetings import add_agenda_item, add_decision, create_meeting
from desktop.commands.notes import ensure_block, write_note, write_notes
from desktop.models.notes import Embed
from desktop.queries.documents.sheet import minutes_of
from desktop.reports.minutes import paper as minutes
from desktop.vault import Vault
from tests.day import TODAY
from tests.reports import papers

SECRET = "zqx"


def meeting(session: Session, notes: list[tuple[str, str, str]]) -> uuid.UUID:
    """A meeting with these notes: (audience, kind, text)."""
    made = create_meeting(session, group_id=None, title="Séance", kind="groupe_de_travail",
                          starts_at="2026-03-12T14:30")
    for number, (audience, kind, text) in enumerate(notes):
        item = add_agenda_item(session, made, f"Point {number}")
        part: Embed | str = text
        if kind == "action":
            part = Embed("action",
                         create_action(session, text, meeting_id=made, agenda_item_id=item))
        elif kind == "decision":
            part = Embed("decision", add_decision(session, made, text, item))
        session.flush()
        if kind == "tilde":
            write_notes(session, made, item,
                        ["Ligne. \n", f"~{'~' * (audience == 'observatoire')} {text}", "\n"])
        else:
            write_note(session, ensure_block(session, made, item, audience),
                       ["Ligne. \n", part, "\n"])
    return made


lines = st.lists(st.tuples(st.sampled_from(("commun", "interne", "observatoire")),
                           st.sampled_from(("text", "action", "decision", "tilde"))), min_size=1,
                 max_size=5)


@settings(max_examples=25, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines)
def test_no_restricted_line_is_circulated(vault: Vault, drawn: list[tuple[str, str]]) -> None:
    notes = [(audience, kind,
              f"{SECRET if audience != 'commun' or kind == 'tilde' else 'clair'}{number}")
             for number, (audience, kind) in enumerate(drawn)]
    made = vault.do(meeting, notes)
    shown = vault.ask(minutes_of, made, "diffusion", TODAY)
    assert SECRET not in repr(shown)
    everything = repr(vault.ask(minutes_of, made, "interne", TODAY))
    assert all((text in everything) == (audience != "observatoire")
               for audience, _kind, text in notes)
    assert all(text in repr(shown) for audience, kind, text in notes
               if audience == "commun" and kind != "tilde")
    restricted = sum(audience != "commun" or kind == "tilde" for audience, kind, _text in notes)
    assert bool(shown.withheld) == bool(restricted)


def test_the_file_itself_holds_no_restricted_word(vault: Vault, tmp_path: Path) -> None:
    made = vault.do(meeting, [("commun", "text", "clair"), ("interne", "action", SECRET),
                              ("observatoire", "text", SECRET)])
    text = papers.text_of(
        papers.written(tmp_path, minutes.draw(vault.ask(minutes_of, made, "diffusion", TODAY))))
    assert "clair" in text and SECRET not in text
    inner = papers.text_of(
        papers.written(tmp_path, minutes.draw(vault.ask(minutes_of, made, "interne", TODAY))))
    assert inner.count(SECRET) >= 1 and "[interne]" in inner


def test_a_restricted_action_stays_out_of_the_next_minutes(vault: Vault) -> None:
    from desktop.commands.records import add_record

    group = vault.do(add_record, "group", {"name": "Groupe", "kind": "groupe_de_travail"})

    def two(session: Session) -> uuid.UUID:
        first = create_meeting(session, group_id=group, title="Une", kind="groupe_de_travail",
                               starts_at="2026-01-12T14:30")
        block = ensure_block(session, first, None, "interne")
        write_note(session, block,
                   [Embed("action", create_action(session, SECRET, meeting_id=first))])
        create_action(session, "clair", meeting_id=first)
        return create_meeting(session, group_id=group, title="Deux", kind="groupe_de_travail",
                              starts_at="2026-03-12T14:30")

    second = vault.do(two)
    assert ([line.text for line in vault.ask(minutes_of, second, "diffusion", TODAY).earlier]
            == ["clair"])
    assert len(vault.ask(minutes_of, second, "interne", TODAY).earlier) == 2


def test_a_missing_meeting_is_said(vault: Vault) -> None:
    from desktop.base.errors import AppError
    with pytest.raises(AppError, match="n’existe pas"):
        vault.ask(minutes_of, uuid.uuid4(), "interne", TODAY)
