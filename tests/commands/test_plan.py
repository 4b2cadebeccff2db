"""A plan that ends hands on its axes and objectives: by hand, by titles, as they are; read across,
printed, undone."""

import uuid
from datetime import date
from pathlib import Path

import pytest

from desktop.base.errors import AppError
from desktop.commands.actions import create_action
from desktop.commands.plan import match_by_titles, take_up
from desktop.commands.records import add_record, edit_record
from desktop.models.states import ActionState
from desktop.queries.action_filters import ActionFilter, filtered_actions
from desktop.queries.documents.papers import action_plan
from desktop.queries.documents.synthesis import synthesis_of
from desktop.queries.plan import axes_of
from desktop.queries.succession import FollowedAxis, Reached, axes_before, successions_of
from desktop.reports import actions
from desktop.vault import Vault
from tests.reports import papers

TODAY = date(2026, 11, 30)


def axis(vault: Vault, plan: uuid.UUID, code: str, title: str) -> uuid.UUID:
    return vault.do(add_record, "axis",
                    {"plan_id": str(plan), "code": code, "order": code, "title": title})


def objective(vault: Vault, of_axis: uuid.UUID, title: str) -> uuid.UUID:
    return vault.do(add_record, "objective", {"axis_id": str(of_axis), "title": title})


@pytest.fixture
def plans(vault: Vault) -> tuple[uuid.UUID, uuid.UUID]:
    following = vault.do(add_record, "plan", {"name": "Quartiers 2030", "starts_on": "2024-01-01"})
    ended = vault.do(add_record, "plan", {"name": "Contrat de ville", "starts_on": "2015-01-01",
                                          "successor_id": str(following)})
    return ended, following


def followed(vault: Vault, plan: uuid.UUID) -> tuple[FollowedAxis, ...]:
    (one,) = vault.ask(successions_of, plan)
    return one.axes


def test_titles_that_say_the_same_are_matched_and_the_rest_is_taken_up(
        vault: Vault, plans: tuple[uuid.UUID, uuid.UUID]) -> None:
    ended, following = plans
    jobs, housing = axis(vault, ended, "1", "Accès à l’emploi"), axis(vault, ended, "2", "Logement")
    old = objective(vault, jobs, "Former les recruteurs")
    new = axis(vault, following, "A", "L’accès à l’emploi")
    recruiters = objective(vault, new, "Formation des recruteurs")
    assert vault.do(match_by_titles, ended) == 2 and vault.do(match_by_titles, ended) == 0
    one, two = followed(vault, ended)
    assert (one.id, one.next_id, two.next_id) == (jobs, new, None)
    assert [(each.id, each.next_id) for each in one.objectives] == [(old, recruiters)]
    assert vault.ask(axes_before, [new]) == {new, jobs}
    assert vault.do(take_up, ended) == 1
    two = followed(vault, ended)[1]
    assert two.id == housing and two.next_title == "2. Logement"
    assert {row.title for row in vault.ask(axes_of)
            if row.plan_id == following} == {"L’accès à l’emploi", "Logement"}
    vault.undo()
    assert followed(vault, ended)[1].next_id is None
    assert {row.title for row in vault.ask(axes_of)
            if row.plan_id == following} == {"L’accès à l’emploi"}


def test_what_follows_belongs_to_the_plan_that_follows(vault: Vault,
                                                       plans: tuple[uuid.UUID, uuid.UUID]) -> None:
    ended, following = plans
    one, new = axis(vault, ended, "1", "Emploi"), axis(vault, following, "1", "Emploi")
    for axis_id, successor in ((one, one), (new, one), (one, uuid.uuid4())):
        with pytest.raises(AppError) as refused:
            vault.do(edit_record, axis_id, {"successor_id": str(successor)})
        assert refused.value.field == "successor_id"
    with pytest.raises(AppError, match="rond"):
        vault.do(edit_record, following, {"successor_id": str(ended)})
    with pytest.raises(AppError, match="Aucun plan ne suit"):
        vault.do(take_up, following)
    vault.do(edit_record, one, {"successor_id": str(new)})
    vault.do(edit_record, one, {"successor_id": None})
    assert followed(vault, ended)[0].next_id is None


def test_the_synthesis_of_both_plans_prints_what_goes_on_in_what(
        vault: Vault, plans: tuple[uuid.UUID, uuid.UUID], tmp_path: Path) -> None:
    ended, following = plans
    jobs = axis(vault, ended, "1", "Emploi")
    aim = objective(vault, jobs, "Former les recruteurs")
    indicator = vault.do(add_record, "indicator",
                         {"objective_id": str(aim), "label": "Formations", "unit": "jours",
                          "target": 9})
    for on, value in (("2026-01-02", 4), ("2026-03-02", 7)):
        vault.do(add_record, "indicator_value",
                 {"indicator_id": str(indicator), "on": on, "value": value})
    vault.do(take_up, ended)
    new = followed(vault, ended)[0].next_id
    vault.do(create_action, "Fini", axis_id=str(jobs), state=ActionState.DONE)
    vault.do(create_action, "Reste", axis_id=str(jobs))
    vault.do(create_action, "Neuf", axis_id=str(new))
    filtered = vault.ask(filtered_actions, ActionFilter(TODAY, None, "all", axis=str(new)))
    assert {row.title for row in filtered} == {"Fini", "Reste", "Neuf"}
    (row,) = followed(vault, following)
    assert (row.actions, row.done, row.open) == (2, 1, 1)
    assert row.objectives[0].indicators == (Reached("Formations", "jours", 7, 9),)
    # Each plan counts its own: what the other counts is not outside the axes.
    for plan, count in ((ended, 2), (following, 1)):
        found = vault.ask(synthesis_of, plan, TODAY)
        assert found.whole.actions == count and [line.code for line in found.axes] == ["1"]
        text = papers.text_of(
            papers.written(tmp_path, actions.draw_plan(vault.ask(action_plan, plan, TODAY))))
        said = " ".join(text.split())
        for part in ("Contrat de ville, puis Quartiers 2030", "1. Emploi",
                     "2 actions, 1 faite, 1 encore ouverte",
                     "Formations : 7 jours sur 9".replace(" :", "\u202f:")):
            assert part in said or part.replace("\u202f", " ") in said, part
