"""Internships: offers, searches by code and their applications, written by hand; beyond the first
world, drawn for their size."""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from desktop.models.choices import codes_of
from desktop.models.internships import InternshipApplication, InternshipOffer, InternshipRequest
from desktop.privacy.case_codes import make_case_code
from desktop.sample.people import ORGANISATIONS
from desktop.sample.world import Row, World

SHORT = {short.split(" {")[0]: place
         for place, (_name, short, _college, _domains) in enumerate(ORGANISATIONS)}
OFFERS, REQUESTS = 18, 40
"""What each world after the first one has."""


class _Offer(NamedTuple):
    """`week`: the week of its first day, counted from this one."""

    host: str
    sector: str
    level: str
    week: int
    days: int
    places: int
    description: str
    contact: str = ""
    taken: int = 0
    accessible: bool = True
    closed: bool = False


class _Search(NamedTuple):
    """`town`: the rank of the commune by its size. `applied`: number of the offer, name of another
    host or "" for an employer elsewhere; months ago; answer."""

    sector: str
    level: str
    week: int
    days: int
    town: int
    qpv: str
    gender: str
    school: str
    ago: int
    applied: tuple[tuple[int | str, int, str], ...]


WRITTEN_OFFERS = (
    _Offer("Jeunesse", "animation", "troisieme", 2, 5, 3,
           "Préparer et animer les ateliers du mercredi, avec l’équipe.",
           "Accueil jeunesse, 03 27 00 12 40"),
    _Offer("Maison de santé", "sante", "troisieme", 2, 5, 2,
           "Accueil, secrétariat médical, rencontre de chaque métier.",
           "Secrétariat, 03 27 00 31 18"),
    _Offer("Espace droits", "justice", "troisieme", 2, 5, 1,
           "Observer les permanences, préparer les dossiers, comprendre un droit.",
           "Coordination de l’Espace droits"),
    _Offer("Fonderies", "industrie", "troisieme", 2, 5, 4,
           "Visite des ateliers, bureau des méthodes, laboratoire.",
           "Service des ressources humaines", 1, False),
    _Offer("France services", "accueil", "troisieme", 1, 5, 2,
           "Accueillir, orienter, aider aux démarches en ligne."),
    _Offer("L’Écluse", "social", "troisieme", 1, 5, 2,
           "Vie du centre social : accueil, épicerie solidaire, ateliers."),
    _Offer("Mémoires de forges", "culture", "troisieme", 2, 5, 1,
           "Classer un fonds de photographies, guider une visite."),
    _Offer("Cohésion sociale", "accueil", "seconde", 28, 12, 2,
           "Deux semaines dans trois services de l’agglomération.",
           "Direction de la cohésion sociale"),
    _Offer("Logis des Trois Rivières", "batiment", "cap", 6, 19, 1,
           "Entretien des logements avec l’équipe technique.",
           "Agence de secteur", 0, False),
    _Offer("GE Bassin", "transport", "bac_pro", 6, 26, 3,
           "Préparation de commandes, plan de chargement, sécurité.",
           "Chargé de recrutement du groupement", 1, False),
    _Offer("Fonderies", "industrie", "bac_pro", 6, 26, 2,
           "Maintenance des lignes, avec un tuteur de l’atelier.",
           "Service des ressources humaines", 0, False),
    _Offer("CCAS", "social", "bts_but", 8, 47, 1,
           "Suivi de l’accès aux droits, permanences, compte rendu d’activité.",
           "Direction du CCAS"),
    _Offer("Assurance maladie", "informatique", "bts_but", 8, 47, 1,
           "Tableaux de suivi des rendez-vous de la mission.",
           "Mission Accès aux soins"),
    _Offer("Handicap et cité", "communication", "superieur", 10, 89, 1,
           "Guide de l’accessibilité des lieux publics, en facile à lire."),
    _Offer("Habitat solidaire", "accueil", "troisieme", -46, 5, 2,
           "Accueil des locataires et bureau du logement."),
    _Offer("Insertion jeunes", "accueil", "insertion", 6, 12, 3,
           "Découvrir l’accueil d’une structure d’insertion.",
           "Conseil jeunes, 03 27 00 44 02", 0, True, True),
)
WRITTEN_SEARCHES = (
    _Search("sante", "troisieme", 2, 5, 0, "oui", "FEMME", "college_rep", 1, (
        ("", 2, "refusee"), ("", 2, "sans_reponse"), ("", 1, "refusee"), (1, 1, "acceptee"))),
    _Search("animation", "troisieme", 2, 5, 0, "oui", "HOMME", "college_rep", 1, (
        ("", 2, "refusee"), ("", 1, "sans_reponse"), (0, 0, "attente"))),
    _Search("justice", "troisieme", 2, 5, 1, "non", "FEMME", "college", 1, ((2, 1, "acceptee"),)),
    _Search("industrie", "troisieme", 2, 5, 5, "oui", "HOMME", "college_rep", 1, (
        ("", 2, "sans_reponse"), ("", 2, "sans_reponse"), ("GE Bassin", 1, "refusee"),
        (3, 0, "attente"))),
    _Search("commerce", "troisieme", 2, 5, 0, "oui", "FEMME", "segpa", 2, (
        ("", 2, "refusee"), ("", 2, "refusee"), ("", 2, "sans_reponse"), ("", 1, "sans_reponse"),
        ("", 1, "refusee"))),
    _Search("social", "troisieme", 1, 5, 2, "non", "HOMME", "college", 0, ()),
    _Search("industrie", "bac_pro", 6, 26, 0, "oui", "HOMME", "lycee_pro", 2, (
        ("", 2, "refusee"), ("", 2, "sans_reponse"), ("", 1, "refusee"), (10, 0, "attente"))),
    _Search("transport", "bac_pro", 6, 26, 4, "non", "HOMME", "lycee_pro", 2,
            ((9, 1, "acceptee"),)),
    _Search("batiment", "cap", 6, 19, 3, "non", "HOMME", "cfa", 1,
            (("", 1, "refusee"), (8, 1, "acceptee"))),
    _Search("social", "bts_but", 8, 47, 0, "oui", "FEMME", "superieur", 1, (
        ("Assurance maladie", 1, "refusee"), ("", 1, "sans_reponse"), (11, 0, "attente"))),
    _Search("accueil", "seconde", 28, 12, 1, "non", "FEMME", "lycee", 0, ()),
    _Search("informatique", "troisieme", 2, 5, 0, "oui", "HOMME", "college_rep", 0,
            (("", 0, "attente"), ("", 0, "attente"))),
    _Search("beaute", "cap", 5, 19, 6, "non", "FEMME", "lycee_pro", 2, (
        ("", 2, "refusee"), ("", 2, "sans_reponse"), ("", 1, "acceptee"))),
    _Search("accueil", "troisieme", -46, 5, 0, "oui", "FEMME", "college_rep", 13, (
        ("", 13, "refusee"), ("", 12, "sans_reponse"), (14, 12, "acceptee"))),
)


def rows(world: World) -> Iterator[Row]:
    """Yield the internships of a world, whose directory is there already."""
    yield from _written(world) if world.number == 0 else _drawn(world)


def _written(world: World) -> Iterator[Row]:
    monday = world.today - timedelta(days=world.today.weekday())
    towns = [code for code, _name, zone in world.frame.communes if not zone]
    codes = {name: code for code, name, _zone in world.frame.communes}
    offers: list[uuid.UUID] = []
    for offer in WRITTEN_OFFERS:
        host, start = world.organisations[SHORT[offer.host]], monday + timedelta(weeks=offer.week)
        offers.append(world.id_at(min(world.today, start) - timedelta(days=40)))
        yield InternshipOffer, {
            "id": offers[-1], "organisation_id": host, "domain": offer.sector,
            "level": offer.level, "starts_on": start.isoformat(), "places": offer.places,
            "ends_on": (start + timedelta(days=offer.days - 1)).isoformat(), "taken": offer.taken,
            "commune": codes[world.seats[host]], "description": offer.description,
            "contact": offer.contact or None,
            "accessible": offer.accessible, "closed": offer.closed}
    for search in WRITTEN_SEARCHES:
        made, start = world.random_id(), monday + timedelta(weeks=search.week)
        yield InternshipRequest, {
            "id": made, "code": make_case_code(world.rng), "level": search.level,
            "domain": search.sector,
            "starts_on": start.isoformat(),
            "ends_on": (start + timedelta(days=search.days - 1)).isoformat(),
            "commune": towns[search.town % len(towns)], "lives_in_qpv": search.qpv,
            "gender": search.gender,
            "school_type": search.school, "month": _month(world.today, search.ago)}
        for where, ago, answer in search.applied:
            yield InternshipApplication, {
                "id": world.random_id(), "request_id": made, "month": _month(world.today, ago),
                "answer": answer,
                "offer_id": offers[where] if isinstance(where, int) else None,
                "organisation_id": world.organisations[SHORT[where]]
                if isinstance(where, str) and where else None}


def _drawn(world: World) -> Iterator[Row]:
    hosts = [one for one in world.organisations if world.colleges[one] != "habitants"]
    towns = [code for code, _name, zone in world.frame.communes if not zone]
    codes = {name: code for code, name, _zone in world.frame.communes}
    sectors, levels = codes_of("internship_sector"), codes_of("internship_level")
    for _each in range(OFFERS):
        host, start = world.pick(hosts), world.day(-300, 120)
        yield InternshipOffer, {
            "id": world.id_at(world.day(-320, -5)), "organisation_id": host,
            "domain": world.pick(sectors),
            "level": world.pick(levels), "places": world.rng.randint(1, 4),
            "starts_on": start.isoformat(),
            "ends_on": (start + timedelta(days=world.pick((4, 13, 27, 55)))).isoformat(),
            "commune": codes[world.seats[host]]}
    for _each in range(REQUESTS):
        made, month = world.random_id(), world.month(12)
        values: dict[str, Any] = {"lives_in_qpv": world.pick(("oui", "non")),
                                  "gender": world.pick(("FEMME", "HOMME"))}
        yield InternshipRequest, {
            "id": made, "code": make_case_code(world.rng), "level": world.pick(levels),
            "domain": world.pick(sectors),
            "commune": world.pick(towns), "school_type": world.pick(codes_of("school_type")),
            "month": month, **values}
        answers = ["acceptee"] * world.chance(0.55) + [
            world.pick(("refusee", "sans_reponse", "attente"), (5, 3, 1))
            for _one in range(world.rng.randint(2, 20))]
        for answer in answers:
            yield InternshipApplication, {"id": world.random_id(), "request_id": made,
                                          "month": month, "answer": answer}


def _month(today: date, ago: int) -> str:
    months = today.year * 12 + today.month - 1 - ago
    return f"{months // 12}-{months % 12 + 1:02d}"
