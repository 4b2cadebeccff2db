"""The calendar: a month of actions by the day they are due; beside it those of the chosen day, and
those without one."""

import calendar
import uuid
from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.base.dates.french import long_date, month_label
from desktop.base.i18n import _, ngettext
from desktop.queries.actions import ActionRow
from desktop.ui.actions.cards import CardList
from desktop.ui.actions.states import GLYPHS, STATE_TONES
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.accessibility import follow_marks
from desktop.ui.widgets.basics import Card, button, label
from desktop.ui.widgets.glyphs import LATE, SIZE, paint_glyph
from desktop.ui.widgets.keys import NOTHING, held
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.layout.stacking import StackingSplitter
from desktop.ui.widgets.theme import scaled, tokens

Index = QModelIndex | QPersistentModelIndex
DAY = Qt.ItemDataRole.UserRole
WEEKS, DAYS = 6, 7
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -DAYS, Qt.Key.Key_Down: DAYS}


class Month(QAbstractTableModel):
    """Six weeks from the Monday before the first of a month."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today, self.first = today, today.replace(day=1)
        self.by_day: dict[date, list[ActionRow]] = {}

    @property
    def start(self) -> date:
        """The Monday of the first week that is shown."""
        return self.first - timedelta(days=self.first.weekday())

    def day_at(self, index: Index) -> date:
        """Return the day of a cell."""
        return self.start + timedelta(days=index.row() * DAYS + index.column())

    def index_of(self, day: date) -> QModelIndex:
        """Return the cell of a day; invalid where it is not shown."""
        number = (day - self.start).days
        return (self.index(number // DAYS, number % DAYS) if 0 <= number < WEEKS * DAYS
                else QModelIndex())

    def show_month(self, first: date) -> None:
        """Show the month of a day."""
        self.beginResetModel()
        self.first = first.replace(day=1)
        self.endResetModel()

    def show_rows(self, by_day: dict[date, list[ActionRow]]) -> None:
        """Show other actions in the same days."""
        self.by_day = by_day
        self.dataChanged.emit(self.index(0, 0), self.index(WEEKS - 1, DAYS - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else WEEKS

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else DAYS

    def headerData(self, section: int, orientation: Qt.Orientation,
                   role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            # Any Monday: its name and those of the six days after it.
            return long_date(date(2024, 1, 1) + timedelta(days=section)).split(" ")[0].rstrip(",")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        day = self.day_at(index)
        if role == DAY:
            return day
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            rows = self.by_day.get(day, [])
            said = (ngettext("{count} action", "{count} actions", len(rows)).format(count=len(rows))
                    if rows else "")
            return ", ".join(part for part
                             in (long_date(day), said, *(row.title for row in rows[:5])) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(row.title for row in self.by_day.get(day, [])) or None
        return None


class _Days(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, t, rect = index.model(), tokens(), option.rect
        if not isinstance(model, Month):
            return
        day = model.day_at(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(t.accent_soft))
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(QPen(QColor(t.ring), 2))
                painter.drawRect(rect.adjusted(1, 1, -2, -2))
        font = QFont(option.font)
        font.setPixelSize(font.pixelSize() - 1)
        font.setWeight(QFont.Weight.DemiBold if day == model.today else QFont.Weight.Normal)
        painter.setFont(font)
        high = painter.fontMetrics().height()
        own = day.month == model.first.month
        painter.setPen(QColor(t.accent if day == model.today else t.text if own else t.edge))
        number = f"{day.day} · {_('today')}" if day == model.today else str(day.day)
        painter.drawText(rect.adjusted(8, 5, -6, 0), Qt.AlignmentFlag.AlignTop, number)
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        self._actions(painter, rect.adjusted(8, high + 7, -6, -3), model.by_day.get(day, []),
                      model.today)
        painter.restore()

    def _actions(self, painter: QPainter, inside: QRect, rows: Sequence[ActionRow],
                 today: date) -> None:
        metrics, side = painter.fontMetrics(), scaled(SIZE) - 2
        room = max(inside.height() // (metrics.height() + 1), 1)
        shown = rows if len(rows) <= room else rows[:room - 1]
        place = QRect(inside.x(), inside.y(), inside.width(), metrics.height())
        for row in shown:
            late = row.lateness(today) == "late"
            colour = tokens().tone("bad" if late else STATE_TONES.get(row.state, "neutral"))[0]
            paint_glyph(painter, place.x(), place.y() + (place.height() - side) / 2,
                        LATE if late else GLYPHS.get(row.state, ""),
                        colour, side)
            painter.setPen(QColor(tokens().text))
            words = place.adjusted(side + 4, 0, 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter,
                             metrics.elidedText(row.title, Qt.TextElideMode.ElideRight,
                                                words.width()))
            place.translate(0, metrics.height() + 1)
        if len(shown) < len(rows):
            painter.setPen(QColor(tokens().muted))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, f"+ {len(rows) - len(shown)}")


class Days(QTableView):
    """The month. `chosen` gives the day that became current, `entered` that Enter was pressed on
    it."""

    chosen = Signal(object)
    entered = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self.month = Month(today)
        self.setModel(self.month)
        follow_marks(self)
        self.setItemDelegate(_Days(self))
        self.setObjectName("calendar")
        self.setAccessibleName(_("Calendar"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        for header, least in ((self.horizontalHeader(), 60), (self.verticalHeader(), 44)):
            header.setMinimumSectionSize(scaled(least))
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setHighlightSections(False)
        self.setMinimumSize(scaled(440), scaled(240))
        self.selectionModel().currentChanged.connect(
            lambda index: self.chosen.emit(self.month.day_at(index)) if index.isValid() else None)

    @property
    def day(self) -> date:
        """The day that is chosen; the first of the month where none is."""
        index = self.currentIndex()
        return self.month.day_at(index) if index.isValid() else self.month.first

    def go_to(self, day: date) -> None:
        """Choose a day, and show its month."""
        if day.replace(day=1) != self.month.first:
            self.month.show_month(day)
        self.setCurrentIndex(self.month.index_of(day))

    def turn(self, months: int) -> None:
        """Show the month so many further, on the same day of it or its last."""
        whole = self.month.first.year * 12 + self.month.first.month - 1 + months
        if date.min.year * 12 < whole < date.max.year * 12:
            year, month = whole // 12, whole % 12 + 1
            self.go_to(date(year, month, min(self.day.day, calendar.monthrange(year, month)[1])))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if held(event) != NOTHING and not event.modifiers() & Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in STEPS:
            self.go_to(self.day + timedelta(days=STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key == Qt.Key.Key_Home:
            self.go_to(self.month.today)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class ActionCalendar(QWidget):
    """The month and what is due on the chosen day. `opened` gives the action that is asked for."""

    opened = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        today = desk.today()
        self.days = Days(today)
        self._undated: list[ActionRow] = []
        head = Flow(6)
        self.title = label("", "heading")
        head.add(self.title, 1)
        head.addWidget(button("", lambda: self.days.turn(-1), icon_name="chevron-left",
                              tip=_("Month before (Page up)")))
        head.addWidget(button(_("Today"), lambda: self.days.go_to(desk.today()), tip=_("Home")))
        head.addWidget(button("", lambda: self.days.turn(1), icon_name="chevron-right",
                              tip=_("Month after (Page down)")))
        month = Card(margins=12)
        month.box.addLayout(head)
        month.box.addWidget(self.days, 1)
        self.beside = Card(margins=14)
        self.day_title = label("", "subheading", wrap=True)
        self.beside.box.addWidget(self.day_title)
        self.list = CardList(_("Actions of the day"), today)
        self.nothing = label(_("Nothing is due that day."), "muted", wrap=True)
        self.beside.box.addWidget(self.nothing)
        self.beside.box.addWidget(self.list, 1)
        self.undated_title = label("", "subheading", wrap=True)
        self.beside.box.addWidget(self.undated_title)
        self.undated = CardList(_("Actions without a date"), today)
        self.beside.box.addWidget(self.undated, 1)
        self.beside.setMinimumWidth(scaled(240))
        split = StackingSplitter()
        split.addWidget(month)
        split.addWidget(self.beside)
        split.setStretchFactor(0, 7)
        split.setStretchFactor(1, 3)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(split)
        self.days.chosen.connect(self._on_day)
        self.days.entered.connect(self._enter_day)
        for cards in (self.list, self.undated):
            cards.activated.connect(self._open)
        self.days.go_to(today)

    def show_rows(self, rows: Sequence[ActionRow]) -> None:
        """Show these actions."""
        by_day: dict[date, list[ActionRow]] = {}
        for row in rows:
            if row.due_on is not None:
                by_day.setdefault(row.due_on, []).append(row)
        self._undated = [row for row in rows if row.due_on is None]
        self.days.month.show_rows(by_day)
        self._on_day(self.days.day)

    def take_focus(self) -> None:
        """Put the focus on the chosen day."""
        self.days.setFocus()

    def show_day_of(self, record_id: uuid.UUID, day: date | None) -> None:
        """Go to the day of an action."""
        if day is not None:
            self.days.go_to(day)
            self.list.choose(record_id)
        else:
            self.undated.choose(record_id)

    def _on_day(self, day: date) -> None:
        rows = self.days.month.by_day.get(day, [])
        self.title.setText(month_label(f"{self.days.month.first:%Y-%m}").capitalize())
        self.day_title.setText(long_date(day).capitalize())
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        count = len(self._undated)
        self.undated_title.setText(
            ngettext("{count} without a date", "{count} without a date", count).format(count=count))
        self.undated.show_rows(self._undated)
        for part in (self.undated_title, self.undated):
            part.setVisible(bool(self._undated))

    def _enter_day(self) -> None:
        if self.list.cards.rows:
            if self.list.current_row() is None:
                self.list.setCurrentIndex(self.list.cards.index(0, 0))
            self.list.setFocus()

    def _open(self, index: Index) -> None:
        cards = self.list if index.model() is self.list.cards else self.undated
        row = cards.current_row()
        if row is not None:
            self.opened.emit(row.id)
