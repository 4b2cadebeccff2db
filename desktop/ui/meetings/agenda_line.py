"""One point of the agenda being prepared: its title, its minutes, its presenter, and the grip by
which it is moved."""

import uuid
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.base.i18n import _
from desktop.queries.meetings.rows import AgendaRow
from desktop.ui.screen.keyed import drop_quietly, show_number, show_text
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.fields.choices import Picking, Spin
from desktop.ui.widgets.grip import Grip
from desktop.ui.widgets.keys import ALT, held
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.theme import scaled


class Agenda(Protocol):
    """What a line asks of the agenda in which it stands."""

    def edit(self, item_id: uuid.UUID, name: str, value: Any) -> None: ...
    def move_point(self, item_id: uuid.UUID, step: int) -> None: ...
    def remove(self, item_id: uuid.UUID) -> None: ...
    def show_place(self, item_id: uuid.UUID, at: int) -> None: ...
    def hide_place(self) -> None: ...
    def drag(self, item_id: uuid.UUID, at: int) -> None: ...
    def people(self) -> list[tuple[Any, str]]: ...


class TitleField(QLineEdit):
    """`moved` tells that Alt+Up (-1) or Alt+Down (1) was pressed."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and held(event) & ALT:
            self.moved.emit(step)
            return
        super().keyPressEvent(event)


def minutes_field(name: str, minutes: int) -> Spin:
    """Return a field for the minutes that a point should take."""
    field = Spin()
    field.setRange(0, 240)
    field.setValue(minutes)
    field.setSuffix(_(" min"))
    # No wider than its words need in the language of the screens: the title has the rest.
    words = field.fontMetrics().horizontalAdvance(f"240{field.suffix()}")
    field.setFixedWidth(max(scaled(46), words) + 42)
    field.setAccessibleName(name)
    return field


class PointLine(QWidget):
    """The line of one point; `show_item` shows it as it is now, but for what is being typed in
    it."""

    def __init__(self, agenda: Agenda, number: int, item: AgendaRow) -> None:
        super().__init__()
        self.agenda, self.item = agenda, item
        self.chooser: Picking | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(2)
        line = Flow()
        self.grip = Grip()
        self.grip.held.connect(lambda at: agenda.show_place(self.item.id, at))
        self.grip.dragged.connect(lambda at: agenda.drag(self.item.id, at))
        self.grip.left.connect(agenda.hide_place)
        self._rank = label("", "muted")
        self._rank.setMinimumWidth(self._rank.fontMetrics().horizontalAdvance("00."))
        self._rank.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.title = TitleField(item.title)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.title.setCursorPosition(0)
        self.title.editingFinished.connect(self.keep_title)
        self.title.moved.connect(lambda step: agenda.move_point(self.item.id, step))
        self.minutes = minutes_field("", item.minutes)
        self.minutes.editingFinished.connect(self._keep_minutes)
        line.addWidget(self.grip)
        line.addWidget(self._rank)
        line.add(self.title, 1, readable=240)
        line.addWidget(self.minutes)
        line.addWidget(self._tools())
        self._box.addLayout(line)
        self._about = label("", "small", wrap=True)
        self._about.setContentsMargins(48, 0, 0, 0)
        self._box.addWidget(self._about)
        self.show_item(number, item)

    def _tools(self) -> QWidget:
        tools = QWidget()
        beside = QHBoxLayout(tools)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        self._buttons: list[tuple[QPushButton, str]] = []
        for icon, words, gesture in (
            ("user-plus", _("Presenter of point {number}"), self._choose_presenter),
            ("x", _("Remove point {number}"), lambda: self.agenda.remove(self.item.id)),
        ):
            made = button("", gesture, style="quiet", icon_name=icon, tip=words)
            self._buttons.append((made, words))
            beside.addWidget(made)
        return tools

    def show_item(self, number: int, item: AgendaRow) -> None:
        """Show a point as it is now."""
        before, self.item = self.item, item
        show_text(self.title, before.title, item.title)
        show_number(self.minutes, before.minutes, item.minutes)
        self._rank.setText(f"{number}.")
        self.title.setAccessibleName(_("Point {number}").format(number=number))
        self.title.setToolTip(item.title)
        self.minutes.setAccessibleName(_("Minutes of point {number}").format(number=number))
        for made, words in self._buttons:
            made.setAccessibleName(words.format(number=number))
            made.setToolTip(words.format(number=number))
        about = " · ".join(part for part in (item.presenter, item.carried_reason) if part)
        self._about.setText(about)
        self._about.setVisible(bool(about))

    def keep_title(self) -> None:
        """Keep the title that was typed; an empty one is none."""
        words = self.title.text().strip()
        if not words:
            self.title.setText(self.item.title)
        elif words != self.item.title:
            self.agenda.edit(self.item.id, "title", words)

    def _keep_minutes(self) -> None:
        if self.minutes.value() != self.item.minutes:
            self.agenda.edit(self.item.id, "minutes", self.minutes.value())

    def _choose_presenter(self) -> None:
        """Open a list of people under the point; choosing one closes it."""
        if self.chooser is None:
            self.chooser = Picking(_("Presenter: {title}").format(title=self.item.title),
                                   self.agenda.people(),
                                   _("Who presents this point?"))
            self.chooser.picked.connect(self._on_picked)
            self._box.addWidget(self.chooser)
        self.chooser.setFocus()

    def _on_picked(self, person: object) -> None:
        self.agenda.edit(self.item.id, "presenter_id", str(person))
        chooser, self.chooser = self.chooser, None
        if chooser is not None:
            self._buttons[0][0].setFocus()
            drop_quietly(chooser)
