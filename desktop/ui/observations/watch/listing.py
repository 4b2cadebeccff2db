"""The list of the inbox: heads that carry the state, and under each its observations on three
lines."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.base.dates.french import month_label
from desktop.base.i18n import _, ngettext
from desktop.models.choices import label as choice_label
from desktop.models.states import ENTERED, ObservationState
from desktop.queries.observations import TermLabels
from desktop.queries.watch import WatchRow
from desktop.ui.observations.watch.states import GLYPHS, tone
from desktop.ui.widgets.accessibility import follow_marks
from desktop.ui.widgets.glyphs import SIZE, paint_glyph
from desktop.ui.widgets.keys import NOTHING, held
from desktop.ui.widgets.lists.rows import ROW, RowsList
from desktop.ui.widgets.theme import outline, resized, scaled, tokens

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class SectionHead:
    """The head of those in one state."""

    state: str
    count: int


Line = SectionHead | WatchRow


class InboxModel(RowsList[Line]):
    """Heads and observations, in the order of the work."""

    def __init__(self, words: TermLabels) -> None:
        super().__init__()
        self.vocabulary = words

    def show_rows(self, rows: Sequence[WatchRow]) -> None:
        """Show these, with a head where the state changes."""
        lines: list[Line] = []
        for row in rows:
            if not lines or lines[-1].state != row.state:
                lines.append(
                    SectionHead(row.state, sum(other.state == row.state for other in rows)))
            lines.append(row)
        if lines != self.rows:
            self.set_rows(lines)

    def place_of(self, record_id: uuid.UUID | None) -> int:
        """Where an observation stands; -1 where it is not shown."""
        return next((at for at, line in enumerate(self.rows)
                     if isinstance(line, WatchRow) and line.id == record_id), -1)

    def about(self, row: WatchRow) -> str:
        """Month, place, and whether it has still to leave this computer."""
        place = self.vocabulary.place(row.place, row.month) if row.place else ""
        entered = row.state == ObservationState.HANDED_IN and not row.has_left
        parts = (month_label(row.month), place,
                 choice_label("observation_shown", ENTERED).lower() if entered else "")
        return ", ".join(part for part in parts if part)

    def marks(self, row: WatchRow) -> str:
        """Return what is said at the right of the last line."""
        if row.together > 1:
            return ngettext("{count} of one fact", "{count} of one fact",
                            row.together).format(count=row.together)
        return (ngettext("{count} close", "{count} close", row.close).format(count=row.close)
                if row.close else "")

    def words(self, row: Line) -> str:
        if isinstance(row, SectionHead):
            return f"{choice_label('observation_state', row.state)}, {row.count}"
        return ", ".join(part for part in (
            self.vocabulary.term("domains", row.domain, row.month),
            self.vocabulary.term("criteria", row.criterion, row.month), self.about(row),
            self.marks(row), _("answered") if row.answered else "") if part)

    def flags(self, index: Index) -> Qt.ItemFlag:
        line = index.data(ROW)
        return Qt.ItemFlag.NoItemFlags if isinstance(line, SectionHead) else super().flags(index)


class InboxLines(QStyledItemDelegate):
    """Draws a head on one line, an observation on three."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = option.fontMetrics.height()
        if isinstance(index.data(ROW), SectionHead):
            return QSize(160, height + 18)
        return QSize(160, height * 3 + 26)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, model = index.data(ROW), index.model()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, SectionHead):
            self._head(painter, option, line)
        elif isinstance(line, WatchRow) and isinstance(model, InboxModel):
            self._row(painter, option, line, model)
        painter.restore()

    def _head(self, painter: QPainter, option: QStyleOptionViewItem, head: SectionHead) -> None:
        colour = tokens().tone(tone(head.state))[0]
        side, rect = scaled(SIZE), option.rect.adjusted(12, 6, -12, 0)
        paint_glyph(painter, rect.x(), rect.y() + (rect.height() - side) / 2,
                    GLYPHS.get(head.state, ""), colour)
        painter.setFont(resized(option.font, -1, QFont.Weight.Medium))
        painter.setPen(QColor(colour))
        words = f"{choice_label('observation_state', head.state)}\u2002{head.count}"
        painter.drawText(rect.adjusted(side + 7, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)

    def _row(self, painter: QPainter, option: QStyleOptionViewItem, row: WatchRow,
             model: InboxModel) -> None:
        t, rect = tokens(), option.rect.adjusted(3, 1, -3, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(outline(t.accent if chosen else t.muted))
            painter.setBrush(QColor(t.accent_soft if chosen else t.raised))
            painter.drawRoundedRect(rect, 8, 8)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.accent))
            painter.drawRoundedRect(QRect(rect.x(), rect.y() + 8, 3, rect.height() - 16), 1.5, 1.5)
        height = option.fontMetrics.height()
        place = QRect(rect.x() + 12, rect.y() + 9, rect.width() - 24, height)
        marks = model.marks(row)
        domain = model.vocabulary.term("domains", row.domain, row.month)
        criterion = model.vocabulary.term("criteria", row.criterion, row.month)
        about = (
            (domain, 0, QFont.Weight.DemiBold if chosen else QFont.Weight.Medium, t.text),
            (criterion, -1, QFont.Weight.Normal, t.text),
            (model.about(row), -1, QFont.Weight.Normal, t.muted))
        for number, (words, smaller, weight, colour) in enumerate(about):
            painter.setFont(resized(option.font, smaller, weight))
            width = place.width()
            if number == 2 and marks:
                painter.setPen(QColor(t.accent))
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
                                 marks)
                width -= painter.fontMetrics().horizontalAdvance(marks) + 10
            painter.setPen(QColor(colour))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter,
                             painter.fontMetrics()
                             .elidedText(words, Qt.TextElideMode.ElideRight, width))
            place.translate(0, height + 2)


class InboxList(QListView):
    """The list; `chosen` gives the observation that became current, None where there is none.

    The letters of the gestures go past it: of itself it would look for lines that begin with them.
    """

    chosen = Signal(object)

    def __init__(self, words: TermLabels, letters: str) -> None:
        super().__init__()
        self.lines = InboxModel(words)
        self._letters = letters
        self.setObjectName("list")
        self.setModel(self.lines)
        follow_marks(self)
        self.setItemDelegate(InboxLines(self))
        self.setAccessibleName(_("Inbox of the watch group"))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(scaled(140))
        self.selectionModel().currentChanged.connect(
            lambda index: self.chosen.emit(self.current_row()))

    def current_row(self) -> WatchRow | None:
        """Return the observation that is chosen."""
        line = self.currentIndex().data(ROW)
        return line if isinstance(line, WatchRow) else None

    def show_rows(self, rows: Sequence[WatchRow], wanted: uuid.UUID | None) -> None:
        """Show these; the wanted one is chosen where it is there, else the one that stands in its
        place."""
        before = self.currentIndex().row()
        blocked = self.selectionModel().blockSignals(True)
        self.lines.show_rows(rows)
        at = self.lines.place_of(wanted)
        if at < 0:
            known = [place for place, line in enumerate(self.lines.rows)
                     if isinstance(line, WatchRow)]
            at = next((place for place in known if place >= before), known[-1] if known else -1)
        self.selectionModel().blockSignals(blocked)
        if at >= 0:
            self.setCurrentIndex(self.lines.index(at, 0))
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if held(event) == NOTHING and event.text().upper() in self._letters and event.text():
            event.ignore()
            return
        super().keyPressEvent(event)
