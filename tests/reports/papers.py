"""Papers to draw in the tests: meetings of any size, and what poppler reads in the result."""

import re
import subprocess
import uuid
from datetime import date, datetime
from pathlib import Path

from desktop.queries.documents.sheet import (
    AttendanceSheet,
    Heading,
    Minutes,
    MinutesLine,
    Participant,
    Point,
)

HEADING = Heading("Collectif d’essai", "Maubeuge-Val de Sambre",
                  "Groupe de travail Accompagnement socio-juridique",
                  "Axe 3\u202f: Accompagnement socio-juridique des victimes", date(2026, 11, 22))
PEOPLE = (
    ("Benali", "Fatima", "CCAS", "Conseillère en économie sociale et familiale", "commune",
     "present"),
    ("Vandenbroucke-Desmarescaux", "Marie-Bénédicte", "Association d’accompagnement juridique",
     "Coordinatrice",
     "association", "present"),
    ("Œuvrard", "Éloïse", "Assurance maladie", "Chargée d’accès aux droits", "sante", "distance"),
    ("Vandermeulebrouckezegersteen", "Anne-Charlotte-Emmanuelle", "Communauté d’agglomération",
     "Vice-présidente déléguée à la politique de la ville", "agglomeration", "represente"),
    ("Nguyễn", "Thị Hương", "Défenseur des droits", "Déléguée", "etat", "excuse"),
    ("Wojciechowski", "Stanisław", "Habitat solidaire", "Médiateur", "bailleur", "absent"),
)
LINES = (
    MinutesLine("text", "L’orientation prend trois semaines\u202f; un créneau commun est proposé."),
    MinutesLine("question", "Qui tient l’agenda partagé pendant l’été\u202f?"),
    MinutesLine("decision", "Une permanence commune ouvre le premier mardi du mois.",
         number="RD-2026-03-01", how="par consensus"),
    MinutesLine("action", "Relancer l’assurance maladie", who="BENALI Fatima", due=date(2026, 4, 1),
         state="En cours"),
)


def people(count: int, *, marked: bool) -> tuple[Participant, ...]:
    found = []
    for index in range(count):
        family, given, organisation, function, college, state = PEOPLE[index % len(PEOPLE)]
        shown = state if marked else "attendu"
        found.append(Participant(uuid.UUID(int=index + 1), family, given, organisation, function,
                                 college, shown,
                                 "BENALI Fatima" if shown == "represente" else "",
                                 "14:20" if shown == "present" and index % 4 == 0 else ""))
    return tuple(found)


def sheet(count: int, kind: str = "groupe_de_travail", *, marked: bool = False) -> AttendanceSheet:
    training = kind == "formation"
    return AttendanceSheet(
        HEADING, "Accueil des personnes\u202f: qui fait quoi\u202f?", kind,
        datetime(2026, 3, 12, 9 if training else 14, 30),
        datetime(2026, 3, 13 if training else 12, 17), "Maison des services, salle B12",
        "BENALI Fatima", "KRTV",
        people(count, marked=marked), marked, {})


def minutes(count: int, audience: str = "diffusion", **changes: object) -> Minutes:
    points = tuple(Point(title, "BENALI Fatima", 20, "Échange", LINES)
                   for title in ("Actualités", "Circuit d’orientation"))
    given: dict[str, object] = dict(  # noqa: C408
        heading=HEADING, audience=audience, title="Accueil des personnes", kind="Groupe de travail",
        state="projet",
        version=1, validated_on=None, starts_at=datetime(2026, 3, 12, 14, 30),
        ends_at=datetime(2026, 3, 12, 17),
        place="Maison des services", animator="BENALI Fatima", secretary="ŒUVRARD Éloïse", quorum=4,
        people=people(count, marked=True), previous_on=date(2026, 1, 15), earlier=LINES[3:],
        points=points, other=(),
        decisions=LINES[2:3], actions=LINES[3:], next_meeting=datetime(2026, 5, 12, 9, 30),
        next_place="Mairie",
        remarks_until=date(2026, 3, 27), annexes=("Fiche de liaison.pdf",), withheld=0)
    return Minutes(**{**given, **changes})


def written(folder: Path, data: bytes) -> Path:
    path = folder / "paper.pdf"
    path.write_bytes(data)
    return path


def run(*command: object) -> str:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True,
                          check=True).stdout


def text_of(path: Path, *options: str) -> str:
    """The text as a person reads it: one space between words."""
    return re.sub(r"\s+", " ", run("pdftotext", *options, path, "-"))


def pages_of(path: Path) -> int:
    return int(re.search(r"Pages:\s+(\d+)", run("pdfinfo", path)).group(1))
