"""Minutes: circulated, validated and frozen, corrected; nothing validated is ever altered."""

import io
import re
import uuid
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.clock import stamp_bytes
from desktop.base.errors import AppError
from desktop.base.i18n import set_language
from desktop.commands.meetings import (
    add_agenda_item,
    add_decision,
    add_walk_in,
    create_meeting,
    end_meeting,
    mark_attendance,
)
from desktop.commands.minutes import abandon_correction, begin_correction, circulate, validate
from desktop.commands.notes import write_notes
from desktop.commands.records import delete_record, edit_record
from desktop.models.meetings import Meeting, MinutesVersion
from desktop.models.notes import Embed, Segment
from desktop.queries.documents.frozen import versions_of
from desktop.queries.documents.minutes import Audience, minutes_of
from desktop.reports.minutes import paper as minutes
from desktop.reports.minutes.docx import docx
from desktop.sync.packages.package import Rows
from desktop.vault import Vault
from tests.reports import papers
from tests.sync.forge import drop
from tests.sync.laptops import Laptops

TODAY = date(2026, 3, 20)


def held(session: Session, title: str = "Séance", starts_at: str = "2026-03-12T14:30") -> uuid.UUID:
    from datetime import datetime
    made = create_meeting(session, group_id=None, title=title, kind="atelier", starts_at=starts_at)
    item = add_agenda_item(session, made, "Accueil")
    decision = add_decision(session, made, "La charte est adoptée", item)
    add_walk_in(session, made, "Fatima", "Benali", "CCAS")
    session.flush()
    notes: list[Segment] = ["Tour de table\n", Embed("decision", decision),
                            "\n~ Secret zqx\n? Qui paie"]
    write_notes(session, made, item, notes)
    end_meeting(session, made, datetime(2026, 3, 12, 16, 30))
    return made


def item_of(vault: Vault, meeting: uuid.UUID) -> uuid.UUID:
    from desktop.queries.meetings.rows import agenda_of
    return vault.ask(agenda_of, meeting)[0].id


def test_validated_minutes_no_longer_follow_the_notes(vault: Vault) -> None:
    made = vault.do(held)
    assert vault.do(circulate, made, TODAY) == date(2026, 4, 4)
    before = vault.ask(minutes_of, made, "diffusion", TODAY)
    assert (before.state, before.remarks_until, before.version) == ("projet", date(2026, 4, 4), 1)
    assert vault.do(validate, made, TODAY) == 1
    with pytest.raises(AppError, match="validé"):
        vault.do(write_notes, made, item_of(vault, made), ["Autre chose"])

    def behind(session: Session) -> None:
        # As an edit that comes from a device which did not know yet.
        meeting = session.get(Meeting, made)
        assert meeting is not None
        meeting.title = "Autre titre"
    vault.do(behind)
    after = vault.ask(minutes_of, made, "diffusion", TODAY)
    assert (after.title, after.state, after.validated_on) == ("Séance", "valide", TODAY)
    assert "zqx" not in repr(after) and "zqx" in repr(vault.ask(minutes_of, made, "interne", TODAY))
    assert minutes.draw(after) == minutes.draw(vault.ask(minutes_of, made, "diffusion", TODAY))


def test_a_validated_version_is_neither_edited_nor_deleted_nor_believed_once_altered(
    vault: Vault) -> None:
    made = vault.do(held)
    vault.do(validate, made, TODAY)
    (version,) = vault.ask(versions_of, made)
    assert version.whole and len(version.fingerprint) == 64
    for gesture in (lambda s: edit_record(s, version.id, {"reason": "x"}),
                    lambda s: delete_record(s, version.id)):
        with pytest.raises(AppError, match="jamais modifié"):
            vault.do(gesture)

    def spoil(session: Session) -> None:
        row = session.get(MinutesVersion, version.id)
        assert row is not None and row.body is not None
        row.body = row.body.replace("Accueil", "Adieux")
    vault.do(spoil)
    assert not vault.ask(versions_of, made)[0].whole
    with pytest.raises(AppError, match="n’est plus ce qu’il était"):
        vault.ask(minutes_of, made, "diffusion", TODAY)


def test_a_correction_is_a_new_version_that_shows_what_changed(vault: Vault,
                                                               tmp_path: Path) -> None:
    made = vault.do(held)
    vault.do(validate, made, TODAY)
    with pytest.raises(AppError, match="à corriger"):
        vault.do(begin_correction, made, "  ")
    vault.do(begin_correction, made, "Un présent oublié")
    person = vault.ask(minutes_of, made, "interne", TODAY).people[0].id
    vault.do(mark_attendance, made, person, "excuse")
    vault.do(write_notes, made, item_of(vault, made), ["Tour de table complet\n~ Secret zqx"])
    assert vault.do(validate, made, date(2026, 4, 20)) == 2
    shown = vault.ask(minutes_of, made, "diffusion", TODAY)
    assert (shown.state, shown.version, shown.reason) == ("rectificatif", 2, "Un présent oublié")
    assert shown.changes == ("BENALI Fatima\u202f: présence → absence excusée",)
    whole = vault.ask(minutes_of, made, "interne", TODAY)
    changed = {(line.change, line.text) for line in whole.points[0].lines if line.change}
    assert changed >= {("removed", "Tour de table"), ("added", "Tour de table complet"),
                       ("removed", "Qui paie")}
    assert {line.text for line in shown.points[0].lines
            if line.change == "removed"} == {"passage retiré"}
    text = papers.text_of(papers.written(tmp_path, minutes.draw(shown)))
    assert ("[retiré] passage retiré" in text and "[ajouté] Tour de table complet" in text
            and "Rectificatif" in text)
    text_inside = papers.text_of(papers.written(tmp_path, minutes.draw(whole)))
    assert ("[retiré] Tour de table" in text_inside and "Qui paie" in text_inside
            and "Qui paie" not in text)
    assert "zqx" not in text and [v.number for v in vault.ask(versions_of, made)] == [1, 2]


def test_a_name_that_a_correction_removes_is_on_no_circulated_paper(vault: Vault,
                                                                    tmp_path: Path) -> None:
    made = vault.do(held)
    item = item_of(vault, made)
    vault.do(add_agenda_item, made, "Situation de Durandal")
    vault.do(add_walk_in, made, "Odile", "Marchandeau", "CCAS")
    vault.do(write_notes, made, item, ["Tour de table\nMme Durandal attend depuis mars"])
    vault.do(add_decision, made, "Recevoir Mme Durandal", item)
    vault.do(validate, made, TODAY)
    vault.do(begin_correction, made, "Retirer le nom de Mme Durandal et de Marchandeau")

    def remove(session: Session) -> None:
        from desktop.queries.meetings.rows import agenda_of, decisions_of, roll_call_of
        write_notes(session, made, item,
                    ["Tour de table\nUne personne attend depuis mars. Le nom est retiré de cela."])
        delete_record(session, agenda_of(session, made)[1].id)
        for decision in decisions_of(session, made):
            if "Durandal" in decision.text:
                delete_record(session, decision.id)
        for row in roll_call_of(session, made):
            if row.family_name == "Marchandeau":
                delete_record(session, row.id)

    vault.do(remove)
    names = re.compile("durandal|marchandeau", re.IGNORECASE)

    def papers_of(audience: Audience) -> list[str]:
        content = vault.ask(minutes_of, made, audience, TODAY)
        with zipfile.ZipFile(io.BytesIO(docx(content))) as packed:
            parts = [packed.read(name).decode(errors="replace") for name in packed.namelist()]
        return [repr(content), "".join(parts),
                papers.text_of(papers.written(tmp_path, minutes.draw(content)))]

    assert not any(names.search(text)
                   for text in papers_of("diffusion")), "the draft of the correction"
    vault.do(validate, made, date(2026, 4, 20))
    circulated = papers_of("diffusion")
    assert not any(names.search(text) for text in circulated)
    assert all("passage retiré" in text for text in circulated)
    assert "Retirer le nom de passage retiré et de passage retiré" in circulated[2]
    assert "1 personne retirée de la liste" in circulated[2]
    assert all(names.search(text) for text in papers_of("interne"))
    set_language("en")
    assert "passage removed" in papers_of("diffusion")[2]


def test_a_correction_may_be_given_up(vault: Vault) -> None:
    made = vault.do(held)
    vault.do(validate, made, TODAY)
    vault.do(begin_correction, made, "Erreur")
    assert vault.ask(minutes_of, made, "diffusion", TODAY).reason == "Erreur"
    vault.do(abandon_correction, made)
    again = vault.ask(minutes_of, made, "diffusion", TODAY)
    assert (again.state, again.reason, len(vault.ask(versions_of, made))) == ("valide", "", 1)
    with pytest.raises(AppError, match="n’en est pas là"):
        vault.do(validate, made, TODAY)


def test_numbers_are_final_and_never_twice(vault: Vault) -> None:
    late = vault.do(held, "Tard", "2026-03-12T14:30")
    vault.do(validate, late, TODAY)
    # A meeting written down afterwards, held before: it takes the rank of no other.
    early = vault.do(held, "Tôt", "2026-02-01T10:00")
    vault.do(validate, early, TODAY)
    numbers = [vault.ask(minutes_of, made, "diffusion", TODAY).decisions[0].number
               for made in (late, early)]
    assert numbers == ["RD-2026-01-01", "RD-2026-02-01"]


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Laptops]:
    made = Laptops(tmp_path)
    yield made
    made.close()


def test_both_variants_travel_each_to_its_readers_and_the_first_word_stands(
    laptops: Laptops) -> None:
    founder = laptops.founder
    made = founder.do(held)
    founder.do(validate, made, TODAY)
    laptops.sync(founder)
    member, secretary = laptops.join("member"), laptops.join("secretary", "secretariat")
    for vault in (founder, member, secretary):
        laptops.sync(vault)
    assert member.ask(minutes_of, made, "diffusion",
                      TODAY) == founder.ask(minutes_of, made, "diffusion", TODAY)
    assert secretary.ask(minutes_of, made, "interne",
                         TODAY) == founder.ask(minutes_of, made, "interne", TODAY)
    assert "zqx" not in repr(member.ask(minutes_of, made, "interne", TODAY))

    (version,) = founder.ask(lambda session: session.scalars(select(MinutesVersion.id).where(
        MinutesVersion.channel == "commun")).all())
    drop(member, laptops.share, Rows("minutes_version", ["body", "content_hash"], [
        [version.hex, stamp_bytes(1, 0, b"forgedby").hex(), "{}", "0" * 64]]))
    for vault in (member, founder, secretary):
        laptops.sync(vault)
    assert founder.ask(versions_of, made)[0].whole and secretary.ask(versions_of, made)[0].whole


def test_minutes_validated_on_two_laptops_are_both_kept(laptops: Laptops) -> None:
    founder = laptops.founder
    made = founder.do(held)
    laptops.sync(founder)
    second = laptops.join("second", "secretariat")
    laptops.sync(second)
    for vault, day in ((founder, TODAY), (second, date(2026, 3, 21))):
        vault.do(validate, made, day)
    for vault in (founder, second, founder):
        laptops.sync(vault)
    for vault in (founder, second):
        assert [(v.number, v.validated_on)
                for v in vault.ask(versions_of, made)] == [(1, TODAY), (1, date(2026, 3, 21))]
    assert founder.ask(minutes_of, made, "diffusion",
                       TODAY) == second.ask(minutes_of, made, "diffusion", TODAY)
