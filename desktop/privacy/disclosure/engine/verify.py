"""The proof of a release, and a reader of proofs that knows no solver.

A *claim* is all that an attacker knows, as sums of unknown counts between bounds, and what must
stay
possible. Its *witnesses* are whole cubes. `verify` looks whether each witness agrees with all
that is
known, and whether they reach what must stay possible: nothing else has to be believed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from desktop.privacy.disclosure.cells import Cell, Status, ToldCells
from desktop.privacy.disclosure.engine.attack import OUTSIDER, AudienceView
from desktop.privacy.disclosure.engine.layout import Ints

Sum = tuple[int, ...]
"""Places of the counts that are added."""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What one attacker knows of one view, what must stay possible, and the witnesses for it.

    Args:
        least: what each count is at least: the attacker's own records.
        known: sums and the bounds that are known of them.
        equal: pairs of sums that are the same.
        goals: (sum, low, high, width): values not above low and not below high occur, or, where a
            width is given, two values that far apart.
        witnesses: cubes of counts.
    """

    view: str
    attacker: str
    least: Sequence[int]
    known: Sequence[tuple[Sum, int, int]]
    equal: Sequence[tuple[Sum, Sum]]
    goals: Sequence[tuple[Sum, int, int, int]]
    witnesses: Sequence[Sequence[int]]


def verify(claim: Claim) -> list[tuple[int, int]]:
    """Return how far the witnesses reach for each goal (least, most); ValueError where they prove
    too little."""
    for cube in claim.witnesses:
        if len(cube) != len(claim.least) or any(
            count < least for count, least in zip(cube, claim.least, strict=True)
        ):
            raise ValueError("a witness has fewer records than the attacker")
        if any(
            not low <= sum(cube[i] for i in places) <= high for places, low, high in claim.known
        ):
            raise ValueError("a witness does not agree with what was published")
        if any(
            sum(cube[i] for i in one) != sum(cube[i] for i in other) for one, other in claim.equal
        ):
            raise ValueError("a witness is no cube")
    reached = []
    for places, low, high, width in claim.goals:
        values = [sum(cube[i] for i in places) for cube in claim.witnesses]
        least, most = min(values), max(values)
        if most - least < width or (not width and (least > low or most < high)):
            raise ValueError("a hidden cell is pinned down")
        reached.append((least, most))
    return reached


def claims_of(name: str, view: AudienceView, told: Sequence[ToldCells]) -> list[Claim]:
    """Write down the claims of every attacker of a view over these releases, with the fewest
    witnesses at hand."""
    layout = view.truth.layout
    known = [
        (_sum(layout.columns(cell)), *bounds)
        for one in told
        for cell, bounds in _bounds(one, view.cap)
    ]
    equal = [(_sum(here), _sum(there)) for here, there in view.links]
    claims = []
    for attacker in view.everyone():
        targets = view.goals(attacker)
        usable = view.pool[view.usable(attacker)]
        chosen: set[int] = {0}
        for target in targets:
            values = usable[:, layout.columns(target.cell)].sum(axis=1)
            chosen |= {int(np.argmin(values)), int(np.argmax(values))}
        own = view.truth.own.get(attacker)
        claims.append(
            Claim(
                view=name,
                attacker=attacker,
                least=[0] * layout.width if own is None else own.tolist(),
                known=known,
                equal=equal,
                witnesses=[usable[place].tolist() for place in sorted(chosen)],
                goals=[(_sum(layout.columns(t.cell)), t.low, t.high, t.width) for t in targets],
            )
        )
    return claims


def _sum(columns: Ints) -> Sum:
    return tuple(columns.tolist())


def _bounds(told: ToldCells, cap: int) -> list[tuple[Cell, tuple[int, int]]]:
    span = {Status.SMALL: (0, told.k - 1), Status.LARGE: (told.k, cap), Status.FREE: (0, cap)}
    return [
        *((cell, (value, value)) for cell, value in told.visible.items()),
        *((cell, span[status]) for cell, status in told.hidden.items()),
    ]


def narrowest(claims: Sequence[Claim]) -> tuple[int, int] | None:
    """Return the interval of the hidden cell that an outsider knows best, of all views; None where
    nothing is hidden.

    Every claim is verified on the way.
    """
    spans = []
    for claim in claims:
        reached = verify(claim)
        if claim.attacker == OUTSIDER:
            spans += reached
    return min(spans, key=lambda span: (span[1] - span[0], span), default=None)
