"""Papers and sheets name a place as it was called on the day of the record, and by its new name
from then on."""

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from desktop.base.paths import Home
from desktop.commands.actions import create_action
from desktop.commands.places import rename_place
from desktop.commands.records import add_record
from desktop.models.vocabularies import Place
from desktop.queries.census import census_of
from desktop.queries.documents.papers import action_plan
from desktop.queries.plan import plans_of
from desktop.reports import actions
from desktop.vault import Vault
from tests.day import TODAY
from tests.reports import papers
from tests.ui.collective import Small, fill
from tests.window import settle, shown


def test_the_plan_the_census_and_the_sheets_say_the_name_of_the_day(
        qtbot: QtBot, home: Home, vault: Vault, tmp_path: Path) -> None:
    small: Small = fill(vault)
    place = vault.ask(lambda session: session.scalars(select(Place).where(
        Place.kind == "commune", Place.name == "Maubeuge")).one())
    today = date.today()
    later, before = ((today + timedelta(days=9)).isoformat(), (today - timedelta(days=90))
                     .isoformat())
    for title, day in (("Ancienne", before), ("Nouvelle", later)):
        vault.do(create_action, title, communes=[place.code], starts_on=day, due_on=later)
    wanted = {"organisation_id": str(small.organisations[0]), "domain": "commerce",
              "level": "troisieme", "places": 1,
              "commune": place.code, "ends_on": later}
    offers = [vault.do(add_record, "internship_offer", wanted | {"starts_on": day})
              for day in (before, later)]
    vault.do(rename_place, {"place_id": str(place.id), "name": "Maubeuge-la-Neuve"})

    found = {row.title: row.places for row in vault.ask(census_of, today, "fr").rows
             if row.title in ("Ancienne", "Nouvelle")}
    assert found == {"Ancienne": ("Maubeuge",), "Nouvelle": ("Maubeuge-la-Neuve",)}
    plan = vault.ask(action_plan, vault.ask(plans_of)[0].id, TODAY)
    lines = {line.title: line.places for axis in plan.axes for line in axis.actions}
    assert (lines["Ancienne"], lines["Nouvelle"]) == ("Maubeuge", "Maubeuge-la-Neuve")
    text = papers.text_of(papers.written(tmp_path, actions.draw_plan(plan)))
    assert "Neuve" in text and "Maubeuge" in text.replace("Maubeuge-la-Neuve", "")

    with shown(home, vault) as window:
        said = []
        for offer in offers:
            window.go("internships", offer)
            settle()
            register = window.current.register  # type: ignore[union-attr]
            said.append(" ".join(label.text() for label in register.detail.findChildren(QLabel)
                                 if label.isVisible()))
        assert "Maubeuge" in said[0] and "Neuve" not in said[0] and "Maubeuge-la-Neuve" in said[1]
