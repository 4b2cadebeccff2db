"""Referrals and searches go whole, two years after their last step: told thirty days before, and
proved in the journal."""

import uuid
from dataclasses import replace
from datetime import date

import pytest

from desktop.base.paths import Home
from desktop.commands.collective import found_records
from desktop.commands.records import add_record
from desktop.commands.retention import erase_due_cases
from desktop.models.local import Pending
from desktop.models.sync import Seen
from desktop.privacy.case_codes import make_case_code
from desktop.privacy.retention import CASE_MONTHS, erased_from
from desktop.queries.journal import journal_entries, verified_journal
from desktop.queries.records import list_records
from desktop.queries.referrals import referrals_of
from desktop.queries.retention import cases_of, cases_soon
from desktop.tasks.purge import purge
from desktop.ui.referrals.workspace import ReferralsWorkspace
from desktop.vault import Vault
from desktop.vault.search.index import search
from tests.stories.hands import Hands
from tests.window import settle, shown

TODAY = date.today()
SECRET = "conciliation"


def months_ago(count: int) -> str:
    at = TODAY.year * 12 + TODAY.month - 1 - count
    return f"{at // 12}-{at % 12 + 1:02d}"


@pytest.fixture
def founded(vault: Vault) -> Vault:
    vault.do(found_records, "maubeuge-val-de-sambre", "Collectif")
    return vault


def referral(vault: Vault, opened: int, *steps: int) -> uuid.UUID:
    """A referral opened so many months ago, with steps so many months ago."""
    made = vault.do(add_record, "referral",
                    {"case_code": make_case_code(), "kind": "ccas",
                     "opened_month": months_ago(opened),
                     "outcome": f"Une {SECRET} a abouti"})
    for step in steps:
        vault.do(add_record, "referral_step",
                 {"referral_id": str(made), "month": months_ago(step), "step": "contact"})
    return made


def searching(vault: Vault, began: int) -> uuid.UUID:
    return vault.do(add_record, "internship_request",
                    {"code": make_case_code(), "month": months_ago(began)})


def test_the_last_step_counts_and_a_case_without_a_month_stays() -> None:
    assert erased_from(("2024-03", "", "2024-11")) == date(2026, 11, 1)
    assert erased_from(("2024-12",)) == date(2026, 12, 1) and erased_from(()) is None


def test_what_is_due_goes_whole_and_the_journal_proves_it(founded: Vault) -> None:
    old = referral(founded, 40, 30, CASE_MONTHS)
    followed = referral(founded, 40, CASE_MONTHS - 1)
    fresh, search_of_old = referral(founded, 3), searching(founded, CASE_MONTHS + 2)
    recent = searching(founded, CASE_MONTHS - 2)
    assert founded.do(erase_due_cases) == 2
    assert {row.id for row in founded.ask(referrals_of)} == {followed, fresh}
    assert [uuid.UUID(row["id"])
            for row in founded.ask(list_records, "internship_request")] == [recent]
    assert [(entry.what, entry.kind, entry.how, entry.count, entry.parts)
            for entry in founded.ask(journal_entries)] == [
                ("erased", "referral", "months", 1, 2),
                ("erased", "internship_request", "months", 1, 0)]
    assert all(len(entry.on) == 7 and not entry.at for entry in founded.ask(journal_entries))
    assert founded.ask(verified_journal).breaks == ()
    assert (founded.do(erase_due_cases) == 0
            and {old, search_of_old}.isdisjoint({case.id for case in founded.ask(cases_of)}))


def test_nothing_of_it_is_left(founded: Vault) -> None:
    referral(founded, 40, 30)
    assert founded.ask(search, SECRET)
    purge(founded, 0)
    assert founded.ask(search, SECRET) == []
    founded.undo()

    def everything(session: object) -> str:
        connection = session.connection()  # type: ignore[attr-defined]
        tables = [row[0]
                  for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type "
                                                        "= 'table'")]
        return "".join(str(row) for table in tables
                       for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"'))
    assert SECRET not in founded.ask(everything)


def test_a_clock_years_ahead_erases_nothing(founded: Vault) -> None:
    referral(founded, 40)

    def heard_long_ago(session: object) -> None:
        long_ago = (1_600_000_000_000).to_bytes(6, "big") + bytes(10)
        session.add(Seen(writer=b"another1", sequence=1, sha256="", last_stamp=long_ago, device="00"))  # type: ignore[attr-defined]
    founded.do(heard_long_ago)
    assert founded.do(erase_due_cases) == 0


@pytest.mark.parametrize(("roles", "told"), [({"observatoire"}, True), ({"membre"}, False)])
def test_the_team_erases_for_all_and_a_member_its_own_copies(founded: Vault, roles: set[str],
                                                             told: bool) -> None:
    made = referral(founded, 40)
    founded.do(lambda session: session.connection().exec_driver_sql("DELETE FROM pending") and None)
    founded.save_identity(replace(founded.identity, roles=frozenset(roles)))
    assert founded.do(erase_due_cases) == 1 and founded.ask(referrals_of) == []
    waiting = founded.ask(lambda session: [row.record_id for row
                                           in session.query(Pending).filter_by(kind="referral")])
    assert (made.bytes in waiting) == told


def test_it_is_told_thirty_days_before(founded: Vault, home: Home) -> None:
    due_next = referral(founded, CASE_MONTHS - 1)
    far = referral(founded, CASE_MONTHS - 4)
    next_month = date(TODAY.year + TODAY.month // 12, TODAY.month % 12 + 1, 1)
    day = next_month.replace(day=1)
    assert [case.id for case in founded.ask(cases_soon, day)] == [due_next]
    assert founded.ask(cases_soon, date(TODAY.year - 1, 1, 1)) == []
    assert far in {case.id for case in founded.ask(cases_of)}
    with shown(home, founded) as window:
        window.go("referrals", due_next)
        settle()
        screen = window.current
        assert isinstance(screen, ReferralsWorkspace)
        within = (next_month - TODAY).days <= 30
        assert screen.soon.isVisible() == within
        assert ("Effacement définitif à partir du 1er" in Hands(window).screen()) == within
        if within:
            assert "1 orientation ou recherche de stage sera effacée" in screen.soon.text()
            founded.do(add_record, "referral_step",
                       {"referral_id": str(due_next), "month": months_ago(0), "step": "contact"})
            settle()
            assert not screen.soon.isVisible()
