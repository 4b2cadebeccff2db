"""The minutes after the meeting: circulated for remarks, validated and frozen, corrected by a new
version."""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.commands.numbering import number_decisions
from desktop.commands.records import add_record
from desktop.models.channels import birth_channel
from desktop.models.meetings import Meeting, MinutesVersion, NoteBlock
from desktop.models.record import COMMON, INTERNAL
from desktop.models.signed_minutes import sign, signed_id, signed_line
from desktop.models.states import MeetingState, MinutesState
from desktop.queries.documents.frozen import last_number
from desktop.queries.documents.minutes import SHOWN, Audience, live_minutes
from desktop.vault.identity import read_identity

REMARKS_DAYS = 15
OPEN = (MeetingState.MINUTES_DRAFT, MeetingState.CORRECTION)
CHANNELS: tuple[tuple[Audience, str], ...] = (("diffusion", COMMON), ("interne", INTERNAL))
"""The audience of each variant, and the channel in which it travels once frozen."""


def circulate(session: Session, meeting_id: uuid.UUID, today: date) -> date:
    """Send the draft out: remarks are awaited for 15 days; the last of them."""
    meeting = _meeting(session, meeting_id, (MeetingState.MINUTES_DRAFT,))
    until = today + timedelta(days=REMARKS_DAYS)
    meeting.remarks_until = until.isoformat()
    return until


def validate(session: Session, meeting_id: uuid.UUID, today: date,
             by: uuid.UUID | None = None) -> int:
    """Freeze the minutes as they stand, decisions with their final numbers; return their number."""
    meeting = _meeting(session, meeting_id, OPEN)
    session.flush()
    number = last_number(session, meeting_id) + 1
    if number == 1:
        number_decisions(session, meeting)
    reason = _reason_of(session, meeting_id)
    meeting.state = MeetingState.VALIDATED
    freeze(session, meeting_id, number, today, by, reason)
    return number


def freeze(session: Session, meeting_id: uuid.UUID, number: int, on: date, by: uuid.UUID | None,
           reason: str | None = None) -> None:
    """Keep both variants of the minutes as they are now, signed, each in its readers' channel."""
    state = MinutesState.VALIDATED if number == 1 else MinutesState.CORRECTION
    session.flush()
    for audience, channel in CHANNELS:
        content = replace(live_minutes(session, meeting_id, audience, on), state=state,
                          version=number, validated_on=on,
                          reason=reason or "")
        body = msgspec.json.encode(content).decode()
        _add_signed(session, channel, {
            "meeting_id": meeting_id, "number": number, "audience": channel, "state": state,
            "body": body,
            "reason": reason, "content_hash": hashlib.sha256(body.encode()).hexdigest(),
            "validated_on": on.isoformat(), "validated_by_id": by})


def _add_signed(session: Session, audience: str, values: Mapping[str, Any]) -> None:
    """Add a version of the minutes with the signature of this computer over what it says."""
    identity = read_identity(session)
    channel = birth_channel(session, MinutesVersion, values.get, audience)
    line = signed_line(channel, values)
    signature = sign(identity.signing_key, identity.collective_id, line)
    add_record(session, "minutes_version", {
        **values, "signature": signature, "id": signed_id(channel, line, signature)}, channel)


def begin_correction(session: Session, meeting_id: uuid.UUID, reason: str) -> None:
    """Open validated minutes for a correction; the validated version stays as it is and stays the
    one in force."""
    meeting = _meeting(session, meeting_id, (MeetingState.VALIDATED, MeetingState.ARCHIVED))
    if not reason.strip():
        raise AppError(_("Say in a few words what is to be corrected."))
    meeting.state = MeetingState.CORRECTION
    # Kept with the meeting until it is part of the new version: an empty version of no readers.
    add_record(session, "minutes_version",
               {"meeting_id": meeting_id, "state": MinutesState.DRAFT, "reason": reason.strip()})


def abandon_correction(session: Session, meeting_id: uuid.UUID) -> None:
    """Give the correction up: the validated version is in force, as before; what was typed stays in
    the notes."""
    _meeting(session, meeting_id, (MeetingState.CORRECTION,)).state = MeetingState.VALIDATED
    _reason_of(session, meeting_id)


def settle_point(session: Session, block_id: uuid.UUID, on: date | None) -> None:
    """Settle an open point on a day, or open it again."""
    block = session.get(NoteBlock, block_id)
    if block is None:
        raise AppError(_("There is no record with the id {id}.").format(id=block_id))
    block.settled_on = on.isoformat() if on else None


def _meeting(session: Session, meeting_id: uuid.UUID, states: tuple[str, ...]) -> Meeting:
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise AppError(_("There is no record with the id {id}.").format(id=meeting_id))
    if meeting.state not in states:
        raise AppError(_("The minutes of this meeting are not at that stage."),
                       _("Another device may have moved them on: look at the follow-up of the "
                         "meeting."))
    return meeting


def _reason_of(session: Session, meeting_id: uuid.UUID) -> str | None:
    """Why a correction was begun; the row that kept it until now has done its work."""
    rows = session.scalars(select(MinutesVersion).where(
        MinutesVersion.meeting_id == meeting_id, MinutesVersion.state == MinutesState.DRAFT,
        MinutesVersion.deleted.is_not(True))
        .order_by(MinutesVersion.id)).all()
    for row in rows:
        row.deleted = True
    return rows[-1].reason if rows else None


__all__ = ["REMARKS_DAYS", "SHOWN", "abandon_correction", "begin_correction", "circulate", "freeze",
           "settle_point",
           "validate"]
