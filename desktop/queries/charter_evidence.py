"""What the records show of each promise: the finders of the charter's evidence."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.base.text import sort_key
from desktop.models.actions import Action, ActionFunding, Notice, Validation
from desktop.models.meetings import Attendance, Meeting
from desktop.models.observations import Observation
from desktop.models.record import COMMON
from desktop.models.resources import Resource
from desktop.models.states import ActionState, Party, ValidationAnswer, counts_for_quorum, is_funded
from desktop.queries.actions import day_of
from desktop.queries.names import person_names
from desktop.queries.person_aliases import alias_map
from desktop.queries.trainings import followed_by

YEAR, TRAINING = timedelta(days=365), timedelta(days=3 * 365)


class Standing(StrEnum):
    """How a promise stands."""

    KEPT = "kept"
    IN_PART = "part"
    NOT_YET = "not yet"
    UNMEASURED = "not measured"
    NOT_CONCERNED = "not concerned"


@dataclass(frozen=True)
class EvidenceFact:
    """One fact that shows it, or lacks. `word`: how it counts, untranslated code of the fact (see
    `queries.charter_words`)."""

    title: str
    kept: bool
    word: str
    on: date | None = None
    record_id: uuid.UUID | None = None


@dataclass(frozen=True)
class EvidenceCell:
    """How one organisation stands with one kind of evidence: so many of so many facts."""

    kept: Standing
    count: int = 0
    whole: int = 0
    on: date | None = None
    lines: tuple[EvidenceFact, ...] = ()


Cells = dict[uuid.UUID, EvidenceCell]

TOLD_WITHIN = timedelta(days=60)
MEASURED = 3
"""Meetings under which taking part is not measured yet."""
WELL = 0.8
"""The share from which taking part counts as kept."""
_STARTED = frozenset({ActionState.UNDER_WAY, ActionState.SUSPENDED, ActionState.DONE})


@dataclass(frozen=True)
class EvidenceQuery:
    """What the finders are asked for."""

    session: Session
    today: date
    people: dict[uuid.UUID, uuid.UUID]
    observatory: bool
    known: dict[uuid.UUID, uuid.UUID]
    read: dict[str, list[Any]] = field(default_factory=dict)
    """What several finders look through, read once."""

    def standing(self, organisation: uuid.UUID) -> uuid.UUID:
        """Return the organisation that stands for one."""
        return self.known.get(organisation, organisation)


def _judged(lines: Iterable[EvidenceFact], enough: float = 1.0, measured: int = 1) -> EvidenceCell:
    """Return the cell of some facts: kept from a share on, not measured under so many."""
    every = tuple(lines)
    count = sum(line.kept for line in every)
    if len(every) < measured:
        return EvidenceCell(Standing.UNMEASURED if every else Standing.NOT_CONCERNED, count,
                            len(every),
                    lines=every)
    kept = (Standing.KEPT if count >= enough * len(every) else Standing.IN_PART if count
            else Standing.NOT_YET)
    return EvidenceCell(kept, count, len(every), lines=every)


def _meetings(asked: EvidenceQuery, since: timedelta) -> dict[uuid.UUID, tuple[date, str]]:
    """Meetings held in a period, not those of confidential groups: what these do is counted
    nowhere."""
    until = (asked.today + timedelta(days=1)).isoformat()
    query = select(Meeting.id, Meeting.starts_at, Meeting.title).where(
        Meeting.channel == COMMON, Meeting.deleted.is_not(True),
        Meeting.starts_at >= (asked.today - since).isoformat(), Meeting.starts_at < until)
    return {meeting: (on, title or "") for meeting, starts, title in asked.session.execute(query)
            if (on := day_of(str(starts or ""))) is not None}


def _attendance(asked: EvidenceQuery,
                meetings: Iterable[uuid.UUID]) -> list[tuple[uuid.UUID, uuid.UUID, str]]:
    """(meeting, person, state) of the people who stand in the directory, each once."""
    known = alias_map(asked.session)
    wanted = list(meetings)
    found = []
    for start in range(0, len(wanted), 500):
        found += [(meeting, known.get(person, person), state or "")
                  for meeting, person, state in asked.session.execute(
                      select(Attendance.meeting_id, Attendance.person_id, Attendance.state).where(
                          Attendance.meeting_id.in_(wanted[start:start + 500]),
                          Attendance.deleted.is_not(True)))
            if meeting is not None and person is not None]
    return found


def _trained(asked: EvidenceQuery) -> Cells:
    """Find the people trained: those who attended every half-day of a training of the last three
    years."""
    when: dict[uuid.UUID, tuple[date, uuid.UUID]] = {}
    for person, own in followed_by(asked.session, asked.today - TRAINING, asked.today).items():
        for one in own:
            if one.is_complete:
                when.setdefault(person, (one.on, one.meeting_id))
    names = person_names(asked.session)
    lines: dict[uuid.UUID, list[EvidenceFact]] = defaultdict(list)
    for person, organisation in asked.people.items():
        last = when.get(person)
        lines[organisation].append(
            EvidenceFact(names.get(person, ""), last is not None,
                         "trained" if last else "not trained",
                 last[0] if last else None, last[1] if last else None))
    return {key: _judged(sorted(own, key=lambda line: sort_key(line.title)))
            for key, own in lines.items()}


def _takes_part(asked: EvidenceQuery) -> Cells:
    """Find who takes part: an organisation does in a meeting to which one of its people was
    convened, and came or was represented."""
    meetings = _meetings(asked, YEAR)
    best: dict[tuple[uuid.UUID, uuid.UUID], tuple[bool, str]] = {}
    for meeting, person, state in _attendance(asked, meetings):
        organisation = asked.people.get(person)
        if organisation is not None:
            key = organisation, meeting
            best[key] = max(best.get(key, (False, "")), (counts_for_quorum(state), state))
    lines: dict[uuid.UUID, list[EvidenceFact]] = defaultdict(list)
    for (organisation, meeting), (came, state) in best.items():
        on, title = meetings[meeting]
        lines[organisation].append(EvidenceFact(title, came, state, on, meeting))
    return {key: _judged(sorted(own, key=lambda line: line.on or date.min, reverse=True), WELL,
                         MEASURED)
            for key, own in lines.items()}


@dataclass(frozen=True)
class _Owned:
    """One action of an organisation, with what the charter asks of it."""

    id: uuid.UUID
    title: str
    organisation: uuid.UUID
    funded: bool
    started_on: date | None
    is_started: bool
    in_meeting: bool
    told: tuple[date, ...]
    accords: int
    scheme: bool


def _actions(asked: EvidenceQuery) -> list[_Owned]:
    if "actions" not in asked.read:
        asked.read["actions"] = _read_actions(asked)
    return asked.read["actions"]


def _read_actions(asked: EvidenceQuery) -> list[_Owned]:
    session = asked.session
    paid = {action for action, source in session.execute(
        select(ActionFunding.action_id, ActionFunding.source)
        .where(ActionFunding.deleted.is_not(True))) if is_funded(source)}
    told: dict[uuid.UUID | None, list[tuple[date, bool]]] = defaultdict(list)
    for action, on, meeting in session.execute(
            select(Notice.action_id, Notice.on, Notice.meeting_id)
            .where(Notice.deleted.is_not(True))):
        if (day := day_of(on)) is not None:
            told[action].append((day, meeting is not None))
    given = dict(session.execute(select(Validation.action_id, func.count()).where(
        Validation.deleted.is_not(True), Validation.answer == ValidationAnswer.GIVEN)
                                 .group_by(Validation.action_id)).all())
    return [_Owned(row.id, row.title or "", asked.standing(row.owner_organisation_id),
                   is_funded(row.funding) or row.id in paid,
                   day_of(row.starts_on), row.state in _STARTED,
                   row.meeting_id is not None or bool(told[row.id]),
                   tuple(day for day, _meeting in told[row.id]), given.get(row.id, 0),
                   bool(row.dispositif_ids or (row.no_dispositif or "").strip()))
            for row in session.execute(select(
                Action.id, Action.title, Action.owner_organisation_id, Action.funding,
                Action.starts_on, Action.state,
                Action.meeting_id, Action.dispositif_ids, Action.no_dispositif).where(
                Action.deleted.is_not(True), Action.channel == COMMON,
                Action.owner_organisation_id.is_not(None),
                Action.state != ActionState.GIVEN_UP)) if row.owner_organisation_id is not None]


def _by_action(asked: EvidenceQuery, concerned: Callable[[_Owned], bool],
               kept: Callable[[_Owned], bool],
               words: tuple[str, str]
               ) -> Cells:
    lines: dict[uuid.UUID, list[EvidenceFact]] = defaultdict(list)
    for action in _actions(asked):
        if concerned(action):
            does = kept(action)
            lines[action.organisation].append(
                EvidenceFact(action.title, does, words[0] if does else words[1], action.started_on,
                     action.id))
    return {key: _judged(sorted(own, key=lambda line: sort_key(line.title)))
            for key, own in lines.items()}


def _shares(asked: EvidenceQuery) -> Cells:
    return _by_action(asked, lambda a: a.funded, lambda a: a.in_meeting,
                      ("presented", "not presented"))


def _validated(asked: EvidenceQuery) -> Cells:
    return _by_action(asked, lambda a: a.funded, lambda a: a.accords >= len(Party),
                      ("both accords", "accords missing"))


def _adequacy(asked: EvidenceQuery) -> Cells:
    return _by_action(asked, lambda a: a.funded, lambda a: a.scheme,
                      ("scheme named", "no scheme named"))


def _informs(asked: EvidenceQuery) -> Cells:
    """Of an action outside the politique de la ville the members are told within sixty days of its
    start."""
    def due(action: _Owned) -> bool:
        if action.funded or not action.is_started or action.started_on is None:
            return False
        return bool(action.told) or action.started_on + TOLD_WITHIN < asked.today

    def in_time(action: _Owned) -> bool:
        return (action.started_on is not None
                and any(day <= action.started_on + TOLD_WITHIN for day in action.told))

    return _by_action(asked, due, in_time, ("told in time", "not told in time"))


def _observatory(asked: EvidenceQuery) -> Cells:
    """Yes or no; never a number, which would say how many observations one organisation made."""
    if not asked.observatory:
        return {}
    return {asked.standing(organisation): EvidenceCell(Standing.KEPT, 1, 1)
            for organisation in asked.session.scalars(
                select(Observation.organisation_id).where(Observation.deleted.is_not(True))
                .distinct()) if organisation is not None}


def _resources(asked: EvidenceQuery) -> Cells:
    lines: dict[uuid.UUID, list[EvidenceFact]] = defaultdict(list)
    for id_, title, organisation in asked.session.execute(
        select(Resource.id, Resource.title, Resource.organisation_id).where(
                Resource.deleted.is_not(True), Resource.organisation_id.is_not(None))
        .order_by(Resource.title)):
        if organisation is not None:
            lines[asked.standing(organisation)].append(
                EvidenceFact(title or "", True, "in the resources", None, id_))
    return {key: _judged(own) for key, own in lines.items()}
