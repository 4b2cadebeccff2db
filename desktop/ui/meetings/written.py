"""The texts of a session as they were typed, and as they were written."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.commands.notes import Known
from desktop.queries.meetings.notes import Written
from desktop.ui.meetings.notes.edit import Segments
from desktop.ui.meetings.section import Section

Notes = Mapping[uuid.UUID | None, Written]


@dataclass(frozen=True)
class TypedText:
    """The text of a section at one moment. `number`: how many edits it had seen; `known`: what it
    stands on."""

    section: Section
    number: int
    item_id: uuid.UUID | None
    segments: Segments
    known: Known


@dataclass(frozen=True)
class WrittenTexts:
    """Texts that were written, what each stands on now, and the notes of the meeting as they are
    after it."""

    texts: list[TypedText]
    known: list[Known]
    notes: Notes
