"""One agenda item of a session (or the meeting as a whole): its title, its notes, and what the line
being typed will be."""

import uuid
from collections.abc import Mapping
from typing import Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.base.i18n import _
from desktop.models.choices import label as choice_label
from desktop.queries.meetings.notes import Embed, Written
from desktop.queries.meetings.rows import AgendaRow
from desktop.ui.meetings.notes.cards import CardWords
from desktop.ui.meetings.notes.edit import NoteEdit
from desktop.ui.widgets.basics import Chip, label
from desktop.ui.widgets.layout.flow import Flow


class Room(Protocol):
    """What a section asks of the session in which it stands."""

    def card_words(self, kind: str, record_id: uuid.UUID) -> CardWords: ...
    def keep_soon(self) -> None: ...
    def flush(self) -> None: ...
    def entered(self, section: "Section") -> None: ...
    def preview_of(self, line: str) -> str: ...
    def completions_of(self, line: str) -> list[str]: ...
    def create_from(self, line: str, item_id: uuid.UUID | None, *, dated: bool) -> Embed | None: ...
    def turn(self, embed: Embed, into: str, restricted: bool) -> Embed | str | None: ...
    def open_card(self, kind: str, record_id: uuid.UUID) -> None: ...


class Section(QWidget):
    """One agenda item and its notes."""

    def __init__(self, room: Room, item: AgendaRow | None, number: int) -> None:
        super().__init__()
        self.room, self.item = room, item
        self.known: Mapping[uuid.UUID, frozenset[uuid.UUID]] = {}
        self.dirty = False
        """Something typed here is not kept yet."""
        self.typed = 0
        """How many edits it has seen."""
        self._options: list[str] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        head = Flow()
        self._title = label("", "subheading", wrap=True)
        head.add(self._title, 1, readable=120)
        self._kind = Chip()
        head.add(self._kind)
        self.time = Chip()
        head.add(self.time)
        box.addLayout(head)
        self._about = label("", "small", wrap=True)
        box.addWidget(self._about)
        self.edit = NoteEdit("", room.card_words)
        self.edit.setPlaceholderText(
            _("Notes…   > action   ! decision   ? open point   ~ restricted"))
        self.preview = label("", "small", wrap=True)
        self.preview.hide()
        self.warning = label("", "small", wrap=True)
        self.warning.hide()
        box.addWidget(self.edit)
        box.addWidget(self.preview)
        box.addWidget(self.warning)
        self._spent = 0
        self.show_item(item, number)
        self.edit.edited.connect(self._on_edited)
        self.edit.line_changed.connect(self._on_line_changed)
        self.edit.captured.connect(self._on_captured)
        self.edit.completing.connect(self._on_completing)
        self.edit.turned.connect(self._on_turned)
        self.edit.opened.connect(room.open_card)

    def show_item(self, item: AgendaRow | None, number: int) -> None:
        """Show the point as it is now; its notes are left alone."""
        self.item = item
        title = (item.title if item
                 else _("Welcome, approval of the previous minutes, other business"))
        self._title.setText(f"{number}. {title}" if item else title)
        kind = item.kind if item else ""
        self._kind.set_chip(choice_label("agenda_kind", kind) if kind else "",
                            "accent" if kind == "decision" else "neutral")
        about = (" · ".join(part for part in (item.presenter, item.carried_reason) if part) if item
                 else "")
        self._about.setText(about)
        self._about.setVisible(bool(about))
        self.edit.setAccessibleName(_("Notes: {title}").format(title=title))
        self.show_minutes(self._spent)

    def show_minutes(self, spent: int) -> None:
        """How long this point has taken, beside what was planned; beyond it, softly."""
        self._spent = spent
        planned = self.item.minutes if self.item else 0
        if spent and planned:
            self.time.set_chip(_("{minutes} min of {planned}")
                               .format(minutes=spent, planned=planned),
                               "warn" if spent > planned else "neutral")
        elif planned:
            self.time.set_chip(_("{minutes} min").format(minutes=planned))
        else:
            self.time.set_chip("")

    @property
    def item_id(self) -> uuid.UUID | None:
        """Its agenda item; None for the meeting as a whole."""
        return self.item.id if self.item else None

    def _on_edited(self) -> None:
        self.dirty = True
        self.typed += 1
        self.room.keep_soon()

    def _on_line_changed(self, line: str) -> None:
        self.room.entered(self)
        words = self.room.preview_of(line)
        self.preview.setText(words)
        self.preview.setVisible(bool(words))

    def _on_captured(self, line: str, dated: bool) -> None:
        embed = self.room.create_from(line, self.item_id, dated=dated)
        if embed is not None:
            self.edit.replace_line(embed)
            self.room.flush()

    def _on_completing(self, line: str) -> None:
        if line in self._options and len(self._options) > 1:
            place = (self._options.index(line) + 1) % len(self._options)
        else:
            self._options, place = self.room.completions_of(line), 0
        if self._options:
            self.edit.write_line(self._options[place])

    def _on_turned(self, embed: Embed, into: str, restricted: bool) -> None:
        made = self.room.turn(embed, into, restricted)
        if made is not None:
            self.edit.replace_line(made)
            self.room.flush()

    def show_notes(self, notes: Written) -> None:
        """Show what the vault holds, unless something typed here is not yet kept."""
        spoilt = (_("Something in these notes came spoilt and cannot be read.") if notes.unreadable
                  else "")
        self.warning.setText(spoilt)
        self.warning.setVisible(bool(spoilt))
        if self.dirty:
            return
        self.known = notes.known or {}
        segments = list(notes.segments)
        if segments == self.edit.segments():
            self.edit.viewport().update()
            return
        self.edit.set_segments(segments)
