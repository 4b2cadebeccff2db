"""Meetings: agenda, notes, attendance, decisions, minutes, the sheet that was printed."""

import uuid

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desktop.models import record as field
from desktop.models.record import Record


class Meeting(Record):
    """One séance of a group."""

    __area__ = "meetings"
    __parent__ = "group_id"
    __search__ = ("title", "place")

    group_id: Mapped[uuid.UUID | None] = field.reference("Group", "group", index=True)
    kind: Mapped[str | None] = field.code("Kind", "meeting_kind", required=True)
    training_id: Mapped[uuid.UUID | None] = field.reference("Programme", "training", index=True)
    title: Mapped[str | None] = field.text("Title", required=True, keep_conflicts=True)
    starts_at: Mapped[str | None] = field.moment("Planned start", required=True, index=True)
    ends_at: Mapped[str | None] = field.moment("Planned end")
    started_at: Mapped[str | None] = field.moment("Actual start")
    ended_at: Mapped[str | None] = field.moment("Actual end")
    # When it was held, as its minutes say; where they are empty it was held as planned. The two
    # above are when the session was opened and closed in the notebook, which may be on another day.
    held_from: Mapped[str | None] = field.moment("Held from")
    held_until: Mapped[str | None] = field.moment("Held until")
    place: Mapped[str | None] = field.text("Place")
    link: Mapped[str | None] = field.text("Link")
    animator_id: Mapped[uuid.UUID | None] = field.reference("Animator", "person")
    secretary_id: Mapped[uuid.UUID | None] = field.reference("Secretary", "person")
    quorum: Mapped[int | None] = field.integer("Quorum (people)")
    quorum_remote: Mapped[bool | None] = field.boolean("Remote participants count for the quorum")
    convened_on: Mapped[str | None] = field.day("Convened on")
    state: Mapped[str | None] = field.code("State", "meeting_state")
    remarks_until: Mapped[str | None] = field.day("Remarks until")
    code: Mapped[str | None] = field.text("Meeting code")


class AgendaItem(Record):
    """One point of the ordre du jour."""

    __area__ = "meetings"
    __parent__ = "meeting_id"
    __search__ = ("title",)

    meeting_id: Mapped[uuid.UUID | None] = field.reference("Meeting", "meeting", required=True,
                                                           index=True)
    order: Mapped[str | None] = field.text("Order")
    title: Mapped[str | None] = field.text("Title", required=True, keep_conflicts=True)
    presenter_id: Mapped[uuid.UUID | None] = field.reference("Presenter", "person")
    minutes: Mapped[int | None] = field.integer("Length (min)")
    kind: Mapped[str | None] = field.code("Kind", "agenda_kind")
    carried_from_id: Mapped[uuid.UUID | None] = field.reference("Carried over from", "agenda_item")
    carried_record_id: Mapped[uuid.UUID | None] = field.reference("What it carries over", "record")
    carried_reason: Mapped[str | None] = field.text("Why it is carried over")


class NoteBlock(Record):
    """A run of notes with one audience; its text is the sum of its updates. The audience is its
    channel."""

    __area__ = "notes"
    __parent__ = "meeting_id"

    meeting_id: Mapped[uuid.UUID | None] = field.reference("Meeting", "meeting", required=True,
                                                           index=True)
    agenda_item_id: Mapped[uuid.UUID | None] = field.reference("Agenda item", "agenda_item")
    order: Mapped[str | None] = field.text("Order")
    audience: Mapped[str | None] = field.code("Audience", "audience")
    kind: Mapped[str | None] = field.code("Kind", "note_kind")
    settled_on: Mapped[str | None] = field.day("Open point settled on")


class NoteUpdate(Record):
    """One Yjs update of a block: part of a set that only grows, so that merging is a union."""

    __area__ = "notes"
    __parent__ = "block_id"
    __follows__ = True

    block_id: Mapped[uuid.UUID | None] = field.reference("Note block", "note_block", required=True,
                                                         index=True)
    generation: Mapped[int | None] = field.integer("Generation")
    data: Mapped[bytes | None] = field.blob("Update")


class Attendance(Record):
    """One person at one meeting; exists from the convocation. Id derived from both."""

    __area__ = "attendance"
    __parent__ = "meeting_id"

    meeting_id: Mapped[uuid.UUID | None] = field.reference("Meeting", "meeting", required=True,
                                                           index=True)
    person_id: Mapped[uuid.UUID | None] = field.reference("Person", "person", required=True,
                                                          index=True)
    state: Mapped[str | None] = field.code("State", "attendance_state")
    represented_by_id: Mapped[uuid.UUID | None] = field.reference("Represented by", "person")
    arrived_at: Mapped[str | None] = field.text("Arrived at")
    left_at: Mapped[str | None] = field.text("Left at")
    signed_on_paper: Mapped[bool | None] = field.boolean("Signed on paper")

    # The list of meetings counts the states of all of them.
    __table_args__ = (Index("ix_attendance_tally", "meeting_id", "state", "deleted"),)


class AttendanceSlot(Record):
    """One half-day of one person in a training."""

    __area__ = "attendance"
    __parent__ = "meeting_id"

    meeting_id: Mapped[uuid.UUID | None] = field.reference("Meeting", "meeting", required=True,
                                                           index=True)
    person_id: Mapped[uuid.UUID | None] = field.reference("Person", "person", required=True)
    slot: Mapped[str | None] = field.text("Half-day", required=True)
    state: Mapped[str | None] = field.code("State", "attendance_state")
    signed: Mapped[bool | None] = field.boolean("Signed")


class Decision(Record):
    """What a meeting decided; its number is final once the minutes are validated."""

    __area__ = "meetings"
    __parent__ = "meeting_id"
    __search__ = ("text", "number")

    meeting_id: Mapped[uuid.UUID | None] = field.reference("Meeting", "meeting", required=True,
                                                           index=True)
    agenda_item_id: Mapped[uuid.UUID | None] = field.reference("Agenda item", "agenda_item")
    number: Mapped[str | None] = field.text("Number")
    text: Mapped[str | None] = field.text("Text", required=True, keep_conflicts=True)
    how: Mapped[str | None] = field.code("How it was taken", "decision_how")
    votes_for: Mapped[int | None] = field.integer("Votes for")
    votes_against: Mapped[int | None] = field.integer("Votes against")
    votes_abstained: Mapped[int | None] = field.integer("Abstentions")
    order: Mapped[int | None] = field.integer("Order")


class MinutesVersion(Record):
    """Minutes for one audience as they stood when they were frozen; a correction is a new
    version."""

    __area__ = "meetings"
    __parent__ = "meeting_id"

    meeting_id: Mapped[uuid.UUID | None] = field.reference("Meeting", "meeting", required=True,
                                                           index=True)
    number: Mapped[int | None] = field.integer("Version")
    audience: Mapped[str | None] = field.code("Audience", "audience")
    reason: Mapped[str | None] = field.text("Why it was corrected")
    state: Mapped[str | None] = field.code("State", "minutes_state")
    content_hash: Mapped[str | None] = field.text("Content hash (SHA-256)")
    validated_on: Mapped[str | None] = field.day("Validated on")
    validated_by_id: Mapped[uuid.UUID | None] = field.reference("Validated by", "person")
    body: Mapped[str | None] = field.text("Body")
    signature: Mapped[str | None] = field.text("Signature of the validation (SSHSIG)")


class Sheet(Record):
    """The numbers printed on a sheet, so that the paper can be read back."""

    __area__ = "attendance"
    __parent__ = "meeting_id"

    meeting_id: Mapped[uuid.UUID | None] = field.reference("Meeting", "meeting", required=True,
                                                           index=True)
    code: Mapped[str | None] = field.text("Sheet code")
    numbers: Mapped[list[str] | None] = field.references("People in the order of their numbers",
                                                         "person")


class Attachment(Record):
    """A file joined to a record; its bytes are kept apart, by their hash."""

    __area__ = "attachments"
    __parent__ = "owner_id"
    __search__ = ("name",)

    owner_kind: Mapped[str | None] = field.text("Kind of the record it belongs to")
    owner_id: Mapped[uuid.UUID | None] = field.reference("Record it belongs to", "record",
                                                         required=True, index=True)
    name: Mapped[str | None] = field.text("File name", required=True)
    media_type: Mapped[str | None] = field.text("Media type")
    size: Mapped[int | None] = field.integer("Size in bytes")
    sha256: Mapped[str | None] = field.text("SHA-256")
