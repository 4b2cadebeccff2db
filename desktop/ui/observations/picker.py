"""One answer among many, found by an everyday word: the legal label is shown with the word that was
typed, in grey.

States: nothing typed; a word typed, with what it may mean on cards below; answered; answered by a
word that means several things, whose cards stay until one goes on.
"""

from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.base.i18n import _
from desktop.base.word_match import AS_GOOD, LEAST, WordMatch
from desktop.queries.answers import Offer, Question
from desktop.ui.widgets.accessibility import announce
from desktop.ui.widgets.answers import AnswerButton
from desktop.ui.widgets.basics import button, empty_layout, label
from desktop.ui.widgets.icons import pixmap
from desktop.ui.widgets.keys import NOTHING, digit_of, held, is_enter
from desktop.ui.widgets.layout.stacking import EqualColumns
from desktop.ui.widgets.tab_order import step
from desktop.ui.widgets.theme import scaled, tokens

SHOWN = 6
MOST_MEANT = 3
"""An everyday word is told apart by three cards at most."""


class Picker(QWidget):
    """The field and the cards of one question. `tells`: whether the line of the answer is shown
    beside it, for places."""

    picked = Signal()

    def __init__(self, name: str, question: Question, placeholder: str, *, tells: bool = False,
                 columns: int = 3,
                 shown: int = SHOWN) -> None:
        super().__init__()
        self.name, self.question, self.tells, self._most = name, question, tells, shown
        self.chosen: str | None = None
        self.word = ""
        self.meant: list[WordMatch] = []
        self.found: list[WordMatch] = []
        self.buttons: list[AnswerButton] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(4)
        self.field = _PickerField(self)
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(placeholder)
        line.addWidget(self.field, 1)
        self._all = button("", self._toggle_all, style="quiet", icon_name="chevron-down",
                           tip=_("Every answer: {name}").format(name=name))
        # The arrows open it from the field: Tab goes from question to question.
        self._all.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        line.addWidget(self._all)
        box.addLayout(line)
        self.unknown = label(_("No word of the lists is like this one; the nearest are:"), "small",
                             wrap=True)
        self.unknown.hide()
        box.addWidget(self.unknown)
        self._cards = QWidget()
        self._grid = EqualColumns(columns, 8)
        self._cards.setLayout(self._grid)
        self._cards.hide()
        box.addWidget(self._cards)
        self.field.textEdited.connect(self._on_typed)

    @property
    def is_told_apart(self) -> bool:
        """Whether the answer was given by a word that means several things, and their cards are
        shown."""
        return self.chosen is not None and len(self.meant) > 1

    def offer(self) -> Offer | None:
        """Return the answer that is given."""
        return self.question.offer(self.chosen)

    # Offering

    def _on_typed(self, typed: str) -> None:
        self.chosen, self.meant, self.word = None, [], ""
        self.found = self.question.find(typed)
        self.unknown.setVisible(bool(self.found) and self.found[0].score < LEAST)
        self._show([answer.code for answer in self.found[:self._most]])
        if self.found:
            words = [offer.label for answer in self.found[:MOST_MEANT]
                     if (offer := self.question.offer(answer.code))]
            announce(self.field, ", ".join(words))
        self.picked.emit()

    def _show(self, codes: list[str], *, numbered: bool = False) -> None:
        empty_layout(self._grid)
        self.buttons = []
        for number, code in enumerate(codes, 1):
            offer = self.question.offer(code)
            if offer is None:
                continue
            made = AnswerButton(offer.label, offer.tells, str(number) if numbered else "",
                                ring=True)
            made.setChecked(code == self.chosen)
            made.clicked.connect(partial(self._on_card, code))
            self._grid.addWidget(made)
            self.buttons.append(made)
        self._cards.setVisible(bool(self.buttons))

    def _toggle_all(self) -> None:
        if len(self.buttons) == len(self.question.offers):
            self._show([])
        else:
            self._show([offer.code for offer in self.question.offers])
        self.field.setFocus()

    def _on_card(self, code: str, _down: bool = False) -> None:
        self._take(code)
        self.field.setFocus()

    # Answering

    def choose(self, code: str | None, word: str = "") -> None:
        """Give this answer, found by this everyday word; None takes it back."""
        self.chosen, self.word = code, word
        if code is None:
            self.meant = []
        offer = self.offer()
        self.field.setText(offer.label if offer is not None else "")
        self.field.setCursorPosition(0)
        if self.field.hasFocus():
            self.field.selectAll()
        self.unknown.hide()
        self._show([answer.code for answer in self.meant] if self.is_told_apart else [],
                   numbered=True)
        self.field.update()
        self.picked.emit()

    def _take(self, code: str) -> None:
        """Give one of the answers that are offered."""
        word = (self.word if self.is_told_apart else self.field.text().strip()
                if self.field.isModified() else "")
        if code not in [answer.code for answer in self.meant]:
            self.meant = []
        self.choose(code, word)

    def settle(self) -> bool:
        """Take what was typed for its best answer, told apart where it means several; False where
        nothing is like it."""
        typed = self.field.text().strip()
        if not typed:
            self.chosen, self.meant = None, []
            return False
        if self.chosen is None:
            if not self.found or self.found[0].score < LEAST:
                return False
            first = self.found[0]
            # The same word of several lists; two words that begin alike are two words.
            equal = [answer for answer in self.found
                     if answer.score >= first.score * AS_GOOD and answer.word == first.word]
            self.meant = (equal[:MOST_MEANT] if len(equal) > 1 and first.word and not self.tells
                          else [])
            self.choose(first.code, typed)
        return True

    def step(self, by: int) -> None:
        """Go to the next or the previous of the answers that are offered."""
        if not self.buttons:
            return
        codes = [answer.code for answer in (self.meant or self.found[:self._most])]
        if not codes:
            return
        at = (codes.index(self.chosen) + by if self.chosen in codes else 0 if by > 0
              else len(codes) - 1)
        code = codes[at % len(codes)]
        if self.is_told_apart:
            self._take(code)
        else:
            # The word stays in the field, to be gone on with: the card alone is marked.
            self.chosen, self.word = code, self.field.text().strip()
            for made, other in zip(self.buttons, codes, strict=False):
                made.setChecked(other == code)
            self.picked.emit()
        offer = self.offer()
        announce(self.field, offer.label if offer is not None else "")

    def give(self, figure: str) -> bool:
        """Give the answer of a figure, where several are told apart."""
        if not self.is_told_apart or not figure or not 0 < int(figure) <= len(self.meant):
            return False
        self._take(self.meant[int(figure) - 1].code)
        return True

    def enter(self) -> bool:
        """Return what Enter does; whether the question is answered and one may go on."""
        if self.is_told_apart:
            return True
        before = self.chosen
        if not self.settle():
            return False
        if before is not None:
            self.choose(before, self.word)
        return not self.is_told_apart


class _PickerField(QLineEdit):
    def __init__(self, picker: Picker) -> None:
        super().__init__()
        self._picker = picker

    def keyPressEvent(self, event: QKeyEvent) -> None:
        picker = self._picker
        if is_enter(event) and held(event) == NOTHING:
            if picker.enter():
                step(self.window(), forward=True)
            return
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and held(event) == NOTHING:
            if not picker.buttons and not self.text():
                picker._toggle_all()
            picker.step(1 if event.key() == Qt.Key.Key_Down else -1)
            return
        if picker.is_told_apart and picker.give(digit_of(event, unshifted=True)):
            step(self.window(), forward=True)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if (self.isModified() and self.text().strip()
            and event.reason() != Qt.FocusReason.ActiveWindowFocusReason):
            chosen = self._picker.chosen
            if chosen is not None:
                self._picker.choose(chosen, self._picker.word)
            else:
                self._picker.settle()
        super().focusOutEvent(event)
        self.deselect()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        picker = self._picker
        offer = picker.offer()
        if offer is None or self.text() != offer.label:
            return
        painter = QPainter(self)
        size = scaled(16)
        painter.drawPixmap(self.width() - size - scaled(10), (self.height() - size) // 2,
                           pixmap("check", size, tokens().ok))
        told = _beside(picker, offer)
        metrics = self.fontMetrics()
        left = scaled(12) + metrics.horizontalAdvance(self.text()) + scaled(8)
        room = QRect(left, 0, self.width() - left - size - scaled(16), self.height())
        painter.setPen(QColor(tokens().muted))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                         metrics.elidedText(told, Qt.TextElideMode.ElideRight, room.width()))
        painter.end()


def _beside(picker: Picker, offer: Offer) -> str:
    """Return what stands in grey beside the answer: the word that was typed, or the line of a
    place."""
    if picker.is_told_apart:
        return _("“{word}” may mean {count} things").format(word=picker.word,
                                                            count=len(picker.meant))
    if picker.tells:
        return offer.tells
    return (_("“{word}”").format(word=picker.word)
            if picker.word and picker.word.lower() != offer.label.lower() else "")
