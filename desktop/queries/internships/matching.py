"""Which offers fit a search, and which searches fit an offer: by sector, level, days in common,
place, and free places.

An offer that is closed, over, full, or shares no day with the days wanted fits nobody; one that
shares neither sector nor level is not shown. The rest is put in order, and each comes with its
reasons.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from heapq import nlargest
from typing import Any, NamedTuple
from uuid import UUID


class Near(IntEnum):
    """How near the place of an offer is to where who searches lives, as far as both are told."""

    ELSEWHERE = 0
    NOT_TOLD = 1
    SAME_ZONE = 2
    SAME_COMMUNE = 3


class Side(NamedTuple):
    """What is compared of an offer or of a search; empty where it is not told. `zone`: of the
    place, if it has one."""

    id: UUID
    domain: str
    level: str
    starts_on: str
    ends_on: str
    commune: str
    zone: str


@dataclass(frozen=True)
class Match:
    """How well an offer and a search fit. None: one of both does not tell. `days`: in common, both
    ends counted."""

    id: UUID
    same_domain: bool | None
    same_level: bool | None
    days: int | None
    near: Near
    free: int


_Rank = tuple[int, int, int, int, int]


def best_offers(search: Side, offers: Iterable[tuple[Side, int]], count: int) -> list[Match]:
    """Return the offers that fit a search best, the best first. `offers`: each with its free
    places."""
    return _best(search, offers, count)


def best_searches(offer: Side, free: int, searches: Iterable[Side], count: int) -> list[Match]:
    """Return the searches that fit an offer with so many free places best, the best first."""
    return _best(offer, ((search, free) for search in searches), count)


def _best(one: Side, others: Iterable[tuple[Side, int]], count: int) -> list[Match]:
    ranked: list[tuple[_Rank, Side]] = []
    for other, free in others:
        rank = _rank(one, other, free)
        if rank is not None:
            ranked.append((rank, other))
    # By the id at last: two of the same rank stay in their order from one look to the next.
    first = nlargest(count, ranked, key=lambda pair: (pair[0], pair[1].id.bytes))
    return [_match(one, other, rank) for rank, other in first]


def _rank(one: Side, other: Side, free: int) -> _Rank | None:
    """Return the order of a pair, the larger the better; None for one that does not fit."""
    domain = _alike(one.domain, other.domain)
    level = _alike(one.level, other.level)
    if free < 1 or (domain == 0 and level == 0):
        return None
    days = _days(one, other)
    return None if days == 0 else (domain, level, days or 0, _near(one, other), free)


def _match(one: Side, other: Side, rank: _Rank) -> Match:
    told: tuple[Any, ...] = False, None, True
    return Match(other.id, told[rank[0]], told[rank[1]], _days(one, other), Near(rank[3]), rank[4])


def _alike(one: str, other: str) -> int:
    """0 for two that differ, 1 where one is not told, 2 for the same."""
    if not one or not other:
        return 1
    return 2 if one == other else 0


def _days(one: Side, other: Side) -> int | None:
    """Days in common; None where one of both has no days, unless what is told of them lies
    apart."""
    if (one.ends_on and other.starts_on and one.ends_on < other.starts_on) or (
            other.ends_on and one.starts_on and other.ends_on < one.starts_on):
        return 0
    if not (one.starts_on and one.ends_on and other.starts_on and other.ends_on):
        return None
    first, last = max(one.starts_on, other.starts_on), min(one.ends_on, other.ends_on)
    return (date.fromisoformat(last) - date.fromisoformat(first)).days + 1


def _near(one: Side, other: Side) -> Near:
    if one.commune and one.commune == other.commune:
        return Near.SAME_COMMUNE
    if one.zone and one.zone == other.zone:
        return Near.SAME_ZONE
    if (one.commune or one.zone) and (other.commune or other.zone):
        return Near.ELSEWHERE
    return Near.NOT_TOLD
