"""Figures of internships by school year: offers by sector, applications by sector and by place,
equality of treatment.

The tables are those that « Mon stage de 3e » publishes. For the team's reading: what is published
comes from
`queries/counted_records`, where each search is counted once.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlalchemy import LargeBinary, func, select, type_coerce
from sqlalchemy.orm import Session

from desktop.models.internships import InternshipApplication, InternshipOffer, InternshipRequest
from desktop.models.states import ApplicationAnswer, QpvAnswer, answer_by
from desktop.queries.counted_records import PlaceLines
from desktop.queries.internships.equality import GroupComparison, Search, compare
from desktop.queries.internships.lists import accepted_by_offer

OFFERS, SECTORS, ZONES, QPV, GENDER = "offers", "sectors", "zones", "qpv", "gender"
"""The figures of a school year, in the order in which they are listed."""
ANSWERS = (ApplicationAnswer.ACCEPTED, ApplicationAnswer.REFUSED, ApplicationAnswer.NO_ANSWER,
           ApplicationAnswer.WAITING)
SMALL = 5
"""Searches under which a cell is shown to nobody beyond those who read every search."""
FIRST_MONTH = 9
"""A school year begins in September."""
WOMAN, MAN = "FEMME", "HOMME"

_o, _r, _a = InternshipOffer, InternshipRequest, InternshipApplication


@dataclass(frozen=True)
class FigureLine:
    """One line of a table: a code of its dimension, "" where it is not told; its counts, None: too
    few to be shown."""

    code: str
    counts: tuple[int | None, ...]

    @property
    def is_hidden(self) -> bool:
        """Whether a count of it is not shown."""
        return None in self.counts


@dataclass(frozen=True)
class Figure:
    """One table or comparison of one school year (« 2026-2027 »). `base`: what it counts in all;
    None: not shown."""

    name: str
    year: str
    base: int | None
    lines: tuple[FigureLine, ...] = ()
    comparison: GroupComparison | None = None

    @property
    def id(self) -> str:
        """What tells it from the others."""
        return f"{self.year}/{self.name}"


class _Sent(NamedTuple):
    """One application."""

    search: bytes
    sector: str
    zone: str
    answer: ApplicationAnswer


@dataclass
class _Year:
    """What one school year holds; `searches`: of each, its group and what its applications came
    to."""

    offers: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    sent: list[_Sent] = field(default_factory=list)
    searches: list[tuple[str, str, Search]] = field(default_factory=list)


def figures_of(session: Session, today: date, reads_all: bool) -> list[Figure]:
    """Every figure, the latest school year first.

    Args:
        reads_all: whether who looks may read every search. Others see no count of fewer than five
            searches, no sum that would tell it, and no comparison.
    """
    years: dict[str, _Year] = defaultdict(_Year)
    _count_offers(session, today, years)
    _count_applications(session, today, years)
    figures: list[Figure] = []
    for name in sorted(years, reverse=True):
        figures += _figures(name, years[name], reads_all)
    return figures


def _figures(name: str, year: _Year, reads_all: bool) -> Iterable[Figure]:
    if year.offers:
        lines = sorted(year.offers.items(), key=lambda pair: (-pair[1][1], pair[0]))
        yield Figure(OFFERS, name, sum(counts[0] for _code, counts in lines),
                     tuple(FigureLine(code, tuple(counts)) for code, counts in lines))
    if year.sent:
        for kind, code_of in ((SECTORS, _sector), (ZONES, _zone)):
            lines_ = _tally(year.sent, code_of, reads_all)
            yield Figure(kind, name, None if any(line.is_hidden for line in lines_)
                         else len(year.sent), lines_)
    if reads_all and year.searches:
        for kind, place, first, second in ((QPV, 0, QpvAnswer.YES, QpvAnswer.NO),
                                           (GENDER, 1, WOMAN, MAN)):
            groups = [[one[2] for one in year.searches if one[place] == group]
                      for group in (first, second)]
            yield Figure(kind, name, sum(map(len, groups)),
                         comparison=compare(groups[0], groups[1]))


def _sector(one: _Sent) -> str:
    return one.sector


def _zone(one: _Sent) -> str:
    return one.zone


def _tally(sent: list[_Sent], code_of: Callable[[_Sent], str],
           reads_all: bool) -> tuple[FigureLine, ...]:
    """Return the applications by a code and by answer, the longest line first; a cell is as small
    as its searches are few."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * len(ANSWERS))
    searches: dict[Hashable, set[bytes]] = defaultdict(set)
    for one in sent:
        place = ANSWERS.index(one.answer)
        counts[code_of(one)][place] += 1
        searches[code_of(one), place].add(one.search)
    ordered = (sorted(counts.items(), key=lambda pair: (-sum(pair[1]), pair[0])) if reads_all
               else sorted(counts.items()))
    # Whoever may not read all is told neither a small cell nor, by the order of the lines, about
    # how many it holds.
    return tuple(FigureLine(code, tuple(
        count if reads_all or len(searches[code, place]) >= SMALL else None
        for place, count in enumerate(row)))
        for code, row in ordered)


def _count_offers(session: Session, today: date, years: dict[str, _Year]) -> None:
    taken = accepted_by_offer()
    for sector, starts_on, places, others, accepted in session.execute(
            select(_o.domain, _o.starts_on, func.coalesce(_o.places, 1), func.coalesce(_o.taken, 0),
                   func.coalesce(taken.c.accepted, 0))
            .outerjoin(taken, taken.c.offer_id == _o.id).where(_o.deleted.is_not(True))):
        counts = years[school_year(starts_on or today.isoformat())].offers[sector or ""]
        for place, number in enumerate((1, places, max(0, places - others - accepted))):
            counts[place] += number


def _count_applications(session: Session, today: date, years: dict[str, _Year]) -> None:
    # Ids as their bytes: of 20,000 applications, that is a third of the time.
    searches: dict[bytes, tuple[str, str, str, str, str]] = {}
    places = PlaceLines(session)
    for record_id, month, qpv, gender, commune, zone, sector in session.execute(
            select(type_coerce(_r.id, LargeBinary), _r.month, _r.lives_in_qpv, _r.gender,
                   _r.commune, _r.zone,
                   _r.domain)
            .where(_r.deleted.is_not(True))):
        searches[record_id] = (school_year(month or today.isoformat()), qpv or "", gender or "",
                               places.zone(zone, commune, None), sector or "")
    outcomes: dict[bytes, list[int]] = defaultdict(lambda: [0, 0])
    known: dict[tuple[str | None, str | None], tuple[str, ApplicationAnswer]] = {}
    for search, offered, month, answer in session.execute(
            select(type_coerce(_a.request_id, LargeBinary), _o.domain, _a.month, _a.answer)
            .outerjoin(_o, _o.id == _a.offer_id).where(_a.deleted.is_not(True))):
        if search not in searches:
            continue
        if (answer, month) not in known:
            known[answer,
                  month] = school_year(month or today.isoformat()), answer_by(answer, month, today)
        year, said = known[answer, month]
        _begun, _qpv, _gender, zone, wanted = searches[search]
        years[year].sent.append(_Sent(search, offered or wanted, zone, said))
        # What still waits has come to nothing yet: it would weigh on whoever began to search last.
        if said != ApplicationAnswer.WAITING:
            outcomes[search][0] += 1
            outcomes[search][1] |= said == ApplicationAnswer.ACCEPTED
    for search, (sent, found) in outcomes.items():
        year, qpv, gender = searches[search][:3]
        years[year].searches.append((qpv, gender, (sent, found)))


def school_year(day: str) -> str:
    """Return the school year of a day or month (ISO 8601): « 2026-2027 » from September 2026 to
    August 2027."""
    first = int(day[:4]) - (int(day[5:7]) < FIRST_MONTH)
    return f"{first}-{first + 1}"
