"""The agenda being prepared: its points in order, with their minutes and presenter, and what may be
taken up."""

import uuid
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.base.errors import AppError
from desktop.base.i18n import _, ngettext
from desktop.commands.meetings import add_agenda_item
from desktop.commands.preparation import leave_out, like_last_time, reorder, take_up, usual_agenda
from desktop.commands.records import delete_record, edit_record
from desktop.models.states import is_planned
from desktop.queries.carry_over import Proposal, proposals_for
from desktop.queries.directory import people_of
from desktop.queries.meetings.rows import AgendaRow, MeetingDetail
from desktop.ui.identities.review import hint_of_key
from desktop.ui.meetings.agenda_line import PointLine, minutes_field
from desktop.ui.meetings.notes.identities import MeetingCheck
from desktop.ui.records import options
from desktop.ui.screen.keyed import KeyedColumn, KeyedPart
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, Chip, Empty, button, label, rule, scrolled
from desktop.ui.widgets.fields.choices import ChoiceField
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.theme import scaled

SHOWN = 20
"""How many points of earlier meetings are offered at once."""


class AgendaCard(Card):
    """The points of one meeting and the line that adds one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.meeting: MeetingDetail | None = None
        self.lines: dict[uuid.UUID, PointLine] = {}
        self.head.addWidget(label(_("Agenda"), "subheading"))
        self.head.addStretch(1)
        self.total = Chip()
        self.head.addWidget(self.total)
        self.box.addLayout(self.head)
        inside = QWidget()
        around = QVBoxLayout(inside)
        around.setContentsMargins(0, 0, 8, 0)
        self._column = KeyedColumn(8)
        around.addLayout(self._column)
        around.addStretch(1)
        self._drop = QFrame(inside)
        self._drop.setObjectName("drop")
        self._drop.hide()
        self._area = scrolled(inside)
        self.box.addWidget(self._area, 1)
        self.box.addWidget(rule())
        line = QHBoxLayout()
        self.new_item = QLineEdit()
        self.new_item.setPlaceholderText(_("New point, then Enter"))
        self.new_item.setAccessibleName(_("Title of the new point"))
        self.new_minutes = minutes_field(_("Minutes of the new point"), 15)
        self.new_kind = ChoiceField(_("Kind of the new point"), options.fixed("agenda_kind"),
                               required=True)
        self.new_kind.setMinimumContentsLength(8)
        line.addWidget(self.new_item, 1)
        line.addWidget(self.new_minutes)
        line.addWidget(self.new_kind)
        self.box.addLayout(line)
        self.new_item.returnPressed.connect(self._on_item_entered)
        self.identities = MeetingCheck(desk, self)
        self.box.addWidget(hint_of_key())
        self.identities.watch(self.new_item)

    def show_meeting(self, meeting: MeetingDetail) -> None:
        """Show the points as they are; what is being typed in one of them stays."""
        self.meeting = meeting
        self.identities.show_meeting(meeting.id)
        parts = [self._point(number, item) for number, item in enumerate(meeting.agenda, 1)]
        if not meeting.agenda:
            parts.append(
                KeyedPart("empty", meeting.group_id is not None, partial(self._empty, meeting)))
        self._column.show_parts([*parts, *self._proposals(meeting)])
        self.lines = {item.id: line for item in meeting.agenda
                      if isinstance(line := self._column.widget_of(("point", item.id)), PointLine)}
        self._show_total(meeting)

    def _point(self, number: int, item: AgendaRow) -> KeyedPart:
        def make() -> PointLine:
            line = PointLine(self, number, item)
            self.identities.watch(line.title)
            return line

        return KeyedPart(("point", item.id), (number, item), make,
                         lambda line: line.show_item(number, item))

    def _empty(self, meeting: MeetingDetail) -> QWidget:
        whole = QWidget()
        box = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(Empty("list-checks", _("No agenda yet"),
                            _("Write the points below, one a line, with the minutes each should "
                              "take.")))
        choices = Flow()
        choices.addStretch(1)
        choices.addWidget(button(_("The usual agenda"), self._on_usual, icon_name="list-checks"))
        if meeting.group_id is not None:
            choices.addWidget(
                button(_("Like last time"), self._on_like_last_time, icon_name="copy"))
        choices.addStretch(1)
        box.addLayout(choices)
        return whole

    def _show_total(self, meeting: MeetingDetail) -> None:
        minutes = sum(item.minutes for item in meeting.agenda)
        length = 0
        if meeting.starts_at is not None and meeting.ends_at is not None:
            length = int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
        if not minutes:
            self.total.set_chip("")
        elif length and minutes > length:
            self.total.set_chip(_("{minutes} min planned, {over} too many")
                                .format(minutes=minutes, over=minutes - length),
                                "warn")
        elif length:
            self.total.set_chip(_("{minutes} min of {planned}")
                                .format(minutes=minutes, planned=length))
        else:
            self.total.set_chip(_("{minutes} min planned").format(minutes=minutes))

    # What a line asks of its agenda

    def people(self) -> list[tuple[Any, str]]:
        """Who may present a point: ids and names."""
        return [(p.id, ", ".join(part for part in (p.name, p.organisation) if part))
                for p in self.desk.vault.ask(people_of)]

    def edit(self, item_id: uuid.UUID, name: str, value: Any) -> None:
        """Change one field of a point."""
        self.desk.vault.do(edit_record, item_id, {name: value})

    def move_point(self, item_id: uuid.UUID, step: int) -> None:
        """Move a point up (-1) or down (1) by so many places; the hand goes with it."""
        if self.meeting is None:
            return
        ids = [item.id for item in self.meeting.agenda]
        place = ids.index(item_id)
        wanted = min(max(place + step, 0), len(ids) - 1)
        if wanted != place:
            line = self.lines.get(item_id)
            if line is not None:
                line.keep_title()
            ids.insert(wanted, ids.pop(place))
            self.desk.vault.do(reorder, self.meeting.id, ids)
            if line is not None:
                line.title.setFocus()

    def remove(self, item_id: uuid.UUID) -> None:
        """Take a point off; the message offers to bring it back."""
        self.desk.vault.do(delete_record, item_id)
        self.desk.done(_("Removed."))

    def _place_at(self, item_id: uuid.UUID, at: int) -> int:
        """Before which of the other points the dragged one is, the pointer on its grip at a height
        of the screen."""
        # Grips are all at the same height of their lines.
        return sum(line.grip.mapToGlobal(line.grip.rect().center()).y() < at
                   for line in self._others(item_id))

    def _others(self, item_id: uuid.UUID) -> list[PointLine]:
        return [line for other, line in self.lines.items() if other != item_id]

    def hide_place(self) -> None:
        """Put the point where it was let go."""
        self._drop.hide()

    def show_place(self, item_id: uuid.UUID, at: int) -> None:
        """Draw a line where the point would go, if it were let go now; the list scrolls along at
        its edges."""
        column = self._drop.parentWidget()
        if column is None:
            return
        others = self._others(item_id)
        place, gap = self._place_at(item_id, at), self._column.spacing() // 2
        y = (others[place].y() - gap if place < len(others)
             else others[-1].geometry().bottom() + gap
             if others else 0)
        self._drop.setGeometry(0, max(y - 1, 0), column.width(), 3)
        self._drop.show()
        self._drop.raise_()
        self._area.ensureVisible(0, column.mapFromGlobal(QPoint(0, at)).y(), 0, scaled(24))

    def drag(self, item_id: uuid.UUID, at: int) -> None:
        """Move a point to where it was let go, at a height of the screen."""
        if self.meeting is not None:
            place = [item.id for item in self.meeting.agenda].index(item_id)
            self.move_point(item_id, self._place_at(item_id, at) - place)

    def _on_item_entered(self) -> None:
        title = self.new_item.text().strip()
        if self.meeting is not None and title:
            self.new_item.clear()
            self.desk.vault.do(add_agenda_item, self.meeting.id, title,
                               minutes=self.new_minutes.value(),
                               kind=self.new_kind.value())

    def _on_usual(self) -> None:
        if self.meeting is not None:
            count = self.desk.vault.do(usual_agenda, self.meeting.id)
            self.desk.done(ngettext("{count} point added.", "{count} points added.", count)
                           .format(count=count))

    def _on_like_last_time(self) -> None:
        if self.meeting is None:
            return
        try:
            count = self.desk.vault.do(like_last_time, self.meeting.id)
        except AppError as error:
            self.desk.messages.say(f"{error.message} {error.hint}".strip())
            return
        self.desk.done(ngettext("{count} point added.", "{count} points added.", count)
                       .format(count=count))

    # What may be taken up

    def _proposals(self, meeting: MeetingDetail) -> list[KeyedPart]:
        if not is_planned(meeting.state):
            return []
        proposals = self.desk.vault.ask(proposals_for, meeting.id)
        if not proposals:
            return []
        parts = [KeyedPart("proposals", tuple(proposals), partial(self._head_of, proposals))]
        parts += [KeyedPart(("proposal", proposal), proposal, partial(self._proposal, proposal))
                  for proposal in proposals[:SHOWN]]
        rest = len(proposals) - SHOWN
        if rest > 0:
            parts.append(
                KeyedPart("more", rest,
                          lambda: label(ngettext("and {count} more", "and {count} more", rest)
                                        .format(
                                            count=rest), "small")))
        return parts

    def _head_of(self, proposals: list[Proposal]) -> QWidget:
        whole = QWidget()
        box = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(rule())
        head = Flow()
        head.add(label(_("To take up from earlier meetings"), "subheading", wrap=True), 1,
                 readable=120)
        head.addWidget(button(_("Take all up"), partial(self._take, proposals)))
        box.addLayout(head)
        return whole

    def _proposal(self, proposal: Proposal) -> QWidget:
        whole = QWidget()
        line = QHBoxLayout(whole)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(proposal.title, wrap=True))
        words.addWidget(label(proposal.reason, "small", wrap=True))
        line.addLayout(words, 1)
        take = _Take(_("Take up"))
        take.setAccessibleName(_("Take up “{title}”").format(title=proposal.title))
        take.setToolTip(_("Delete leaves it out"))
        take.clicked.connect(partial(self._take, [proposal]))
        take.refused.connect(partial(self._leave, proposal))
        line.addWidget(take)
        line.addWidget(button("", partial(self._leave, proposal), style="quiet", icon_name="x",
                              tip=_("Leave out “{title}”").format(title=proposal.title)))
        return whole

    def _take(self, proposals: list[Proposal], _checked: bool = False) -> None:
        meeting = self.meeting
        if meeting is None:
            return

        def command(session: Any) -> None:
            for proposal in proposals:
                take_up(session, meeting.id, proposal)
                session.flush()

        self.desk.vault.do(command)
        self.desk.done(ngettext("{count} point added.", "{count} points added.", len(proposals))
                       .format(
                           count=len(proposals)))

    def _leave(self, proposal: Proposal) -> None:
        if self.meeting is not None:
            self.desk.vault.do(leave_out, self.meeting.id, proposal)
            self.desk.done(_("Left out of this meeting."))


class _Take(QPushButton):
    """Takes a proposal up; Delete, while it has the focus, leaves it out."""

    refused = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.refused.emit()
            return
        super().keyPressEvent(event)
