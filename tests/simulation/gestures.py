"""What people do on their laptops, each drawn from a generator: records, ticks, notes."""

import uuid
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.commands.meetings import create_meeting, mark_attendance
from desktop.commands.notes import write_notes
from desktop.commands.observations import record_observation
from desktop.commands.records import add_record, delete_record, edit_record, restore_record
from desktop.commands.versions import choose_version
from desktop.models.channels import birth_channel
from desktop.models.meetings import Meeting
from desktop.models.record import RECORDS, derived_id, fields_of
from desktop.models.sync import Version
from desktop.queries.meetings.notes import notes_of
from tests.simulation.laptop import Laptop, Spot

if TYPE_CHECKING:
    from tests.simulation.world import World

FORMS = {
    "organisation": ("name", "notes", "territory"), "person": ("family_name", "function"),
    "action": ("title", "description", "progress"), "resource": ("title",),
    "observation": ("account", "confidence"), "meeting": ("title", "place"),
}
"""Kind -> the fields that people fill in here; the first is mandatory but for observations."""

MORE = {"resource": {"kind": "outil"}}


def _value(kind: str, name: str, rng: Random) -> str | int:
    form = next(f for f in fields_of(RECORDS[kind]) if f.name == name)
    if form.kind == "integer":
        return rng.randrange(1, 4)
    return rng.choice(("Un", "Deux")) if rng.random() < 0.2 else f"Mot {rng.randrange(10_000)}"


def _there(world: "World", laptop: Laptop, rng: Random, kinds: tuple[str, ...] = ()) -> Spot | None:
    """A record of the world that this laptop holds."""
    spots = [spot for spot in world.spots if not kinds or spot[0] in kinds]
    if not spots:
        return None
    # Few records are under many hands at once.
    spot = spots[-1 - min(rng.randrange(len(spots)), rng.randrange(12))]
    held = laptop.open().ask(lambda session: session.get(RECORDS[spot[0]], uuid.UUID(bytes=spot[1]))
                             is not None)
    return spot if held else None


def _add(world: "World", laptop: Laptop, rng: Random) -> str:
    kind = rng.choice(sorted(FORMS))
    if kind == "meeting":
        # Who is not of a confidential group does not meet in it.
        group = (world.group if rng.random() < 0.4 and laptop.open().ask(_may_meet, world.group)
                 else None)
        made = laptop.do(None, create_meeting, group_id=group, title="Séance", kind="atelier",
                         starts_at="2026-11-03T14:00")
        world.meetings.append(made)
    elif kind == "observation":
        made = laptop.do(None, record_observation,
                         {"domain": "ACCES_EMPLOI", "principal_criterion": "AGE",
                          "month": "2026-11", "account": "Fait", "feedback_handle": "0"})
    else:
        values = {name: _value(kind, name, rng) for name in FORMS[kind]} | MORE.get(kind, {})
        made = laptop.do(None, add_record, kind, values)
    world.spots.append((kind, made.bytes))
    return f"{kind} {len(world.spots) - 1}"


def _may_meet(session: Session, group_id: uuid.UUID) -> bool:
    try:
        birth_channel(session, Meeting, {"group_id": group_id}.get)
    except AppError:
        return False
    return True


def _edit(world: "World", laptop: Laptop, rng: Random) -> str:
    spot = _there(world, laptop, rng, tuple(FORMS))
    if spot is None:
        return "nothing"
    names = rng.sample(FORMS[spot[0]], rng.randrange(1, 3) if len(FORMS[spot[0]]) > 1 else 1)
    values = {name: _value(spot[0], name, rng) for name in names}
    laptop.do([spot], edit_record, uuid.UUID(bytes=spot[1]), values)
    return f"{spot[0]} {world.spots.index(spot)} {values}"


def _delete(world: "World", laptop: Laptop, rng: Random) -> str:
    spot = _there(world, laptop, rng)
    if spot is None:
        return "nothing"
    laptop.do([spot], delete_record, uuid.UUID(bytes=spot[1]))
    return f"{spot[0]} {world.spots.index(spot)}"


def _restore(world: "World", laptop: Laptop, rng: Random) -> str:
    spot = _there(world, laptop, rng)
    if spot is None:
        return "nothing"
    laptop.do([spot], restore_record, uuid.UUID(bytes=spot[1]))
    return f"{spot[0]} {world.spots.index(spot)}"


def _tick(world: "World", laptop: Laptop, rng: Random) -> str:
    meeting, person = _there(world, laptop, rng,
                             ("meeting",)), _there(world, laptop, rng, ("person",))
    if meeting is None or person is None:
        return "nothing"
    state = rng.choice(("present", "excuse", "absent"))
    spot = ("attendance",
            derived_id("attendance", uuid.UUID(bytes=meeting[1]), uuid.UUID(bytes=person[1])).bytes)
    laptop.do([spot], mark_attendance, uuid.UUID(bytes=meeting[1]), uuid.UUID(bytes=person[1]),
              state)
    if spot not in world.spots:
        world.spots.append(spot)
    return f"{state} {world.spots.index(spot)}"


def _undo(world: "World", laptop: Laptop, _rng: Random) -> str:
    vault = laptop.open()
    gesture = vault.history.find(None)
    if gesture is None:
        return "nothing"
    spots = sorted({(change.kind, change.record_id) for change in gesture.changes})
    laptop.watch(spots, vault.undo)
    return f"{[world.spots.index(spot) for spot in spots if spot in world.spots]}"


def _choose(world: "World", laptop: Laptop, rng: Random) -> str:
    def kept(session: Session) -> list[Version]:
        return session.query(Version).order_by(Version.kind, Version.record_id, Version.field,
                                               Version.stamp).all()

    waiting = laptop.open().ask(kept)
    if not waiting:
        return "nothing"
    one = rng.choice(waiting)
    spot = (one.kind, one.record_id)
    laptop.do([spot], choose_version, one.kind, uuid.UUID(bytes=one.record_id), one.field,
              one.value or "Un")
    return f"{one.kind} {world.spots.index(spot) if spot in world.spots else ''} {one.field} {one.value}"


# Notes

def _look(world: "World", laptop: Laptop, rng: Random) -> str:
    """The notes of a meeting are opened, or shown anew."""
    spot = _there(world, laptop, rng, ("meeting",))
    if spot is None:
        return "nothing"
    meeting = uuid.UUID(bytes=spot[1])
    written = laptop.open().ask(notes_of, meeting).get(None)
    text = "".join(str(part) for part in written.segments) if written is not None else ""
    laptop.screens[meeting] = (text, written.known if written is not None else {})
    return f"{world.spots.index(spot)}: {text}"


def _write(world: "World", laptop: Laptop, rng: Random, new: Callable[[str], str]) -> str:
    if not laptop.screens or rng.random() < 0.3:
        _look(world, laptop, rng)
    if not laptop.screens:
        return "nothing"
    meeting = rng.choice(sorted(laptop.screens))
    text, known = laptop.screens[meeting]
    wanted = new(text)
    known = laptop.open().do(write_notes, meeting, None, [wanted] if wanted else [], known)
    laptop.screens[meeting] = (wanted, known)
    for character in set(wanted) - set(text):
        laptop.typed(character, meeting)
    world.book.erased |= set(text) - set(wanted)
    return f"{world.spots.index(('meeting', meeting.bytes))}: {text} -> {wanted}"


def _type(world: "World", laptop: Laptop, rng: Random) -> str:
    def new(text: str) -> str:
        place = rng.randrange(len(text) + 1)
        more = "".join(map(chr, range(world.characters, world.characters + rng.randrange(1, 4))))
        world.characters += len(more)
        return text[:place] + more + text[place:]

    return _write(world, laptop, rng, new)


def _rub_out(world: "World", laptop: Laptop, rng: Random) -> str:
    def new(text: str) -> str:
        place = rng.randrange(len(text) + 1)
        return text[:place] + text[place + 1:]

    return _write(world, laptop, rng, new)


GESTURES: dict[str, "Callable[[World, Laptop, Random], str]"] = {
    "add": _add, "edit": _edit, "delete": _delete, "restore": _restore, "tick": _tick,
    "undo": _undo, "choose": _choose,
    "look": _look, "type": _type, "rub_out": _rub_out,
}

OFTEN = {"add": 6, "edit": 26, "delete": 3, "restore": 3, "tick": 6, "undo": 3, "choose": 2,
         "look": 3, "type": 12, "rub_out": 3}
"""Gesture -> how often."""
