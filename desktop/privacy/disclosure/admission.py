"""Which windows may be released to whom: refusals are values, with what would be allowed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.privacy.disclosure.periods import closes_on, overlaps, parts_of, quarters_of
from desktop.privacy.disclosure.rules import PARTNERS


@dataclass(frozen=True)
class Past:
    """A release that stands: its window, its audience, the day on which it was made (ISO 8601)."""

    window: str
    audience: str
    made_on: str


@dataclass(frozen=True)
class Barred:
    """Why a window is not released. `reason`: a code.

    open: before `on`. clock: the computer's day is before the last release, of `on`. published: the
    same release was made `on`. within: it lies in `other`, which was published. across: it overlaps
    `other`. pair: partners get years, not pairs of them. `allowed`: a window that would do, if any.
    """

    reason: str
    on: str = ""
    other: str = ""
    allowed: str = ""


def bar(window: str, audience: str, past: Sequence[Past], today: date) -> Barred | None:
    """Return what bars a release today; None where it may be tried."""
    last = max((release.made_on for release in past), default="")
    if today.isoformat() < last:
        return Barred("clock", on=last)
    if audience == PARTNERS and len(quarters_of(window)) > 4:
        return Barred("pair", allowed=parts_of(window)[1])
    if today < closes_on(window):
        return Barred("open", on=closes_on(window).isoformat(), allowed=_closed(window, today))
    mine = set(quarters_of(window))
    for release in past:
        theirs = set(quarters_of(release.window))
        if release.window == window and release.audience == audience:
            return Barred("published", on=release.made_on)
        if overlaps(window, release.window):
            return Barred("across", other=release.window)
        if mine < theirs and (release.audience == audience or len(theirs) <= 4):
            return Barred("within", other=release.window, allowed=release.window)
    return None


def _closed(window: str, today: date) -> str:
    """Return the last part of an open window that is closed."""
    for part in reversed(parts_of(window)):
        if today >= closes_on(part):
            return part
        if closed := _closed(part, today):
            return closed
    return ""
