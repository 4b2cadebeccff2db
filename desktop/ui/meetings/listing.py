"""The list of meetings: the day in large, then what, when, where, and how it stands."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.base.dates.french import long_date, short_day_month, time_of
from desktop.base.i18n import _, ngettext
from desktop.models.choices import label as choice_label
from desktop.models.states import MeetingState, is_over, was_held
from desktop.queries.meetings.rows import MeetingDetail, MeetingRow
from desktop.ui.screen.workspace import Printable
from desktop.ui.widgets.basics import elided_lines
from desktop.ui.widgets.lists.rows import ROW, RowsList
from desktop.ui.widgets.theme import outline, scaled, tokens

Index = QModelIndex | QPersistentModelIndex
TONES: dict[str, str] = {MeetingState.DRAFT: "neutral", MeetingState.CONVENED: "accent",
                         MeetingState.IN_SESSION: "ok",
         MeetingState.MINUTES_DRAFT: "warn", MeetingState.VALIDATED: "ok",
         MeetingState.ARCHIVED: "neutral"}


class MeetingsModel(RowsList[MeetingRow]):
    """The rows of the list."""

    def words(self, row: MeetingRow) -> str:
        when = f"{long_date(row.starts_at)}, {time_of(row.starts_at)}" if row.starts_at else ""
        return ", ".join(part for part
                         in (row.title, when, choice_label("meeting_state", row.state)) if part)

    def tip(self, row: MeetingRow) -> str:
        return row.title

    def replace_row(self, row: MeetingRow) -> None:
        """Show a meeting anew, where it is listed."""
        for position, known in enumerate(self.rows):
            if known.id == row.id:
                self.replace_at(position, row)


class MeetingLines(QStyledItemDelegate):
    """Draws one meeting on three lines; of another year than `today` says, with its year."""

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self.today = today

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, option.fontMetrics.height() * 3 + 24)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: MeetingRow | None = index.data(ROW)
        if row is None:
            return
        t = tokens()
        rect = option.rect.adjusted(3, 2, -3, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setPen(outline(t.accent if chosen else t.muted))
            painter.setBrush(QColor(t.accent_soft if chosen else t.raised))
            painter.drawRoundedRect(rect, 8, 8)
        height, days = option.fontMetrics.height(), scaled(44) + 14
        font = option.font
        size = font.pixelSize()
        if row.starts_at is not None:
            day, month = short_day_month(row.starts_at.date())
            font.setPixelSize(size + 6)
            font.setWeight(font.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(QColor(t.accent))
            painter.drawText(QRect(rect.x(), rect.y() + 8, days, height + 6),
                             Qt.AlignmentFlag.AlignCenter, day)
            font.setPixelSize(size - 1)
            font.setWeight(font.Weight.Normal)
            painter.setFont(font)
            painter.setPen(QColor(t.muted))
            painter.drawText(QRect(rect.x(), rect.y() + height + 14, days, height),
                             Qt.AlignmentFlag.AlignCenter, month)
        left, width = rect.x() + days + 2, rect.width() - days - 12
        font.setPixelSize(size)
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(t.text))
        line = QRect(left, rect.y() + 8, width, height)
        title = elided_lines(row.title, painter.fontMetrics(), width, 2)
        for part in title:
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, part)
            line.translate(0, height + 2)
        font.setWeight(font.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(t.muted))
        year = (str(row.starts_at.year)
                if row.starts_at and row.starts_at.year != self.today().year else "")
        parts = [part for part in (year, time_of(row.starts_at) if row.starts_at else "",
                                   _("confidential") if row.confidential else "", row.place)
                 if part]
        if len(title) == 1:
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, painter.fontMetrics().elidedText(
                " · ".join(parts), Qt.TextElideMode.ElideRight, width))
            line.translate(0, height + 2)
        font.setPixelSize(size - 1)
        painter.setFont(font)
        painter.setPen(QColor(t.tone(TONES.get(row.state, "neutral"))[0]))
        words = [choice_label("meeting_state", row.state)]
        if row.expected and was_held(row.state):
            # Under the day, where nothing cuts it.
            painter.drawText(QRect(rect.x(), rect.y() + 2 * height + 14, days, height),
                             Qt.AlignmentFlag.AlignCenter, _("{count} of {expected}").format(
                                 count=row.there, expected=row.expected))
        elif row.expected:
            words.append(ngettext("{count} person", "{count} people", row.expected).format(
                count=row.expected))
        state = " · ".join(words)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, painter.fontMetrics().elidedText(
            state, Qt.TextElideMode.ElideRight, width))
        if len(title) > 1:
            # A long title takes the line of the hour and the place, which go on after the state.
            measure = painter.fontMetrics().horizontalAdvance
            while parts and measure(" · ".join((state, *parts))) > width:
                # No word is begun that has no room: the head of the meeting says them all.
                parts.pop()
            painter.setPen(QColor(t.muted))
            painter.drawText(line.adjusted(measure(state), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter,
                             "".join(f" · {part}" for part in parts))
        painter.restore()


def first_shown(rows: Sequence[MeetingRow], today: date) -> MeetingRow:
    """Return the meeting to show first: one in session, else the next to come, else the last."""
    now = datetime.combine(today, datetime.min.time())
    coming = [row for row in rows if row.starts_at is not None and row.starts_at >= now]
    running = [row for row in rows if row.state == MeetingState.IN_SESSION]
    return (running or coming[-1:] or list(rows))[0]


def papers_of(meeting: MeetingDetail) -> list[Printable]:
    """Return the papers of a meeting, the most wanted first: before it is held, and after."""
    reports = (("minutes", "minutes_internal", "decisions", "extracts", "attestations",
                "attendance_sheet") if is_over(meeting.state) else
               ("attendance_sheet", "convocation", "minutes", "minutes_internal", "decisions"))
    return [Printable(report, meeting.id) for report in reports]
