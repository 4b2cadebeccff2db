"""What the territory promised, on several laptops: an action through both accords, a member that
forges one; a charter kept."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from desktop.base.errors import AppError
from desktop.commands.accords import announce, ask_accord, save_accord
from desktop.commands.actions import create_action, move_action
from desktop.commands.half_days import mark_half_day
from desktop.commands.meetings import create_meeting, expect_people, mark_attendance
from desktop.commands.records import add_record, edit_record
from desktop.models.half_days import half_days
from desktop.models.states import POLITIQUE_DE_LA_VILLE, ActionState, Evidence
from desktop.queries.actions import ActionDetail, action_detail
from desktop.queries.charter import charter_in_force, charter_rows
from desktop.queries.charter_evidence import Standing
from desktop.queries.documents.charter import organisation_paper
from desktop.queries.documents.synthesis import synthesis_of
from desktop.queries.history import history_of
from desktop.queries.plan import plans_of
from desktop.queries.trainings import Trained, trained_rows
from desktop.reports import charter as charter_report
from desktop.vault import Vault
from tests.reports import papers
from tests.sync.laptops import Laptops

TODAY = date.today()
PARTS = (("validation", "action_id"), ("follow_up", "action_id"), ("notice", "action_id"),
         ("action_funding", "action_id"))


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Laptops]:
    made = Laptops(tmp_path)
    yield made
    made.close()


def rounds(laptops: Laptops, *vaults: Vault) -> None:
    for vault in (*vaults, *vaults):
        laptops.sync(vault)


def read(vault: Vault, action: object) -> ActionDetail:
    found = vault.ask(action_detail, action)
    assert found is not None
    return found


def test_an_action_goes_from_idea_to_bilan_through_both_accords_and_none_is_forged(
    laptops: Laptops) -> None:
    member, state, agglo = (laptops.join(name, role) for name, role in (
        ("noor", "membre"), ("prefecture", "validation_etat"), ("camvs", "validation_agglo")))
    everyone = (member, laptops.founder, state, agglo)
    rounds(laptops, *everyone)
    action = member.do(create_action, "Former les agents d’accueil des mairies",
                       state=ActionState.IDEA)
    member.do(add_record, "action_funding",
              {"action_id": str(action), "source": POLITIQUE_DE_LA_VILLE, "cents": 450_000,
               "year": TODAY.year})
    asked = {party: member.do(ask_accord, {"action_id": str(action), "party": party})
             for party in ("etat", "agglo")}
    with pytest.raises(AppError) as refused:
        member.do(move_action, action, ActionState.UNDER_WAY)
    assert refused.value.field == "state"
    with pytest.raises(AppError):
        member.do(save_accord, asked["etat"], {"answer": "donnee"})
    rounds(laptops, *everyone)

    # A program of its own, which thinks that it may: nobody takes the two accords that it writes,
    # nor what stands on them.
    honest = member.identity
    member.save_identity(replace(honest, roles=frozenset()))
    for validation in asked.values():
        member.do(save_accord, validation, {"answer": "donnee", "answered_on": TODAY.isoformat()})
    member.save_identity(honest)
    rounds(laptops, *everyone)
    for vault in everyone[1:]:
        assert [one.answer for one in read(vault, action).validations] == ["", ""]
        with pytest.raises(AppError):
            vault.do(move_action, action, ActionState.UNDER_WAY)

    state.do(save_accord, asked["etat"],
             {"answer": "donnee", "answered_on": TODAY.isoformat(), "by": "Le délégué du préfet"})
    agglo.do(save_accord, asked["agglo"],
             {"answer": "refusee", "answered_on": TODAY.isoformat(), "remark": "Devis à revoir"})
    rounds(laptops, *everyone)
    assert [str(party) for party in read(member, action).row.lacking] == [
        "agglo"], "the true answer stands at the forger too"
    agglo.do(save_accord, asked["agglo"], {"answer": "donnee", "remark": None})
    rounds(laptops, *everyone)

    member.do(move_action, action, ActionState.UNDER_WAY)
    member.do(announce, action)
    member.do(add_record, "follow_up",
              {"action_id": str(action), "on": TODAY.isoformat(), "text": "Deux mairies inscrites"})
    member.do(edit_record, action, {"outcome": "Quarante agents formés"})
    member.do(move_action, action, ActionState.DONE)
    rounds(laptops, *everyone)
    for vault in everyone:
        detail = read(vault, action)
        assert (detail.row.state, detail.row.progress, detail.row.outcome, detail.row.lacking) == (
            ActionState.DONE, 100, "Quarante agents formés", ())
        plan = vault.ask(plans_of)[0]
        found = vault.ask(synthesis_of, plan.id, TODAY)
        assert (found.whole.actions, found.funded, found.whole.requested,
                found.waiting) == (1, 1, 450_000, ())
    told = laptops.founder.ask(history_of, laptops.founder.identity, "fr", "action", action, PARTS)
    assert {one.kind for one in told} == {"action", "validation", "follow_up", "notice",
                                          "action_funding"}
    assert {"PREFECTURE Jo", "CAMVS Jo", "NOOR Jo"} <= {one.by for one in told}


def test_an_organisation_signs_is_trained_takes_part_and_its_page_explains_each_point(
        laptops: Laptops, tmp_path: Path) -> None:
    member, office = laptops.join("noor"), laptops.founder
    house = member.do(add_record, "organisation", {"name": "Maison des femmes"})
    anne, bilal = (
        member.do(add_record, "person",
                  {"given_name": name, "family_name": "Martin", "organisation_id": str(house)})
                   for name in ("Anne", "Bilal"))
    rounds(laptops, member, office)
    charter = office.ask(charter_in_force, TODAY)
    assert charter is not None
    office.do(add_record, "commitment",
              {"organisation_id": str(house), "charter_id": str(charter.id),
               "signed_on": TODAY.isoformat(), "signed_by": "Anne Martin",
               "confidentiality_on": TODAY.isoformat()})
    programme = office.do(add_record, "training",
                          {"title": "Repérer une discrimination", "refresh_months": 24})
    for number in range(4):
        day = TODAY - timedelta(days=20 * (number + 1))
        training = number == 0
        meeting = office.do(create_meeting, group_id=None, title=f"Réunion {number}",
                            kind="formation" if training else "pleniere", starts_at=f"{day}T09:00",
                            ends_at=f"{day}T17:00", training_id=programme if training else None)
        office.do(expect_people, meeting, [anne, bilal])
        office.do(edit_record, meeting, {"state": "projet"})
        if training:
            for half in half_days(datetime.combine(day, time(9)), datetime.combine(day, time(17))):
                office.do(mark_half_day, meeting, anne, half.code, "present")
            office.do(mark_half_day, meeting, bilal, half.code, "present")
        else:
            office.do(mark_attendance, meeting, anne, "present")
    rounds(laptops, office, member)

    rows = {row.id: row for row in member.ask(trained_rows, TODAY)}
    assert (rows[anne].state, rows[anne].hours,
            rows[bilal].state) == (Trained.TRAINED, 7.0, Trained.TO_TRAIN)
    (row,) = [row for row in member.ask(charter_rows, TODAY, False) if row.id == house]
    assert row.signed is not None and row.cells[Evidence.TAKES_PART].kept is Standing.KEPT
    assert (row.cells[Evidence.TRAINED].kept,
            row.cells[Evidence.TRAINED].count) == (Standing.IN_PART, 1)
    text = papers.text_of(
        papers.written(tmp_path,
                       charter_report.draw_organisation(
                           member.ask(organisation_paper, house, TODAY))))
    assert "Maison des femmes" in text and "MARTIN Bilal" in text and "Réunion 1" in text
    for clause in charter.clauses:
        assert not clause.evidence or clause.label in " ".join(
            text.split()), "each clause that is shown is explained"
