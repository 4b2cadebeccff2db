"""The agenda being prepared: its points in order, with their minutes and presenter, and what may be taken up."""

import uuid
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.base.errors import AppError
from desktop.base.i18n import _, ngettext
from desktop.commands.meetings import add_agenda_item
from desktop.commands.preparation import leave_out, like_last_time, reorder, take_up, usual_agenda
from desktop.commands.records import delete_record, edit_record
from desktop.queries.carry_over import Proposal, proposals_for
from desktop.queries.directory import people_of
from desktop.queries.meetings import AgendaRow, MeetingDetail
from desktop.ui.records import options
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, Chip, Empty, button, empty_layout, label, rule, scrolled
from desktop.ui.widgets.fields.form import Choice, Picking, Spin
from desktop.ui.widgets.grip import Grip
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.theme import scaled


class _Title(QLineEdit):
    """`moved` tells that Alt+Up (-1) or Alt+Down (1) was pressed."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
            return
        super().keyPressEvent(event)


class AgendaCard(Card):
    """The points of one meeting and the line that adds one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.meeting: MeetingDetail | None = None
        self.titles: dict[uuid.UUID, _Title] = {}
        self._lines: dict[tuple[int, AgendaRow], QWidget] = {}
        self.head.addWidget(label(_("Agenda"), "subheading"))
        self.head.addStretch(1)
        self.total = Chip()
        self.head.addWidget(self.total)
        self.box.addLayout(self.head)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(8)
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
        self.new_minutes = Spin()
        self.new_minutes.setRange(0, 240)
        self.new_minutes.setValue(15)
        self.new_minutes.setSuffix(_(" min"))
        self.new_minutes.setFixedWidth(scaled(58) + 44)
        self.new_minutes.setAccessibleName(_("Minutes of the new point"))
        self.new_kind = Choice(_("Kind of the new point"), options.fixed("agenda_kind"), required=True)
        self.new_kind.setMinimumContentsLength(8)
        line.addWidget(self.new_item, 1)
        line.addWidget(self.new_minutes)
        line.addWidget(self.new_kind)
        self.box.addLayout(line)
        self.new_item.returnPressed.connect(self._on_item_entered)

    def show_meeting(self, meeting: MeetingDetail) -> None:
        """Show the points; the cursor stays in the one in which it was."""
        self.meeting = meeting
        at = next(((item, field.cursorPosition()) for item, field in self.titles.items() if field.hasFocus()), None)
        # A line that says the same as before is kept: what stands in it is not built again at each gesture.
        wanted = [(number, item) for number, item in enumerate(meeting.agenda, 1)]
        kept = {line: made for line, made in self._lines.items() if line in wanted and not made.property("choosing")}
        for made in kept.values():
            self._column.removeWidget(made)
        self.titles = {item.id: self.titles[item.id] for _number, item in kept}
        empty_layout(self._column)
        self._lines = {}
        for line in wanted:
            made = kept[line] if line in kept else self._item(*line)
            self._lines[line] = made
            self._column.addWidget(made)
        if not meeting.agenda:
            self._column.addWidget(Empty("list-checks", _("No agenda yet"),
                                         _("Write the points below, one a line, with the minutes each should take.")))
            choices = Flow()
            choices.addStretch(1)
            choices.addWidget(button(_("The usual agenda"), self._on_usual, icon_name="list-checks"))
            if meeting.group_id is not None:
                choices.addWidget(button(_("Like last time"), self._on_like_last_time, icon_name="copy"))
            choices.addStretch(1)
            self._column.addLayout(choices)
        self._show_proposals(meeting)
        self._column.addStretch(1)
        self._show_total(meeting)
        if at is not None and at[0] in self.titles:
            self.titles[at[0]].setFocus()
            self.titles[at[0]].setCursorPosition(at[1])

    def _show_total(self, meeting: MeetingDetail) -> None:
        minutes = sum(item.minutes for item in meeting.agenda)
        length = 0
        if meeting.starts_at is not None and meeting.ends_at is not None:
            length = int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
        if not minutes:
            self.total.set_chip("")
        elif length and minutes > length:
            self.total.set_chip(_("{minutes} min planned, {over} too many").format(minutes=minutes, over=minutes - length),
                                "warn")
        elif length:
            self.total.set_chip(_("{minutes} min of {planned}").format(minutes=minutes, planned=length))
        else:
            self.total.set_chip(_("{minutes} min planned").format(minutes=minutes))

    def _item(self, number: int, item: AgendaRow) -> QWidget:
        whole = QWidget()
        box = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        line = Flow()
        grip = Grip()
        grip.held.connect(partial(self._show_place, item.id))
        grip.dragged.connect(partial(self._drag, item.id))
        grip.left.connect(self._drop.hide)
        title = _Title(item.title)
        title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        title.setAccessibleName(_("Point {number}").format(number=number))
        title.setToolTip(item.title)
        title.setCursorPosition(0)
        title.editingFinished.connect(partial(self._on_title_left, item, title))
        title.moved.connect(partial(self._move, item.id))
        self.titles[item.id] = title
        minutes = Spin()
        minutes.setRange(0, 240)
        minutes.setValue(item.minutes)
        minutes.setSuffix(_(" min"))
        minutes.setFixedWidth(scaled(58) + 44)
        minutes.setAccessibleName(_("Minutes of point {number}").format(number=number))
        minutes.editingFinished.connect(lambda: self._edit(item.id, "minutes", minutes.value(), item.minutes))
        line.addWidget(grip)
        rank = label(f"{number}.", "muted")
        rank.setMinimumWidth(rank.fontMetrics().horizontalAdvance("00."))
        rank.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(rank)
        line.add(title, 1, readable=120)
        line.addWidget(minutes)
        tools = QWidget()
        beside = QHBoxLayout(tools)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(button("", partial(self._choose_presenter, item, box), style="quiet", icon_name="user-plus",
                                tip=_("Presenter of point {number}").format(number=number)))
        beside.addWidget(button("", partial(self._move, item.id, -1), style="quiet", icon_name="chevron-up",
                                tip=_("Move point {number} up").format(number=number)))
        beside.addWidget(button("", partial(self._move, item.id, 1), style="quiet", icon_name="chevron-down",
                                tip=_("Move point {number} down").format(number=number)))
        beside.addWidget(button("", partial(self._remove, item.id), style="quiet", icon_name="x",
                                tip=_("Remove point {number}").format(number=number)))
        line.addWidget(tools)
        box.addLayout(line)
        about = " · ".join(part for part in (item.presenter, item.carried_reason) if part)
        if about:
            words = label(about, "small", wrap=True)
            words.setContentsMargins(48, 0, 0, 0)
            box.addWidget(words)
        return whole

    def _choose_presenter(self, item: AgendaRow, box: QVBoxLayout) -> None:
        """A list of people under the point; choosing one closes it."""
        people = [(p.id, ", ".join(part for part in (p.name, p.organisation) if part))
                  for p in self.desk.vault.ask(people_of)]
        chooser = Picking(_("Presenter: {title}").format(title=item.title), people)
        chooser.setItemText(0, _("Who presents this point?"))
        chooser.picked.connect(lambda person: self.desk.vault.do(edit_record, item.id, {"presenter_id": str(person)}))
        box.addWidget(chooser)
        chooser.setFocus()
        whole = box.parentWidget()
        if whole is not None:
            whole.setProperty("choosing", True)

    def _on_title_left(self, item: AgendaRow, title: _Title) -> None:
        words = title.text().strip()
        if not words:
            title.setText(item.title)
        self._edit(item.id, "title", words, item.title)

    def _edit(self, item_id: uuid.UUID, name: str, value: Any, before: Any) -> None:
        if value != before and value not in ("", None):
            self.desk.vault.do(edit_record, item_id, {name: value})

    def _move(self, item_id: uuid.UUID, step: int) -> None:
        if self.meeting is None:
            return
        ids = [item.id for item in self.meeting.agenda]
        place = ids.index(item_id)
        wanted = min(max(place + step, 0), len(ids) - 1)
        if wanted != place:
            field = self.titles.get(item_id)
            if field is not None and field.text().strip():
                self._edit(item_id, "title", field.text().strip(), self.meeting.agenda[place].title)
            ids.insert(wanted, ids.pop(place))
            self.desk.vault.do(reorder, self.meeting.id, ids)
            if item_id in self.titles:
                self.titles[item_id].setFocus()

    def _place_at(self, item_id: uuid.UUID, at: int) -> int:
        """Before which of the other points the dragged one is, the pointer on its grip at a height of the screen."""
        others = [made for (_number, item), made in self._lines.items() if item.id != item_id]
        # Grips are all at the same height of their lines.
        return sum(grip.mapToGlobal(grip.rect().center()).y() < at for made in others for grip in made.findChildren(Grip))

    def _show_place(self, item_id: uuid.UUID, at: int) -> None:
        """A line where the point would go, if it were let go now; the list scrolls along at its edges."""
        column = self._drop.parentWidget()
        if column is None:
            return
        others = [made for (_number, item), made in self._lines.items() if item.id != item_id]
        place, gap = self._place_at(item_id, at), self._column.spacing() // 2
        y = others[place].y() - gap if place < len(others) else others[-1].geometry().bottom() + gap if others else 0
        self._drop.setGeometry(0, max(y - 1, 0), column.width(), 3)
        self._drop.show()
        self._drop.raise_()
        self._area.ensureVisible(0, column.mapFromGlobal(QPoint(0, at)).y(), 0, scaled(24))

    def _drag(self, item_id: uuid.UUID, at: int) -> None:
        if self.meeting is not None:
            place = [item.id for item in self.meeting.agenda].index(item_id)
            self._move(item_id, self._place_at(item_id, at) - place)

    def _remove(self, record_id: uuid.UUID) -> None:
        self.desk.vault.do(delete_record, record_id)
        self.desk.done(_("Removed."))

    def _on_item_entered(self) -> None:
        title = self.new_item.text().strip()
        if self.meeting is not None and title:
            self.new_item.clear()
            self.desk.vault.do(add_agenda_item, self.meeting.id, title, minutes=self.new_minutes.value(),
                               kind=self.new_kind.value())

    def _on_usual(self) -> None:
        if self.meeting is not None:
            count = self.desk.vault.do(usual_agenda, self.meeting.id)
            self.desk.done(ngettext("{count} point added.", "{count} points added.", count).format(count=count))

    def _on_like_last_time(self) -> None:
        if self.meeting is None:
            return
        try:
            count = self.desk.vault.do(like_last_time, self.meeting.id)
        except AppError as error:
            self.desk.messages.say(f"{error.message} {error.hint}".strip())
            return
        self.desk.done(ngettext("{count} point added.", "{count} points added.", count).format(count=count))

    # What may be taken up

    def _show_proposals(self, meeting: MeetingDetail) -> None:
        if meeting.state not in ("brouillon", "convoquee"):
            return
        proposals = self.desk.vault.ask(proposals_for, meeting.id)
        if not proposals:
            return
        self._column.addWidget(rule())
        head = Flow()
        head.add(label(_("To take up from earlier meetings"), "subheading", wrap=True), 1, readable=120)
        head.addWidget(button(_("Take all up"), partial(self._take, proposals)))
        self._column.addLayout(head)
        for proposal in proposals[:20]:
            line = QHBoxLayout()
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
            self._column.addLayout(line)
        if len(proposals) > 20:
            rest = len(proposals) - 20
            self._column.addWidget(label(ngettext("and {count} more", "and {count} more", rest).format(count=rest), "small"))

    def _take(self, proposals: list[Proposal], _checked: bool = False) -> None:
        meeting = self.meeting
        if meeting is None:
            return

        def command(session: Any) -> None:
            for proposal in proposals:
                take_up(session, meeting.id, proposal)
                session.flush()

        self.desk.vault.do(command)
        self.desk.done(ngettext("{count} point added.", "{count} points added.", len(proposals)).format(
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
