"""What must hold once the faults stop: the laptops agree, and nothing that anybody did is lost."""

import json
import uuid
from collections.abc import Iterable
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.channels import channel_of_group
from desktop.models.meetings import Meeting
from desktop.models.record import CHANNELS, COMMON, RECORDS, fields_of
from desktop.models.sync import Snapshot, Version
from desktop.queries.digest import channel_digests
from desktop.queries.meetings.notes import notes_of
from desktop.sync.rounds.engine import run_round
from desktop.sync.trust.links import own_key
from desktop.sync.trust.state import last_trust, root_key, roster_in_force
from desktop.tasks.late import late_packages, settle_late
from tests.simulation.laptop import Edit, Laptop, Place, registers
from tests.simulation.weather import Weather
from tests.simulation.world import BrokenError, World

ROUNDS = 3
AFTER_FORKS = 3
"""Rounds more where two held the root key: what one did is done again, and read, by who was waiting
for it."""
WORDS = 4
"""Rounds more that the words take by which each says that a snapshot holds what it holds."""


def settle(world: World) -> None:
    """The faults stop; each laptop exchanges three times; then all must hold."""
    world.book.step += 1
    for number in range(ROUNDS + (AFTER_FORKS if world.holders > 1 else 0)):
        for laptop in world.laptops:
            world.say(f"{laptop.number} settles, {number + 1}: "
                      f"{world.exchange(laptop, _calm(world, laptop))}")
    if _taken_late(world):
        for laptop in world.laptops * ROUNDS:
            world.say(f"{laptop.number} settles what came late: "
                      f"{world.exchange(laptop, _calm(world, laptop))}")
    for number in range(WORDS if world.snapshots else 1):
        still = [_still(world, laptop, number) for laptop in world.laptops]
    if any(still):
        raise BrokenError(f"still exchanging in the end: {still}")
    _snapshots_hold(world)
    _one_list(world)
    _agree(world)
    _nothing_lost(world)
    _notes_hold(world)


def _taken_late(world: World) -> bool:
    """Whether whoever holds the root key took what some had read of who was taken out, and others
    had not."""
    for laptop in world.laptops:
        vault = laptop.vault
        if vault.ask(root_key) is None:
            continue
        waiting = vault.ask(lambda session: late_packages(session, roster_in_force(session)))
        for key in waiting:
            settle_late(vault, _calm(world, laptop), key, take=True)
            world.say(f"{laptop.number} takes what {key[:8]} had written")
        return bool(waiting)
    return False


def _still(world: World, laptop: Laptop, number: int) -> str:
    """What a laptop still exchanges; words about snapshots apart, there is nothing."""
    done = run_round(laptop.vault, _calm(world, laptop))
    if not (done.sealed or done.pushed or done.pulled or done.refused):
        return ""
    said = f"laptop {laptop.number}: {done}"
    world.say(f"{laptop.number} settles again, {number + 1}: {said}")
    return said


def _snapshots_hold(world: World) -> None:
    """Nobody found that a snapshot says something else than what is held.

    But where a profile was copied or put back: what its other branch had written comes later, under
    numbers that the snapshot covers. Who has read that by then says rightly that it is lacking, and
    lets nothing go.
    """
    if any(world.told[name] for name in ("copied", "older_day", "restored")):
        return
    for laptop in world.laptops:
        for row in laptop.open().ask(lambda session: session.scalars(select(Snapshot)).all()):
            if False in json.loads(row.judged).values():
                raise BrokenError(f"laptop {laptop.number} says that snapshot {row.id} is not what "
                                  f"it holds: {row.judged}")


def _calm(world: World, laptop: Laptop) -> Weather:
    return Weather(world.share, laptop.number, Random(0))


def _one_list(world: World) -> None:
    """All follow the same list of devices, everybody is on it, and nobody who was taken out."""
    lists = {laptop.number: laptop.vault.ask(last_trust) for laptop in world.laptops}
    if len(set(lists.values())) > 1:
        raise BrokenError(f"the lists of devices differ: {lists}")
    listed = {device.key for device in world.laptops[0].vault.ask(roster_in_force).devices}
    if not {own_key(laptop.vault) for laptop in world.laptops} <= listed:
        raise BrokenError("somebody who takes part is not on the list of devices")
    if listed & {own_key(laptop.open()) for laptop in world.gone}:
        raise BrokenError("somebody who was taken out is on the list of devices")


def _agree(world: World) -> None:
    for channel in (*CHANNELS, channel_of_group(world.group)):
        readers = [laptop for laptop in world.laptops if world.reads(laptop, channel)]
        found = {laptop.number: laptop.vault.ask(channel_digests).get(channel)
                 for laptop in readers}
        if len(set(found.values())) > 1:
            raise BrokenError(f"{channel} differs: {found}\n{_differences(readers, channel)}")


def _differences(readers: list[Laptop], channel: str) -> str:
    lines: list[str] = []
    everywhere = {laptop.number: laptop.vault.ask(_all, channel) for laptop in readers}
    for place in sorted(set().union(*everywhere.values())):
        values = {number: held.get(place) for number, held in everywhere.items()}
        if len(set(values.values())) > 1:
            lines.append(f"  {place[0]} {place[1].hex()} {place[2]}: {values}")
    return "\n".join(lines[:20])


def _all(session: Session, channel: str) -> dict[Place, tuple[bytes, Any]]:
    found: dict[Place, tuple[bytes, Any]] = {}
    for kind in RECORDS:
        for (record_id,) in session.connection().exec_driver_sql(
            f'SELECT id FROM "{kind}" WHERE channel = ?', (channel,)):
            found |= {(kind, record_id, name): register
                      for name, register in registers(session, (kind, record_id)).items()}
    return found


def _nothing_lost(world: World) -> None:
    kept: dict[Place, set[Any]] = {}
    for laptop in world.laptops + world.gone:
        for row in laptop.open().ask(lambda session: session.scalars(select(Version)).all()):
            kept.setdefault((row.kind, row.record_id, row.field), set()).add(row.value)
    reader = world.laptops[0].vault
    for place, edits in world.book.edits.items():
        living = [edit for edit in edits if not edit.mortal]
        if not living:
            continue
        final = reader.ask(registers, place[:2]).get(place[2])
        told = f"{place[0]} {_index(world, place)}.{place[2]}"
        if final is None:
            raise BrokenError(_told(f"{told} is not there", final, edits))
        # A copy that parts ways signs what it wrote since then anew: the moment stays.
        if (final[0][:8], final[1]) not in {(edit.stamp[:8], edit.value) for edit in edits}:
            raise BrokenError(_told(f"{told} has a value that nobody gave", final, edits))
        if final[0][:8] < max(edit.stamp[:8] for edit in living):
            raise BrokenError(_told(f"{told} is older than the last edit", final, edits))
        if next(f for f in fields_of(RECORDS[place[0]]) if f.name == place[2]).keep_conflicts:
            over = _overwritten(edits)
            for edit in living:
                if edit.value not in {None, "", final[1], *kept.get(place, ()), *over}:
                    raise BrokenError(_told(f"{told} lost {edit.value}", final, edits))


def _index(world: World, place: Place) -> int:
    return world.spots.index(place[:2]) if place[:2] in world.spots else -1


def _overwritten(edits: Iterable[Edit]) -> set[Any]:
    """The values that somebody wrote over after having seen them, or the same words of another."""
    seen = set().union(*(edit.over for edit in edits))
    return {edit.value for edit in edits if (edit.stamp[:8], edit.value) in seen}


def _told(what: str, final: tuple[bytes, Any] | None, edits: Iterable[Edit]) -> str:
    lines = [f"  step {e.at} laptop {e.by} {e.stamp.hex()} {e.value!r} over "
             f"{[(m.hex(), v) for m, v in e.over]} safe {e.safe}{' mortal' if e.mortal else ''}"
             for e in edits]
    return "\n".join([what, f"  stands: {final and (final[0].hex(), final[1])}", *lines])


def _channel(session: Session, meeting: uuid.UUID) -> str:
    found = session.get(Meeting, meeting)
    return found.channel if found is not None else COMMON


def _notes_hold(world: World) -> None:
    for meeting in world.meetings:
        texts = set()
        for laptop in world.laptops:
            # Who does not read it any more keeps what it had.
            if not world.reads(laptop, world.laptops[0].vault.ask(_channel, meeting)):
                continue
            written = laptop.vault.ask(notes_of, meeting).get(None)
            if written is not None and written.unreadable:
                raise BrokenError("an update of the notes cannot be read")
            texts.add("".join(map(str, written.segments)) if written is not None else "")
        if len(texts) > 1:
            raise BrokenError(f"the notes differ: {texts}")
        (text,) = texts
        for typed in world.book.typed.values():
            if typed.meeting != meeting:
                continue
            if text.count(typed.character) > 1:
                raise BrokenError(f"{typed} is there {text.count(typed.character)} times: {text}")
            if (typed.character not in text and typed.character not in world.book.erased
                and not typed.mortal):
                raise BrokenError(f"the notes lost {typed}: {text}")
