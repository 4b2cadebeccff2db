"""Accounts go in time, on every computer that holds one, and leave a line: what, when, by which
rule."""

import uuid
from dataclasses import replace
from datetime import date

import pytest

from desktop.commands.collective import found_records
from desktop.commands.observations import record_observation
from desktop.commands.records import add_record, edit_record
from desktop.commands.retention import erase_due_accounts
from desktop.models.sync import Seen
from desktop.privacy.retention import ACCOUNT_MONTHS, months_between
from desktop.queries.observations import observations_of
from desktop.queries.purge import journal_of
from desktop.queries.records import get_record
from desktop.queries.retention import believed_month
from desktop.tasks.purge import purge
from desktop.vault import Vault
from desktop.vault.search.index import search

TODAY = date.today()
SECRET = "kinésithérapeute"


def months_ago(count: int) -> str:
    at = TODAY.year * 12 + TODAY.month - 1 - count
    return f"{at // 12}-{at % 12 + 1:02d}"


@pytest.fixture
def founded(vault: Vault) -> Vault:
    vault.do(found_records, "maubeuge-val-de-sambre", "Collectif")
    return vault


def observation(vault: Vault, state: str, told: str, **more: object) -> uuid.UUID:
    """An observation of long ago in a state, with what its author was told in that month."""
    made = vault.do(record_observation, {
        "domain": "SANTE", "principal_criterion": "HAND", "month": months_ago(30),
        "account": f"Un {SECRET} refuse.",
        "state": state, "qualification": "PLAUSIBLE",
        "discarded_reason": "Doublon" if state == "ecartee" else None, **more})
    handle = vault.ask(get_record, made)["feedback_handle"]
    vault.do(add_record, "feedback", {"handle": handle, "state": state, "month": told})
    return made


def test_what_is_due_goes_with_its_line_and_the_rest_stays(founded: Vault) -> None:
    counted = observation(founded, "qualifiee", months_ago(ACCOUNT_MONTHS))
    aside = observation(founded, "ecartee", months_ago(ACCOUNT_MONTHS + 3))
    fresh = observation(founded, "qualifiee", months_ago(ACCOUNT_MONTHS - 1))
    waiting = observation(founded, "recue", months_ago(ACCOUNT_MONTHS + 9))
    assert founded.do(erase_due_accounts) == 2
    rows = {record: founded.ask(get_record, record) for record in (counted, aside, fresh, waiting)}
    assert [rows[record]["account"] is None for record in rows] == [True, True, False, False]
    assert [(rows[record]["account_erased_in"], rows[record]["account_erased_by"])
            for record in (counted, aside)] == [
                (TODAY.isoformat()[:7], "comptee"), (TODAY.isoformat()[:7], "ecartee")]
    assert rows[counted]["domain"] == "SANTE" and len(founded.ask(observations_of)) == 4
    (line,) = founded.ask(journal_of)
    assert (line.how, line.kind, line.count) == ("account", "observation", 2)
    assert founded.do(erase_due_accounts) == 0


def test_nothing_brings_the_text_back(founded: Vault) -> None:
    made = observation(founded, "qualifiee", months_ago(ACCOUNT_MONTHS))
    founded.do(edit_record, made, {"account": f"Un {SECRET} refuse encore."},
               {"account": "autre chose"})
    assert founded.ask(search, SECRET)
    purge(founded, 0)
    assert founded.ask(search, SECRET) == []
    founded.undo()
    assert founded.ask(get_record, made)["account"] is None

    def everything(session: object) -> str:
        connection = session.connection()  # type: ignore[attr-defined]
        tables = [row[0]
                  for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type "
                                                        "= 'table'")]
        return " ".join(str(row) for table in tables
                        for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"'))

    assert SECRET not in founded.ask(everything)


def test_the_author_s_own_computer_erases_it_too_without_the_team_s_words(founded: Vault) -> None:
    made = observation(founded, "transmise", months_ago(1), qualification=None)
    handle = founded.ask(get_record, made)["feedback_handle"]
    founded.do(add_record, "feedback",
               {"handle": handle, "state": "liee", "month": months_ago(ACCOUNT_MONTHS)})
    founded.save_identity(replace(founded.identity, roles=frozenset({"membre"})))
    assert founded.do(erase_due_accounts) == 1
    row = founded.ask(get_record, made)
    assert (row["account"], row["account_erased_in"], row["state"]) == (None, None, "transmise")


def test_a_clock_set_years_ahead_erases_nothing(founded: Vault) -> None:
    ahead = date(TODAY.year + 10, 1, 1)
    assert founded.ask(believed_month, ahead) == f"{TODAY.year + 10}-01"

    def hear(session: object) -> None:
        stamp = (1_700_000_000_000).to_bytes(6, "big") + bytes(10)
        session.add(Seen(writer=bytes(8), device="", sequence=1, sha256="", last_stamp=stamp))  # type: ignore[attr-defined]

    founded.do(hear)
    assert founded.ask(believed_month, ahead) <= "2024-01"
    assert months_between("2025-11", "2026-11") == 12
    assert months_between("", "2026-11") == months_between("2027-01", "2026-11") == 0
