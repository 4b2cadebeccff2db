"""A release made by hand, of one organisation among others: the year 2025 for the partners."""

import uuid

from desktop.privacy.disclosure.cells import Cell, CountTable, Status, ToldCells
from desktop.privacy.disclosure.cubes import Cube
from desktop.privacy.disclosure.release import FrozenRelease, PopulationPart, Proof

DOMAINS = ("EMPLOI_FORMATION", "LOGEMENT", "EDUCATION", "NSP")
WHOLE = {"EMPLOI_FORMATION": 30, "LOGEMENT": 20, "NSP": 18}
OWN = {"EMPLOI_FORMATION": 9, "LOGEMENT": 6, "EDUCATION": 3, "NSP": 2}
OTHERS = {"EMPLOI_FORMATION": 7, "LOGEMENT": 7, "EDUCATION": 0, "NSP": 8}


def year_of(organisation: uuid.UUID) -> FrozenRelease:
    """The figures of 2025: `OWN` are of this organisation, `OTHERS` of each of two others and a
    half."""
    def rows(of: dict[str, int], name: str) -> dict[tuple[tuple[str, ...], str], int]:
        return {((domain, "liee"), name): count for domain, count in of.items() if count}

    others = {f"{number:032x}": OTHERS for number in (1, 2)}
    cube = rows(OWN, organisation.hex)
    for name, of in others.items():
        cube |= rows(of, name)
    rest = {code: WHOLE[code] - OWN[code] - 2 * OTHERS[code] for code in WHOLE}
    cube |= rows(rest, f"{3:032x}")
    base = sum(cube.values())
    table = CountTable("domain_family", "2025", (("domain", DOMAINS),))
    follow_up = CountTable("follow_up", "2025", (("follow_up", ("liee",)),))

    def at(domain: str) -> Cell:
        return Cell("2025", (("domain", domain),))

    told = ToldCells(
        "partenaires", 5, "2025",
        {Cell("2025"): base, **{at(code): count for code, count in WHOLE.items()},
         Cell("2025", (("follow_up", "liee"),)): base},
        {at("EDUCATION"): Status("small")})
    part = PopulationPart(dimensions={"domain": DOMAINS, "follow_up": ("liee",)},
                          blocks={"2025-T1": Cube(cube)}, told=told, tables=(table, follow_up))
    words = {"domain:EMPLOI_FORMATION": "Emploi et formation", "domain:LOGEMENT": "Logement",
             "domain:EDUCATION": "Éducation", "domain:NSP": "Ne sait pas",
             "follow_up:liee": "Liée à une action", "zone:59392": "Maubeuge"}
    return FrozenRelease(
        window="2025", audience="partenaires", made_on="2026-02-03", language="fr",
        parts={"observations": part}, words=words,
        proof=Proof(k=5, hidden=1, narrowest=(0, 4), organisations=4, together=1, witnesses="0"))
