"""Minutes that were validated: the versions of a meeting, read back as they were frozen, and what a
correction changed."""

import difflib
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.dates.stored import stored_day
from desktop.base.errors import AppError
from desktop.base.i18n import _, ngettext
from desktop.base.text import fold
from desktop.models.choices import label
from desktop.models.meetings import MinutesVersion
from desktop.models.record import COMMON, INTERNAL
from desktop.models.states import MinutesState
from desktop.queries.documents.minutes_data import Audience, Minutes, MinutesLine, Point
from desktop.queries.documents.parts import Participant
from desktop.queries.documents.signed import Signed, signed_versions
from desktop.queries.names import person_name


@dataclass(frozen=True)
class KeptMinutes:
    """One version of the minutes as it is kept.

    `whole`: who validated it signed what it says; of what is not, nothing is printed. `again`:
    another text was validated too under this number. `in_force`: of its number, it is printed.
    """

    id: uuid.UUID
    number: int
    state: str
    validated_on: date | None
    validated_by: str
    reason: str
    fingerprint: str
    whole: bool
    again: bool
    in_force: bool


def versions_of(session: Session, meeting_id: uuid.UUID) -> list[KeptMinutes]:
    """Return the versions for circulation, the first first; several may be validated under one
    number."""
    kept = signed_versions(session, meeting_id, COMMON)
    in_force = {one.row.id for one in _in_force(kept)}
    return [KeptMinutes(
        id=one.row.id, number=one.row.number or 0, state=one.row.state or "",
        validated_on=stored_day(one.row.validated_on),
        validated_by=person_name(session, one.row.validated_by_id), reason=one.row.reason or "",
        fingerprint=one.fingerprint, whole=one.signer is not None, again=one.again,
        in_force=one.row.id in in_force) for one in kept]


def last_number(session: Session, meeting_id: uuid.UUID) -> int:
    """Return the number of the last version that was validated; 0 before there is one."""
    kept = signed_versions(session, meeting_id, COMMON)
    return max((one.row.number or 0 for one in kept if one.signer is not None), default=0)


def _in_force(kept: Sequence[Signed]) -> list[Signed]:
    """Of each number the version that is printed: the first of those validated under it."""
    first: dict[int | None, Signed] = {}
    for one in kept:
        if one.signer is not None:
            first.setdefault(one.row.number, one)
    return list(first.values())


def correction_of(session: Session, meeting_id: uuid.UUID) -> str:
    """Why the minutes are being corrected; empty where they are not."""
    return session.scalar(select(MinutesVersion.reason).where(
        MinutesVersion.meeting_id == meeting_id, MinutesVersion.state == MinutesState.DRAFT,
        MinutesVersion.deleted.is_not(True))
        .order_by(MinutesVersion.id.desc()).limit(1)) or ""


def frozen_minutes(session: Session, meeting_id: uuid.UUID, audience: Audience) -> Minutes | None:
    """Return the last validated minutes of a meeting, with what a correction changed in them; None
    where none is here.

    What nobody validated is passed over; AppError where there is nothing else.
    """
    kept = signed_versions(session, meeting_id, INTERNAL if audience == "interne" else COMMON)
    if not kept:
        return None
    rows = [one.row for one in _in_force(kept)]
    if not rows:
        raise _not_validated()
    last = _content(rows[-1])
    if len(rows) == 1:
        return last
    old = _content(rows[-2])
    return with_changes(old, last) if audience == "interne" else without_removed(old, last)


def _content(row: MinutesVersion) -> Minutes:
    try:
        return msgspec.json.decode((row.body or "").encode(), type=Minutes)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise _not_validated() from error


def _not_validated() -> AppError:
    return AppError(
        _("These validated minutes are not what they were on the day of their validation."),
        _("Do not circulate them; speak to the coordination."))


def with_changes(old: Minutes, new: Minutes) -> Minutes:
    """Return the new minutes where each line says whether it was added, and those taken away stand
    where they were."""
    before = {point.title: point for point in old.points}
    points = tuple(
        replace(point, lines=_compared(before[point.title].lines if point.title in before else (),
                                       point.lines))
                   for point in new.points)
    known = {point.title for point in new.points}
    gone = tuple(
        Point(point.title, point.presenter, point.minutes, point.kind, _compared(point.lines, ()))
                 for point in old.points if point.title not in known)
    return replace(new, points=points + gone, other=_compared(old.other, new.other),
                   changes=tuple(_people_changes(old.people, new.people)))


def without_removed(old: Minutes, new: Minutes) -> Minutes:
    """Return the new minutes for circulation: each passage taken away has its place, and not its
    words.

    A correction is often made to remove a name: to print what it removes would circulate the name
    again.
    """
    shown = with_changes(old, replace(new, people=()))
    people = {person.id for person in new.people}
    gone = [person for person in old.people if person.id not in people]
    changes = _people_changes([person for person in old.people if person.id in people], new.people)
    if gone:
        changes.append(ngettext("{count} person taken off the list",
                                "{count} people taken off the list", len(gone)).format(
                                    count=len(gone)))
    known = {point.title for point in new.points}
    points = tuple(replace(_passages(point),
                           title=point.title if point.title in known else _("passage removed"),
                           presenter=point.presenter if point.title in known else "")
                   for point in shown.points)
    return replace(shown, people=new.people, points=points, other=tuple(map(_passage, shown.other)),
                   changes=tuple(changes), reason=reason_without(new.reason, old, new))


def _passages(point: Point) -> Point:
    return replace(point, lines=tuple(map(_passage, point.lines)))


def _passage(line: MinutesLine) -> MinutesLine:
    if line.change != "removed":
        return line
    return MinutesLine(line.kind, _("passage removed"), line.audience, number=line.number,
                change=line.change)


def reason_without(reason: str, old: Minutes, new: Minutes) -> str:
    """Why minutes are corrected, without the words that the correction takes away from them."""
    removed = _words_of(old) - _words_of(new)
    said = re.sub(r"[^\W_]+", lambda word: _REMOVED if fold(word[0]) in removed else word[0],
                  reason)
    return re.sub(rf"{_REMOVED}(?:[\s'’.-]*{_REMOVED})*", _("passage removed"), said)


_REMOVED = "\ue000"
"""Stands for a word taken away until all of them are known: no text of a record has it."""


def _words_of(minutes: Minutes) -> set[str]:
    """Every word that minutes say, as it is compared."""
    texts = [minutes.title, minutes.place, minutes.animator, minutes.secretary, minutes.next_place,
             *minutes.annexes]
    for person in minutes.people:
        texts += [person.name, person.organisation, person.function, person.represented_by]
    lines = [*minutes.other, *minutes.earlier, *minutes.decisions, *minutes.actions]
    for point in minutes.points:
        texts += [point.title, point.presenter]
        lines += point.lines
    texts += [text for line in lines for text in (line.text, line.who)]
    return {fold(word) for text in texts for word in re.findall(r"[^\W_]+", text)}


def _compared(old: Sequence[MinutesLine], new: Sequence[MinutesLine]) -> tuple[MinutesLine, ...]:
    lines: list[MinutesLine] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            lines += new[j1:j2]
            continue
        lines += [replace(line, change="removed") for line in old[i1:i2]]
        lines += [replace(line, change="added") for line in new[j1:j2]]
    return tuple(lines)


def _people_changes(old: Sequence[Participant], new: Sequence[Participant]) -> list[str]:
    was = {person.id: person for person in old}
    changes = []
    for person in new:
        before = was.pop(person.id, None)
        states = [label("attendance_state", one.state).lower() for one in (before, person)
                  if one is not None]
        if before is None or before.state != person.state:
            changes.append(_("{name}: {states}")
                           .format(name=person.name, states=" → ".join(states)))
    return changes + [_("{name}: taken off the list").format(name=person.name)
                      for person in was.values()]
