"""A release as it is kept: the blocks that it froze, what it told of each, its proof; and the making of a new one.

What is kept is read again and never computed again: the same release twice is the same bytes, on any
computer, with any version of the solver.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from desktop.privacy.disclosure.admission import Barred, Past, bar
from desktop.privacy.disclosure.cells import Cell, Status, Table, Told
from desktop.privacy.disclosure.counting import Counted, freeze
from desktop.privacy.disclosure.cubes import Cube, Structure
from desktop.privacy.disclosure.periods import quarters_of
from desktop.privacy.disclosure.planning import Plan, Population, last_year
from desktop.privacy.disclosure.suppress import PUBLIC, Protected, Refused, Request, protect
from desktop.privacy.disclosure.thresholds import THRESHOLDS
from desktop.privacy.disclosure.verify import Claim, claims_of, narrowest

FORM = "carnet release 1"
MAIN = "observations"
"""The population without which nothing is released."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """What a release holds of one population.

    `blocks`: the cubes that it froze itself. `counted`: ids that those count. `told`: what it told;
    None where nothing of the population is released, for the reason `refused`.
    """

    dimensions: Mapping[str, tuple[str, ...]]
    blocks: dict[str, Cube] = field(default_factory=dict)
    counted: tuple[str, ...] = ()
    told: Told | None = None
    tables: tuple[Table, ...] = ()
    dropped: tuple[str, ...] = ()
    refused: str = ""


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What the attack of a release came to, as it may be told to anyone.

    `narrowest`: the interval of the hidden cell that is known best. `together`: releases that were
    attacked together. `witnesses`: the SHA-256 of the cubes that prove it, which the vault's computer
    verified without a solver.
    """

    k: int
    hidden: int
    narrowest: tuple[int, int] | None
    organisations: int
    together: int
    witnesses: str


@dataclass(frozen=True, kw_only=True)
class FrozenRelease:
    """One release, as it is kept. `bases`: the hashes of the releases that it stands on, the oldest first.

    `words`: labels by « dimension:code » and of tables, as they were on that day.
    """

    window: str
    audience: str
    made_on: str
    language: str
    parts: dict[str, Part]
    proof: Proof
    bases: tuple[str, ...] = ()
    words: dict[str, str] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """The hash of all that is kept: the name of the release."""
        return hashlib.sha256(encode(self).encode()).hexdigest()


# Keeping

def encode(release: FrozenRelease) -> str:
    """The one text of a release."""
    return json.dumps({
        "form": FORM, "window": release.window, "audience": release.audience, "made_on": release.made_on,
        "language": release.language, "bases": list(release.bases), "words": release.words,
        "proof": vars(release.proof),
        "parts": [[name, _part_out(part)] for name, part in release.parts.items()],
    }, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _part_out(part: Part) -> dict[str, Any]:
    told = part.told
    return {
        "dimensions": {name: list(codes) for name, codes in part.dimensions.items()}, "order": list(part.dimensions),
        "blocks": {quarter: cube.as_rows() for quarter, cube in part.blocks.items()},
        "counted": list(part.counted), "dropped": list(part.dropped), "refused": part.refused,
        "tables": [[t.name, t.window, [[name, list(codes)] for name, codes in t.axes]] for t in part.tables],
        "told": None if told is None else {
            "k": told.k,
            "visible": [[c.window, [list(at) for at in c.at], value] for c, value in sorted(told.visible.items())],
            "hidden": [[c.window, [list(at) for at in c.at], str(status)] for c, status in sorted(told.hidden.items())]}}


def decode(text: str) -> FrozenRelease:
    """Read a release; ValueError for anything else."""
    try:
        raw = json.loads(text)
        if raw["form"] != FORM:
            raise ValueError(raw["form"])
        proof = dict(raw["proof"])
        proof["narrowest"] = None if proof["narrowest"] is None else tuple(proof["narrowest"])
        return FrozenRelease(
            window=raw["window"], audience=raw["audience"], made_on=raw["made_on"], language=raw["language"],
            bases=tuple(raw["bases"]), words=raw["words"], proof=Proof(**proof),
            parts={name: _part_in(part, raw["audience"], raw["window"]) for name, part in raw["parts"]})
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("no release") from error


def _part_in(raw: dict[str, Any], audience: str, window: str) -> Part:
    def cell(row: list[Any]) -> Cell:
        return Cell(row[0], tuple((name, code) for name, code in row[1]))

    told = raw["told"]
    return Part(
        dimensions={name: tuple(raw["dimensions"][name]) for name in raw["order"]},
        blocks={quarter: Cube.from_rows(rows) for quarter, rows in raw["blocks"].items()},
        counted=tuple(raw["counted"]), dropped=tuple(raw["dropped"]), refused=raw["refused"],
        tables=tuple(Table(name, of, tuple((axis, tuple(codes)) for axis, codes in axes)) for name, of, axes in raw["tables"]),
        told=None if told is None else Told(
            audience, told["k"], window, {cell(row): row[2] for row in told["visible"]},
            {cell(row): Status(row[2]) for row in told["hidden"]}))


# Making

Records = Mapping[str, tuple[Population, Sequence[Counted]]]
"""Population by name, and all its records as they are now."""


def prepare(window: str, audience: str, past: Sequence[FrozenRelease], records: Records, today: date, *, language: str = "fr",
            words: dict[str, str] | None = None,
            progress: Callable[[str], None] = lambda _what: None) -> FrozenRelease | Barred | Refused:
    """Make a release of a window for an audience, that holds with all of `past` (the oldest first); nothing is kept yet.

    `progress` is told what is being tried, and may raise `Stopped`.
    """
    barred = bar(window, audience, [Past(r.window, r.audience, r.made_on) for r in past], today)
    if barred is not None:
        return barred
    parts: dict[str, Part] = {}
    claims: list[Claim] = []
    component = _closure(window, past)
    for name, (population, rows) in records.items():
        made = _Maker(name, window, audience, past, component, population, progress).make(rows)
        if name == MAIN and made.refusal is not None:
            return made.refusal
        parts[name] = made.part
        claims += made.claims
        progress(name)
    proof = Proof(
        k=THRESHOLDS[audience], hidden=sum(len(p.told.hidden) for p in parts.values() if p.told), narrowest=narrowest(claims),
        organisations=len({claim.attacker for claim in claims if claim.attacker}),
        together=1 + sum(component >= set(quarters_of(r.window)) for r in past),
        witnesses=hashlib.sha256(json.dumps([claim.witnesses for claim in claims]).encode()).hexdigest())
    return FrozenRelease(window=window, audience=audience, made_on=today.isoformat(), language=language, parts=parts, proof=proof,
                   bases=tuple(r.sha256 for r in past), words=words or {})


def _closure(window: str, past: Sequence[FrozenRelease]) -> set[str]:
    quarters = set(quarters_of(window))
    while True:
        more = quarters.union(*(q for r in past if quarters & (q := set(quarters_of(r.window)))))
        if more == quarters:
            return quarters
        quarters = more


@dataclass(frozen=True)
class _Made:
    part: Part
    claims: list[Claim]
    refusal: Refused | None = None


@dataclass(frozen=True)
class _Maker:
    """Makes the part of one population."""

    name: str
    window: str
    audience: str
    past: Sequence[FrozenRelease]
    component: set[str]
    population: Population
    progress: Callable[[str], None]

    def make(self, rows: Sequence[Counted]) -> _Made:
        before = [r.parts[self.name] for r in self.past if self.name in r.parts]
        frozen = {quarter: cube for part in before for quarter, cube in part.blocks.items()}
        counted = {bytes.fromhex(text) for part in before for text in part.counted}
        new = set(quarters_of(self.window)) - set(frozen)
        blocks, ids = freeze(rows, new, set(frozen), counted) if new else ({}, [])
        frozen |= blocks
        population = self._with_codes(before)
        told = [part.told for part in before if part.told is not None]
        plan = Plan(population, last_year(told, self.window))

        def total(window: str) -> int:
            return sum(frozen[quarter].total for quarter in quarters_of(window) if quarter in frozen)

        tables = plan.tables(self.audience, self.window, total(self.window))
        mine = Part(dimensions=population.structure.dimensions, blocks=blocks, counted=tuple(i.hex() for i in ids))
        if not tables:
            return _Made(_refused(mine, "no-table"), [], Refused("no-table"))
        outcome = protect(Request(
            structure=population.structure, blocks={q: frozen[q] for q in sorted(self.component) if q in frozen},
            told=tuple(t for t in told if self.component >= set(quarters_of(t.window))), audience=self.audience,
            window=self.window, tables=tuple(tables), expected=plan.expected, never=plan.never(tables),
            publishable=lambda audience, window: plan.tables(audience, window, total(window)),
            reported=population.reported, progress=self.progress))
        if isinstance(outcome, Refused):
            return _Made(_refused(mine, outcome.reason), [], outcome)
        kept = tuple(t for t in tables if t.name not in outcome.dropped)
        claims = [claim for name, view in outcome.views.items() for claim in claims_of(
            name, view, [*view.told, outcome.told])]
        return _Made(Part(dimensions=mine.dimensions, blocks=blocks, counted=mine.counted, told=outcome.told, tables=kept,
                          dropped=outcome.dropped), claims)

    def _with_codes(self, before: list[Part]) -> Population:
        """The population with every code that a frozen block may hold."""
        now = self.population.structure
        codes = {name: tuple(dict.fromkeys([*codes, *(c for part in before for c in part.dimensions.get(name, ()))]))
                 for name, codes in now.dimensions.items()}
        return Population(Structure(now.name, codes, now.cliques), self.population.forms, self.population.merged,
                          self.population.usual, self.population.reported)


def _refused(part: Part, reason: str) -> Part:
    return Part(dimensions=part.dimensions, blocks=part.blocks, counted=part.counted, refused=reason)


# Standing

def standing(releases: Sequence[FrozenRelease]) -> tuple[list[FrozenRelease], list[FrozenRelease]]:
    """Of releases in the order of their stamps, those that stand and those that came second.

    Two computers may have released at once. The earlier one stands; a later one that was made without
    it falls, whatever its window: what came late would be counted in both.
    """
    stand: list[FrozenRelease] = []
    fallen: list[FrozenRelease] = []
    for release in releases:
        # What it stands on must stand itself: blocks were frozen there.
        (stand if set(release.bases) == {other.sha256 for other in stand} else fallen).append(release)
    return stand, fallen


__all__ = ["FORM", "MAIN", "PUBLIC", "FrozenRelease", "Part", "Proof", "Protected", "decode", "encode", "prepare", "standing"]
