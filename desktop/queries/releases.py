"""What was published, and what may be published."""

import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.models.record import STAMP
from desktop.models.releases import Release, is_whole
from desktop.privacy.disclosure.admission import Barred, Past, bar
from desktop.privacy.disclosure.cells import CountTable
from desktop.privacy.disclosure.release import FrozenRelease, decode, standing


@dataclass(frozen=True, kw_only=True)
class ReleaseRow:
    """One release. `stands`: false where another computer released before; `sha256`: the name of
    its content."""

    id: uuid.UUID
    period: str
    audience: str
    made_on: str
    sha256: str
    tables: tuple[str, ...]
    narrowest_interval: tuple[int, int] | None
    stands: bool


@dataclass(frozen=True, kw_only=True)
class PeriodChoice:
    """A period that may be chosen for an audience; `barred`: why not yet, or no more."""

    period: str
    audience: str
    barred: Barred | None


def frozen_releases(session: Session) -> tuple[list[FrozenRelease], list[FrozenRelease]]:
    """Return the releases that stand, the oldest first, and those that do not. One in the bin was
    published all the same."""
    return standing([release for _id, release in _releases(session)])


def _releases(session: Session) -> list[tuple[uuid.UUID, FrozenRelease]]:
    rows = session.execute(select(Release.id, Release.content, getattr(Release, "content" + STAMP)))
    found = []
    for record_id, content, stamp in rows:
        if is_whole(record_id, content):
            with suppress(ValueError):
                found.append((bytes(stamp or b""), record_id, decode(content)))
    return [
        (record_id, release)
        for _stamp, record_id, release in sorted(found, key=lambda row: row[:2])
    ]


def unreadable_releases(session: Session) -> int:
    """How many rows are not the release that their id says, or are of a form that is not known
    here."""
    rows = session.execute(select(Release.id)).all()
    return len(rows) - len(_releases(session))


def releases_of(session: Session) -> list[ReleaseRow]:
    """Every release, the oldest first."""
    found = _releases(session)
    stand = {release.sha256 for release in standing([release for _id, release in found])[0]}
    return [
        ReleaseRow(
            id=record_id,
            period=release.window,
            audience=release.audience,
            made_on=release.made_on,
            sha256=release.sha256,
            tables=tuple(table.name for table in tables_of(release)),
            narrowest_interval=release.proof.narrowest,
            stands=release.sha256 in stand,
        )
        for record_id, release in found
    ]


def tables_of(release: FrozenRelease) -> list[CountTable]:
    """Return the tables of a release, of all populations."""
    return [table for part in release.parts.values() for table in part.tables]


def release_of(session: Session, period: str, audience: str) -> FrozenRelease | None:
    """Return the release of a period for an audience that stands; None where there is none."""
    return next(
        (r for r in frozen_releases(session)[0] if (r.window, r.audience) == (period, audience)),
        None,
    )


def release_by_id(session: Session, release_id: uuid.UUID) -> FrozenRelease:
    """Return one release; AppError where there is none with this id that can be read here."""
    found = next((r for record_id, r in _releases(session) if record_id == release_id), None)
    if found is None:
        raise AppError(_("This publication cannot be read here."))
    return found


def periods_of(session: Session, today: date) -> list[PeriodChoice]:
    """Return the periods of this year and the last one for each audience, with what bars each."""
    past = [Past(r.window, r.audience, r.made_on) for r in frozen_releases(session)[0]]
    windows = []
    for year in (today.year - 1, today.year):
        windows += [
            str(year),
            *(f"{year}-S{n}" for n in (1, 2)),
            *(f"{year}-T{n}" for n in range(1, 5)),
        ]
    return [
        PeriodChoice(period=window, audience=audience, barred=bar(window, audience, past, today))
        for audience in ("partenaires", "public")
        for window in windows
    ]
