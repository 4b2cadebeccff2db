"""What a meeting leaves: what is missing before its minutes are closed, what is withheld, open
points, absentees."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.dates.stored import stored_day
from desktop.base.i18n import _, ngettext
from desktop.models.meetings import Meeting, NoteBlock
from desktop.models.note_lines import without_sign
from desktop.models.states import AttendanceState, is_frozen
from desktop.privacy.detect import find_identities
from desktop.queries.documents.frozen import KeptMinutes, correction_of, frozen_minutes, versions_of
from desktop.queries.documents.minutes import live_minutes, neighbour
from desktop.queries.documents.minutes_data import Minutes, MinutesLine
from desktop.queries.documents.parts import HERE
from desktop.queries.meetings.held import held_gaps
from desktop.queries.meetings.notes import blocks_of

CATEGORIES = {"name": lambda: _("a name"), "email": lambda: _("an address"),
              "phone": lambda: _("a telephone number"),
              "address": lambda: _("an address"), "date": lambda: _("a date"),
              "nir": lambda: _("a social security number"),
              "iban": lambda: _("a bank account"), "url": lambda: _("a link"),
              "plate": lambda: _("the plate of a vehicle"),
              "file_number": lambda: _("a file number"), "birthdate": lambda: _("a date of birth"),
              "handle": lambda: _("the name of an account"),
              "organisation": lambda: _("a small organisation"),
              "unique_role": lambda: _("a role that one person holds there"),
              "age_trade_place": lambda: _("an age, a trade and a place together")}
"""What an identity is called. Dates and links say nobody by themselves: they are not asked
about."""
_HARMLESS = ("date", "url")


@dataclass(frozen=True)
class OpenPoint:
    """A line of the notes that began with `?`."""

    id: uuid.UUID
    text: str
    settled_on: date | None


@dataclass(frozen=True)
class MeetingFollowUp:
    """What a meeting leaves."""

    gaps: tuple[str, ...]
    withheld: tuple[MinutesLine, ...]
    points: tuple[OpenPoint, ...]
    absent: tuple[str, ...]
    versions: tuple[KeptMinutes, ...]
    correction: str
    remarks_until: date | None
    changed_since: bool
    next_id: uuid.UUID | None


def follow_up_of(session: Session, meeting_id: uuid.UUID) -> MeetingFollowUp | None:
    """What a meeting leaves; None where it is not here."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        return None
    shown = live_minutes(session, meeting_id, "diffusion")
    whole = live_minutes(session, meeting_id, "interne")
    following = neighbour(session, meeting, later=True)
    return MeetingFollowUp(
        tuple(gaps_of(meeting, shown)),
        tuple(line for line in _lines(whole) if line.audience != "commun"),
        tuple(open_points(session,
                          [meeting_id])),
        tuple(p.name for p in whole.people if p.state in (AttendanceState.ABSENT,
                                                          AttendanceState.EXCUSED)),
        tuple(versions_of(session, meeting_id)), correction_of(session, meeting_id),
        stored_day(meeting.remarks_until),
        is_frozen(meeting.state) and _moved_on(session, meeting_id, shown),
        following.id if following is not None else None)


def _lines(minutes: Minutes) -> list[MinutesLine]:
    return [line for point in minutes.points for line in point.lines] + list(minutes.other)


def _moved_on(session: Session, meeting_id: uuid.UUID, live: Minutes) -> bool:
    """Whether another device wrote notes of a meeting that was validated here meanwhile."""
    frozen = frozen_minutes(session, meeting_id, "diffusion")
    if frozen is None:
        return False
    before = [(line.kind, line.text) for line in _lines(frozen) if line.change != "removed"]
    return before != [(line.kind, line.text) for line in _lines(live)]


def gaps_of(meeting: Meeting, shown: Minutes) -> list[str]:
    """What should be settled before the minutes are closed, each in a sentence."""
    gaps = []
    if meeting.secretary_id is None:
        gaps.append(_("The meeting has no secretary."))
    waiting = sum(person.state == AttendanceState.EXPECTED for person in shown.people)
    if waiting:
        gaps.append(ngettext("{count} person is neither present, excused nor absent.",
                             "{count} people are neither present, excused nor absent.", waiting)
                    .format(count=waiting))
    gaps += held_gaps(meeting)
    gaps += _paper_gaps(shown)
    for action in shown.actions:
        if not action.who:
            gaps.append(_("The action “{title}” has no owner.").format(title=action.text))
        if action.due is None:
            gaps.append(_("The action “{title}” has no date.").format(title=action.text))
    for decision in shown.decisions:
        if not decision.how:
            gaps.append(_("How was “{title}” decided?").format(title=decision.text))
    for line in _lines(shown):
        for span in find_identities(line.text):
            if span.certain and span.category not in _HARMLESS:
                gaps.append(_("“{words}” looks like {what}, in text that will be circulated.")
                            .format(
                                words=span.text, what=CATEGORIES[span.category]()))
    return gaps


def _paper_gaps(shown: Minutes) -> list[str]:
    """Where the signed sheet and the roll-call say different things; nothing where no sheet was
    read back."""
    signed = [p for p in shown.people if p.signed_on_paper]
    if not signed:
        return []
    absent = [p.name for p in signed if p.state not in HERE]
    unsigned = [p.name for p in shown.people
                if p.state == AttendanceState.PRESENT and not p.signed_on_paper]
    gaps = []
    if absent:
        gaps.append(_("Signed the sheet, but not ticked present: {names}.")
                    .format(names=", ".join(absent)))
    if unsigned:
        gaps.append(_("Ticked present, but did not sign the sheet: {names}.")
                    .format(names=", ".join(unsigned)))
    return gaps


def open_points(session: Session, meeting_ids: list[uuid.UUID]) -> list[OpenPoint]:
    """The open points of these meetings that may be circulated, settled or not."""
    found = []
    for meeting_id in meeting_ids:
        settled = dict(session.execute(select(NoteBlock.id, NoteBlock.settled_on).where(
            NoteBlock.meeting_id == meeting_id, NoteBlock.kind == "question")).all())
        for block in blocks_of(session, meeting_id):
            words = without_sign("".join(part for part in block.segments if isinstance(part, str)))
            if block.kind == "question" and block.audience == "commun" and words:
                found.append(OpenPoint(block.id, words, stored_day(settled.get(block.id))))
    return found
