"""The small cards that stand in the notes for an action, a decision or a line that is not here."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPyTextObject,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QTextEdit

from desktop.ui.widgets.theme import outline, tokens

OBJECT = QTextFormat.ObjectTypes.UserObject + 1
KIND, ID = QTextFormat.Property.UserProperty + 1, QTextFormat.Property.UserProperty + 2


@dataclass(frozen=True)
class CardWords:
    """What a card in the text says: its kind in a word, its title, who and when."""

    word: str
    title: str
    about: str
    tone: str


class Drawing(QPyTextObject):
    """Draws a card; `words` says what it holds."""

    def __init__(self, edit: QTextEdit, words: Callable[[str, str], CardWords]) -> None:
        super().__init__(edit)
        self._edit, self._words = edit, words

    def intrinsicSize(self, document: QTextDocument, position: int, form: QTextFormat) -> QSizeF:
        metrics = QFontMetrics(self._edit.font())
        return QSizeF(max(120, self._edit.viewport().width() - 12), metrics.height() * 2 + 18)

    def drawObject(self, painter: QPainter, rect: QRectF | QRect, document: QTextDocument,
                   position: int,
                   form: QTextFormat) -> None:
        words = self._words(str(form.property(KIND)), str(form.property(ID)))
        t = tokens()
        ink, ground = t.tone(words.tone)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(rect).adjusted(0, 3, 0, -3)
        painter.setPen(outline(ink))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, 8, 8)
        painter.setBrush(QColor(ink))
        painter.drawRoundedRect(QRectF(box.x(), box.y(), 4, box.height()), 2, 2)
        font = QFont(self._edit.font())
        metrics = QFontMetrics(font)
        line = QRectF(box.x() + 14, box.y() + 5, box.width() - 24, metrics.height())
        small = QFont(font)
        small.setPixelSize(max(11, font.pixelSize() - 2))
        small.setWeight(QFont.Weight.DemiBold)
        painter.setFont(small)
        painter.setPen(QColor(ink))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, words.word)
        shift = QFontMetrics(small).horizontalAdvance(words.word) + 10
        small.setWeight(QFont.Weight.Normal)
        painter.setFont(small)
        painter.setPen(QColor(t.muted))
        painter.drawText(line.adjusted(shift, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter,
                         QFontMetrics(small).elidedText(
                             words.about, Qt.TextElideMode.ElideRight, int(line.width() - shift)))
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(QColor(t.text))
        line.translate(0, metrics.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, QFontMetrics(font).elidedText(
            words.title, Qt.TextElideMode.ElideRight, int(line.width())))
        painter.restore()


def char_format(kind: str, record_id: str) -> QTextCharFormat:
    """Return the format of the character that stands for a record."""
    form = QTextCharFormat()
    form.setObjectType(OBJECT)
    form.setProperty(KIND, kind)
    form.setProperty(ID, record_id)
    return form
