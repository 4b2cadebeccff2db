"""How the observations of this computer spread, as its team reads them: grouped as far as it takes
for no figure to be small, and no further. Where the watch group is with them is its own work, and
told as it is."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.observations import Observation
from desktop.models.vocabularies import Term
from desktop.privacy.disclosure.rules import THRESHOLDS
from desktop.queries.observations import Tally

FLOOR = THRESHOLDS["partenaires"]
"""No figure under this one is written."""
MOST_OF = 0.75
"""The share that must be in figures that are written, or one groups further."""
STEPS = (1, 3, 6, 12)
"""Months, quarters, half-years, years."""
PERIODS = {1: 12, 3: 8, 6: 6, 12: 6}
"""How many of each are shown, the last ones."""


@dataclass(frozen=True)
class TeamChart:
    """One chart. `by_family`: its bars are families of terms, not terms. `grouped`: how many are in
    none of them, each too few to be written; their codes are `rest`."""

    bars: tuple[Tally, ...]
    by_family: bool
    grouped: int
    rest: tuple[str, ...]


@dataclass(frozen=True)
class TeamView:
    """What the team reads. `step`: how many months one bar of `periods` is; its codes are the first
    month of each."""

    total: int
    states: tuple[Tally, ...]
    step: int
    periods: tuple[Tally, ...]
    domains: TeamChart
    criteria: TeamChart


def team_view(session: Session) -> TeamView:
    """Count by state, period of collection, domain and principal criterion."""
    counts: dict[str, Counter[str]] = {
        name: Counter() for name in ("state", "month", "domain", "criterion")}
    for state, month, domain, criterion in session.execute(
            select(Observation.state, Observation.month, Observation.domain,
                   Observation.principal_criterion).where(Observation.deleted.is_not(True))):
        for name, code in (("state", state), ("month", month), ("domain", domain),
                           ("criterion", criterion)):
            counts[name][code or ""] += 1
    step, periods = _periods(counts["month"])
    return TeamView(
        counts["state"].total(), tuple(Tally(*pair) for pair in counts["state"].most_common()),
        step, periods,
        spread(counts["domain"], _families(session, "domains")),
        spread(counts["criterion"], _families(session, "criteria")))


def _families(session: Session, vocabulary: str) -> dict[str, str]:
    return {code: family for code, family in session.execute(
        select(Term.code, Term.family).where(Term.vocabulary == vocabulary)) if code and family}


def spread(counts: Mapping[str, int], families: Mapping[str, str]) -> TeamChart:
    """Group terms into families where most of what is counted is in terms that are too small."""
    alone = _chart(counts, by_family=False)
    if alone.grouped <= (1 - MOST_OF) * sum(counts.values()):
        return alone
    joined: Counter[str] = Counter()
    for code, count in counts.items():
        joined[families.get(code, code)] += count
    return _chart(joined, by_family=True)


def _chart(counts: Mapping[str, int], *, by_family: bool) -> TeamChart:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    rest = [(code, count) for code, count in ordered if count < FLOOR]
    return TeamChart(tuple(Tally(*pair) for pair in ordered if pair[1] >= FLOOR), by_family,
                     sum(count for _code, count in rest), tuple(code for code, _count in rest))


def _periods(months: Mapping[str, int]) -> tuple[int, tuple[Tally, ...]]:
    """Return the shortest step of which most periods are large enough to be written, and those."""
    found: tuple[Tally, ...] = ()
    for step in STEPS:
        joined: Counter[str] = Counter()
        for month, count in months.items():
            if len(month) == 7:
                first = (int(month[5:7]) - 1) // step * step + 1
                joined[f"{month[:4]}-{first:02d}"] += count
        found = tuple(Tally(code, joined[code]) for code in _all_between(joined, step))
        found = found[-PERIODS[step]:]
        large = sum(one.count for one in found if one.count >= FLOOR)
        if large >= MOST_OF * sum(one.count for one in found):
            return step, found
    return STEPS[-1], found


def _all_between(periods: Mapping[str, int], step: int) -> list[str]:
    """Return each period from the first to the last: one without an observation is a fact too."""
    if not periods:
        return []
    at, last = (int(code[:4]) * 12 + int(code[5:7]) - 1 for code in (min(periods), max(periods)))
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(at, last + 1, step)]
