"""The account of an observation: free text, looked through for identities while one types, off the
typing path.

The check runs in the lane POOL, where neither the window nor the vault is touched. F8 goes to what
it found; there Enter writes the first wording offered over it, 2 and 3 the others, N keeps it and
remembers that it tells who nobody is.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from desktop.base.i18n import _, ngettext
from desktop.models.rules.observations import ACCOUNT_LIMIT
from desktop.privacy.detect import BLOCK, Span, find_identities
from desktop.ui.jobs.jobs import Jobs
from desktop.ui.jobs.lanes import Lane
from desktop.ui.jobs.latest import Latest
from desktop.ui.observations.review import ReviewStrip
from desktop.ui.widgets.basics import label, restyled
from desktop.ui.widgets.keys import NOTHING, held, is_enter
from desktop.ui.widgets.theme import scaled, tokens

PAUSE_MS = 150
"""How long the keys must rest before the text is looked through."""


class AccountField(QWidget):
    """The text with its title, its count, and what is underlined in it. `found` tells that other
    spans are known."""

    changed = Signal()
    found = Signal()

    def __init__(self, jobs: Jobs, is_dismissed: Callable[[str], bool],
                 dismiss: Callable[[str], Callable[[str], bool]]) -> None:
        super().__init__()
        self._is_dismissed, self._dismiss = is_dismissed, dismiss
        self._confirmed = ""
        self._latest = Latest(jobs, Lane.POOL, self)
        self.spans: Sequence[Span] = ()
        self._looked_at = ""
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(label(_("What happened?"), "subheading"))
        head.addStretch(1)
        self.warning = label("", "warn")
        head.addWidget(self.warning)
        box.addLayout(head)
        self.edit = _Edit(self)
        self.edit.setAccessibleName(_("Account"))
        self.edit.setPlaceholderText(
            _("What happened, by roles: “a mother”, “the landlord”, “a colleague”."))
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(scaled(118))
        box.addWidget(self.edit)
        self.strip = ReviewStrip(self.take, self.keep)
        box.addWidget(self.strip)
        foot = QHBoxLayout()
        foot.addWidget(label(_("Neither name, address nor exact date."), "small", wrap=True), 1)
        self.count = label("", "small")
        foot.addWidget(self.count)
        box.addLayout(foot)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self.edit.textChanged.connect(self._on_changed)
        self._on_changed()

    def text(self) -> str:
        """What is typed."""
        return self.edit.toPlainText()

    def set_text(self, text: str, at: int | None = None) -> None:
        """Show a text, the cursor at this letter; at its end for None."""
        self.edit.setPlainText(text)
        cursor = self.edit.textCursor()
        cursor.setPosition(len(self.edit.toPlainText()) if at is None else min(at, len(text)))
        self.edit.setTextCursor(cursor)

    def _on_changed(self) -> None:
        length = len(self.text())
        self.count.setText(_("{count} / {limit} characters")
                           .format(count=length, limit=ACCOUNT_LIMIT))
        restyled(self.count, "bad" if length > ACCOUNT_LIMIT else "small")
        self.strip.show_span(None)
        self._pause.start()
        self.changed.emit()

    def look(self) -> None:
        """Look through the text now, behind the window."""
        if not self.isVisible():
            return
        text, known = self.text(), self._is_dismissed

        def show(spans: Sequence[Span]) -> None:
            if text == self.text():
                self._show(text, spans)

        self._latest.run(lambda: find_identities(text, known), show)

    def _show(self, text: str, spans: Sequence[Span]) -> None:
        self.spans, self._looked_at = tuple(spans), text
        marks = []
        for span in self.spans:
            mark = QTextEdit.ExtraSelection()
            looks = QTextCharFormat()
            looks.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            looks.setUnderlineColor(QColor(tokens().warn))
            looks.setBackground(QColor(tokens().warn_soft))
            mark.format, mark.cursor = looks, self._cursor_of(span)
            marks.append(mark)
        self.edit.setExtraSelections(marks)
        count = len(self.spans)
        self.warning.setText(
            ngettext("{count} word to generalise, F8", "{count} words to generalise, F8", count)
                             .format(count=count) if count else "")
        self.found.emit()

    def _cursor_of(self, span: Span) -> QTextCursor:
        cursor = QTextCursor(self.edit.document())
        cursor.setPosition(_units(self._looked_at[:span.start]))
        cursor.setPosition(_units(self._looked_at[:span.end]), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def go_on(self) -> bool:
        """Choose the next words that are underlined, to be written over; False where there are
        none."""
        if not self.spans or self._looked_at != self.text():
            return False
        at = self.edit.textCursor().position()
        after = next((span for span in self.spans if _units(self._looked_at[:span.start]) >= at),
                     self.spans[0])
        self.edit.setTextCursor(self._cursor_of(after))
        self.edit.setFocus()
        self.strip.show_span(after)
        return True

    def take(self, number: int) -> None:
        """Write a wording that is offered over the words that are chosen, and go on to the next."""
        span = self.strip.span
        if span is None or number >= len(span.suggestions):
            return
        cursor = self._cursor_of(
            replace(span, start=span.replace_from if span.replace_from >= 0 else span.start))
        cursor.insertText(span.suggestions[number])
        self._go_on_soon()

    def keep(self) -> None:
        """Keep the words that are chosen: they are asked about no more on this computer."""
        span = self.strip.span
        if span is None or span.severity == BLOCK:
            return
        self._is_dismissed = self._dismiss(span.text)
        self._go_on_soon()

    def _go_on_soon(self) -> None:
        """Look again at once, and choose what comes next."""
        self._pause.stop()
        text = self.text()
        self._show(text, find_identities(text, self._is_dismissed))
        self.strip.show_span(None)
        self.edit.setFocus()
        self.go_on()

    def settled(self) -> bool:
        """Whether the text may be kept: nothing is underlined, or its writer saw it and keeps it
        so.

        The first time something is underlined it is led to; asked for again, the same text is kept.
        """
        text = self.text()
        spans = find_identities(text, self._is_dismissed)
        if not spans or text == self._confirmed:
            return True
        self._confirmed = text
        self._show(text, spans)
        self.edit.moveCursor(QTextCursor.MoveOperation.Start)
        self.go_on()
        return False


class _Edit(QPlainTextEdit):
    def __init__(self, owner: AccountField) -> None:
        super().__init__()
        self._owner = owner

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F8 and held(event) == NOTHING and self._owner.go_on():
            return
        if self._owner.strip.span is not None and held(event) == NOTHING and self._decided(event):
            return
        super().keyPressEvent(event)


    def _decided(self, event: QKeyEvent) -> bool:
        """Whether a key decided about the words that are chosen; Escape leaves them, any other key
        writes over them."""
        owner = self._owner
        if is_enter(event) or event.text() in ("2", "3"):
            owner.take(0 if is_enter(event) else int(event.text()) - 1)
            return True
        if event.text().lower() == "n":
            owner.keep()
            return True
        if event.key() == Qt.Key.Key_Escape:
            owner.strip.show_span(None)
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)
            return True
        return False


def _units(text: str) -> int:
    """How many places a text takes in Qt, which counts a letter beyond the first 65,536 twice."""
    return len(text.encode("utf-16-le")) // 2
