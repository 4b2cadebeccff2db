"""Sixty actions of a drawn world in all states, with their money, validations, notices, follow-ups;
the schemes beside."""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from desktop.models.actions import Action, ActionFunding, Dispositif, FollowUp, Notice, Validation
from desktop.sample.world import Row, World

ACTIONS = 60
STATES = ("idee", "proposee", "a_valider", "en_cours", "faite", "abandonnee", "suspendue")
_WEIGHTS = (5, 12, 12, 42, 22, 7, 2)
REASONS = ("Le financement n’a pas été obtenu.", "Une autre structure porte déjà cette action.",
           "Le public visé n’a pas pu être réuni.", "Le départ du pilote n’a pas été remplacé.")
SCHEMES = (("Ligne Urgence Précarité", "Assurance maladie", "SANTE"),
           ("Bourse aux stages", "Insertion jeunes", "STAGE"),
           ("Permanence du point-justice", "Espace droits", "POLICE_JUSTICE"),
           ("Adultes-relais", "Délégation État", "ESPACE_PUBLIC"),
           ("Cordées de la réussite", "Lycée", "ECOLE"),
           ("Programme de réussite éducative", "Cohésion sociale", "ECOLE"),
           ("Clauses sociales d’insertion", "Insertion jeunes", "ACCES_EMPLOI"),
           ("Médiation santé en quartier", "Maison de santé", "SANTE"))


def action_values(world: World, born: date, meeting: uuid.UUID | None = None,
                  item: uuid.UUID | None = None) -> tuple[uuid.UUID, dict[str, Any]]:
    """Return the id and the fields of one action born that day; the world remembers it."""
    made = world.id_at(born)
    old = born < world.today - timedelta(days=150)
    state = world.pick(STATES, (2, 6, 5, 25, 52, 10, 2) if old else _WEIGHTS)
    objective, axis = world.pick(world.frame.objectives)
    owner = world.me if world.me and world.chance(0.1) else world.pick(world.people)
    due = born + timedelta(days=world.rng.randint(20, 240))
    if state == "en_cours" and due < world.today - timedelta(days=60):
        due = world.day(-30, 90)
    world.actions.append(made)
    values = {
        "id": made, "title": world.text("action"), "description": world.text("description"),
        "axis_id": axis,
        "objective_id": objective,
        "domains": world.some(("LOGEMENT_SOCIAL", "ACCES_EMPLOI", "STAGE", "SANTE", "ECOLE",
                               "SERVICE_PUBLIC", "POLICE_JUSTICE"), 1, 2),
        "communes": [code for code, _name, _zone in world.some(world.frame.communes[:16], 0, 3)],
        "neighbourhoods": [code for code, _commune in world.some(world.frame.neighbourhoods, 0, 2)],
        "audience": world.text("public"), "meeting_id": meeting, "agenda_item_id": item,
        "owner_id": owner,
        "owner_organisation_id": world.employer.get(owner), "partner_ids": [
            str(o) for o in world.some(world.organisations, 0, 4)],
        "starts_on": born.isoformat() if state in ("en_cours", "faite") else None,
        "due_on": due.isoformat() if world.chance(0.92) else None, "state": state,
        "abandoned_reason": world.pick(REASONS) if state == "abandonnee" else None,
        "progress": 100 if state == "faite" else world.pick((10, 25, 40, 60, 80))
        if state == "en_cours" else None,
        "funding": world.pick(("politique_de_la_ville", "droit_commun", "autre", "aucun"),
                              (40, 25, 10, 25)),
        "outcome": world.text("note") if state == "faite" else None}
    world.told[made] = values
    return made, values


def rows(world: World) -> Iterator[Row]:
    """Yield the actions not born in the notes, and what follows from all of them."""
    schemes = []
    for name, holder, domain in SCHEMES:
        schemes.append(world.id_at(world.day(-600, -540)))
        yield Dispositif, {"id": schemes[-1], "name": name, "holder": holder, "domains": [domain]}
    while len(world.actions) < ACTIONS:
        meeting, item, born = (world.pick(world.origins) if world.chance(0.6)
                               else (None, None, world.day(-500, -2)))
        _made, values = action_values(world, born, meeting, item)
        if world.chance(0.4):
            values["dispositif_ids"] = [str(i) for i in world.some(schemes, 1, 2)]
        yield Action, values
    for action in world.actions:
        yield from _around(world, action)


def _around(world: World, action: uuid.UUID) -> Iterator[Row]:
    asked, values = world.day(-400, -20), world.told[action]
    state, running = values["state"], values["state"] in ("en_cours", "faite")
    if values["funding"] == "politique_de_la_ville":
        if state != "idee":
            yield from _accords(world, action, asked, state)
        yield ActionFunding, {"id": world.id_at(asked), "action_id": action,
                              "source": "politique_de_la_ville",
                              "label": "Appel à projets",
                              "cents": world.rng.randint(8, 120) * 10_000}
    elif running and world.chance(0.8):
        yield Notice, {"id": world.id_at(asked), "action_id": action, "on": asked.isoformat(),
                       "how": world.pick(("reunion", "message")), "text": world.text("followup")}
    for _each in range(world.pick((0, 1, 2, 3), (3, 4, 2, 1))):
        on = world.day(-300, -1)
        yield FollowUp, {"id": world.id_at(on), "action_id": action, "on": on.isoformat(),
                         "text": world.text("followup"),
                         "progress": world.pick((10, 25, 40, 60, 80, 90))}


def _accords(world: World, action: uuid.UUID, asked: date, state: str) -> Iterator[Row]:
    """Yield the answers of both parties: what runs has both accords, what is suspended lost one,
    the rest waits for some."""
    for party in ("etat", "agglo"):
        refused = state == "suspendue" and party == "agglo"
        running = state in ("en_cours", "faite", "suspendue")
        answered = running or world.chance(0.4)
        said = ("refusee" if refused else "donnee" if running
                else world.pick(("donnee", "refusee"), (9, 1)))
        answer = said if answered else None
        if answer is None:
            world.awaited.append((action, party, asked))
        yield Validation, {
            "action_id": action, "party": party, "asked_on": asked.isoformat(), "answer": answer,
            "answered_on": (asked + timedelta(days=world.rng.randint(5, 60))).isoformat()
            if answered else None,
            "by": "Délégation de l’État" if party == "etat" else "Service instructeur",
            "remark": world.text("followup") if answer == "refusee" or world.chance(0.3) else None}

