"""The meetings of the first world: agenda, notes and decisions written by hand, roll-calls
drawn."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from desktop.models.meetings import AgendaItem, Attendance, AttendanceSlot, Decision, Meeting
from desktop.models.notes import Embed, Segment
from desktop.queries.meetings.numbers import number_of
from desktop.sample import meetings as drawn
from desktop.sample.world import Row, World
from desktop.sample.written.tables import Entry, of_month, read

FILES = (
    "meetings-plenary",
    "meetings-observatory-training",
    "meetings-support-memory",
    "meetings-trainings",
)
TRAINED = 14
"""People who are expected at a training."""
_DAYS_OFF = ((5, 1), (5, 8), (7, 14), (11, 1), (11, 11))
_STARTS = (time(9, 30), time(14), time(14, 30))


def rows(world: World) -> Iterator[Row]:
    """All meetings in the order of their dates, after the trainings."""
    yield from drawn.programmes(world)
    entries: list[tuple[date, Entry]] = []
    for entry in read("meeting", *FILES):
        entries.append((_held_on(world, entry, {on for on, _entry in entries}), entry))
    ranks: dict[int, int] = {}
    for place, (on, entry) in enumerate(sorted(entries, key=lambda one: one[0])):
        ranks[on.year] = ranks.get(on.year, 0) + 1
        planned = _planned(world, on, entry, place)
        made = world.id_at(planned.starts - timedelta(days=21))
        yield from _meeting(world, made, planned, entry)
        yield from _agenda(world, made, planned, entry, ranks[on.year])


def _held_on(world: World, entry: Entry, taken: set[date]) -> date:
    """Return a free working day near the one that is written; of a training, the first of two."""
    on = world.today + timedelta(days=entry["day"])
    length = 2 if "programme" in entry else 1
    while on in taken or not all(_is_worked(on + timedelta(days=more)) for more in range(length)):
        on += timedelta(days=-1 if entry["day"] < 0 else 1)
    return on


def _is_worked(on: date) -> bool:
    """Whether people meet on that day: no weekend, no August, no turn of the year, no day off."""
    turn = (on.month, on.day) >= (12, 20) or (on.month, on.day) <= (1, 3)
    return on.weekday() < 5 and on.month != 8 and not turn and (on.month, on.day) not in _DAYS_OFF


def _planned(world: World, on: date, entry: Entry, place: int) -> drawn.Planned:
    group, kind = _group(world, entry["group"])
    people = world.members.get(group) or world.rng.sample(world.people, 20)
    if "programme" in entry:
        chosen = sorted(world.rng.sample(world.people, TRAINED))
        return drawn.Planned(
            group,
            "formation",
            datetime.combine(on, time(9)),
            datetime.combine(on + timedelta(days=1), time(17)),
            chosen,
        )
    start = datetime.combine(on, _STARTS[place % len(_STARTS)])
    length = sum(item["minutes"] for item in entry["item"]) + 15
    return drawn.Planned(
        group, kind, start, start + timedelta(minutes=-(-length // 30) * 30), people
    )


def _group(world: World, name: str) -> tuple[uuid.UUID, str]:
    """Return the plenary, or the working group of an axis; where there is none, the first group."""
    axis = world.frame.axes[(int(name) - 1) % len(world.frame.axes)] if name.isdecimal() else None
    fitting = [
        (made, kind)
        for made, _name, kind, of_axis in world.frame.groups
        if (kind == name if axis is None else of_axis == axis)
    ]
    return fitting[0] if fitting else (world.frame.groups[0][0], world.frame.groups[0][2])


def _meeting(world: World, made: uuid.UUID, planned: drawn.Planned, entry: Entry) -> Iterator[Row]:
    training, title = (
        world.programmes[entry["programme"]]
        if "programme" in entry
        else (None, entry["title"].format(de_mois=of_month(planned.starts.date())))
    )
    yield (
        Meeting,
        {
            **drawn.meeting_values(world, planned),
            "id": made,
            "title": title,
            "training_id": training,
        },
    )
    if training is not None and planned.starts.date() < world.today:
        yield from _half_days(made, planned, entry)
    else:
        yield from drawn.attendance(world, made, planned)


def _half_days(meeting: uuid.UUID, planned: drawn.Planned, entry: Entry) -> Iterator[Row]:
    """All were there throughout, but who excused themselves and who missed the third half-day."""
    away, missed = entry.get("away", 0), entry.get("missed", 0)
    for place, person in enumerate(planned.people):
        state = "excuse" if place < away else "present"
        yield (
            Attendance,
            {
                "meeting_id": meeting,
                "person_id": person,
                "state": state,
                "signed_on_paper": True if state == "present" else None,
            },
        )
        for half in range(4 if state == "present" else 0):
            came = not (half == 2 and away <= place < away + missed)
            slot = f"{planned.starts.date() + timedelta(days=half // 2)} {('am', 'pm')[half % 2]}"
            yield (
                AttendanceSlot,
                {
                    "meeting_id": meeting,
                    "person_id": person,
                    "slot": slot,
                    "signed": came,
                    "state": "present" if came else "absent",
                },
            )


def _agenda(
    world: World, meeting: uuid.UUID, planned: drawn.Planned, entry: Entry, rank: int
) -> Iterator[Row]:
    held = planned.starts.date() < world.today
    decided = 0
    for position, told in enumerate(entry["item"], 1):
        item = world.id_at(planned.starts - timedelta(days=14))
        yield (
            AgendaItem,
            {
                "id": item,
                "meeting_id": meeting,
                "order": f"{position * 10:04d}",
                "title": told["title"],
                "presenter_id": planned.people[2 * (position % 2)],
                "minutes": told["minutes"],
                "kind": told["kind"],
            },
        )
        if not held:
            continue
        decision = None
        if "decision" in told:
            decided += 1
            decision = world.id_at(planned.starts)
            number = number_of(str(planned.starts.year), rank, decided)
            yield (
                Decision,
                {
                    "id": decision,
                    "meeting_id": meeting,
                    "agenda_item_id": item,
                    "number": number,
                    "order": decided,
                    "text": told["decision"],
                    **_how(told),
                },
            )
        yield from _notes(world, (meeting, item, decision), planned.starts, told)


def _how(told: Entry) -> Entry:
    if "votes" not in told:
        return {"how": told["how"]}
    return {
        "how": "vote",
        **dict(zip(("votes_for", "votes_against", "votes_abstained"), told["votes"], strict=True)),
    }


def _notes(
    world: World,
    where: tuple[uuid.UUID, uuid.UUID, uuid.UUID | None],
    starts: datetime,
    told: Entry,
) -> Iterator[Row]:
    meeting, item, decision = where
    segments: list[Segment] = [told["notes"]]
    if decision is not None:
        segments += ["\n", Embed("decision", decision)]
    if "action" in told:
        world.born[told["action"]] = where
        segments += ["\n", Embed("action", world.keyed[told["action"]])]
    yield from drawn.block(world, meeting, item, "commun", segments, starts)
    for audience, name in (("interne", "internal"), ("observatoire", "restricted")):
        if name in told:
            yield from drawn.block(world, meeting, item, audience, [told[name]], starts)
