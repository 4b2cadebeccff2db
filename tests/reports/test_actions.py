"""The relevé de décisions, one person's actions, the plan of actions: from a vault to the file."""

import shutil
import uuid
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.commands.actions import create_action
from desktop.commands.meetings import add_agenda_item, add_decision, create_meeting
from desktop.commands.notes import ensure_block, write_note
from desktop.commands.records import add_record
from desktop.commands.releases import keep_release
from desktop.models.meetings import Meeting
from desktop.models.notes import Embed
from desktop.models.plan import Plan
from desktop.models.record import RECORDS
from desktop.queries.documents.papers import action_plan, decisions_of, person_actions
from desktop.reports import REPORTS, actions, decisions
from desktop.sample import fill
from desktop.vault import Cost, Vault
from tests.reports import papers
from tests.reports.releases import year_of

TODAY = date(2026, 3, 20)

pytestmark = pytest.mark.skipif(shutil.which("pdftotext") is None,
                                reason="poppler-utils reads the files")


def two_meetings(session: Session) -> tuple[uuid.UUID, uuid.UUID]:
    group = add_record(session, "group", {"name": "Groupe de travail", "kind": "groupe_de_travail"})
    owner = add_record(session, "person", {"given_name": "Éloïse", "family_name": "Œuvrard"})
    first = create_meeting(session, group_id=group, title="Une", kind="groupe_de_travail",
                           starts_at="2026-01-12T14:30")
    settled = add_decision(session, first, "Décision soldée")
    create_action(session, "Faite depuis", decision_id=settled, state="faite", meeting_id=first)
    waiting = add_decision(session, first, "Décision en attente")
    create_action(session, "À finir", owner_id=owner, decision_id=waiting, due_on="2026-03-01",
                  meeting_id=first)
    second = create_meeting(session, group_id=group, title="Deux", kind="groupe_de_travail",
                            starts_at="2026-03-12T14:30")
    item = add_agenda_item(session, second, "Permanences")
    add_decision(session, second, "Une permanence ouvre.", item)
    secret = add_decision(session, second, "zqx", item)
    session.flush()
    write_note(session, ensure_block(session, second, item, "interne"), [Embed("decision", secret)])
    create_action(session, "Plus tard", owner_id=owner, due_on="2026-09-01", state="en_cours",
                  progress=40)
    return second, owner


def test_decisions_and_those_not_settled(vault: Vault, tmp_path: Path) -> None:
    meeting, _owner = vault.do(two_meetings)
    data = decisions.draw(vault.ask(decisions_of, meeting, TODAY))
    text = papers.text_of(papers.written(tmp_path, data), "-layout")
    assert "Relevé de décisions du 12 mars 2026" in text and "Une permanence ouvre." in text
    assert "Décision en attente" in text and "ŒUVRARD" in text and "01/03/2026" in text
    assert "Décision soldée" not in text and "zqx" not in text


def test_my_actions_by_date(vault: Vault, tmp_path: Path) -> None:
    _meeting, owner = vault.do(two_meetings)
    data = actions.draw_mine(vault.ask(person_actions, owner, TODAY))
    text = papers.text_of(papers.written(tmp_path, data))
    assert "Actions de ŒUVRARD Éloïse" in text and "2 actions ouvertes" in text
    assert text.index("En retard (1)") < text.index("À finir") < text.index("Plus tard (1)")
    assert "En cours, 40 %" in text.replace("\u202f", " ")


def test_the_plan_counts_every_action(tmp_path: Path) -> None:
    made, _code = Vault.create(Home(tmp_path / "p"), "essai", cost=Cost.TEST)
    fill(made, today=TODAY)
    plan = made.ask(
        lambda session: session.scalars(select(Plan.id).where(Plan.successor_id.is_not(None)))
        .one())
    data = made.ask(action_plan, plan, TODAY)
    assert sum(len(axis.actions) for axis in data.axes) == 25 and len(data.axes) == 4
    path = papers.written(tmp_path, actions.draw_plan(data))
    papers.run("qpdf", "--check", path)
    text = papers.text_of(path)
    assert all(words in text for words
               in ("Plan d’action, synthèse par axe", "Ce qui attend un accord",
                   "Axe 4 : Mémoire et histoire du territoire"))
    assert all("yes yes" in " ".join(line.split())
               for line in papers.run("pdffonts", path).splitlines()[2:])
    made.close()


def test_each_report_draws_from_the_sample(tmp_path: Path) -> None:
    made, _code = Vault.create(Home(tmp_path / "p"), "essai", cost=Cost.TEST)
    fill(made, today=TODAY)

    def some(session: Session) -> dict[str, uuid.UUID]:
        meeting = session.scalars(select(Meeting).where(Meeting.state == "valide")).first()
        assert meeting is not None and meeting.animator_id is not None
        found = {kind: session.scalars(select(RECORDS[kind].id).order_by(RECORDS[kind].id)).first()
                 for kind in sorted({report.needs for report in REPORTS.values()})}
        return {kind: id_ for kind, id_ in found.items()
                if id_} | {"meeting": meeting.id, "person": meeting.animator_id}
    organisation = made.ask(some)["organisation"]
    made.do(keep_release, year_of(organisation))
    ids = made.ask(some)
    for report in REPORTS.values():
        data = made.ask(report.query, ids[report.needs], TODAY)
        assert report.draw(data) == report.draw(data)
        assert report.draw(data).startswith(b"%PDF-")
        path = papers.written(tmp_path, report.draw(data))
        fonts = papers.run("pdffonts", path).splitlines()[2:]
        assert all("yes yes" in " ".join(line.split())
                   for line in fonts), f"{report.kind}: a font is not embedded"
    made.close()


def test_what_is_not_there_is_said(vault: Vault) -> None:
    for query in (person_actions, action_plan, decisions_of):
        with pytest.raises(AppError):
            vault.ask(query, uuid.uuid4(), TODAY)
