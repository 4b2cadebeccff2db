"""Making a release: every population counted, hidden where it must be, attacked and proved."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.privacy.disclosure.admission import Barred, Past, bar
from desktop.privacy.disclosure.counting import Counted, freeze
from desktop.privacy.disclosure.cubes import Structure
from desktop.privacy.disclosure.engine.suppress import Refused, ReleaseRequest, protect
from desktop.privacy.disclosure.engine.verify import Claim, claims_of, narrowest
from desktop.privacy.disclosure.periods import quarters_of
from desktop.privacy.disclosure.planning import Population, ReleasePlan, last_year
from desktop.privacy.disclosure.release import MAIN, FrozenRelease, PopulationPart, Proof
from desktop.privacy.disclosure.rules import THRESHOLDS

Records = Mapping[str, tuple[Population, Sequence[Counted]]]
"""Population by name, and all its records as they are now."""


def prepare(
    window: str,
    audience: str,
    past: Sequence[FrozenRelease],
    records: Records,
    today: date,
    *,
    language: str = "fr",
    words: dict[str, str] | None = None,
    progress: Callable[[str], None] = lambda _what: None,
) -> FrozenRelease | Barred | Refused:
    """Make a release of a window for an audience, that holds with all of `past` (the oldest
    first); nothing is kept yet.

    `progress` is told what is being tried, and may raise `Stopped`.
    """
    barred = bar(window, audience, [Past(r.window, r.audience, r.made_on) for r in past], today)
    if barred is not None:
        return barred
    parts: dict[str, PopulationPart] = {}
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
        k=THRESHOLDS[audience],
        hidden=sum(len(p.told.hidden) for p in parts.values() if p.told),
        narrowest=narrowest(claims),
        organisations=len({claim.attacker for claim in claims if claim.attacker}),
        together=1 + sum(component >= set(quarters_of(r.window)) for r in past),
        witnesses=hashlib.sha256(
            json.dumps([claim.witnesses for claim in claims]).encode()
        ).hexdigest(),
    )
    return FrozenRelease(
        window=window,
        audience=audience,
        made_on=today.isoformat(),
        language=language,
        parts=parts,
        proof=proof,
        bases=tuple(r.sha256 for r in past),
        words=words or {},
    )


def _closure(window: str, past: Sequence[FrozenRelease]) -> set[str]:
    quarters = set(quarters_of(window))
    while True:
        more = quarters.union(*(q for r in past if quarters & (q := set(quarters_of(r.window)))))
        if more == quarters:
            return quarters
        quarters = more


@dataclass(frozen=True)
class _MadeRelease:
    part: PopulationPart
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

    def make(self, rows: Sequence[Counted]) -> _MadeRelease:
        before = [r.parts[self.name] for r in self.past if self.name in r.parts]
        frozen = {quarter: cube for part in before for quarter, cube in part.blocks.items()}
        counted = {bytes.fromhex(text) for part in before for text in part.counted}
        new = set(quarters_of(self.window)) - set(frozen)
        blocks, ids = freeze(rows, new, set(frozen), counted) if new else ({}, [])
        frozen |= blocks
        population = self._with_codes(before)
        told = [part.told for part in before if part.told is not None]
        plan = ReleasePlan(population, last_year(told, self.window))

        def total(window: str) -> int:
            return sum(
                frozen[quarter].total for quarter in quarters_of(window) if quarter in frozen
            )

        tables = plan.tables(self.audience, self.window, total(self.window))
        mine = PopulationPart(
            dimensions=population.structure.dimensions,
            blocks=blocks,
            counted=tuple(i.hex() for i in ids),
        )
        if not tables:
            return _MadeRelease(_refused(mine, "no-table"), [], Refused("no-table"))
        outcome = protect(
            ReleaseRequest(
                structure=population.structure,
                blocks={q: frozen[q] for q in sorted(self.component) if q in frozen},
                told=tuple(t for t in told if self.component >= set(quarters_of(t.window))),
                audience=self.audience,
                window=self.window,
                tables=tuple(tables),
                expected=plan.expected,
                never=plan.never(tables),
                publishable=lambda audience, window: plan.tables(audience, window, total(window)),
                reported=population.reported,
                progress=self.progress,
            )
        )
        if isinstance(outcome, Refused):
            return _MadeRelease(_refused(mine, outcome.reason), [], outcome)
        kept = tuple(t for t in tables if t.name not in outcome.dropped)
        claims = [
            claim
            for name, view in outcome.views.items()
            for claim in claims_of(name, view, [*view.told, outcome.told])
        ]
        return _MadeRelease(
            PopulationPart(
                dimensions=mine.dimensions,
                blocks=blocks,
                counted=mine.counted,
                told=outcome.told,
                tables=kept,
                dropped=outcome.dropped,
            ),
            claims,
        )

    def _with_codes(self, before: list[PopulationPart]) -> Population:
        """Return the population with every code that a frozen block may hold."""
        now = self.population.structure
        codes = {
            name: tuple(
                dict.fromkeys(
                    [*codes, *(c for part in before for c in part.dimensions.get(name, ()))]
                )
            )
            for name, codes in now.dimensions.items()
        }
        return Population(
            Structure(now.name, codes, now.cliques),
            self.population.forms,
            self.population.merged,
            self.population.usual,
            self.population.reported,
        )


def _refused(part: PopulationPart, reason: str) -> PopulationPart:
    return PopulationPart(
        dimensions=part.dimensions, blocks=part.blocks, counted=part.counted, refused=reason
    )
