"""Notes between laptops: a restricted line travels in its own channel alone, and typing loses to no
exchange."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from desktop.commands.meetings import create_meeting
from desktop.commands.notes import record_from_line, turn_record, write_notes
from desktop.models.notes import Embed
from desktop.queries.actions import actions_of
from desktop.queries.documents.sheet import minutes_of
from desktop.queries.meetings.notes import notes_of
from desktop.queries.meetings.rows import decisions_of
from desktop.queries.records import list_records
from desktop.vault import Vault
from desktop.vault.search.index import search
from tests.day import TODAY
from tests.sync.laptops import Laptops


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Laptops]:
    made = Laptops(tmp_path)
    yield made
    made.close()


def meeting_on(vault: Vault) -> uuid.UUID:
    return vault.do(create_meeting, group_id=None, title="Séance", kind="atelier",
                    starts_at="2026-11-03T14:00")


def everything(vault: Vault) -> bytes:
    """All values of all tables, whatever they are, in small letters."""
    def read(session: Session) -> bytes:
        connection = session.connection()
        names = [row[0]
                 for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type "
                                                       "= 'table'")]
        return b"".join(value if isinstance(value, bytes) else str(value).encode()
                        for name in names for row
                        in connection.exec_driver_sql(f'SELECT * FROM "{name}"') for value in row)
    return vault.ask(read).lower()


def text_on(vault: Vault, meeting: uuid.UUID) -> list[object]:
    return list(vault.ask(notes_of, meeting)[None].segments)


def test_a_restricted_line_reaches_secretaries_alone(laptops: Laptops) -> None:
    meeting = meeting_on(laptops.founder)
    action = laptops.founder.do(record_from_line, meeting, None, "action", "Zygomatique", "interne")
    laptops.founder.do(write_notes, meeting, None,
                       ["Bonjour\n~ La ZYGOMATIQUE pleure\n~ ", Embed("action", action), "\nFin"])
    laptops.sync(laptops.founder)
    member, secretary = laptops.join("member"), laptops.join("secretary", "secretariat")
    for vault in (laptops.founder, member, secretary):
        laptops.sync(vault)
    assert text_on(secretary, meeting) == text_on(laptops.founder, meeting)
    assert ([a.title for a in secretary.ask(actions_of)] == ["Zygomatique"]
            and secretary.ask(search, "zygomatique"))
    assert member.ask(actions_of) == [] and member.ask(search, "zygomatique") == []
    assert "ygomatique" not in repr(text_on(member, meeting)).lower()
    assert member.ask(minutes_of, meeting, "diffusion", TODAY).withheld == 2
    assert b"zygomatique" not in everything(member) and b"bonjour" in everything(member)
    assert b"zygomatique" in everything(secretary)


def test_a_line_restricted_before_the_exchange_never_leaves(laptops: Laptops) -> None:
    meeting = meeting_on(laptops.founder)
    action = laptops.founder.do(record_from_line, meeting, None, "action", "Zygomatique", "commun")
    laptops.founder.do(write_notes, meeting, None, ["Le zygomatique\n", Embed("action", action)])
    known = laptops.founder.ask(notes_of, meeting)[None].known
    laptops.founder.do(write_notes, meeting, None,
                       ["~ Le zygomatique\n~ ", Embed("action", action)], known)
    member = laptops.join("member")
    laptops.sync(laptops.founder)
    laptops.sync(member)
    assert b"zygomatique" not in everything(member)
    assert [a.title for a in laptops.founder.ask(actions_of)] == ["Zygomatique"]


def test_what_comes_while_one_types_is_not_typed_over(laptops: Laptops) -> None:
    meeting = meeting_on(laptops.founder)
    laptops.founder.do(write_notes, meeting, None, ["Un\n? Qui paie"])
    laptops.sync(laptops.founder)
    second = laptops.join("second", "secretariat")
    laptops.sync(second)
    seen = second.ask(notes_of, meeting)[None].known
    laptops.founder.do(write_notes, meeting, None,
                       ["Un, et la suite\n? Qui paie la salle\n~ Secret"])
    laptops.sync(laptops.founder)
    laptops.sync(second)
    # The second screen still showed what it had read before that exchange.
    second.do(write_notes, meeting, None, ["Accueil. Un\n? Qui paie"], seen)
    for vault in (second, laptops.founder, second):
        laptops.sync(vault)
    assert text_on(second, meeting) == text_on(laptops.founder, meeting) == \
        ["Accueil. Un, et la suite\n? Qui paie la salle\n~ Secret"]


def test_an_action_becomes_a_decision_and_comes_back_with_its_history(laptops: Laptops) -> None:
    vault = laptops.founder
    meeting = meeting_on(vault)
    action = vault.do(record_from_line, meeting, None, "action", "Écrire", "commun", None,
                      "2026-12-01")
    decision, words = vault.do(turn_record, action, "decision")
    assert words == "Écrire" and [d.id for d in vault.ask(decisions_of, meeting)] == [decision]
    assert vault.ask(actions_of, None, meeting) == []
    back, _words = vault.do(turn_record, decision, "action")
    (found,) = vault.ask(actions_of, None, meeting)
    assert (found.id, back) == (action, action) and str(found.due_on) == "2026-12-01"
    again, _words = vault.do(turn_record, action, "decision")
    assert again == decision
    none, words = vault.do(turn_record, decision, "text")
    assert none is None and vault.do(record_from_line, meeting, None, "decision", words,
                                     "commun") == decision
    assert len(vault.ask(list_records, "decision")) == 1
