"""What goes out around a meeting: convocation on paper, in a calendar, in a message; minutes as
.docx; attestations."""

import io
import re
import uuid
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import icalendar
import pytest
from docx import Document
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.commands.meetings import (
    add_agenda_item,
    add_decision,
    add_walk_in,
    create_meeting,
    end_meeting,
)
from desktop.commands.notes import record_from_line, write_notes
from desktop.commands.records import edit_record
from desktop.models.notes import Embed
from desktop.models.states import JournalWhat
from desktop.queries.documents.convocation import convocation_of, extracts_of
from desktop.queries.documents.sheet import Audience, MinutesLine, minutes_of
from desktop.queries.records import get_record
from desktop.reports import REPORTS, convocation, handouts
from desktop.reports.calendar import ics
from desktop.reports.minutes import paper as minutes
from desktop.reports.minutes.docx import docx
from desktop.reports.minutes.words import status_of
from desktop.tasks.documents import make, went_out
from desktop.vault import Vault
from tests.day import TODAY
from tests.reports import papers

ODD = "Accès aux droits 😀 : وصول العدالة <b>&amp;</b>\x07 " + "œuvre " * 30


def held(session: Session) -> uuid.UUID:
    made = create_meeting(session, group_id=None, title="Accueil des personnes",
                          kind="groupe_de_travail",
                          starts_at="2026-03-12T14:30", ends_at="2026-03-12T17:00",
                          place="Maison des services",
                          link="https://visio.example/abc")
    item = add_agenda_item(session, made, ODD, minutes=20)
    fatima = add_walk_in(session, made, "Fatima", "Benali", "CCAS")
    session.flush()
    edit_record(session, fatima, {"email": "f.benali@ccas.example"})
    edit_record(session, made, {"secretary_id": str(fatima)})
    action = record_from_line(session, made, item, "action", "Relancer la CPAM", "commun", fatima,
                              "2026-04-01")
    secret = record_from_line(session, made, item, "action", "Secret zqx", "interne", fatima)
    decision = add_decision(session, made, "Une permanence par mois", item)
    session.flush()
    write_notes(session, made, item,
                ["Tour de table\n", Embed("action", action), "\n", Embed("decision", decision),
                 "\n~ Ligne zqx ", Embed("action", secret), "\n? Qui paie"])
    end_meeting(session, made, datetime(2026, 3, 12, 17, 0))
    return made


@pytest.fixture
def meeting(vault: Vault) -> uuid.UUID:
    return vault.do(held)


def words_of(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_the_convocation_says_when_where_and_what(vault: Vault, meeting: uuid.UUID,
                                                  tmp_path: Path) -> None:
    found = vault.ask(convocation_of, meeting, date(2026, 3, 1))
    text = papers.text_of(papers.written(tmp_path, convocation.draw(found)))
    assert ("jeudi 12 mars 2026, de 14 h 30 à 17 h 00" in text and "Maison des services" in text
            and "20 min" in text)
    assert "BENALI Fatima" in text and convocation.draw(found) == convocation.draw(found)
    message = convocation.text(found).decode()
    assert (message.startswith("Bonjour,\n") and "1. Accès aux droits" in message
            and "f.benali@ccas.example" in message)
    assert found.addresses == ("f.benali@ccas.example",)


def test_the_calendar_file_is_read_by_another_program(vault: Vault, meeting: uuid.UUID) -> None:
    data = ics(vault.ask(convocation_of, meeting, date(2026, 3, 1)))
    assert data == ics(vault.ask(convocation_of, meeting, date(2026, 3, 1))) and b"\r\n" in data
    (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert (event.decoded("dtstart") == datetime(2026, 3, 12, 14, 30)
            and event.decoded("dtend").hour == 17)
    assert (str(event["summary"]) == "Accueil des personnes"
            and str(event["location"]) == "Maison des services")
    assert (str(event["uid"]) == f"{meeting}@carnet"
            and "Accès aux droits" in str(event["description"]))

    def bare(session: Session) -> None:
        edit_record(session, meeting, {"starts_at": "2026-03-12T14:30", "ends_at": None})
    vault.do(bare)
    (event,) = (icalendar.Calendar.from_ical(ics(vault.ask(convocation_of, meeting, TODAY)))
                .walk("VEVENT"))
    assert event.decoded("dtend") == datetime(2026, 3, 12, 16, 30)


def test_the_word_processor_gets_what_the_paper_says_and_nothing_restricted(
    vault: Vault, meeting: uuid.UUID) -> None:
    shown = vault.ask(minutes_of, meeting, "diffusion", date(2026, 3, 13))
    data = docx(shown)
    assert data == docx(shown)
    words = words_of(data)
    assert all(one in words for one
               in ("Tour de table", "Relancer la CPAM", "Une permanence par mois", "BENALI Fatima",
                   "Qui paie", "وصول", "😀", "<b>&amp;</b>"))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not any(b"zqx" in package.read(name) for name in package.namelist())
    assert "zqx" in words_of(docx(vault.ask(minutes_of, meeting, "interne", TODAY)))


@pytest.mark.parametrize("audience", ("diffusion", "interne"))
def test_the_word_processor_says_no_word_less_than_the_paper(vault: Vault, meeting: uuid.UUID,
                                                             audience: Audience,
                                                             tmp_path: Path) -> None:
    shown = vault.ask(minutes_of, meeting, audience, date(2026, 3, 13))
    late = replace(shown.people[0], state="present", arrived_at="14:50", left_at="16:00",
                   college="etat")
    shown = replace(shown, people=(late, *shown.people[1:]), quorum=2, previous_on=date(2026, 1, 8),
                    annexes=("Feuille.pdf",),
                    next_meeting=datetime(2026, 5, 12, 14, 30), next_place="Salle des fêtes",
                    remarks_until=date(2026, 3, 28),
                    earlier=(
                        MinutesLine("action", "Écrire", who="BENALI Fatima", state="En cours"),))
    said = words_of(docx(shown))
    # The two lay out the same: the foot of each page apart, what the one says the other says.
    paper = set(re.findall(r"\w+", papers.text_of(papers.written(tmp_path, minutes.draw(shown)))))
    around = set(re.findall(r"\w+", f"{shown.heading} page données à jour au 13 mars 2026 "
                                    f"{status_of(shown)}"))
    assert {word for word in paper - set(re.findall(r"\w+", said)) - around
            if not word.isdigit()} == set()
    assert ("[interne]" in said) == (audience == "interne")
    plain = re.sub(r"\s", " ", said)
    assert [one for one in ("arrivée à 14 h 50", "départ à 16 h 00", "Quorum", "8 janvier 2026",
                            "28 mars 2026")
            if one not in plain] == []


def test_each_organisation_has_its_page_and_each_person_an_attestation(vault: Vault,
                                                                       meeting: uuid.UUID,
                                                                      tmp_path: Path) -> None:
    text = papers.text_of(
        papers.written(tmp_path, handouts.draw_extracts(vault.ask(extracts_of, meeting, TODAY))))
    assert "CCAS" in text and "Relancer la CPAM" in text and "zqx" not in text
    told = papers.text_of(papers.written(tmp_path, make(vault, "attestations", meeting, TODAY)))
    assert ("ATTESTATION DE PRÉSENCE" in told.upper() and "BENALI Fatima" in told
            and "soit 2 h 30" in told)


def test_an_attestation_of_training_counts_the_half_days(tmp_path: Path) -> None:
    sheet = papers.sheet(3, "formation", marked=True)
    first, second = sheet.people[0].id, sheet.people[1].id
    followed = replace(sheet,
                       half_days={(first, "2026-03-12 am"): "present",
                                  (first, "2026-03-13 pm"): "present",
                                  (second, "2026-03-12 am"): "absent"})
    text = papers.text_of(papers.written(tmp_path, handouts.draw_attestations(followed)))
    assert (text.count("Attestation de formation") >= 1 and "Demi-journées suivies (2)" in text
            and "7 h 00" in text)
    assert "BENALI" in text and "VANDENBROUCKE" not in text


def test_sending_the_convocation_is_remembered(vault: Vault, meeting: uuid.UUID) -> None:
    def draft(session: Session) -> uuid.UUID:
        return create_meeting(session, group_id=None, title="Suite", kind="atelier",
                              starts_at="2026-05-12T14:30")
    made = vault.do(draft)
    went_out(vault, made, vault.ask(convocation_of, made, date(2026, 5, 1)), "convocation",
             JournalWhat.SENT)
    record = vault.ask(get_record, made)
    assert (record["state"], record["convened_on"]) == ("convoquee", "2026-05-01")
    went_out(vault, meeting, vault.ask(convocation_of, meeting, TODAY), "convocation",
             JournalWhat.PRINTED)
    assert vault.ask(get_record, meeting)["state"] == "projet"


@pytest.mark.parametrize(("kind", "draw"), [(kind, report.draw) for kind, report in REPORTS.items()
                                            if report.needs == "meeting"])
def test_an_empty_meeting_makes_every_document(vault: Vault, kind: str,
                                               draw: Callable[[object], bytes],
                                               tmp_path: Path) -> None:
    def bare(session: Session) -> uuid.UUID:
        return create_meeting(session, group_id=None, title="x", kind="atelier",
                              starts_at="2026-05-12T14:30")
    made = vault.do(bare)
    papers.run("qpdf", "--check",
               papers.written(tmp_path, draw(vault.ask(REPORTS[kind].query, made, TODAY))))


def test_a_meeting_without_a_date_has_no_calendar(vault: Vault, meeting: uuid.UUID) -> None:
    with pytest.raises(AppError, match="pas de date"):
        ics(replace(vault.ask(convocation_of, meeting, TODAY), starts_at=None))
