"""Two decisions never bear one number, whoever wrote them, on which laptop, and whenever their
meeting was held."""

import uuid
from datetime import date
from pathlib import Path
from typing import Any

from desktop.commands.meetings import add_decision, create_meeting
from desktop.commands.minutes import validate
from desktop.commands.records import edit_record
from desktop.queries.meetings.decisions import register_of
from desktop.queries.meetings.rows import decisions_of
from desktop.vault import Vault
from tests.sync.laptops import Laptops


def held(session: Any, title: str = "Plénière", at: str = "2026-11-03T14:00") -> uuid.UUID:
    return create_meeting(session, group_id=None, title=title, kind="pleniere", starts_at=at)


def numbers(vault: Vault, meeting: uuid.UUID | None = None) -> list[str]:
    return sorted(row.number for row in vault.ask(decisions_of, meeting))


def test_meetings_of_one_moment_have_numbers_of_their_own(vault: Vault) -> None:
    for meeting in [vault.do(held, title) for title in ("Plénière", "Atelier", "Restitution")]:
        vault.do(add_decision, meeting, "Adoptée")
        vault.do(add_decision, meeting, "Adoptée aussi")
    found = numbers(vault)
    assert len(set(found)) == 6 and {number.rpartition("-")[0] for number in found} == {
        "RD-2026-01", "RD-2026-02", "RD-2026-03"}


def test_two_laptops_that_write_at_once_show_two_numbers(tmp_path: Path) -> None:
    laptops = Laptops(tmp_path)
    try:
        first, second = laptops.founder, laptops.join("second")
        meeting = first.do(held)
        for vault in (first, second, first):
            laptops.sync(vault)
        for vault in (first, second):
            vault.do(add_decision, meeting, f"Écrite sur {vault.home.folder.name}")
        for vault in (first, second, first):
            laptops.sync(vault)
        assert (numbers(first, meeting) == numbers(second, meeting)
                == ["RD-2026-01-01", "RD-2026-01-02"])
        assert (sorted(row.number for row in first.ask(register_of))
                == ["RD-2026-01-01", "RD-2026-01-02"])
        first.do(edit_record, meeting, {"state": "projet"})
        first.do(validate, meeting, date(2026, 11, 20), first.identity.person_id)
        assert numbers(first, meeting) == ["RD-2026-01-01", "RD-2026-01-02"]
    finally:
        laptops.close()


def test_a_meeting_that_comes_late_takes_no_number_of_a_validated_one(vault: Vault) -> None:


    later = vault.do(held, "Plénière", "2026-11-20T14:00")
    vault.do(add_decision, later, "Adoptée")
    vault.do(edit_record, later, {"state": "projet"})
    vault.do(validate, later, date(2026, 11, 25), None)
    earlier = vault.do(held, "Atelier", "2026-11-03T14:00")
    vault.do(add_decision, earlier, "Adoptée avant")
    vault.do(edit_record, earlier, {"state": "projet"})
    vault.do(validate, earlier, date(2026, 11, 26), None)
    assert len(set(numbers(vault))) == 2
