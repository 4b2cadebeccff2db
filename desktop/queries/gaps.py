"""What should be settled before minutes are closed or circulated, each in a sentence, with the
place where it is mended.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.i18n import _, ngettext
from desktop.models.actions import Action
from desktop.models.meetings import AgendaItem, Decision, Meeting
from desktop.models.note_lines import sign_of
from desktop.models.record import COMMON
from desktop.models.states import AttendanceState
from desktop.privacy.detect import Span, find_identities, may_be_dismissed
from desktop.queries.dismissed import dismissed_words
from desktop.queries.documents.minutes_data import Minutes, MinutesLine
from desktop.queries.documents.parts import HERE
from desktop.queries.known import known_names
from desktop.queries.live import alive
from desktop.queries.meetings.held import held_gaps
from desktop.queries.meetings.notes import blocks_of

CATEGORIES = {
    "name": lambda: _("a name"),
    "email": lambda: _("an address"),
    "phone": lambda: _("a telephone number"),
    "address": lambda: _("an address"),
    "date": lambda: _("a date"),
    "nir": lambda: _("a social security number"),
    "iban": lambda: _("a bank account"),
    "url": lambda: _("a link"),
    "plate": lambda: _("the plate of a vehicle"),
    "file_number": lambda: _("a file number"),
    "birthdate": lambda: _("a date of birth"),
    "handle": lambda: _("the name of an account"),
    "organisation": lambda: _("a small organisation"),
    "unique_role": lambda: _("a role that one person holds there"),
    "age_trade_place": lambda: _("an age, a trade and a place together"),
}
"""What an identity is called."""
Place = Literal["meeting", "roll_call", "action", "decision", "point", "note"]


@dataclass(frozen=True)
class Gap:
    """One thing to settle. `record_id`: the action, the decision or the point where it is;
    `words`: those to look for there;
    `field`: that of the meeting's form.

    The place is the form of the meeting, its roll-call, an action, a decision, the title of a
    point, or the notes of a point
    (None: those of the meeting as a whole).
    """

    text: str
    place: Place
    record_id: uuid.UUID | None = None
    words: str = ""
    field: str = ""


def gaps_of(session: Session, meeting: Meeting, shown: Minutes) -> list[Gap]:
    """Return what should be settled before the minutes are closed, in the order of the gestures.
    `shown`: those for circulation.
    """
    gaps = []
    if meeting.secretary_id is None:
        gaps.append(Gap(_("The meeting has no secretary."), "meeting", field="secretary_id"))
    waiting = sum(person.state == AttendanceState.EXPECTED for person in shown.people)
    if waiting:
        gaps.append(
            Gap(
                ngettext(
                    "{count} person is neither present, excused nor absent.",
                    "{count} people are neither present, excused nor absent.",
                    waiting,
                ).format(count=waiting),
                "roll_call",
            )
        )
    gaps += [Gap(text, "meeting", field="held_from") for text in held_gaps(meeting)]
    gaps += [Gap(text, "roll_call") for text in _paper_gaps(shown)]
    actions = {
        action.title: action.id
        for action in alive(session, Action, Action.meeting_id == meeting.id)
    }
    for action in shown.actions:
        lacking = (
            (not action.who, _("The action “{title}” has no owner.")),
            (action.due is None, _("The action “{title}” has no date.")),
        )
        gaps += [
            Gap(words.format(title=action.text), "action", actions.get(action.text))
            for lacks, words in lacking
            if lacks
        ]
    decisions = {
        row.text: row.id for row in alive(session, Decision, Decision.meeting_id == meeting.id)
    }
    for decision in shown.decisions:
        if not decision.how:
            gaps.append(
                Gap(
                    _("How was “{title}” decided?").format(title=decision.text),
                    "decision",
                    decisions.get(decision.text),
                )
            )
    return gaps + list(
        _identities(session, meeting, shown.actions, shown.decisions, actions, decisions)
    )


def _identities(
    session: Session,
    meeting: Meeting,
    actions: tuple[MinutesLine, ...],
    decisions: tuple[MinutesLine, ...],
    action_ids: dict[str | None, uuid.UUID],
    decision_ids: dict[str | None, uuid.UUID],
) -> Iterator[Gap]:
    """Yield what may tell who somebody is in text that will be circulated, but for the collective's
    own people.
    """
    is_known, is_dismissed = known_names(session, meeting.id), dismissed_words(session)
    for text, place, record_id in _circulated(
        session, meeting, actions, decisions, action_ids, decision_ids
    ):
        for span in _spans(text):
            if not is_known(span) and not (may_be_dismissed(span) and is_dismissed(span.text)):
                yield Gap(
                    _("“{words}” looks like {what}, in text that will be circulated.").format(
                        words=span.text, what=CATEGORIES[span.category]()
                    ),
                    place,
                    record_id,
                    span.text,
                    "title" if place == "meeting" else "",
                )


def _circulated(
    session: Session,
    meeting: Meeting,
    actions: tuple[MinutesLine, ...],
    decisions: tuple[MinutesLine, ...],
    action_ids: dict[str | None, uuid.UUID],
    decision_ids: dict[str | None, uuid.UUID],
) -> Iterator[tuple[str, Place, uuid.UUID | None]]:
    """All text that the minutes for circulation show, and where it is written."""
    yield meeting.title or "", "meeting", None
    titles = session.execute(
        select(AgendaItem.title, AgendaItem.id)
        .where(AgendaItem.meeting_id == meeting.id, AgendaItem.deleted.is_not(True))
        .order_by(AgendaItem.order, AgendaItem.id)
    )
    for title, item_id in titles:
        yield title or "", "point", item_id
    for block in blocks_of(session, meeting.id):
        text = "".join(part for part in block.segments if isinstance(part, str))
        for line in text.split("\n"):
            if block.audience == COMMON and line.strip() and sign_of([line])[0] == COMMON:
                yield line, "note", block.agenda_item_id
    for action in actions:
        yield action.text, "action", action_ids.get(action.text)
    for decision in decisions:
        yield decision.text, "decision", decision_ids.get(decision.text)


@lru_cache(maxsize=4000)
def _spans(text: str) -> tuple[Span, ...]:
    """Look through a line once: the page of what follows a meeting is asked again at each of its
    changes.
    """
    return tuple(find_identities(text))


def _paper_gaps(shown: Minutes) -> list[str]:
    """Where the signed sheet and the roll-call say different things; nothing where no sheet was
    read back.
    """
    signed = [p for p in shown.people if p.signed_on_paper]
    if not signed:
        return []
    absent = [p.name for p in signed if p.state not in HERE]
    unsigned = [
        p.name for p in shown.people if p.state == AttendanceState.PRESENT and not p.signed_on_paper
    ]
    gaps = []
    if absent:
        gaps.append(
            _("Signed the sheet, but not ticked present: {names}.").format(names=", ".join(absent))
        )
    if unsigned:
        gaps.append(
            _("Ticked present, but did not sign the sheet: {names}.").format(
                names=", ".join(unsigned)
            )
        )
    return gaps
