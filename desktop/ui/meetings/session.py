"""The séance: agenda and notes in the middle, roll-call at the right; what is typed is kept within
two seconds."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.dates.french import long_date
from desktop.base.i18n import _
from desktop.commands.meetings import add_agenda_item, end_meeting, start_meeting
from desktop.commands.notes import FROZEN, Known, record_from_line, turn_record, write_notes
from desktop.models.half_days import days_of
from desktop.models.note_lines import BLOCK, sign_of
from desktop.models.states import MeetingState, is_planned
from desktop.queries.directory import PersonRow, people_of
from desktop.queries.meetings.notes import Embed, Written, notes_of
from desktop.queries.meetings.rows import COUNTED, AgendaRow, MeetingDetail
from desktop.ui.identities.review import hint_of_key
from desktop.ui.jobs.jobs import ShortTask
from desktop.ui.meetings.notes.capture import Someone, capture, completions
from desktop.ui.meetings.notes.cards import CardWords
from desktop.ui.meetings.notes.identities import MeetingCheck
from desktop.ui.meetings.notes.record_cards import cards_of
from desktop.ui.meetings.other_day import OtherDay
from desktop.ui.meetings.roll_call.attendance import AttendancePanel
from desktop.ui.meetings.section import Section
from desktop.ui.meetings.written import Notes, TypedText, WrittenTexts
from desktop.ui.screen.keyed import KeyedColumn, KeyedPart
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, button, label, scrolled
from desktop.ui.widgets.layout.stacking import StackingSplitter

KEPT_WITHIN_MS = 1000


class SessionView(QWidget):
    """One meeting while it is held. `decision_asked` tells that a decision is to be opened."""

    decision_asked = Signal(object)
    ended = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.meeting: MeetingDetail | None = None
        self.sections: list[Section] = []
        self.last: Section | None = None
        self._words: dict[tuple[str, uuid.UUID], CardWords] = {}
        self._everyone: list[PersonRow] = []
        self._known: list[Someone] | None = None
        self._spent: dict[uuid.UUID, float] = {}
        self._since: datetime | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEPT_WITHIN_MS)
        self._timer.timeout.connect(self._keep_behind)
        self._keeping: ShortTask[WrittenTexts] | None = None
        self._clock = QTimer(self)
        self._clock.setInterval(15_000)
        self._clock.timeout.connect(self._show_clock)
        self.roll_call = AttendancePanel(desk)
        self.notes = Card(margins=16)
        self.notes.head.addWidget(label(_("Agenda and notes"), "subheading"))
        self.clock = label("", "muted")
        self.notes.head.addStretch(1)
        self.notes.head.addWidget(self.clock)
        self.start_button = button(_("Open the session"), self._on_start, style="primary",
                                   icon_name="play")
        self.end_button = button(_("Close the session"), self._on_end, icon_name="square")
        self.notes.head.addWidget(self.start_button)
        self.notes.head.addWidget(self.end_button)
        self.notes.box.addLayout(self.notes.head)
        self.other_day = OtherDay()
        self.other_day.chosen.connect(self._start)
        self.notes.box.addWidget(self.other_day)
        inside = QWidget()
        around = QVBoxLayout(inside)
        around.setContentsMargins(0, 4, 8, 0)
        self._column = KeyedColumn(16)
        around.addLayout(self._column)
        around.addStretch(1)
        self.notes.box.addWidget(scrolled(inside), 1)
        self.identities = MeetingCheck(desk, self)
        self.notes.box.addWidget(hint_of_key())
        self.split = StackingSplitter()
        self.split.addWidget(self.notes)
        self.split.addWidget(self.roll_call)
        self.split.setSizes([520, 310])
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.split)

    def show_meeting(self, meeting: MeetingDetail) -> None:
        """Show a meeting; notes of the one shown before are kept first."""
        if self.meeting is not None and self.meeting.id != meeting.id:
            self.other_day.hide()
            self.flush()
            self._drop_sections()
        self.meeting = meeting
        self._everyone = self.desk.vault.ask(people_of)
        self._words = cards_of(self.desk.vault, meeting.id)
        self.identities.show_meeting(meeting.id)
        self.show_roll_call(meeting)
        self._show_sections(meeting)
        self.show_notes()
        running = meeting.state == MeetingState.IN_SESSION
        to_open = is_planned(meeting.state)
        self.start_button.setVisible(to_open)
        if not to_open:
            self.other_day.hide()
        self.end_button.setVisible(running)
        self._show_clock()
        if running:
            self._clock.start()
        else:
            self._clock.stop()

    def show_roll_call(self, meeting: MeetingDetail) -> None:
        """Show who is there."""
        self.meeting, self._known = meeting, None
        self.roll_call.show_meeting(meeting)

    def _people(self) -> list[Someone]:
        """Who may be meant after `>`: those who are there first. Sorted for a line, not at each
        tick of the roll-call."""
        if self._known is None:
            rows = self.meeting.attendance if self.meeting is not None else ()
            there = {row.person_id for row in rows if row.state in COUNTED}
            self._known = sorted(
                (Someone(p.id, p.given_name, p.family_name, p.id in there, p.organisation)
                 for p in self._everyone), key=lambda someone: not someone.there)
        return self._known

    def show_notes(self) -> None:
        """Show the notes that the vault holds, unless something typed here is not yet kept."""
        if self.meeting is None:
            return
        for section in self.sections:
            section.edit.setReadOnly(self.meeting.state in FROZEN)
        # What is being kept shows them at its end, as they are then.
        if self._keeping is None or self._keeping.is_over:
            self._show(self.desk.vault.ask(notes_of, self.meeting.id))

    def _show(self, notes: Notes) -> None:
        for section in self.sections:
            section.show_notes(notes.get(section.item_id, Written()))

    def _drop_sections(self) -> None:
        self.sections = []
        self.last = None
        self._column.show_parts(())

    def _show_sections(self, meeting: MeetingDetail) -> None:
        """Show a section for each point and one for the rest; what is written in one stays when
        points change around it."""
        wanted = {item.id if item is not None else None for item in (*meeting.agenda, None)}
        if any(section.dirty and section.item_id not in wanted for section in self.sections):
            # Somebody took the point off while one writes: what is written is kept with it, for who
            # brings it back.
            self.flush()
        parts = [self._section(number, item)
                 for number, item in enumerate((*meeting.agenda, None), 1)]
        self._column.show_parts([*parts, KeyedPart("add", None, self._adding)])
        self.sections = [section for part in parts
                         if isinstance(section := self._column.widget_of(part.key), Section)]
        if self.last not in self.sections:
            self.last = None

    def _section(self, number: int, item: AgendaRow | None) -> KeyedPart:
        def make() -> Section:
            section = Section(self, item, number)
            self.identities.watch(section.edit)
            return section

        return KeyedPart(item.id if item is not None else None, (number, item), make,
                    lambda section: section.show_item(item, number))

    def _adding(self) -> QWidget:
        whole = QWidget()
        line = QHBoxLayout(whole)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(button(_("Add a point"), self._on_add_item, style="quiet", icon_name="plus"))
        line.addStretch(1)
        return whole

    def card_words(self, kind: str, record_id: uuid.UUID) -> CardWords:
        """Build what the card of a record in the notes says; a record in the bin says so."""
        if kind == BLOCK:
            return CardWords(_("RESTRICTED"), _("a line that this device may not read"), "", "warn")
        found = self._words.get((kind, record_id))
        return found or CardWords(kind.upper(), _("in the bin, or not received yet"), "", "neutral")

    def _show_clock(self) -> None:
        self._count_time()
        meeting = self.meeting
        text = ""
        if (meeting is not None and meeting.state == MeetingState.IN_SESSION
            and meeting.started_at is not None):
            minutes = max(0, int((self.desk.now() - meeting.started_at).total_seconds() // 60))
            planned = sum(item.minutes for item in meeting.agenda)
            text = _("{minutes} min").format(minutes=minutes)
            if planned:
                text = _("{minutes} min of {planned}").format(minutes=minutes, planned=planned)
        self.clock.setText(text)

    def keep_soon(self) -> None:
        """Keep what is typed within a second: the timer is not put back by further typing."""
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Keep what was typed, now."""
        self._timer.stop()
        if self._keeping is not None:
            self._keeping.finish()
        keep = self._writing()
        if keep is not None:
            self._kept(keep())

    def _keep_behind(self) -> None:
        """Keep what was typed, while one goes on typing: a key never waits for the vault."""
        if self._keeping is not None and not self._keeping.is_over:
            # Its end looks whether there is more.
            return
        keep = self._writing()
        if keep is not None:
            self._keeping = self.desk.jobs.run_short(keep, self._kept, owner=self)

    def _writing(self) -> Callable[[], WrittenTexts] | None:
        """Return what writes all that is typed here and not kept, in any thread; None where there
        is nothing."""
        meeting, vault = self.meeting, self.desk.vault
        # Taken now: the text may go on while it is written.
        texts = [
            TypedText(section, section.typed, section.item_id, section.edit.segments(),
                      section.known)
                 for section in self.sections if section.dirty]
        if meeting is None or not texts:
            return None
        meeting_id = meeting.id

        def command(session: Any) -> list[Known]:
            return [write_notes(session, meeting_id, text.item_id, text.segments, text.known)
                    for text in texts]

        def keep() -> WrittenTexts:
            return WrittenTexts(texts, vault.do(command), vault.ask(notes_of, meeting_id))

        return keep

    def _kept(self, kept: WrittenTexts) -> None:
        """Let what is shown stand on what was just kept; what came meanwhile is shown, but for what
        was typed on since."""
        for text, known in zip(kept.texts, kept.known, strict=True):
            text.section.known = known
            text.section.dirty = text.section.typed != text.number
        self._show(kept.notes)
        if any(section.dirty for section in self.sections):
            self.keep_soon()

    def preview_of(self, line: str) -> str:
        """Return what a line will become on Enter, in grey below it."""
        found = capture(line, self._people(), self.desk.today())
        if found is None and line.strip() in (">", "~>"):
            return _("> Given F. friday: what to do, then Enter")
        if found is None:
            return {
                "interne": _("Restricted: only secretaries and the coordination receive this line. "
                             "What was sent before cannot be recalled."),
                    "observatoire": _("Restricted: only the observatory team receives this line. "
                                      "What was sent before cannot be recalled.")}.get(
                                          sign_of([line])[0], "")
        if found.kind == "decision":
            return _("Enter: decision “{text}”").format(text=found.title)
        if found.between:
            names = ", ".join(" · ".join(part for part in (who.name, who.organisation) if part)
                              for who in found.between[:4])
            return (_("Who? {names}. Tab chooses; or write the name of the organisation.")
                    .format(names=names))
        owner = (f"{found.owner.given_name} {found.owner.family_name.upper()}" if found.owner
                 else _("without owner"))
        due = long_date(found.due_on) if found.due_on else _("without date")
        words = _("Enter: action “{title}” · {owner} · {due}").format(title=found.title,
                                                                      owner=owner, due=due)
        return (" · ".join((words, _("Shift+Enter: the date stays in the words"))) if found.undated
                else words)

    def completions_of(self, line: str) -> list[str]:
        """Return what Tab may make of the line of an action."""
        return completions(line, self._people(), self.desk.today())

    def create_from(self, line: str, item_id: uuid.UUID | None, *, dated: bool) -> Embed | None:
        """Make the action or the decision that a line is; one that was text again for a while takes
        its history back.

        `dated`: whether a date in the words of an action is its deadline; if not, the words keep
        it.
        """
        meeting, found = self.meeting, capture(line, self._people(), self.desk.today())
        if meeting is None or found is None:
            return None
        found = found if dated else found.without_date
        channel = sign_of([line])[0]
        owner = found.owner.id if found.owner else None
        due = found.due_on.isoformat() if found.due_on else None
        made = self.desk.vault.do(record_from_line, meeting.id, item_id, found.kind, found.title,
                                  channel, owner, due)
        self._words = cards_of(self.desk.vault, meeting.id)
        return Embed(found.kind, made)

    def turn(self, embed: Embed, into: str, restricted: bool) -> Embed | str | None:
        """Make a card an action, a decision or text; the record that it was rests in the bin with
        its history."""
        meeting = self.meeting
        if meeting is None or meeting.state in FROZEN:
            return None
        made, words = self.desk.vault.do(turn_record, embed.id, into)
        self._words = cards_of(self.desk.vault, meeting.id)
        return Embed(into, made) if made is not None else words

    def entered(self, section: Section) -> None:
        """Note that the cursor stands in this section now."""
        if self.last is not section:
            self._count_time()
            self.last = section

    def _count_time(self) -> None:
        """Add the time since the last look to the point in which one writes."""
        now = self.desk.now()
        running = self.meeting is not None and self.meeting.state == MeetingState.IN_SESSION
        if (running and self._since is not None and self.last is not None
            and self.last.item is not None):
            spent = self._spent.get(self.last.item.id, 0.0) + (now - self._since).total_seconds()
            self._spent[self.last.item.id] = spent
            self.last.show_minutes(int(spent // 60))
        self._since = now if running else None

    def open_card(self, kind: str, record_id: uuid.UUID) -> None:
        """Go to the record of a card."""
        if kind == "action":
            self.desk.go("actions", record_id)
        elif kind == "decision":
            self.decision_asked.emit(record_id)

    def _on_start(self) -> None:
        if self.meeting is None:
            return
        planned, today = days_of(self.meeting.starts_at, self.meeting.ends_at), self.desk.today()
        if planned and today not in planned:
            self.other_day.ask(planned[0], today)
        else:
            self._start()

    def _start(self, today: bool | None = None) -> None:
        if self.meeting is not None:
            now = self.desk.now()
            self.desk.vault.do(start_meeting, self.meeting.id, now, today=today)
            self.roll_call.field.setFocus()

    def _on_end(self) -> None:
        if self.meeting is not None:
            self.flush()
            self.desk.vault.do(end_meeting, self.meeting.id, self.desk.now())
            self.ended.emit()
            self.desk.done(
                _("The session is closed; its minutes are a draft. F9 shows the documents."))

    def _on_add_item(self) -> None:
        if self.meeting is not None:
            self.flush()
            number = len(self.meeting.agenda) + 1
            self.desk.vault.do(add_agenda_item, self.meeting.id,
                               _("Point {number}").format(number=number))

    def place(self) -> dict[str, Any]:
        """In which note and at which character the cursor stood last."""
        section = self.last
        if section is None:
            return {}
        return {"item": section.item_id, "at": section.edit.textCursor().position()}

    def return_to(self, place: dict[str, Any]) -> None:
        """Put the cursor back."""
        if "at" not in place:
            return
        for section in self.sections:
            if (section.item_id) == place["item"]:
                cursor = section.edit.textCursor()
                cursor.setPosition(
                    min(place["at"], max(section.edit.document().characterCount() - 1, 0)))
                section.edit.setTextCursor(cursor)
                section.edit.setFocus()
