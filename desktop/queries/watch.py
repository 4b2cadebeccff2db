"""What the watch group works on: its inbox, one observation with the legal view beside what was
perceived, and those that may tell of the same event. Doubles are looked for without reading an
account."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.text import fold
from desktop.models.authority import TEAM, Roles
from desktop.models.directory import Membership, Organisation, Person
from desktop.models.observations import Observation
from desktop.models.states import ObservationState, is_settled
from desktop.models.vocabularies import Place, Term
from desktop.queries.feedback import AuthorFeedback, told_about
from desktop.queries.observations import ObservationRow, not_left, observations_of

UNSAID = frozenset({"", "NSP", "NRP", "INCONNU"})
NO_FAMILY = frozenset({"HORS_26", "HORS_LOI"})
"""Families whose grounds have nothing in common: not the 26 criteria."""
JURIST = ("juriste", "avocat", "jurist", "lawyer")
ORDER = (ObservationState.HANDED_IN, ObservationState.RECEIVED, ObservationState.QUALIFIED,
         ObservationState.LINKED,
         ObservationState.SET_ASIDE)
"""The states of the inbox, in the order in which they are worked on."""


@dataclass(frozen=True)
class Close:
    """An observation that may tell of the same event as another."""

    id: uuid.UUID
    month: str
    place: str
    criterion: str
    setting: str
    organisation: str


@dataclass(frozen=True)
class WatchRow:
    """One line of the inbox. `close`: how many may be doubles of it; `together`: how many are told
    to be one situation."""

    id: uuid.UUID
    state: str
    month: str
    place: str
    domain: str
    criterion: str
    organisation: str
    close: int
    together: int
    answered: bool
    has_left: bool = True
    """False for one that was entered on this computer and has not left it."""


@dataclass(frozen=True)
class LegalView:
    """What a jurist makes of an observation; empty where nothing was said yet."""

    criteria: tuple[str, ...] = ()
    form: str = ""
    setting: str = ""
    evidence: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    recourse: tuple[str, ...] = ()
    qualification: str = ""


@dataclass(frozen=True)
class WatchSheet:
    """One observation as the watch group reads it."""

    row: ObservationRow
    legal: LegalView
    close: tuple[Close, ...]
    together: tuple[Close, ...]
    told: AuthorFeedback
    discarded_reason: str
    erased_in: str
    erased_by: str


@dataclass(frozen=True)
class _WatchLine:
    id: uuid.UUID
    state: str
    month: str
    place: str
    domain: str
    criterion: str
    setting: str
    organisation: str
    same_as: uuid.UUID | None
    answered: bool

    @property
    def as_close(self) -> Close:
        return Close(self.id, self.month, self.place, self.criterion, self.setting,
                     self.organisation)


def sees_inbox(roles: Roles) -> bool:
    """Whether a computer with these roles shows and writes what the watch group works on; one
    without roles does."""
    return not roles or bool(roles & TEAM)


def is_jurist(session: Session, person_id: uuid.UUID | None) -> bool:
    """Whether a person's function, in the directory or in a group, is that of a jurist."""
    if person_id is None:
        return False
    own = session.scalar(select(Person.function).where(Person.id == person_id))
    in_groups = session.scalars(select(Membership.function).where(
        Membership.person_id == person_id, Membership.deleted.is_not(True),
        Membership.until.is_(None)))
    return any(word in fold(function or "") for function in (own, *in_groups) for word in JURIST)


def inbox_of(session: Session) -> list[WatchRow]:
    """Every observation that was handed in, by state in the order of the work, the latest month
    first."""
    lines = _lines(session)
    close, together, waiting = _close(session, lines), _situations(lines), not_left(session)
    rows = [WatchRow(line.id, line.state, line.month, line.place, line.domain, line.criterion,
                     line.organisation,
                     len(close.get(line.id, ())), len(together.get(line.id, ())), line.answered,
                     line.id not in waiting) for line in lines if line.state in ORDER]
    rows.sort(key=lambda row: str(row.id))
    rows.sort(key=lambda row: row.month, reverse=True)
    return sorted(rows, key=lambda row: ORDER.index(ObservationState(row.state)))


def waiting_count(session: Session) -> int:
    """How many observations wait for the watch group: handed in, received or examined."""
    states = session.scalars(select(Observation.state).where(Observation.deleted.is_not(True)))
    return sum(state in ORDER and not is_settled(state) for state in states)


def situations_count(session: Session) -> tuple[int, int]:
    """How many observations there are, and how many situations: several reports of one event are
    one."""
    lines = _lines(session)
    together = _situations(lines)
    return len(lines), len({min(together.get(line.id) or (line.id,)) for line in lines})


def watch_sheet(session: Session, observation_id: uuid.UUID) -> WatchSheet | None:
    """One observation with all that the watch group knows of it; None where it is gone."""
    record, told = session.get(Observation, observation_id), told_about(session, observation_id)
    row = next((row for row in observations_of(session) if row.id == observation_id), None)
    if record is None or told is None or row is None:
        return None
    lines = _lines(session)
    known = {line.id: line for line in lines}
    together = _situations(lines).get(observation_id, set())
    close = _close(session, lines).get(observation_id, set()) - together
    return WatchSheet(
        row=row, legal=_legal(record), close=_in_order(known, close),
        together=_in_order(known, together - {observation_id}),
        told=told, discarded_reason=record.discarded_reason or "",
        erased_in=record.account_erased_in or "", erased_by=record.account_erased_by or "")


def _legal(record: Observation) -> LegalView:
    return LegalView(
        criteria=tuple(record.qualified_criteria or ()), form=record.qualified_form or "",
        setting=record.qualified_setting or "",
        evidence=tuple(record.qualified_evidence or ()),
        elements=tuple(record.qualified_elements or ()),
        recourse=tuple(record.advised_recourse or ()), qualification=record.qualification or "")


def situation_of(session: Session, observation_id: uuid.UUID) -> set[uuid.UUID]:
    """Return the observations that are told to be of the same event as this one, itself among
    them."""
    return _situations(_lines(session)).get(observation_id, {observation_id})


def _in_order(known: dict[uuid.UUID, _WatchLine], ids: Iterable[uuid.UUID]) -> tuple[Close, ...]:
    found = [known[one].as_close for one in ids]
    found.sort(key=lambda one: str(one.id))
    return tuple(sorted(found, key=lambda one: one.month, reverse=True))


def _lines(session: Session) -> list[_WatchLine]:
    o = Observation
    query = (select(o.id, o.state, o.month, o.neighbourhood, o.commune, o.zone, o.domain,
                    o.principal_criterion, o.setting,
                    Organisation.short_name, Organisation.name, o.same_as_id, o.answer)
             .outerjoin(Organisation, Organisation.id == o.organisation_id)
             .where(o.deleted.is_not(True)))
    return [
        _WatchLine(r[0], r[1] or "", r[2] or "", r[3] or r[4] or r[5] or "", r[6] or "", r[7] or "",
              r[8] or "",
              r[9] or r[10] or "", r[11], bool(r[12])) for r in session.execute(query)]


def _situations(lines: list[_WatchLine]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Observation -> all of its situation, where it has more than one."""
    sets: dict[uuid.UUID, set[uuid.UUID]] = {line.id: {line.id} for line in lines}
    for line in lines:
        other = line.same_as
        if other is not None and other in sets and sets[other] is not sets[line.id]:
            joined = sets[other] | sets[line.id]
            for one in joined:
                sets[one] = joined
    return {one: whole for one, whole in sets.items() if len(whole) > 1}


def _close(session: Session, lines: list[_WatchLine]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Observation -> those of the same domain, family of criteria and zone, a month apart at most,
    in a like setting."""
    families = {code: family for code, family in session.execute(
        select(Term.code, Term.family).where(Term.vocabulary == "criteria"))
                if family not in NO_FAMILY}
    above = {code: parent for code, parent in session.execute(select(Place.code, Place.parent_code))
             if parent}
    alike: dict[tuple[str, str, str], list[_WatchLine]] = defaultdict(list)
    for line in lines:
        family, zone = families.get(line.criterion), _zone(line.place, above)
        if family and zone and line.state != ObservationState.DRAFT:
            alike[line.domain, family, zone].append(line)
    found: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for group in alike.values():
        for at, one in enumerate(group):
            for other in group[at + 1:]:
                if _is_near(one.month, other.month) and _may_be_one(one.setting, other.setting):
                    found[one.id].add(other.id)
                    found[other.id].add(one.id)
    return found


def _zone(place: str, above: dict[str | None, str]) -> str:
    """Return the widest place that holds this one: neighbourhood, commune, zone."""
    seen: set[str] = set()
    while place in above and place not in seen:
        seen.add(place)
        place = above[place]
    return place


def _is_near(one: str, other: str) -> bool:
    if len(one) != 7 or len(other) != 7:
        return False
    first, second = (int(month[:4]) * 12 + int(month[5:]) for month in (one, other))
    return abs(first - second) <= 1


def _may_be_one(one: str, other: str) -> bool:
    return one == other or one in UNSAID or other in UNSAID
