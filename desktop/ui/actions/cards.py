"""Actions as cards in a list: title on three lines at most, the accord that is missing, who, by
when."""

import uuid
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.base.dates.french import short_date, short_day_month
from desktop.base.i18n import _
from desktop.models.choices import label as choice_label
from desktop.queries.actions import ActionRow
from desktop.ui.actions.states import lateness_words, missing_words
from desktop.ui.widgets.accessibility import follow_marks
from desktop.ui.widgets.basics import elided_lines
from desktop.ui.widgets.glyphs import LATE, SIZE, WAITED, paint_glyph
from desktop.ui.widgets.lists.rows import ROW, RowsList
from desktop.ui.widgets.theme import resized, scaled, tokens

Index = QModelIndex | QPersistentModelIndex
TITLE_LINES = 3
REFUSAL_LINES = 4
GAP, INSIDE = 8, 12
"""Pixels between two cards, and between the edge of one and its words."""


class Cards(RowsList[ActionRow]):
    """The actions of one column or one day. `refusals`: by action, why it could not be moved."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today
        self.refusals: dict[uuid.UUID, str] = {}

    def words(self, row: ActionRow) -> str:
        return ", ".join(part for part in (
            row.title, choice_label("action_state", row.state), missing_words(row),
            self.refusals.get(row.id, ""),
            row.owner or row.organisation, due_words(row, self.today),
            lateness_words(row, self.today)) if part)

    def tip(self, row: ActionRow) -> str:
        return row.title


def due_words(row: ActionRow, today: date) -> str:
    """Say the day that an action is due; without the year where it is this one or the next."""
    if row.due_on is None:
        return _("without date")
    if row.due_on.year in (today.year, today.year + 1):
        return "\u00a0".join(short_day_month(row.due_on))
    return short_date(row.due_on)


class CardLines(QStyledItemDelegate):
    """Draws one card."""

    def _parts(self, option: QStyleOptionViewItem, row: ActionRow, model: Cards,
               width: int) -> tuple[list[str], list[str]]:
        """(lines of the title, lines of the refusal)."""
        inside = width - 2 * INSIDE - 4
        # As wide as it gets when it is chosen.
        title = elided_lines(row.title, QFontMetrics(resized(option.font, 0, QFont.Weight.DemiBold)),
                          inside, TITLE_LINES)
        said = model.refusals.get(row.id, "")
        return (title,
                elided_lines(said, QFontMetrics(resized(option.font, -1)), inside, REFUSAL_LINES)
                if said else [])

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view, row, model = option.widget, index.data(ROW), index.model()
        if not isinstance(row, ActionRow) or not isinstance(model, Cards):
            return QSize()
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        title, refusal = self._parts(option, row, model, width)
        high = option.fontMetrics.height()
        lines = len(title) + len(refusal) + 1 + bool(missing_words(row))
        return QSize(scaled(120), lines * (high + 2) + 2 * INSIDE - 4 + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, model = index.data(ROW), index.model()
        if not isinstance(row, ActionRow) or not isinstance(model, Cards):
            return
        t, rect = tokens(), option.rect.adjusted(1, 1, -1, -GAP)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = chosen and bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(t.ring), 2) if focused
                       else QPen(QColor(t.edge if chosen else t.line), 1))
        painter.setBrush(QColor(t.surface))
        painter.drawRoundedRect(rect, 8, 8)
        title, refusal = self._parts(option, row, model, option.rect.width())
        high = option.fontMetrics.height() + 2
        place = QRect(rect.x() + INSIDE, rect.y() + INSIDE - 3, rect.width() - 2 * INSIDE, high)
        painter.setFont(
            resized(option.font, 0, QFont.Weight.DemiBold if chosen else QFont.Weight.Medium))
        painter.setPen(QColor(t.text))
        for line in title:
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, line)
            place.translate(0, high)
        painter.setFont(resized(option.font, -1))
        missing = missing_words(row)
        if missing:
            self._with_glyph(painter, place, WAITED, missing, t.warn)
            place.translate(0, high)
        painter.setPen(QColor(t.bad))
        for line in refusal:
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, line)
            place.translate(0, high)
        self._foot(painter, place, row, model.today)
        painter.restore()

    def _foot(self, painter: QPainter, place: QRect, row: ActionRow, today: date) -> None:
        due, metrics = due_words(row, today), painter.fontMetrics()
        wide = metrics.horizontalAdvance(due)
        late = row.lateness(today) == "late"
        side = scaled(SIZE) + 8 if late else 0
        if late:
            self._with_glyph(painter, place.adjusted(place.width() - wide - side, 0, 0, 0), LATE,
                             due, tokens().bad)
        else:
            painter.setPen(QColor(tokens().muted))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
                             due)
        painter.setPen(QColor(tokens().muted))
        who = metrics.elidedText(row.owner or row.organisation, Qt.TextElideMode.ElideRight,
                                 place.width() - wide - side - 8)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, who)

    def _with_glyph(self, painter: QPainter, place: QRect, glyph: str, words: str,
                    colour: str) -> None:
        side = scaled(SIZE)
        paint_glyph(painter, place.x(), place.y() + (place.height() - side) / 2, glyph, colour)
        painter.setPen(QColor(colour))
        inside = place.adjusted(side + 6, 0, 0, 0)
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, painter.fontMetrics().elidedText(
            words, Qt.TextElideMode.ElideRight, inside.width()))


class CardList(QListView):
    """A list of cards, one chosen at most."""

    def __init__(self, name: str, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = Cards(today)
        self.setObjectName("cards")
        self.setModel(self.cards)
        follow_marks(self)
        self.setItemDelegate(CardLines(self))
        self.setAccessibleName(name)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMinimumHeight(scaled(120))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Titles wrap otherwise: cards are as high as their words.
        self.scheduleDelayedItemsLayout()

    def current_row(self) -> ActionRow | None:
        """Give the action that is chosen; None where none is."""
        row = self.currentIndex().data(ROW)
        return row if isinstance(row, ActionRow) else None

    def show_rows(self, rows: Sequence[ActionRow]) -> None:
        """Show these; the chosen one stays chosen where it is still there."""
        if list(rows) == self.cards.rows:
            return
        chosen = self.current_row()
        self.cards.set_rows(rows)
        if chosen is not None:
            self.choose(chosen.id)

    def choose(self, record_id: uuid.UUID) -> bool:
        """Choose an action; False where it is not here."""
        at = next((number for number, row in enumerate(self.cards.rows) if row.id == record_id), -1)
        if at >= 0:
            self.setCurrentIndex(self.cards.index(at, 0))
        return at >= 0

    def refuse(self, record_id: uuid.UUID | None, said: str) -> None:
        """Say in a card why its action could not be moved; what was said before goes. None takes
        all back."""
        if record_id is None and not self.cards.refusals:
            return
        self.cards.refusals = {record_id: said} if record_id is not None else {}
        self.cards.layoutChanged.emit()
