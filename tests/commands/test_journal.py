"""The journal of a computer: added to and never changed, chained, with nothing of what records
hold; a hole in it is told."""

import csv
import io
import json
import uuid
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from desktop.base.paths import MIGRATIONS
from desktop.commands.actions import create_action
from desktop.commands.journal import append
from desktop.commands.leaving import let_leave
from desktop.commands.purge import erase_record
from desktop.commands.records import add_record, delete_record
from desktop.models.states import JournalWhat
from desktop.privacy.chain import ALTERED, BEGINNING, MISSING, Break, ChainHead, Link, breaks_of
from desktop.queries.journal import JournalLine, Verified, journal_entries, verified_journal
from desktop.queries.journal_words import fingerprint, how_words, verified_words, what_words
from desktop.sync.trust.links import own_key
from desktop.tasks import documents, shared_folder
from desktop.tasks.exports import export_actions, export_journal
from desktop.tasks.removal import remove_device
from desktop.vault import Vault
from desktop.vault.database import for_writing, open_engine
from tests.day import TODAY
from tests.sync.laptops import Laptops

NAME = "Kaczmarek"


def entries(vault: Vault) -> list[JournalLine]:
    return vault.ask(journal_entries)


def verified(vault: Vault) -> Verified:
    return vault.ask(verified_journal)


def by_hand(vault: Vault, *statements: str) -> None:
    """Somebody with the key of the vault and a tool for databases."""
    def write(session: Session) -> None:
        for statement in statements:
            session.connection().exec_driver_sql(statement)
    vault.do(write)


@pytest.fixture
def written(vault: Vault) -> Vault:
    for number in range(1, 7):
        vault.do(append, JournalWhat.COPIED, "action", count=number)
    return vault


def test_an_entry_says_who_when_what_and_how_many(vault: Vault) -> None:
    person = vault.do(add_record, "person", {"given_name": "Zoé", "family_name": NAME})
    vault.save_identity(replace(vault.identity, person_id=person))
    vault.do(append, JournalWhat.COPIED, "action", count=12)
    (entry,) = entries(vault)
    assert (entry.number, entry.on, entry.what, entry.kind,
            entry.count) == (1, date.today().isoformat(), "copied", "action", 12)
    assert datetime.strptime(entry.at, "%H:%M") and entry.by == "KACZMAREK Zoé"
    assert (what_words(entry), how_words(entry)) == ("Copié", "")


def test_of_what_names_nobody_the_month_alone_is_told(vault: Vault) -> None:
    vault.do(append, JournalWhat.COPIED, "observation", count=3)
    (entry,) = entries(vault)
    assert (entry.on, entry.at) == (date.today().isoformat()[:7], "")


def test_nothing_of_a_record_is_in_it(vault: Vault) -> None:
    made = vault.do(create_action, f"Aider {NAME}")
    vault.do(delete_record, made)
    vault.do(erase_record, made)
    export_actions(vault, date.today(), "fr")
    vault.save_identity(replace(vault.identity, roles=frozenset({"observatoire"})))
    vault.do(let_leave, "observation", 2, "list", "Préparer la saisine")
    said = json.dumps([vars(entry) for entry in entries(vault)])
    assert NAME not in said and [entry.what
                                 for entry in entries(vault)] == ["left", "exported", "erased"]


def test_it_holds_as_it_is_written_and_undo_takes_nothing_out(written: Vault) -> None:
    found = verified(written)
    assert (found.count, found.breaks) == (6, ()) and found.digest == entries(written)[0].digest
    assert ("6 lignes, aucune modifiée" in verified_words(found)
            and fingerprint(found.digest) in verified_words(found))
    written.undo()
    assert verified(written).count == 6
    assert verified_words(Verified(0, BEGINNING.hex(), ())) == "Rien n’est encore écrit ici."


@pytest.mark.parametrize(("statement", "broken"), [
    ("UPDATE journal_entry SET count = 1 WHERE number = 3", Break(3, ALTERED)),
    ("UPDATE journal_entry SET kind = 'person' WHERE number = 1", Break(1, ALTERED)),
    ("UPDATE journal_entry SET \"on\" = '2020-01-01' WHERE number = 6", Break(6, ALTERED)),
    ("UPDATE journal_entry SET by_id = x'00000000000000000000000000000000' WHERE number = 2",
     Break(2, ALTERED)),
    ("DELETE FROM journal_entry WHERE number = 3", Break(3, MISSING)),
    ("DELETE FROM journal_entry WHERE number = 1", Break(1, MISSING)),
    ("DELETE FROM journal_entry WHERE number >= 5", Break(5, MISSING)),
    ("DELETE FROM journal_entry", Break(1, MISSING)),
])
def test_an_entry_that_was_altered_or_cut_out_is_told(written: Vault, statement: str,
                                                      broken: Break) -> None:
    by_hand(written, statement)
    assert broken in verified(written).breaks
    said = verified_words(verified(written))
    assert "ne tient pas" in said and str(broken.number) in said
    # What is written afterwards does not heal it.
    written.do(append, JournalWhat.PRINTED, "minutes")
    assert broken in verified(written).breaks


def test_an_entry_put_between_is_told(written: Vault) -> None:
    by_hand(written, "UPDATE journal_entry SET number = 8 WHERE number = 6",
            "INSERT INTO journal_entry SELECT 6, \"on\", what, how, kind, record_id, 99, parts, "
            "reason, at, by_id, writer, previous FROM journal_entry WHERE number = 5")
    assert verified(written).breaks


@given(st.data(), st.integers(1, 12))
def test_whichever_entry_is_touched_the_chain_says_so(data: st.DataObject, length: int) -> None:
    links: list[Link] = []
    previous = BEGINNING
    for number in range(1, length + 1):
        links.append(Link(number, "2026-11-30", "10:00", "copied", "", "action", None, number, 0,
                          None, None, b"w", previous))
        previous = links[-1].digest()
    head = ChainHead(length, previous)
    assert breaks_of(links, head) == ()
    at = data.draw(st.integers(0, length - 1))
    altered = [replace(link, count=link.count + 1) if number == at else link
               for number, link in enumerate(links)]
    assert Break(at + 1, ALTERED) in breaks_of(altered, head)
    assert Break(at + 1, MISSING) in breaks_of(links[:at] + links[at + 1:], head)


def test_what_leaves_as_a_paper_a_table_or_a_journal_is_written(vault: Vault) -> None:
    meeting = vault.do(add_record, "meeting",
                       {"title": "Séance", "kind": "atelier", "starts_at": "2026-11-03T14:00"})
    documents.make(vault, "attendance_sheet", meeting, TODAY)
    documents.went_out(vault, meeting, object(), "minutes", JournalWhat.PRINTED)
    vault.do(create_action, "Relancer")
    export_actions(vault, date.today(), "fr")
    data, count = export_journal(vault)
    assert [(entry.what, entry.kind, entry.count) for entry in reversed(entries(vault))] == [
        ("saved", "attendance_sheet", 1), ("printed", "minutes", 1), ("exported", "action", 1),
        ("exported", "journal", 1)]
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert (count == 4 and len(rows) == 5 and rows[0][0] == "Numéro"
            and [row[0] for row in rows[1:]] == ["1", "2", "3", "4"])
    assert rows[-1][-1] == verified(vault).digest


def test_a_cell_of_the_export_is_no_formula(vault: Vault) -> None:
    vault.do(append, JournalWhat.LEFT, "observation", reason="=HYPERLINK(1)")
    data, _count = export_journal(vault)
    assert ("'=HYPERLINK(1)" in data.decode("utf-8-sig")
            and ";=HYPERLINK" not in data.decode("utf-8-sig"))


def test_computers_let_in_and_taken_out_and_roles_are_written(tmp_path: Path) -> None:
    laptops = Laptops(tmp_path)
    second = laptops.join("second", "secretariat")
    laptops.sync(second)
    storage = shared_folder.open_store(laptops.founder, None)
    remove_device(laptops.founder, storage, own_key(second))
    assert [(entry.what, entry.how) for entry in reversed(entries(laptops.founder))] == [
        ("let in", "secretariat"), ("removed", "secretariat")]
    assert ([how_words(entry) for entry in entries(laptops.founder)]
            == ["secrétariat", "secrétariat"])
    assert [(entry.what, entry.kind, entry.how)
            for entry in entries(second)] == [("roles", "this computer", "secretariat")]
    assert verified(laptops.founder).breaks == verified(second).breaks == ()
    laptops.close()


def test_what_was_written_before_there_was_a_chain_is_chained(tmp_path: Path) -> None:
    from alembic import command
    from alembic.config import Config

    engine = open_engine(tmp_path / "vault.db", bytes(32))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with for_writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0017")
        for number, kind in ((3, "meeting"), (7, "observation"), (8, "person")):
            connection.exec_driver_sql(
                'INSERT INTO journal_entry (number, "on", what, how, kind, record_id, count, '
                'parts, reason) '
                "VALUES (?, '2026-05-02', 'erased', 'hand', ?, ?, 1, 2, ?)",
                (number, kind, uuid.UUID(int=number).bytes, "é"))
        command.upgrade(config, "head")
    with Session(engine) as session:
        found = verified_journal(session)
        assert (found.count, found.breaks) == (3, ())
        assert [(entry.number, entry.kind) for entry in journal_entries(session)] == [
            (3, "person"), (2, "observation"), (1, "meeting")]
        session.connection().exec_driver_sql("UPDATE journal_entry SET parts = 3 WHERE number = 2")
        assert verified_journal(session).breaks == (Break(2, ALTERED),)
    engine.dispose()
