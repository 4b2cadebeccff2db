"""Fills a vault with the sample collective, one world a transaction, stamped as ordinary edits
are."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.i18n import _
from desktop.commands.attachments import attach
from desktop.commands.collective import found_records
from desktop.commands.minutes import CHANNELS, freeze
from desktop.commands.records import add_records
from desktop.models.changes import author_of
from desktop.models.charter import Charter
from desktop.models.directory import Group
from desktop.models.meetings import Meeting
from desktop.models.plan import Axis, Objective
from desktop.models.resources import Resource
from desktop.models.vocabularies import Collective, Place
from desktop.sample import (
    actions,
    directory,
    internships,
    meetings,
    observatory,
    reminders,
    resources,
)
from desktop.sample.world import Frame, Row, World
from desktop.sample.written import actions as written_actions
from desktop.sample.written import meetings as written_meetings
from desktop.sample.written import observatory as written_observatory
from desktop.sample.written import plan as written_plan
from desktop.vault.vault import Vault

SEED = 2026
PRESET = "maubeuge-val-de-sambre"
NAME = "Collectif d’essai contre les discriminations"

Progress = Callable[[str], None]


def fill(vault: Vault, *, scale: int = 1, seed: int = SEED, today: date | None = None,
         preset: str = PRESET,
         progress: Progress | None = None) -> dict[str, int]:
    """Fill an unlocked vault; founds a collective where there is none. How many records were added,
    by kind.

    `scale` multiplies everything but the groups and places. `progress` gets a sentence after each
    world.
    """
    counts: Counter[str] = Counter()
    for number in range(scale):
        counts.update(vault.do(_one_world, number, seed, today, preset))
        if progress is not None:
            progress(_("Sample collective: part {done} of {scale} is written.")
                     .format(done=number + 1, scale=scale))
    return dict(counts)


def fill_records(session: Session, *, scale: int = 1, seed: int = SEED, today: date | None = None,
                 preset: str = PRESET) -> dict[str, int]:
    """Return the same within one transaction that the caller holds."""
    counts: Counter[str] = Counter()
    for number in range(scale):
        counts.update(_one_world(session, number, seed, today, preset))
    return dict(counts)


def _one_world(session: Session, number: int, seed: int, today: date | None,
               preset: str) -> Counter[str]:
    if session.scalars(select(Collective).limit(1)).first() is None:
        found_records(session, written_plan.territory(preset), NAME)
    session.flush()
    author = author_of(session)
    # What is made up speaks for everybody: no certificate bears all of these roles.
    session.info["author"] = replace(author, roles=frozenset())
    world = World(Random(f"{seed}/{number}"), _frame(session), today or author.today(), number,
                  author.person_id)
    rows = list(_rows(world))
    add_records(session, rows)
    counts = Counter(cls.kind_name() for cls, _values in rows)
    for cls, values in rows:
        if cls is Resource and values["title"] in resources.FILES:
            name, words = resources.FILES[values["title"]]
            attach(session, "resource", values["id"], name, words.encode())
            counts["attachment"] += 1
    for cls, values in rows:
        if cls is Meeting and values["state"] in ("valide", "archivee"):
            held = date.fromisoformat(values["starts_at"][:10])
            freeze(session, values["id"], 1, held + timedelta(days=30), values["animator_id"])
            counts["minutes_version"] += len(CHANNELS)
    session.info["author"] = author
    return counts


WRITTEN = (directory.rows, written_meetings.rows, written_actions.rows, written_plan.rows,
           written_observatory.rows,
           internships.rows, reminders.rows)
DRAWN = (directory.rows, meetings.rows, actions.rows, observatory.rows, internships.rows)
"""The rooms of the first world, which people read, and of those after it, which are there for their
size."""


def _rows(world: World) -> Iterator[Row]:
    if world.number == 0:
        written_actions.keep_ids(world)
    for room in DRAWN if world.number else WRITTEN:
        for cls, values in room(world):
            # Whoever fills the vault has not written everything: an author is drawn for the others'
            # records.
            if world.me is None or world.chance(0.92):
                values = {"created_by_id": world.pick(world.people) if world.people else None,
                          **values}
            yield cls, values


def _frame(session: Session) -> Frame:
    axes = session.scalars(select(Axis).where(Axis.deleted.is_not(True)).order_by(Axis.order)).all()
    objectives = session.scalars(select(Objective).where(Objective.deleted.is_not(True))
                                 .order_by(Objective.order, Objective.id)).all()
    groups = (session.scalars(select(Group).where(Group.deleted.is_not(True)).order_by(Group.id))
              .all())
    places = session.scalars(select(Place).where(Place.deleted.is_not(True))
                             .order_by(Place.population.desc(), Place.code)).all()
    return Frame(
        groups=tuple((g.id, g.name or "", g.kind or "groupe_de_travail", g.axis_id)
                     for g in groups),
        axes=tuple(a.id for a in axes),
        objectives=tuple((o.id, _known(o.axis_id)) for o in objectives),
        communes=tuple((p.code or "", p.name or "", p.parent_code or "") for p in places
                       if p.kind == "commune"),
        neighbourhoods=tuple((p.code or "", p.parent_code or "") for p in places
                             if p.kind == "neighbourhood"),
        charter=session.scalars(select(Charter.id).where(Charter.deleted.is_not(True))).first())


def _known(reference: uuid.UUID | None) -> uuid.UUID:
    if reference is None:
        raise LookupError("an objective without an axis")
    return reference
