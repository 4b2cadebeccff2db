"""A date typed as people say it: one line, what it was understood as in grey beneath; a calendar
for the mouse."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, QSize, Qt, QTime, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QLineEdit,
    QTimeEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.base.dates.french import long_date, short_date
from desktop.base.dates.said import date_of
from desktop.base.i18n import _, language
from desktop.ui.widgets.basics import label, line_height, restyled
from desktop.ui.widgets.icons import icon
from desktop.ui.widgets.keys import ALT, NOTHING, held
from desktop.ui.widgets.theme import tokens

SHOWN_LETTERS = 20
Today = Callable[[], date]


class DateField(QWidget):
    """A day that may be absent. Up and Down go to the day before and after, Alt+Down opens the
    calendar.

    With `past`, what may be any year is the last one. `changed` tells of every letter.
    """

    changed = Signal()

    def __init__(self, name: str, today: Today = date.today, past: bool = False) -> None:
        super().__init__()
        self._today, self._past = today, past
        self._calendar: _Month | None = None
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(_("12/01, Friday, in 15 days…"))
        self.line.addAction(icon("calendar-days", tokens().muted, size=16),
                            QLineEdit.ActionPosition.TrailingPosition
                            ).triggered.connect(self.open_calendar)
        self.line.installEventFilter(self)
        self.told = label("", "small", wrap=True)
        self.told.setMinimumHeight(self.told.sizeHint().height())
        self.setFocusProxy(self.line)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(self.line)
        box.addWidget(self.told)
        self.line.textChanged.connect(self._on_typed)
        self.line.editingFinished.connect(self._on_left)

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.line.text().strip()

    def day(self) -> date | None:
        """Return the day that was understood."""
        return date_of(self.text, self._today(), self._past)

    def value(self) -> str | None:
        """Return the ISO day; what was typed where it is no date, so that a draft keeps it; None
        where nothing is."""
        day = self.day()
        return day.isoformat() if day else self.text or None

    def set_value(self, value: object) -> None:
        """Show a day, or again what `value` gave."""
        text = str(value or "")
        try:
            day = value if isinstance(value, date) else date.fromisoformat(text) if text else None
        except ValueError:
            day = None
        self.line.setText(short_date(day) if day else text)
        self.line.setCursorPosition(0)

    def validation_error(self) -> str:
        """Why this cannot be saved; "" where it can."""
        if not self.text or self.day():
            return ""
        typed = self.text if len(self.text) <= SHOWN_LETTERS else self.text[:SHOWN_LETTERS] + "…"
        return _("“{typed}” is no date: try “12/01” or “Friday”.").format(typed=typed)

    def _tell(self, text: str, style: str = "small") -> None:
        restyled(self.told, style)
        self.told.setText(text)
        self.line.setAccessibleDescription(text)

    def _on_typed(self) -> None:
        day = self.day()
        self._tell(f"→ {long_date(day)}" if day else "")
        self.changed.emit()

    def _on_left(self) -> None:
        day, trouble = self.day(), self.validation_error()
        if day:
            self._write(day)
        elif trouble:
            self._tell(trouble, "bad")

    def _write(self, day: date) -> None:
        """Write the day in figures, as typing would write it: Ctrl+Z brings back the words."""
        if self.line.text() != short_date(day):
            self.line.selectAll()
            self.line.insert(short_date(day))

    def step(self, days: int) -> None:
        """Go some days on; from an empty field, to today."""
        day = self.day()
        if day is None and self.text:
            return
        try:
            self._write(day + timedelta(days=days) if day else self._today())
        except OverflowError:
            return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (watched is not self.line or not isinstance(event, QKeyEvent)
            or event.type() != QEvent.Type.KeyPress):
            return False
        key, keys = event.key(), held(event)
        if key == Qt.Key.Key_Down and keys == ALT:
            self.open_calendar()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and keys == NOTHING:
            self.step(-1 if key == Qt.Key.Key_Up else 1)
        else:
            return False
        return True

    def open_calendar(self) -> None:
        """Choose in a month; Enter or a click takes the day, Escape leaves."""
        calendar = _Month(self, self.line.accessibleName())
        day = self.day() or self._today()
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.activated.connect(self._on_picked)
        calendar.clicked.connect(self._on_picked)
        at, room = (self.line.mapToGlobal(QPoint(0, self.line.height() + 2)), self.screen()
                    .availableGeometry())
        if at.y() + calendar.height() > room.bottom():
            at.setY(self.line.mapToGlobal(QPoint(0, 0)).y() - calendar.height() - 2)
        calendar.move(max(room.left(), min(at.x(), room.right() - calendar.width())),
                      max(room.top(), at.y()))
        calendar.show()
        calendar.setFocus()
        self._calendar = calendar

    def _on_picked(self, day: QDate) -> None:
        # A click says so twice where one click activates.
        calendar, self._calendar = self._calendar, None
        if calendar is None:
            return
        calendar.close()
        self._write(date(day.year(), day.month(), day.day()))
        self.line.setFocus()


class _Month(QCalendarWidget):
    """A month in the colours of the house, over everything."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setObjectName("month")
        self.setWindowFlags(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setContentsMargins(6, 6, 6, 6)
        self.setAccessibleName(name)
        self.setLocale(QLocale("fr_FR" if language() == "fr" else "en_GB"))
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        muted = QTextCharFormat()
        muted.setForeground(QColor(tokens().muted))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(day, muted)
        self.setHeaderTextFormat(muted)
        for part, sign in (("qt_calendar_prevmonth", "‹"), ("qt_calendar_nextmonth", "›")):
            turn = self.findChild(QToolButton, part)
            if turn is not None:
                turn.setIcon(QIcon())
                turn.setText(sign)
        line = self.fontMetrics().height()
        self.resize(18 * line, 15 * line)


class _Hour(QTimeEdit):
    """As high as a line, whatever its arrows would like."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width() + 14, line_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), line_height())


class MomentField(QWidget):
    """A day and an hour; absent together."""

    changed = Signal()

    def __init__(self, name: str, today: Today = date.today) -> None:
        super().__init__()
        self.date = DateField(name, today)
        self.hour = _Hour()
        self.hour.setDisplayFormat("HH:mm")
        self.hour.setFixedWidth(self.hour.sizeHint().width())
        words = _("{field}: hour").format(field=name)
        self.hour.setAccessibleName(words)
        inner = self.hour.findChild(QLineEdit)
        if inner is not None:
            inner.setAccessibleName(words)
            inner.setTextMargins(10, 0, 0, 0)
        self.hour.setFixedHeight(line_height())
        self.setFocusProxy(self.date)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.date, 1)
        row.addWidget(self.hour, 0, Qt.AlignmentFlag.AlignTop)
        self.date.changed.connect(self.changed.emit)
        self.hour.timeChanged.connect(lambda: self.changed.emit())

    def value(self) -> str | None:
        """Return the ISO moment, to the minute; see `DateField.value`."""
        day = self.date.value()
        return f"{day}T{self.hour.time().toString('HH:mm')}" if day else None

    def set_value(self, value: object) -> None:
        text = value.isoformat() if isinstance(value, datetime) else str(value or "")
        day, mark, hour = text.rpartition("T")
        self.date.set_value(day if mark else text)
        at = time.fromisoformat(hour) if mark else time()
        self.hour.setTime(QTime(at.hour, at.minute))

    def validation_error(self) -> str:
        """Why this cannot be saved; "" where it can."""
        return self.date.validation_error()
