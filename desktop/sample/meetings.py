"""Eighteen months of meetings with their agenda, roll-call, notes, decisions and minutes, and those
to come."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from desktop.models.actions import Action
from desktop.models.meetings import (
    AgendaItem,
    Attendance,
    AttendanceSlot,
    Decision,
    Meeting,
    NoteBlock,
    NoteUpdate,
)
from desktop.models.notes import Embed, Segment, edit
from desktop.models.record import derived_id, in_channel
from desktop.models.trainings import Training
from desktop.queries.meetings.numbers import number_of
from desktop.sample.actions import action_values
from desktop.sample.world import MONTHS, Row, World

PLACES = ("salle du conseil", "maison des associations", "centre social", "médiathèque",
          "maison France services",
          "salle polyvalente", "lycée, salle B12")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class Planned:
    """When a meeting is to be, of whom."""

    group: uuid.UUID
    kind: str
    starts: datetime
    ends: datetime
    people: list[uuid.UUID]


PROGRAMMES = (
    ("Le socle : repérer, prouver, accueillir, orienter",
     "Membres du collectif, agents d’accueil, travailleurs sociaux",
     "Juriste d’un point-justice",
     "Quatre demi-journées : critères et domaines, preuve, accueil de la parole, 39 28 et délais.",
     36),
    ("Droit de la non-discrimination pour les élus", "Élus et directions",
     "Délégué du Défenseur des droits",
     "Loi du 27 mai 2008, charte du collectif, rôle de l’employeur public.", 24))
"""What the sample's collective teaches: title, for whom, by whom, content, months until it is
refreshed."""


def programmes(world: World) -> Iterator[Row]:
    """Yield the training programmes; fills in those of the world."""
    for title, audience, trainer, content, months in PROGRAMMES:
        made = world.id_at(datetime.combine(world.today - timedelta(days=MONTHS * 30), time(9)))
        world.programmes.append((made, title))
        yield Training, {"id": made, "title": title, "audience": audience, "trainer": trainer,
                         "content": content,
                         "refresh_months": months}


def rows(world: World) -> Iterator[Row]:
    """All meetings of a drawn world in the order of their dates, after the trainings; fills in its
    points of origin."""
    yield from programmes(world)
    ranks: dict[int, int] = {}
    for planned in sorted((*_calendar(world), *_trainings(world)),
                          key=lambda p: (p.starts, p.group)):
        ranks[planned.starts.year] = ranks.get(planned.starts.year, 0) + 1
        yield from _meeting(world, planned, ranks[planned.starts.year])


def _calendar(world: World) -> Iterator[Planned]:
    for group, _name, kind, _axis in world.frame.groups:
        every = 91 if kind in ("pleniere", "copil") else 60
        people = (world.members.get(group)
                  or world.rng.sample(world.people, world.rng.randint(12, 25)))
        day = (world.today - timedelta(days=MONTHS * 30)
               + timedelta(days=world.rng.randint(0, every // 2)))
        last = world.today + timedelta(days=every)
        while day <= last:
            kept = day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
            training = kind == "groupe_de_travail" and world.chance(0.06)
            start = datetime.combine(kept, time(9) if training
                                     else world.pick((time(9, 30), time(14), time(14, 30))))
            end = datetime.combine(kept + timedelta(days=1 if training else 0),
                                   time(17)) if training else (
                                       start + timedelta(minutes=world.pick((90, 120, 150))))
            yield Planned(group, "formation" if training else kind, start, end, people)
            day += timedelta(days=every + world.rng.randint(-9, 9))


def _trainings(world: World) -> Iterator[Planned]:
    """Three trainings that were held and one to come, of two days each, open to all groups."""
    (group, *_rest) = next(iter(world.frame.groups))
    for days in (-430, -210, -40, 24):
        day = world.today + timedelta(days=days)
        day -= timedelta(days=day.weekday())
        people = sorted(world.rng.sample(world.people, min(14, len(world.people))))
        yield Planned(group, "formation", datetime.combine(day, time(9)),
                      datetime.combine(day + timedelta(days=1), time(17)),
                       people)


def _meeting(world: World, planned: Planned, rank: int) -> Iterator[Row]:
    starts = planned.starts
    past = starts.date() < world.today
    made = world.id_at(starts - timedelta(days=21))
    training, title = (world.programmes[rank % len(world.programmes)] if planned.kind == "formation"
                       else (None, world.text("meeting")))
    yield Meeting, {**meeting_values(world, planned), "id": made, "title": title,
                    "training_id": training}
    yield from attendance(world, made, planned)
    order = 0
    for position in range(1, world.rng.randint(4, 6)):
        item = world.id_at(starts - timedelta(days=14))
        title = world.text("item")
        yield AgendaItem, {
            "id": item, "meeting_id": made, "order": f"{position * 10:04d}", "title": title,
            "presenter_id": world.pick(planned.people), "minutes": world.pick((5, 10, 15, 20, 30)),
            "kind": world.pick(("information", "echange", "decision"))}
        if past:
            world.origins.append((made, item, starts.date()))
            for row in _item_notes(world, made, item, starts, rank, order):
                order += row[0] is Decision
                yield row


def meeting_values(world: World, planned: Planned) -> dict[str, Any]:
    """Return the fields of a meeting that follow from when it is: its state, its hours, who leads
    it."""
    starts = planned.starts
    on, past = starts.date(), starts.date() < world.today
    state = (("archivee" if on < world.today - timedelta(days=270) else
              "valide" if on < world.today - timedelta(days=45) else "projet") if past
             else "convoquee" if on < world.today + timedelta(days=21) else "brouillon")
    ended = planned.ends + timedelta(minutes=world.rng.randint(-12, 15))
    return {
        "group_id": planned.group, "kind": planned.kind, "starts_at": _minute(starts),
        "ends_at": _minute(planned.ends),
        "started_at": _minute(starts + timedelta(minutes=world.rng.randint(0, 9))) if past
        else None,
        "ended_at": _minute(ended) if past else None,
        "place": f"{world.pick(PLACES)}, {world.pick(world.towns)}",
        "animator_id": planned.people[0], "secretary_id": planned.people[2], "state": state,
        "quorum": len(planned.people) // 3 if planned.kind in ("pleniere", "copil") else None,
        "remarks_until": (on + timedelta(days=15)).isoformat() if past else None,
        "code": "".join(world.rng.choices(_LETTERS, k=4))}


def attendance(world: World, meeting: uuid.UUID, planned: Planned) -> Iterator[Row]:
    """Yield the roll-call: who came, how, and for a training which half-days; who is expected where
    it is to come."""
    past = planned.starts.date() < world.today
    for person in planned.people:
        if not past:
            yield Attendance, {"meeting_id": meeting, "person_id": person,
                               "state": "excuse" if world.chance(0.05) else "attendu"}
            continue
        # Who leads and who writes were there: they hold the voice of others, and present the
        # points.
        state = "present" if person in (planned.people[0], planned.people[2]) else world.pick(
            ("present", "distance", "represente", "excuse", "absent"), (62, 6, 7, 15, 10))
        late = planned.starts + timedelta(minutes=world.rng.randint(6, 40))
        yield Attendance, {
            "meeting_id": meeting, "person_id": person, "state": state,
            "represented_by_id": planned.people[0] if state == "represente" else None,
            "arrived_at": f"{late:%H:%M}" if state == "present" and world.chance(0.08) else None,
            "signed_on_paper": True if state == "present" else None}
        if planned.kind == "formation" and state == "present":
            for number in range(4):
                half = f"{planned.starts.date() + timedelta(days=number // 2)} {('am', 'pm')[number % 2]}"
                came = world.chance(0.93)
                yield AttendanceSlot, {"meeting_id": meeting, "person_id": person, "slot": half,
                                       "signed": came,
                                       "state": "present" if came else "absent"}


def _item_notes(world: World, meeting: uuid.UUID, item: uuid.UUID, starts: datetime, rank: int,
                order: int) -> Iterator[Row]:
    segments: list[Segment] = [
        "\n".join(world.text("note") for _each in range(world.rng.randint(2, 5)))]
    decision = None
    if world.chance(0.3):
        number = number_of(str(starts.year), rank, order + 1)
        decision = world.id_at(starts)
        votes = world.chance(0.2)
        yield Decision, {
            "id": decision, "meeting_id": meeting, "agenda_item_id": item, "number": number,
            "order": order + 1,
            "text": world.text("decision"),
            "how": "vote" if votes else world.pick(("consensus", "report"), (9, 1)),
            "votes_for": world.rng.randint(8, 20) if votes else None,
            "votes_against": world.rng.randint(0, 4) if votes else None,
            "votes_abstained": world.rng.randint(0, 4) if votes else None}
        segments += ["\n", Embed("decision", decision), "\n"]
    if world.chance(0.5 if decision else 0.1):
        action, values = action_values(world, starts.date(), meeting, item)
        yield Action, {**values, "decision_id": decision}
        segments += ["\n", Embed("action", action), "\n" + world.text("note")]
    if world.chance(0.2):
        segments.append("\n? " + world.text("item"))
    yield from block(world, meeting, item, "commun", segments, starts)
    if world.chance(0.15):
        yield from block(world, meeting, item, "interne", [world.text("note")], starts)
    if world.chance(0.06):
        yield from block(world, meeting, item, "observatoire", [world.text("account")], starts)


def block(world: World, meeting: uuid.UUID, item: uuid.UUID, audience: str, segments: list[Segment],
          at: datetime) -> Iterator[Row]:
    """Yield the notes of a point for one audience."""
    block = in_channel(derived_id("note_block", meeting, item, audience), audience)
    yield NoteBlock, {"id": block, "channel": audience, "meeting_id": meeting,
                      "agenda_item_id": item, "order": "m",
                      "audience": audience, "kind": "texte"}
    yield NoteUpdate, {"id": in_channel(world.id_at(at), audience), "channel": audience,
                       "block_id": block, "generation": 0,
                       "data": edit([], [], segments)}


def _minute(moment: datetime | date) -> str:
    return (moment.isoformat(timespec="minutes") if isinstance(moment, datetime)
            else moment.isoformat())
