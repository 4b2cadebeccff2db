"""When a meeting was held: as planned, or as somebody said, on every paper; asked about, corrected,
then frozen."""

import uuid
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.commands.meetings import (
    add_decision,
    add_walk_in,
    create_meeting,
    end_meeting,
    start_meeting,
)
from desktop.commands.minutes import begin_correction, validate
from desktop.commands.records import edit_record
from desktop.queries.documents.convocation import convocation_of
from desktop.queries.documents.register import printed_register
from desktop.queries.documents.sheet import minutes_of, sheet_of
from desktop.queries.follow_up import follow_up_of
from desktop.queries.meetings.decisions import register_of
from desktop.queries.meetings.rows import (
    meeting_detail,
    meetings_between,
    meetings_from,
    meetings_of,
)
from desktop.reports import REPORTS
from desktop.reports.convocation import subject, text
from desktop.reports.minutes.words import day_and_hours, title_of
from desktop.vault import Vault
from tests.day import TODAY
from tests.reports import papers
from tests.sync.laptops import Laptops


def plan(session: Session, starts_at: str = "2026-03-12T14:30",
         ends_at: str = "2026-03-12T16:30") -> uuid.UUID:
    made = create_meeting(session, group_id=None, title="Séance", kind="pleniere",
                          starts_at=starts_at, ends_at=ends_at)
    add_walk_in(session, made, "Fatima", "Benali", "CCAS")
    session.flush()
    return made


def hours(vault: Vault, meeting: uuid.UUID) -> str:
    shown = vault.ask(minutes_of, meeting, "diffusion", TODAY)
    return day_and_hours(shown.starts_at, shown.ends_at).replace("\u00a0", " ")


def gaps(vault: Vault, meeting: uuid.UUID) -> str:
    found = vault.ask(follow_up_of, meeting, TODAY)
    assert found is not None
    return " ".join(gap.text for gap in found.gaps)


def test_minutes_say_the_plan_whenever_the_session_was_clicked_open_and_closed(
    vault: Vault) -> None:
    made = vault.do(plan)
    vault.do(start_meeting, made, datetime(2026, 3, 15, 20, 0))
    vault.do(end_meeting, made, datetime(2026, 3, 15, 20, 1))
    assert hours(vault, made) == "jeudi 12 mars 2026, de 14 h 30 à 16 h 30"
    assert vault.ask(sheet_of, made, TODAY).starts_at == datetime(2026, 3, 12, 14, 30)
    assert "La séance a été ouverte le dimanche 15 mars 2026" in gaps(vault, made)


def test_a_session_opened_as_held_today_is_dated_today_for_as_long_as_planned(vault: Vault) -> None:
    made = vault.do(plan)
    vault.do(start_meeting, made, datetime(2026, 3, 19, 18, 5), today=True)
    assert hours(vault, made) == "jeudi 19 mars 2026, de 18 h 05 à 20 h 05"
    assert "prévue le jeudi 12 mars 2026" in gaps(vault, made)
    assert vault.ask(meetings_of)[0].starts_at == datetime(2026, 3, 19, 18, 5)


def test_a_session_opened_as_held_on_the_planned_day_is_asked_about_no_more(vault: Vault) -> None:
    made = vault.do(plan)
    vault.do(start_meeting, made, datetime(2026, 3, 19, 18, 5), today=False)
    assert (hours(vault, made) == "jeudi 12 mars 2026, de 14 h 30 à 16 h 30"
            and "ouverte" not in gaps(vault, made))


def test_the_day_and_the_hours_are_corrected_until_the_minutes_are_validated(vault: Vault) -> None:
    made = vault.do(plan)
    vault.do(end_meeting, made, datetime(2026, 3, 12, 16, 30))
    assert "dix minutes" not in gaps(vault, made) and "prévue" not in gaps(vault, made)
    vault.do(edit_record, made, {"held_from": "2026-03-12T15:00", "held_until": "2026-03-12T15:05"})
    assert "moins de dix minutes" in gaps(vault, made)
    vault.do(edit_record, made, {"held_until": "2026-03-12T17:10"})
    assert (hours(vault, made) == "jeudi 12 mars 2026, de 15 h 00 à 17 h 10"
            and "minutes" not in gaps(vault, made))
    vault.do(validate, made, date(2026, 3, 20))
    with pytest.raises(AppError, match="validé"):
        vault.do(edit_record, made, {"held_from": "2026-03-13T15:00"})
    vault.do(edit_record, made, {"held_from": "2026-03-12T15:00", "place": "Mairie"})
    vault.do(begin_correction, made, "Une erreur de date")
    vault.do(edit_record, made, {"held_from": "2026-03-13T15:00", "held_until": "2026-03-13T17:00"})
    vault.do(validate, made, date(2026, 3, 27))
    assert hours(vault, made) == "vendredi 13 mars 2026, de 15 h 00 à 17 h 00"


def test_decisions_are_numbered_by_the_year_in_which_the_meeting_was_held(vault: Vault) -> None:
    made = vault.do(plan, "2025-12-18T14:00", "2025-12-18T16:00")
    vault.do(edit_record, made, {"held_from": "2026-01-08T14:00"})
    vault.do(add_decision, made, "La charte est adoptée")
    assert vault.ask(register_of)[0].number == "RD-2026-01-01"
    assert vault.ask(register_of)[0].on == datetime(2026, 1, 8, 14, 0)
    assert ([year for year, _rows in vault.ask(printed_register, uuid.uuid4(), TODAY).years]
            == ["2026"])
    vault.do(end_meeting, made, datetime(2026, 1, 8, 16, 0))
    vault.do(validate, made, date(2026, 1, 20))
    assert vault.ask(register_of)[0].number == "RD-2026-01-01"


def test_a_meeting_of_several_days_says_the_first_and_the_last(vault: Vault,
                                                               tmp_path: Path) -> None:
    made = vault.do(plan, "2026-03-12T14:30", "2026-03-14T12:00")
    said = "du jeudi 12 mars 2026 à 14 h 30 au samedi 14 mars 2026 à 12 h 00"
    convocation = vault.ask(convocation_of, made, TODAY)
    assert said in text(convocation).decode().replace("\u00a0", " ")
    assert subject(convocation) == "Séance, du 12 mars 2026 au 14 mars 2026"
    vault.do(end_meeting, made, datetime(2026, 3, 14, 12, 0))
    assert hours(vault, made) == said
    assert title_of(vault.ask(minutes_of, made, "diffusion", TODAY)).endswith(
        " du 12 mars 2026 au 14 mars 2026")
    for kind in ("convocation", "minutes"):
        drawn = REPORTS[kind].draw(vault.ask(REPORTS[kind].query, made, TODAY))
        assert said in papers.text_of(papers.written(tmp_path, drawn)), kind
    attested = papers.text_of(
        papers.written(tmp_path, REPORTS["attestations"].draw(vault.ask(sheet_of, made, TODAY))))
    assert "soit 3 jours" in attested and "12/03/2026, 13/03/2026, 14/03/2026" in attested


def test_a_meeting_that_ends_after_midnight_is_of_one_day(vault: Vault) -> None:
    made = vault.do(plan, "2026-03-12T20:00", "2026-03-13T00:30")
    assert hours(vault, made) == "jeudi 12 mars 2026, de 20 h 00 à 0 h 30"


def test_a_meeting_is_under_way_until_its_last_day(vault: Vault) -> None:
    made = vault.do(plan, "2026-03-12T14:30", "2026-03-14T12:00")
    for day, coming in ((12, 1), (13, 1), (14, 1), (15, 0)):
        start = datetime(2026, 3, day)
        assert len(vault.ask(meetings_from, start, 5)) == coming, day
        assert len(vault.ask(meetings_between, datetime(2026, 1, 1), start, 5)) == 1 - coming, day
    detail = vault.ask(meeting_detail, made)
    assert detail is not None and detail.held_until == datetime(2026, 3, 14, 12, 0)


def test_when_it_was_held_travels_and_two_corrections_merge(tmp_path: Path) -> None:
    with closing(Laptops(tmp_path)) as laptops:
        member = laptops.join("member")
        made = laptops.founder.do(plan)
        _exchange(laptops, member)
        laptops.founder.do(edit_record, made, {"held_from": "2026-03-13T14:00"})
        member.do(edit_record, made, {"held_until": "2026-03-13T17:00"})
        _exchange(laptops, member)
        for vault in (laptops.founder, member):
            assert hours(vault, made) == "vendredi 13 mars 2026, de 14 h 00 à 17 h 00"


def _exchange(laptops: Laptops, member: Vault) -> None:
    for vault in (laptops.founder, member, laptops.founder):
        laptops.sync(vault)
