"""The text of one agenda item: ordinary typing, where actions and decisions stand as small cards in
the text.

A line that begins with `~` is restricted. What stood in such a line never slips into one that is
not, whatever is joined, cut or pasted: only taking its sign away on purpose lifts the restriction.
"""

import uuid
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QTextEdit

from desktop.base.i18n import _
from desktop.models.note_lines import sign_of
from desktop.models.record import COMMON
from desktop.queries.meetings.notes import Embed
from desktop.ui.meetings.notes.cards import ID, KIND, OBJECT, CardWords, Drawing, char_format
from desktop.ui.meetings.notes.signs import sign_words
from desktop.ui.widgets.keys import CONTROL, NOTHING, SHIFT, held, is_enter
from desktop.ui.widgets.theme import tokens

_MARK = "\ufffc"
_SIGNS = {"interne": "~ ", "observatoire": "~~ "}
_TURNS = {"action": "decision", "decision": "text"}
Segments = Sequence[str | Embed]


class NoteEdit(QTextEdit):
    """Grows with its text. `captured` tells a finished line that begins with `>` or `!`, and
    whether the date in its words is to be taken (not with Shift); `opened` a card clicked twice.

    `edited` tells that something was typed; `completing` that Tab was pressed in the line of an
    action; `turned` that a card is to become an action, a decision or text.
    """

    captured = Signal(str, bool)
    opened = Signal(str, object)
    edited = Signal()
    line_changed = Signal(str)
    completing = Signal(str)
    turned = Signal(object, str, bool)

    def __init__(self, name: str, words: Callable[[str, uuid.UUID], CardWords]) -> None:
        super().__init__()
        self._words = words
        self._loading = False
        self.setObjectName("note")
        self.setAccessibleName(name)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        # Dragging text about would carry it past the signs of the lines.
        self.setAcceptDrops(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._marks: list[QTextEdit.ExtraSelection] = []
        self._drawing = Drawing(self, self.words_of)
        self.document().documentLayout().registerHandler(OBJECT, self._drawing)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.textChanged.connect(self._on_text_changed)
        self.cursorPositionChanged.connect(self._on_cursor_moved)
        self._fit()

    def words_of(self, kind: str, record_id: str) -> CardWords:
        """Build what the card of a record shows."""
        return self._words(kind, uuid.UUID(record_id))

    def _fit(self) -> None:
        height = int(self.document().size().height()) + 16
        self.setFixedHeight(max(64, height))

    def _on_text_changed(self) -> None:
        if not self._loading:
            self._colour()
            self.edited.emit()
            self.line_changed.emit(self.current_line())

    def _on_cursor_moved(self) -> None:
        if not self._loading:
            self.line_changed.emit(self.current_line())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.line_changed.emit(self.current_line())

    def current_line(self) -> str:
        """Return the paragraph in which the cursor stands."""
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
        self._colour()
        self._loading = False

    def _insert(self, cursor: QTextCursor, embed: Embed) -> None:
        cursor.insertText(_MARK, char_format(embed.kind, str(embed.id)))

    def segments(self) -> list[str | Embed]:
        """Return what the note says, text and cards in their order."""
        found: list[str | Embed] = []
        block = self.document().begin()
        first = True
        while block.isValid():
            if not first:
                _append(found, "\n")
            first = False
            for part in _parts(block):
                if isinstance(part, str):
                    _append(found, part)
                else:
                    found.append(part)
            block = block.next()
        return found

    def replace_line(self, made: Embed | str) -> None:
        """Turn the line in which the cursor stands into the card of a record, with a new line after
        it, or text."""
        sign = _SIGNS.get(_audience(self.textCursor().block()), "")
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(sign, QTextCharFormat())
        if isinstance(made, str):
            cursor.insertText(made)
        else:
            self._insert(cursor, made)
            if not cursor.block().next().isValid():
                cursor.insertBlock()
            cursor.setCharFormat(QTextCharFormat())
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.setCurrentCharFormat(QTextCharFormat())

    def write_line(self, words: str) -> None:
        """Write these words in the line in which the cursor stands."""
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(words)
        self.setTextCursor(cursor)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = is_enter(event)
        if enter and held(event) & CONTROL:
            self.turn()
            return
        if enter:
            line = self.current_line().strip()
            if (line.lstrip("~ ")[:1] in (">", "!") and line.lstrip("~ ")[1:].strip()
                and _MARK not in line):
                self.captured.emit(line, not held(event) & SHIFT)
                return
            # A line that is broken within (Shift) would be two lines for its readers, and one for
            # its sign.
            event = QKeyEvent(event.type(), Qt.Key.Key_Return, NOTHING, event.text())
        self._guarded(partial(super().keyPressEvent, event))
        if event.text():
            self.ensureCursorVisible()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._guarded(partial(super().inputMethodEvent, event))

    def focusNextPrevChild(self, following: bool) -> bool:
        line = self.current_line()
        if (following and line.lstrip("~ ")[:1] == ">" and _MARK not in line
            and line.lstrip("~ >").strip()):
            self.completing.emit(line)
            return True
        return super().focusNextPrevChild(following)

    def turn(self, into: str = "") -> None:
        """Make the line in which the cursor stands an action, a decision or text; the next of them
        if nothing is said."""
        block = self.textCursor().block()
        cards = [part for part in _parts(block) if isinstance(part, Embed)]
        restricted = _audience(block) != COMMON
        if cards:
            kind = into or _TURNS.get(cards[0].kind, "")
            if cards[0].kind in _TURNS and kind != cards[0].kind:
                self.turned.emit(cards[0], kind, restricted)
        elif block.text().lstrip("~> !?").strip():
            sign = _SIGNS.get(_audience(block), "").strip()
            self.captured.emit(f"{sign}{'!' if into == 'decision' else '>'} "
                               f"{block.text().lstrip('~> !?').strip()}", True)

    def restrict(self, wanted: bool) -> None:
        """Put the sign of a restricted line before this one, or take it away."""
        cursor = QTextCursor(self.textCursor().block())
        if wanted:
            cursor.insertText(_SIGNS["interne"])
            return
        text = cursor.block().text()
        for _letter in text[:len(text) - len(text.lstrip(" ~"))]:
            cursor.deleteChar()

    # What a restricted line holds stays in one

    def _guarded(self, edit: Callable[[], None]) -> None:
        cursor = self.textCursor()
        last = self.document().findBlock(cursor.selectionEnd())
        offset = cursor.selectionEnd() - last.position()
        if not cursor.hasSelection() and cursor.atBlockEnd() and last.next().isValid():
            # Delete, here, would join the next line to this one.
            following = last.next()
            candidates = [(_audience(last), ""), (_audience(following), following.text())]
        else:
            candidates = [(_audience(last), last.text()[offset:])]
        on_purpose = ((not cursor.hasSelection() and not cursor.atBlockStart())
                      or (cursor.hasSelection() and not cursor.selectedText().strip("~ ")))
        before = self.document().blockCount()
        edit()
        joined = self.document().blockCount() < before
        now = self.textCursor().block()
        for audience, tail in candidates:
            kept = tail.strip() and now.text().endswith(tail)
            if audience == COMMON or not kept or _audience(now) != COMMON or (
                on_purpose and not joined
                                                                              and self.document()
                .blockCount() == before):
                continue
            sign = QTextCursor(now)
            sign.joinPreviousEditBlock()
            sign.insertText(_SIGNS[audience], QTextCharFormat())
            sign.endEditBlock()

    def cut(self) -> None:
        """Cut what is chosen."""
        self._guarded(super().cut)

    def insertFromMimeData(self, source: QMimeData) -> None:
        # Pasted text comes without its look, and never as a card of another meeting.
        lines = source.text().replace(_MARK, "").replace("\u2028",
                                                         "\n").replace("\u2029", "\n").splitlines()
        sign = _SIGNS.get(_audience(self.textCursor().block()), "")
        text = f"\n{sign}".join(lines)
        self._guarded(lambda: self.insertPlainText(text))

    # Looks

    def show_marks(self, marks: list[QTextEdit.ExtraSelection]) -> None:
        """Underline words beside the colours of the lines."""
        self._marks = marks
        self._colour()

    def _colour(self) -> None:
        t = tokens()
        found = []
        block = self.document().begin()
        while block.isValid():
            audience, kind = sign_of([block.text()])
            if (audience, kind) != (COMMON, "texte"):
                selection = QTextEdit.ExtraSelection()
                ground = t.tone("warn" if audience != COMMON else "accent")[1]
                selection.format.setBackground(QColor(ground))
                selection.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
                selection.cursor = QTextCursor(block)
                # Of a line that goes on below, every part is coloured.
                selection.cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock,
                                              QTextCursor.MoveMode.KeepAnchor)
                found.append(selection)
            block = block.next()
        if found or self._marks or self.extraSelections():
            self.setExtraSelections([*found, *self._marks])

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.extraSelections():
            return
        painter = QPainter(self.viewport())
        font = self.font()
        font.setPixelSize(max(11, font.pixelSize() - 3))
        painter.setFont(font)
        layout, t = self.document().documentLayout(), tokens()
        block = self.document().begin()
        while block.isValid():
            audience, kind = sign_of([block.text()])
            words = sign_words(audience, kind)
            if words:
                box = layout.blockBoundingRect(block)
                width = painter.fontMetrics().horizontalAdvance(words)
                line = block.layout().lineAt(0)
                if (line.isValid()
                    and line.naturalTextWidth() + width + 24 < self.viewport().width()):
                    painter.setPen(QColor(t.tone("warn" if audience != COMMON else "accent")[0]))
                    painter.drawText(QRectF(self.viewport().width() - width - 8, box.y(), width + 1,
                                            line.height()),
                                     Qt.AlignmentFlag.AlignVCenter, words)
            block = block.next()
        painter.end()

    # Mouse and menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if (event.reason() == QContextMenuEvent.Reason.Mouse
            and not self.textCursor().hasSelection()):
            self.setTextCursor(self.cursorForPosition(event.pos()))
        place = event.globalPos() if event.reason() == QContextMenuEvent.Reason.Mouse else (
            self.viewport().mapToGlobal(self.cursorRect().bottomLeft()))
        self.menu().popup(place)

    def menu(self) -> QMenu:
        """Return what may be done with the line of the cursor, and with what is chosen."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        block = self.textCursor().block()
        cards = [part for part in _parts(block) if isinstance(part, Embed) and part.kind in _TURNS]
        writable = not self.isReadOnly()
        if cards:
            menu.addAction(_("Open the record"),
                           lambda: self.opened.emit(cards[0].kind, cards[0].id))
        if writable and (cards or block.text().strip()):
            kinds = (("action", _("Make it an action")), ("decision", _("Make it a decision")),
                     ("text", _("Make it plain text")))
            for kind, words in kinds:
                if kind != (cards[0].kind if cards else "text"):
                    menu.addAction(words, partial(self.turn, kind))
            restricted = _audience(block) != COMMON
            menu.addAction(_("Lift the restriction") if restricted else _("Restrict this line"),
                           partial(self.restrict, not restricted))
        menu.addSeparator()
        chosen = self.textCursor().hasSelection()
        for words, do, possible in ((_("Cut"), self.cut, chosen and writable),
                                    (_("Copy"), self.copy, chosen),
                                    (_("Paste"), self.paste, self.canPaste() and writable)):
            menu.addAction(words, do).setEnabled(possible)
        return menu

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        cursor = self.cursorForPosition(event.position().toPoint())
        for step in (0, 1):
            probe = QTextCursor(cursor)
            if step:
                probe.movePosition(QTextCursor.MoveOperation.NextCharacter)
            form = probe.charFormat()
            if form.objectType() == OBJECT:
                self.opened.emit(str(form.property(KIND)), uuid.UUID(str(form.property(ID))))
                return
        super().mouseDoubleClickEvent(event)


def _audience(block: QTextBlock) -> str:
    return sign_of([block.text()])[0]


def _parts(block: QTextBlock) -> list[str | Embed]:
    """Return the words and cards of one paragraph."""
    found: list[str | Embed] = []
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        form = fragment.charFormat()
        if form.objectType() == OBJECT:
            embed = Embed(str(form.property(KIND)), uuid.UUID(str(form.property(ID))))
            found.extend([embed] * len(fragment.text()))
        else:
            _append(found, fragment.text().replace("\u2028", " "))
        iterator += 1
    return found


def _append(found: list[str | Embed], text: str) -> None:
    if not text:
        return
    if found and isinstance(found[-1], str):
        found[-1] += text
    else:
        found.append(text)
