"""Founding a collective: what a preset gives, who is written as its author, what is refused."""

from datetime import date

import pytest

from desktop.base.errors import AppError
from desktop.commands.collective import (
    add_author,
    found_records,
    preset_names,
    read_preset,
    vocabulary_rows,
)
from desktop.queries.directory import (
    collective_name,
    groups_of,
    organisations_of,
    people_of,
    places_of,
    terms_of,
)
from desktop.queries.plan import axes_of, plans_of
from desktop.queries.records import get_record, list_records
from desktop.queries.today import today_of
from desktop.vault import Vault


@pytest.mark.parametrize("preset", preset_names())
def test_every_preset_founds_its_plan_its_groups_and_its_places(vault: Vault, preset: str) -> None:
    data = read_preset(preset)
    made = vault.do(found_records, preset, " Le collectif ")
    assert vault.ask(collective_name) == "Le collectif"
    assert vault.ask(get_record, made)["territory"] == data["territory"]
    axes = vault.ask(axes_of)
    assert [axis.title for axis in axes] == [axis["title"] for axis in data["axes"]]
    assert [[(one.title, sorted(i.label for i in one.indicators)) for one in axis.objectives]
            for axis in axes] == [
                [(one["title"], sorted(i["label"] for i in one["indicators"]))
                 for one in axis["objectives"]] for axis in data["axes"]]
    assert ({row.name for row in vault.ask(organisations_of)}
            == {one["name"] for one in data["organisations"]})
    plan, following = sorted(vault.ask(plans_of), key=lambda row: row.axes, reverse=True)
    assert (plan.successor == following.name == data["plan"]["successor"]["name"]
            and "à confirmer" in following.name)
    assert following.axes == 0 and not following.starts_on
    assert {group.name for group in vault.ask(groups_of)} == {one["name"] for one in data["groups"]}
    for kind, name in (("zone", "zones"), ("commune", "communes"),
                       ("neighbourhood", "neighbourhoods")):
        assert {place.code for place in vault.ask(places_of, kind)} == {
            one["code"] for one in data[name]}


def test_a_collective_has_the_terms_of_every_vocabulary(vault: Vault) -> None:
    vault.do(found_records, preset_names()[0], "Le collectif")
    wanted: dict[str, list[str]] = {}
    for _kind, values in vocabulary_rows():
        wanted.setdefault(values["vocabulary"], []).append(values["code"])
    assert wanted
    for name, codes in wanted.items():
        assert sorted(term.code for term in vault.ask(terms_of, name)) == sorted(codes)


def test_founding_is_undone_and_done_again(vault: Vault) -> None:
    preset = preset_names()[0]
    vault.do(found_records, preset, "Le collectif")
    before = [axis.id for axis in vault.ask(axes_of)]
    vault.undo()
    assert vault.ask(axes_of) == []
    vault.redo()
    assert [axis.id for axis in vault.ask(axes_of)] == before


def test_a_collective_without_a_name_or_a_known_territory_is_refused(vault: Vault) -> None:
    with pytest.raises(AppError, match="a besoin d’un nom"):
        vault.do(found_records, preset_names()[0], "  ")
    with pytest.raises(AppError, match="atlantide") as refused:
        vault.do(found_records, "atlantide", "Le collectif")
    assert all(name in (refused.value.hint or "") for name in preset_names())
    assert vault.ask(list_records, "collective") == [] and vault.ask(axes_of) == []


@pytest.mark.parametrize(("said", "shown"), [
    ("Zoé LEFÈVRE", "LEFÈVRE Zoé"), ("Zoé Lefèvre", "LEFÈVRE Zoé"),
    ("LEFÈVRE Zoé", "LEFÈVRE Zoé"), ("Zoé", "ZOÉ"),
    ("Anne Marie DE LA TOUR", "DE LA TOUR Anne Marie")])
def test_the_author_is_written_as_people_are(vault: Vault, said: str, shown: str) -> None:
    made = vault.do(add_author, said)
    assert [(row.id, row.name) for row in vault.ask(people_of)] == [(made, shown)]


def test_an_author_without_a_name_is_refused(vault: Vault) -> None:
    with pytest.raises(AppError, match="prénom et nom"):
        vault.do(add_author, "  ")
    assert vault.ask(people_of) == []


def test_the_legal_list_asks_for_its_check_after_a_year(vault: Vault) -> None:
    vault.do(found_records, "valenciennes-metropole", "Collectif")
    assert vault.ask(today_of, date(2027, 11, 22), None).list_checked_on == ""
    assert vault.ask(today_of, date(2027, 11, 23), None).list_checked_on == "2026-11-22"
