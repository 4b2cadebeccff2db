"""The text of one agenda item: ordinary typing, where actions and decisions stand as small cards in the text."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QRect, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPyTextObject,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit

from desktop.queries.notes import Embed
from desktop.ui.theme import outline, tokens

_OBJECT = QTextFormat.ObjectTypes.UserObject + 1
_KIND, _ID = QTextFormat.Property.UserProperty + 1, QTextFormat.Property.UserProperty + 2
_MARK = "\ufffc"
Segments = Sequence[str | Embed]


@dataclass(frozen=True)
class CardWords:
    """What a card in the text says: its kind in a word, its title, who and when."""

    word: str
    title: str
    about: str
    tone: str


class _Drawing(QPyTextObject):
    def __init__(self, edit: "NoteEdit") -> None:
        super().__init__(edit)
        self._edit = edit

    def intrinsicSize(self, document: QTextDocument, position: int, form: QTextFormat) -> QSizeF:
        metrics = QFontMetrics(self._edit.font())
        return QSizeF(max(120, self._edit.viewport().width() - 12), metrics.height() * 2 + 18)

    def drawObject(self, painter: QPainter, rect: QRectF | QRect, document: QTextDocument, position: int,
                   form: QTextFormat) -> None:
        words = self._edit.words_of(str(form.property(_KIND)), str(form.property(_ID)))
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
        painter.drawText(line.adjusted(shift, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, QFontMetrics(small).elidedText(
            words.about, Qt.TextElideMode.ElideRight, int(line.width() - shift)))
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(QColor(t.text))
        line.translate(0, metrics.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, QFontMetrics(font).elidedText(
            words.title, Qt.TextElideMode.ElideRight, int(line.width())))
        painter.restore()


class NoteEdit(QTextEdit):
    """Grows with its text. `captured` tells a finished line that begins with `>` or `!`; `opened` a card clicked twice.

    `edited` tells that something was typed; `words` says what the card of a record shows.
    """

    captured = Signal(str)
    opened = Signal(str, object)
    edited = Signal()
    line_changed = Signal(str)

    def __init__(self, name: str, words: Callable[[str, uuid.UUID], CardWords]) -> None:
        super().__init__()
        self._words = words
        self._loading = False
        self.setObjectName("note")
        self.setAccessibleName(name)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._drawing = _Drawing(self)
        self.document().documentLayout().registerHandler(_OBJECT, self._drawing)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.textChanged.connect(self._on_text_changed)
        self.cursorPositionChanged.connect(self._on_cursor_moved)
        self._fit()

    def words_of(self, kind: str, record_id: str) -> CardWords:
        """What the card of a record shows."""
        return self._words(kind, uuid.UUID(record_id))

    def _fit(self) -> None:
        height = int(self.document().size().height()) + 16
        self.setFixedHeight(max(64, height))

    def _on_text_changed(self) -> None:
        if not self._loading:
            self.edited.emit()
            self.line_changed.emit(self.current_line())

    def _on_cursor_moved(self) -> None:
        if not self._loading:
            self.line_changed.emit(self.current_line())

    def current_line(self) -> str:
        """The paragraph in which the cursor stands."""
        return self.textCursor().block().text()

    def set_segments(self, segments: Segments) -> None:
        """Show a note; the cursor stays where it was, as far as the text allows."""
        at = self.textCursor().position()
        self._loading = True
        self.clear()
        cursor = QTextCursor(self.document())
        for part in segments:
            if isinstance(part, str):
                cursor.insertText(part, QTextCharFormat())
            else:
                self._insert(cursor, part)
        self.document().setModified(False)
        self.document().clearUndoRedoStacks()
        cursor.setPosition(min(at, max(self.document().characterCount() - 1, 0)))
        self.setTextCursor(cursor)
        self._loading = False

    def _insert(self, cursor: QTextCursor, embed: Embed) -> None:
        form = QTextCharFormat()
        form.setObjectType(_OBJECT)
        form.setProperty(_KIND, embed.kind)
        form.setProperty(_ID, str(embed.id))
        cursor.insertText(_MARK, form)

    def segments(self) -> list[str | Embed]:
        """What the note says, text and cards in their order."""
        found: list[str | Embed] = []
        block = self.document().begin()
        first = True
        while block.isValid():
            if not first:
                _append(found, "\n")
            first = False
            iterator = block.begin()
            while not iterator.atEnd():
                fragment = iterator.fragment()
                form = fragment.charFormat()
                if form.objectType() == _OBJECT:
                    embed = Embed(str(form.property(_KIND)), uuid.UUID(str(form.property(_ID))))
                    found.extend([embed] * len(fragment.text()))
                else:
                    _append(found, fragment.text().replace("\u2028", "\n"))
                iterator += 1
            block = block.next()
        return found

    def replace_line(self, embed: Embed) -> None:
        """The line in which the cursor stands becomes the card of a record, and a new line begins after it."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        self._insert(cursor, embed)
        cursor.insertBlock()
        cursor.setCharFormat(QTextCharFormat())
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.setCurrentCharFormat(QTextCharFormat())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            line = self.current_line().strip()
            if line[:1] in (">", "!") and line[1:].strip() and _MARK not in line:
                self.captured.emit(line)
                return
        super().keyPressEvent(event)
        if event.text():
            self.ensureCursorVisible()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        cursor = self.cursorForPosition(event.position().toPoint())
        for step in (0, 1):
            probe = QTextCursor(cursor)
            if step:
                probe.movePosition(QTextCursor.MoveOperation.NextCharacter)
            form = probe.charFormat()
            if form.objectType() == _OBJECT:
                self.opened.emit(str(form.property(_KIND)), uuid.UUID(str(form.property(_ID))))
                return
        super().mouseDoubleClickEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        # Pasted text comes without its look, and never as a card of another meeting.
        self.insertPlainText(source.text().replace(_MARK, ""))


def _append(found: list[str | Embed], text: str) -> None:
    if not text:
        return
    if found and isinstance(found[-1], str):
        found[-1] += text
    else:
        found.append(text)


