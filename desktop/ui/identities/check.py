"""The identity check of texts while they are typed: off the typing path, one strip of keys for all
fields of a screen.

The check runs in the lane POOL, where neither the window nor the vault is touched, on the lines
that it has not seen yet: a key never waits for more than the line it stands in. F8 goes to what was
found; there Enter writes the first wording offered over it, 2 and 3 the others, N keeps it and
remembers that it tells who nobody is, Escape leaves it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from time import sleep

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

from desktop.commands.dismissed import dismiss
from desktop.privacy.detect import Span, find_identities, may_be_dismissed, preload
from desktop.queries.dismissed import dismissed_words
from desktop.ui.identities.review import ReviewStrip
from desktop.ui.identities.watched import Watched, watched_of
from desktop.ui.jobs.jobs import Jobs
from desktop.ui.jobs.lanes import Lane
from desktop.ui.jobs.latest import Latest
from desktop.ui.widgets.keys import NOTHING, digit_of, held, is_enter
from desktop.vault.vault import Vault

STAYING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
PAUSE_MS = 150
"""How long the keys must rest before texts are looked through."""
LINES_KEPT = 4000
"""Of how many lines it is remembered what was found in them."""
Pass = Callable[[Span], bool]
Found = dict[str, tuple[Span, ...]]


def _nothing_passes(_span: Span) -> bool:
    return False


def _no_line(_line: str) -> bool:
    return False


@dataclass
class _Field:
    """One field: `spans` are those of `looked_at`; `skips` says which lines are not looked at,
    `passes` what may stand there.
    """

    widget: QWidget
    watched: Watched
    passes: Pass
    skips: Callable[[str], bool]
    by_line: bool
    looked_at: str = ""
    spans: tuple[Span, ...] = ()


class IdentityCheck(QObject):
    """The fields of one screen that should name nobody. `found` tells that other spans are known.

    Args:
        strip: where the keys stand, under the words that are chosen.
        is_dismissed: whether words were called « not an identity » on this computer.
        dismiss: remembers words as such, and gives the new `is_dismissed`.
    """

    found = Signal()

    def __init__(
        self,
        jobs: Jobs,
        strip: ReviewStrip,
        is_dismissed: Callable[[str], bool],
        dismiss: Callable[[str], Callable[[str], bool]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.strip = strip
        strip.taken.connect(self.take)
        strip.kept.connect(self.keep)
        self._is_dismissed, self._dismiss = is_dismissed, dismiss
        self._latest = Latest(jobs, Lane.POOL, self)
        self._fields: list[_Field] = []
        self._current: _Field | None = None
        self._seen: Found = {}
        self._deciding = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.look)

    def watch(
        self,
        widget: QWidget,
        passes: Pass = _nothing_passes,
        skips: Callable[[str], bool] = _no_line,
        *,
        by_line: bool = True,
    ) -> None:
        """Look through the text of a field from now on. `by_line`: each line for itself, what a
        long text needs.
        """
        field = _Field(widget, watched_of(widget), passes, skips, by_line)
        self._fields.append(field)
        widget.installEventFilter(self)
        if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
            widget.textChanged.connect(self._on_changed)
        self._pause.start()

    def pass_by(self, passes: Pass) -> None:
        """Let other words pass in all fields."""
        for field in self._fields:
            field.passes = passes
        self._pause.start()

    def spans_of(self, widget: QWidget) -> tuple[Span, ...]:
        """Return what is underlined in a field."""
        return next((field.spans for field in self._fields if field.widget is widget), ())

    def _on_changed(self) -> None:
        if self.strip.span is not None and not self._deciding:
            self._leave()
        self._pause.start()

    def _living(self) -> list[_Field]:
        self._fields = [field for field in self._fields if isValid(field.widget)]
        return [field for field in self._fields if field.widget.isVisible()]

    # Looking

    def look(self) -> None:
        """Look through what is shown, behind the window; lines that were seen before are not looked
        at again.
        """
        self._pause.stop()
        fields = self._living()
        new = list(dict.fromkeys(piece for field in fields for piece in self._unseen(field)))
        if not new:
            self._show()
            return
        self._latest.run(lambda: _look_through(new), self._learn)

    def _learn(self, found: Found) -> None:
        if len(self._seen) + len(found) > LINES_KEPT:
            shown = {line for field in self._fields for line in field.looked_at.split("\n")}
            self._seen = {line: spans for line, spans in self._seen.items() if line in shown}
        self._seen.update(found)
        self._show()

    def look_now(self) -> None:
        """Look through what is shown, at once: what a gesture decides on."""
        self._latest.drop()
        self._pause.stop()
        for field in self._living():
            for piece in self._unseen(field):
                self._seen[piece] = tuple(find_identities(piece))
        self._show()

    def _show(self) -> None:
        """Mark what was found; a field whose text went on since is marked in a moment."""
        for field in self._living():
            text = field.watched.text()
            if self._unseen(field):
                self._pause.start()
                continue
            spans = tuple(
                span for span in self._spans(field, text) if not self._passes(field, span)
            )
            if (text, spans) != (field.looked_at, field.spans):
                field.looked_at, field.spans = text, spans
                field.watched.mark(text, [(span.start, span.end) for span in spans])
        self.found.emit()

    def _spans(self, field: _Field, text: str) -> list[Span]:
        if not field.by_line:
            return list(self._seen.get(text, ()))
        spans, place = [], 0
        for line in text.split("\n"):
            found = self._seen.get(line, ())
            if found and not field.skips(line):
                spans += [span.moved(place) for span in found]
            place += len(line) + 1
        return spans

    def _unseen(self, field: _Field) -> list[str]:
        """Return what of a field was not looked at yet: lines, or the whole."""
        text = field.watched.text()
        if not field.by_line:
            return [] if text in self._seen else [text]
        # Whether a line is restricted is asked last: of a long note most lines were seen.
        return [
            line
            for line in text.split("\n")
            if line not in self._seen and line.strip() and not field.skips(line)
        ]

    def _passes(self, field: _Field, span: Span) -> bool:
        return field.passes(span) or (may_be_dismissed(span) and self._is_dismissed(span.text))

    # Deciding

    def go_on(self) -> bool:
        """Put the hand on the next words that are underlined, in this field, else in the next;
        False where there are none.
        """
        fields = [field for field in self._living() if field.looked_at == field.watched.text()]
        here = next((place for place, field in enumerate(fields) if field.widget.hasFocus()), 0)
        if not fields:
            return False
        at = fields[here].watched.at() if fields[here].widget.hasFocus() else 0
        rounds = [(fields[here], [span for span in fields[here].spans if span.start >= at])]
        rounds += [(field, list(field.spans)) for field in (*fields[here:], *fields[:here])]
        for field, spans in rounds:
            if spans:
                self._choose(field, spans[0])
                return True
        return False

    def go_to(self, widget: QWidget, words: str) -> bool:
        """Put the hand on these words of a field, where they are underlined; False where they are
        not.
        """
        for field in self._living():
            for span in field.spans:
                if field.widget is widget and span.text == words:
                    self._choose(field, span)
                    return True
        return False

    def _choose(self, field: _Field, span: Span) -> None:
        self._deciding = True
        field.watched.choose(span.start, span.end)
        self._deciding = False
        self._current = field
        self.strip.show_span(span, field.widget)

    def take(self, number: int) -> None:
        """Write a wording that is offered over the words that are chosen, and go on to the next."""
        span, field = self.strip.span, self._current
        if span is None or field is None or number >= len(span.suggestions):
            return
        start = span.replace_from if span.replace_from >= 0 else span.start
        self._deciding = True
        field.watched.write_over(start, span.end, span.suggestions[number])
        self._deciding = False
        self._go_on_soon()

    def keep(self) -> None:
        """Keep the words that are chosen: they are asked about no more on this computer."""
        span = self.strip.span
        if span is None or not may_be_dismissed(span):
            return
        self._is_dismissed = self._dismiss(span.text)
        self._go_on_soon()

    def _go_on_soon(self) -> None:
        """Look again at once, and choose what comes next in the same field; F8 alone leads to
        another.
        """
        field = self._current
        self.look_now()
        self._leave()
        if field is None or not isValid(field.widget):
            return
        field.widget.setFocus()
        at = field.watched.at()
        after = [span for span in field.spans if span.start >= at] or list(field.spans)
        if after:
            self._choose(field, after[0])
        else:
            field.watched.choose_nothing()

    def _leave(self) -> None:
        self._current = None
        self.strip.show_span(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) and isinstance(
            event, QKeyEvent
        ):
            gesture = self._gesture_of(watched, event)
            if gesture is not None:
                if kind == QEvent.Type.KeyPress:
                    return gesture()
                # Escape and F8 are keys of the screen too: here they are the strip's.
                event.accept()
                return True
        if kind == QEvent.Type.Show:
            self._pause.start()
        if kind == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            self._on_focus_lost(watched, event.reason())
        return False

    def _on_focus_lost(self, watched: QObject, reason: Qt.FocusReason) -> None:
        """Leave the words when the hand goes to another field; not for a menu or another window."""
        if self._current is None or self._deciding or reason in STAYING:
            return
        if self._current.widget is watched:
            self._leave()

    def _gesture_of(self, widget: QObject, event: QKeyEvent) -> Callable[[], bool] | None:
        """Return what a key does about the words that are chosen; None where it types."""
        plain = held(event) == NOTHING
        if event.key() == Qt.Key.Key_F8 and plain:
            return self._on_next if any(field.spans for field in self._fields) else None
        current = self._current
        if self.strip.span is None or current is None or current.widget is not widget:
            return None
        figure = digit_of(event, unshifted=True)
        if figure in ("2", "3") and held(event) in (NOTHING, Qt.KeyboardModifier.ShiftModifier):
            return partial(self._on_taken, int(figure) - 1)
        if not plain:
            return None
        if is_enter(event):
            return partial(self._on_taken, 0)
        if event.key() == Qt.Key.Key_Escape:
            return self._on_left
        return self._on_kept if event.text().lower() == "n" else None

    def _on_next(self) -> bool:
        self.look_now()
        return self.go_on()

    def _on_taken(self, number: int) -> bool:
        self.take(number)
        return True

    def _on_kept(self) -> bool:
        self.keep()
        return True

    def _on_left(self) -> bool:
        field = self._current
        self._leave()
        if field is not None:
            field.watched.choose_nothing()
        return True


def _look_through(pieces: Sequence[str]) -> Found:
    found = {}
    for piece in pieces:
        found[piece] = tuple(find_identities(piece))
        # The window goes before: of two threads that both compute, the one that types
        # waits up to 5 ms for the other.
        sleep(0)
    return found


def check_of(vault: Vault, jobs: Jobs, strip: ReviewStrip, parent: QObject) -> IdentityCheck:
    """Make the check of a screen, which remembers in the vault what is no identity; its lists are
    read behind the window.
    """

    def remember(words: str) -> Callable[[str], bool]:
        vault.do(dismiss, words)
        return vault.ask(dismissed_words)

    jobs.run(Lane.POOL, preload, lambda _none: None, owner=parent)
    return IdentityCheck(jobs, strip, vault.ask(dismissed_words), remember, parent)
