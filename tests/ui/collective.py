"""A small fictional collective for the tests of the screens: long names, accents, homonyms, every
state."""

import atexit
import shutil
import uuid
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import Any

from desktop.base.paths import Home
from desktop.commands.actions import create_action
from desktop.commands.collective import found_records
from desktop.commands.meetings import add_agenda_item, add_decision, create_meeting, mark_attendance
from desktop.commands.notes import ensure_block, write_note
from desktop.commands.observations import record_observation
from desktop.commands.records import add_record, add_records, edit_record
from desktop.models.actions import Validation
from desktop.models.changes import author_of
from desktop.privacy.case_codes import make_case_code
from desktop.queries.directory import groups_of
from desktop.queries.meetings.notes import Embed
from desktop.queries.meetings.rows import roll_call_of
from desktop.queries.plan import axes_of
from desktop.vault import Cost, Vault
from tests.conftest import PASSPHRASE

TODAY = date.today()
ORGANISATIONS = (
    ("Centre communal d’action sociale des Trois-Rivières", "CCAS", "commune"),
    ("Mission locale du Val d’Ouvrage", "Mission locale", "association"),
    ("Office public de l’habitat Sambre-Logis", "Sambre-Logis", "bailleur"),
    ("Association Les Passerelles", "", "association"),
    ("Caisse primaire d’assurance maladie", "CPAM", "sante"),
    ("Sous-préfecture", "", "etat"),
)
PEOPLE = (
    ("Fatima", "Benali", "médiatrice sociale", 0), ("Éric", "Lefèvre", "directeur", 1),
    ("Anne-Sophie", "de La Rochefoucauld-Vandenberghe",
     "chargée de mission politique de la ville et accès aux droits", 5),
    ("Karim", "Haddad", "conseiller en insertion", 1), ("Zoé", "Châtaigne", "juriste", 3),
    ("Jean", "Martin", "agent d’accueil", 4), ("Jean", "Martin", "gardien d’immeuble", 2),
    ("Œuvrard", "Maëlle", "présidente", 3), ("Nguyễn", "Thị Hoa", "interprète", 3),
    ("Claire", "Dumont", "coordinatrice", 0),
    ("Samira", "El Amrani", "assistante sociale", 0), ("Piotr", "Wójcik", "bénévole", 3),
)


@dataclass(frozen=True)
class Small:
    """What was made, for the tests to look for."""

    people: tuple[uuid.UUID, ...]
    organisations: tuple[uuid.UUID, ...]
    group: uuid.UUID
    meeting: uuid.UUID
    me: uuid.UUID


def fill(vault: Vault) -> Small:
    """Give a vault that was just made the small collective: what one such vault holds is written
    once, and copied."""
    folder, small = _prepared()
    assert vault.identity.collective_id is None and vault.identity.person_id is None
    vault.close()
    shutil.rmtree(vault.home.folder)
    shutil.copytree(folder, vault.home.folder)
    vault.unlock(PASSPHRASE)
    return small


@cache
def _prepared() -> tuple[Path, Small]:
    folder = Path(mkdtemp(prefix="carnet-small-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    vault, _code = Vault.create(Home(folder), PASSPHRASE, cost=Cost.TEST)
    with closing(vault):
        return folder, _written(vault)


def _written(vault: Vault) -> Small:
    """Found the collective and write everything a screen may show."""
    vault.do(found_records, "maubeuge-val-de-sambre",
             "Collectif de lutte contre les discriminations")
    group = next(g.id for g in vault.ask(groups_of) if g.kind == "groupe_de_travail")

    def directory(session: Any) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
        own = [add_record(session, "organisation",
                          {"name": n, "short_name": s, "college": c, "domains": ["EMPLOI_PRIVE"],
                           "contact": "accueil de la structure"})
               for n, s, c in ORGANISATIONS]
        for at, organisation in enumerate(own[:4]):
            add_record(session, "commitment", {
                "organisation_id": str(organisation), "signed_on": "2025-03-12",
                "signed_by": "La direction",
                **({"confidentiality_on": "2025-03-12"} if at < 3 else {})})
        people = [add_record(session, "person", {"given_name": g, "family_name": f, "function": fn,
                                                 "organisation_id": str(own[o]),
                                                 "email": "contact@exemple.invalid"})
                  for g, f, fn, o in PEOPLE]
        for at, person in enumerate(people):
            add_record(session, "membership",
                       {"group_id": str(group), "person_id": str(person), "since": "2025-01-01",
                        "role": ("pilote", "secretaire")[at] if at < 2 else "membre"})
        return people, own

    people, own = vault.do(directory)
    me = people[9]
    vault.save_identity(replace(vault.identity, person_id=me,
                                roles=frozenset({"coordination", "secretariat", "observatoire"})))
    meeting = vault.do(_meetings, group, people)
    vault.do(_actions, people, own, me, [axis.id for axis in vault.ask(axes_of)])
    vault.do(_rest, own)
    return Small(tuple(people), tuple(own), group, meeting, me)


def _meetings(session: Any, group: uuid.UUID, people: list[uuid.UUID]) -> uuid.UUID:
    places = ("Maison des associations", "Salle des fêtes de la commune",
              "Hôtel de ville, salle du conseil")
    for months in range(1, 8):
        day = TODAY - timedelta(days=30 * months)
        old = create_meeting(session, group_id=group,
                             title=("Groupe de travail accès aux droits", "Plénière du collective",
                             "Comité technique")[months % 3].replace("collective", "collectif"),
                             kind=("groupe_de_travail", "pleniere", "cotech")[months % 3],
                             starts_at=f"{day.isoformat()}T14:00",
                             ends_at=f"{day.isoformat()}T16:30",
                             place=places[months % 3])
        edit_record(session, old, {"state": "valide" if months > 1 else "projet"})
        for at, person in enumerate(people):
            mark_attendance(session, old, person,
                            ("present", "present", "excuse", "distance", "absent")[at % 5])
    for days, title in ((9, "Comité de pilotage annuel"),
                        (23, "Formation : accueillir une parole de discrimination")):
        day = TODAY + timedelta(days=days)
        create_meeting(session, group_id=group, title=title, kind="copil",
                       starts_at=f"{day.isoformat()}T09:30",
                       ends_at=f"{day.isoformat()}T12:00", place=places[2])
    now = create_meeting(session, group_id=group,
                         title="Groupe de travail accompagnement des victimes",
                         kind="groupe_de_travail", starts_at=f"{TODAY.isoformat()}T14:00",
                         ends_at=f"{TODAY.isoformat()}T16:00", place=places[0], quorum=7)
    edit_record(session, now,
                {"state": "en_seance",
                 "started_at": (datetime.now() - timedelta(minutes=37)).isoformat(
                     timespec="minutes")})
    items = [add_agenda_item(session, now, title, minutes=minutes, kind=kind)
             for title, minutes, kind in (
                 ("Bilan des permanences d’écoute", 30, "information"),
                 ("Parcours d’orientation vers le délégué", 45, "echange"),
                 ("Calendrier des formations", 20, "decision"))]
    session.flush()
    row = {r.person_id: r for r in roll_call_of(session, now)}
    for at, state in enumerate(
        ("present", "present", "excuse", "represente", "distance", "present", "present", "absent")):
        mark_attendance(session, now, people[at], state,
                        represented_by_id=people[1] if state == "represente" else None,
                        arrived_at="14:20" if at == 5 else None)
    assert row
    action = create_action(session, "Relancer la CPAM au sujet des refus de soins",
                           owner_id=people[0],
                           due_on=(TODAY + timedelta(days=5)).isoformat(), meeting_id=now,
                           agenda_item_id=items[0])
    session.flush()
    decision = add_decision(session, now, "Deux permanences par mois à partir de janvier", items[0])
    session.flush()
    block = ensure_block(session, now, items[0])
    session.flush()
    write_note(session, block, [
        "Quatorze permanences tenues depuis septembre ; la fréquentation double quand la date est "
        "affichée dans les halls d’immeuble.\n", Embed("action", action), "\n",
        Embed("decision", decision),
        "\nLes structures souhaitent un document d’une page à remettre aux personnes."])
    return now


def _actions(session: Any, people: list[uuid.UUID], own: list[uuid.UUID], me: uuid.UUID,
             axes: list[uuid.UUID]) -> None:
    titles = ("Imprimer le dépliant des droits en six langues",
              "Former les agents d’accueil des mairies",
              "Recenser les offres de stage de troisième",
              "Organiser la semaine de lutte contre le racisme",
              "Rencontrer les bailleurs sociaux", "Mettre à jour le répertoire des intervenants",
              "Traduire la fiche d’orientation", "Exposition sur la mémoire ouvrière")
    states = ("en_cours", "a_valider", "proposee", "faite", "en_cours", "idee", "en_cours",
              "abandonnee")
    for at, title in enumerate(titles):
        action = create_action(
            session, title, owner_id=me if at % 2 == 0 else people[at], state=states[at],
            axis_id=str(axes[at % len(axes)]),
            due_on=(TODAY + timedelta(days=(-20, 3, 30, -60, 6, None, -2, 10)[at])).isoformat()
            if at != 5 else None,
            owner_organisation_id=str(own[at % 6]), progress=at * 10,
            funding="politique_de_la_ville" if at == 1 else "droit_commun",
            abandoned_reason="Le financement n’a pas été obtenu." if states[at] == "abandonnee"
            else None,
            description="Action conduite avec les structures volontaires du territoire.")
        session.flush()
        if at == 1:
            author = author_of(session)
            session.info["author"] = replace(author, roles=frozenset())
            add_records(session,
                        [(Validation,
                          {"action_id": action, "party": "etat", "asked_on": "2026-09-01",
                          "answer": "donnee", "answered_on": "2026-09-20"})])
            add_records(session,
                        [(Validation,
                          {"action_id": action, "party": "agglo", "asked_on": "2026-09-01"})])
            session.info["author"] = author
            add_record(session, "action_funding",
                       {"action_id": str(action), "source": "politique_de_la_ville",
                        "label": "Contrat de ville", "cents": 125000})
        add_record(session, "follow_up",
                   {"action_id": str(action), "on": "2026-10-02", "text": "Premier contact pris."})


def _rest(session: Any, own: list[uuid.UUID]) -> None:
    domains = ("EMPLOI_PRIVE", "LOGEMENT_SOCIAL", "SANTE", "ECOLE", "SERVICE_PUBLIC")
    criteria = ("ORIG", "HAND", "SEXE", "AGE", "LIEU")
    for at in range(34):
        month = (TODAY.replace(day=1) - timedelta(days=31 * (at % 9))).isoformat()[:7]
        record_observation(session, {
            "domain": domains[(at * at) % 5], "principal_criterion": criteria[at % 5],
            "month": month,
            "state": ("transmise", "recue", "qualifiee", "recue")[at % 4],
            "qualification": "PLAUSIBLE",
            "account": "Une mère dit que le guichet a refusé son dossier après avoir entendu son "
                       "accent."})
    internship = {"starts_on": (TODAY + timedelta(days=30)).isoformat(),
                  "ends_on": (TODAY + timedelta(days=34)).isoformat()}
    for at in range(6):
        add_record(session, "referral", {
            "case_code": make_case_code(Random(1000 + at)),
            "kind": ("defenseur", "acces_aux_droits", "ccas")[at % 3], "urgency": "urgente"
            if at == 2 else "normale", "state": ("proposee", "en_cours", "close")[at % 3],
            "organisation_id": str(own[at]), "opened_month": "2026-09"})
        add_record(session, "resource", {
            "kind": ("outil", "intervenant", "document", "lieu", "memoire", "outil")[at],
            "title": ("Jeu de cartes « Vrai ou faux »", "Intervenante en droit du logement",
                      "Guide de l’accueil",
                      "Salle de projection", "Fonds de photographies des usines",
                      "Mallette pédagogique")[at],
            "organisation_id": str(own[at]), "access": "Sur demande, une semaine avant.",
            "description": "Prêt gratuit aux membres."})
        add_record(session, "internship_offer", {
            "organisation_id": str(own[at]), "domain": ("commerce", "accueil")[at % 2],
            "level": "troisieme",
            **internship, "places": at + 1})
        search = add_record(session, "internship_request", {
            "code": make_case_code(Random(2000 + at)), "level": "troisieme", "domain": "commerce",
            "month": "2026-10",
            **internship})
        for number in range(3):
            add_record(session, "internship_application", {
                "request_id": str(search), "month": "2026-10",
                "answer": ("acceptee" if at % 2 == 0 else "attente", "refusee",
                           "sans_reponse")[number]})


def make(home: Home) -> Vault:
    """A vault that holds the small collective."""
    vault, _code = Vault.create(home, PASSPHRASE, cost=Cost.TEST)
    fill(vault)
    return vault
