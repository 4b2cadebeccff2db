"""Generated collectives: records of three years that come late, are withdrawn or put right, and
are published on the way."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from desktop.privacy.disclosure.admission import Past, bar
from desktop.privacy.disclosure.cells import Cell, CountTable, ToldCells
from desktop.privacy.disclosure.counting import Counted, freeze
from desktop.privacy.disclosure.cubes import Cube, Structure
from desktop.privacy.disclosure.engine.suppress import Protected, Refused, ReleaseRequest, protect
from desktop.privacy.disclosure.periods import closes_on, quarters_of
from desktop.privacy.disclosure.planning import Population, ReleasePlan, TableForm, last_year
from desktop.privacy.disclosure.rules import PARTNERS, PUBLIC

WEIGHTS = {
    "criterion": {
        "ORIGINE": 42,
        "SANTE": 26,
        "PRECARITE": 20,
        "SEXE": 14,
        "AGE": 13,
        "CONVICTIONS": 9,
        "LGBT": 5,
        "APPARENCE": 5,
    },
    "domain": {
        "EMPLOI": 46,
        "LOGEMENT": 26,
        "DROITS": 21,
        "BIENS": 13,
        "ESPACE": 10,
        "EDUCATION": 6,
    },
    "zone": {"Z1": 30, "Z2": 22, "Z3": 16, "Z4": 13, "Z5": 10, "INCONNU": 9},
    "follow_up": {"recue": 38, "qualifiee": 42, "liee": 16, "NSP": 4},
}
USUAL = {
    "criterion": {
        "ORIGINE": 30.0,
        "SANTE": 25,
        "SEXE": 12,
        "AGE": 12,
        "PRECARITE": 10,
        "CONVICTIONS": 6,
        "LGBT": 3,
        "APPARENCE": 3,
    },
    "domain": {
        "EMPLOI": 40.0,
        "LOGEMENT": 20,
        "DROITS": 18,
        "BIENS": 10,
        "ESPACE": 8,
        "EDUCATION": 6,
    },
}
LATE = ("PERIODE", "APRES")
MERGED = {
    "criterion": (
        ("ORIGINE",),
        ("SANTE",),
        ("PRECARITE", "AGE"),
        ("SEXE", "LGBT"),
        ("CONVICTIONS", "APPARENCE"),
    ),
    "domain": (("EMPLOI",), ("LOGEMENT",), ("DROITS", "EDUCATION"), ("BIENS", "ESPACE")),
}
FORMS = (
    TableForm("domain_family", ("domain",)),
    TableForm("criterion_family", ("criterion",)),
    TableForm("quarter", ("quarter",)),
    TableForm("zone", ("zone",)),
    TableForm("follow_up", ("follow_up",)),
    TableForm("late", ("late",)),
    TableForm("criterion_family_by_domain_family", ("criterion", "domain")),
    TableForm("domain_family_by_zone", ("domain", "zone")),
)


def population(sizes: tuple[int, int, int, int]) -> Population:
    """A population with so many codes of each dimension, the most frequent first."""
    codes = {
        name: tuple(list(weights)[:size])
        for (name, weights), size in zip(WEIGHTS.items(), sizes, strict=True)
    }
    merged = {
        name: tuple(
            tuple(c for c in group if c in codes[name])
            for group in groups
            if group[0] in codes[name]
        )
        for name, groups in MERGED.items()
    }
    return Population(
        Structure(
            "generated",
            codes | {"late": LATE},
            (("criterion", "domain"), ("domain", "zone"), ("follow_up",), ("late",)),
        ),
        FORMS,
        merged,
        USUAL,
    )


@dataclass(frozen=True)
class Shape:
    """What a sequence is made of."""

    seed: int
    records: int
    organisations: int
    specialised: bool
    sizes: tuple[int, int, int, int] = (8, 6, 6, 4)
    years: int = 3
    quarterly: bool = True
    merge: bool | None = None


@dataclass
class Step:
    """One release of a sequence, and what it was made from."""

    audience: str
    window: str
    blocks: dict[str, Cube]
    told: tuple[ToldCells, ...]
    outcome: Protected | Refused
    plan: ReleasePlan
    tables: list[CountTable]
    recounted: dict[str, tuple[dict[str, Cube], dict[str, Cube]]] = field(default_factory=dict)
    """Window published before -> its blocks as they were frozen, and as they would be counted
    now."""


def records_of(
    shape: Shape, chance: random.Random, pop: Population
) -> Iterator[tuple[Counted, date]]:
    """Records, and the day on which each arrives; a year holds `records`, some more or less."""
    dimensions = pop.structure.dimensions
    names = [f"o{n}" for n in range(shape.organisations)]
    sizes = [1 / (n + 1) ** 0.8 for n in range(shape.organisations)]
    homes = {
        name: (chance.choice(dimensions["zone"]), chance.choice(dimensions["domain"]))
        for name in names
    }

    def pick(dimension: str) -> str:
        return chance.choices(
            dimensions[dimension], [WEIGHTS[dimension][c] for c in dimensions[dimension]]
        )[0]

    for year in range(2025, 2025 + shape.years):
        for _each in range(max(4, round(shape.records * chance.uniform(0.85, 1.2)))):
            month = chance.randint(1, 12)
            reporter = chance.choices(names, sizes)[0]
            zone, domain = pick("zone"), pick("domain")
            if shape.specialised:
                zone, domain = (
                    homes[reporter][0] if chance.random() < 0.8 else zone,
                    homes[reporter][1] if chance.random() < 0.7 else domain,
                )
            collected = date(year, month, chance.randint(1, 28))
            arrives = collected + timedelta(
                days=chance.randint(0, 20) if chance.random() < 0.93 else chance.randint(60, 200)
            )
            yield (
                Counted(
                    chance.randbytes(16),
                    f"{year}-T{(month - 1) // 3 + 1}",
                    (pick("criterion"), domain, zone, pick("follow_up")),
                    reporter,
                ),
                arrives,
            )


def windows_of(shape: Shape) -> list[tuple[str, str]]:
    """(audience, window) of every release that is tried, in the order of the days on which each
    may be made."""
    wanted = []
    for year in range(2025, 2025 + shape.years):
        if shape.quarterly and year > 2025:
            wanted += [(PARTNERS, f"{year}-T{n}") for n in range(1, 5)]
            if year % 2:
                wanted += [(PARTNERS, f"{year}-S1"), (PUBLIC, f"{year}-S1")]
        wanted += [(PARTNERS, str(year)), (PUBLIC, str(year))]
        if year > 2025 and year % 2 == 0:
            wanted.append((PUBLIC, f"{year - 1}-{year}"))
    rank = {quarters: n for n, quarters in enumerate((1, 2, 4, 8))}
    return sorted(wanted, key=lambda w: (closes_on(w[1]), rank[len(quarters_of(w[1]))], w[0]))


def play(shape: Shape) -> Iterator[Step]:
    """Every release of a sequence, with the blocks and the earlier releases that it shares
    quarters with."""
    chance = random.Random(shape.seed)
    pop = population(shape.sizes)
    arrivals = list(records_of(shape, chance, pop))
    frozen: dict[str, Cube] = {}
    counted: set[bytes] = set()
    told: list[ToldCells] = []
    past: list[Past] = []
    for audience, window in windows_of(shape):
        today = closes_on(window) + timedelta(days=chance.randint(0, 25))
        today = max(today, date.fromisoformat(past[-1].made_on)) if past else today
        # Withdrawn or put right since: the blocks do not change.
        arrivals = [
            (_put_right(chance, record, pop), day)
            for record, day in arrivals
            if chance.random() > 0.004
        ]
        if bar(window, audience, past, today) is not None:
            continue
        here = [record for record, day in arrivals if day <= today]
        new = set(quarters_of(window)) - set(frozen)
        if new:
            cubes, ids = freeze(here, new, set(frozen), counted)
            frozen |= cubes
            counted |= set(ids)
        component = closure(window, told)
        plan = ReleasePlan(pop, last_year(told, window), shape.merge)
        total = sum(frozen[q].total for q in quarters_of(window))
        tables = plan.tables(audience, window, total)
        blocks = {q: frozen[q] for q in sorted(component) if q in frozen}
        shared = tuple(t for t in told if component >= set(quarters_of(t.window)))
        outcome = protect(
            ReleaseRequest(
                structure=pop.structure,
                blocks=blocks,
                told=shared,
                audience=audience,
                window=window,
                tables=tuple(tables),
                expected=plan.expected,
                never=plan.never(tables),
                publishable=lambda a, w, p=plan, f=dict(frozen): p.tables(
                    a, w, sum(f[q].total for q in quarters_of(w))
                ),
            )
        )
        recounted = {
            w: (
                {q: frozen[q] for q in quarters_of(w)},
                freeze(here, set(quarters_of(w)), set(), ())[0],
            )
            for w in {p.window for p in past if len(quarters_of(p.window)) == 4}
        }
        yield Step(audience, window, blocks, shared, outcome, plan, tables, recounted)
        if isinstance(outcome, Protected):
            told.append(outcome.told)
            past.append(Past(window, audience, today.isoformat()))


def _put_right(chance: random.Random, record: Counted, pop: Population) -> Counted:
    if chance.random() > 0.01:
        return record
    return replace(
        record, codes=(chance.choice(pop.structure.dimensions["criterion"]), *record.codes[1:])
    )


def closure(window: str, told: list[ToldCells]) -> set[str]:
    """The quarters of a window and of every release that shares some with it, and so on."""
    quarters = set(quarters_of(window))
    while True:
        more = quarters.union(*(q for t in told if quarters & (q := set(quarters_of(t.window)))))
        if more == quarters:
            return quarters
        quarters = more


def shown(step: Step, name: str) -> float | None:
    """The share of a table's records that its visible cells hold; None for a table that is not of
    this step."""
    table = next((t for t in step.tables if t.name == name), None)
    if table is None:
        return None
    if isinstance(step.outcome, Refused):
        return 0.0
    count = sum(step.blocks[q].total for q in quarters_of(step.window))
    inner = table.inner()
    told = step.outcome.told
    if not all(cell in told.visible or cell in told.hidden for cell in inner):
        return 0.0
    return sum(told.visible.get(cell, 0) for cell in inner) / max(1, count)


__all__ = ["Cell", "Shape", "Step", "closure", "play", "population", "shown", "windows_of"]
