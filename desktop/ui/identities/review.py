"""The strip under words that are underlined: what they may tell, and the keys that generalise or
keep them.
"""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from desktop.base.i18n import N_, _
from desktop.privacy.detect import Span, may_be_dismissed
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.theme import scaled

OFFERED = 3
"""How many wordings stand in the strip: Enter takes the first, 2 and 3 the others."""
LONGEST = 44
"""Letters of the words that are said again."""
LOW = 180
"""A field of this height at most is seen whole."""
CATEGORIES = {
    "name": N_("a name"),
    "phone": N_("a telephone number"),
    "email": N_("an e-mail address"),
    "nir": N_("a social security number"),
    "iban": N_("a bank account"),
    "plate": N_("a number plate"),
    "file_number": N_("a file number"),
    "address": N_("an address"),
    "date": N_("an exact date"),
    "birthdate": N_("a date of birth"),
    "handle": N_("an account of a social network"),
    "organisation": N_("a small organisation"),
    "unique_role": N_("a function that one person alone holds"),
    "age_trade_place": N_("an age, a trade and a place together"),
    "url": N_("a web address"),
}


def hint_of_key() -> QLabel:
    """Make the line that names the key, for a screen that has many fields."""
    return label(_("F8 goes to what may tell who somebody is."), "small")


class ReviewStrip(QFrame):
    """Lies over the screen, under the words that it is about, while these are decided on: it takes
    no room, and nothing moves when it comes or goes.

    `taken` gives the number of the wording that was chosen by the mouse, `kept` tells that the
    words may stand.
    """

    taken = Signal(int)
    kept = Signal()

    def __init__(self, home: QWidget) -> None:
        super().__init__(home)
        self.setObjectName("review")
        self._line = Flow(8)
        self._line.setContentsMargins(10, 6, 10, 6)
        self.setLayout(self._line)
        self.span: Span | None = None
        self._field: QWidget | None = None
        self._ground: QWidget | None = None
        self._parts: list[QWidget] = []
        # It may lie on a page that outlives the form it belongs to.
        home.destroyed.connect(self.deleteLater)
        self.hide()

    def show_span(self, span: Span | None, field: QWidget | None = None) -> None:
        """Show what is to be decided about these words of a field; None for nothing."""
        self.span, self._field = span, field
        for part in self._parts:
            self._line.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []
        if span is None or field is None:
            self.hide()
            return
        self._put(
            label(
                _("“{words}”: {what}").format(
                    words=_short(span.text), what=_(CATEGORIES[span.category])
                )
            )
        )
        keys = (_("Enter"), "2", "3")
        for number, wording in enumerate(span.suggestions[:OFFERED]):
            self._put(
                button(
                    f"{wording}\u2002{keys[number]}",
                    partial(self.taken.emit, number),
                    style="" if number else "primary",
                )
            )
        if may_be_dismissed(span):
            self._put(button(_("Not an identity") + "\u2002N", self.kept.emit, style="quiet"))
        self._lie_on(_ground_of(field))
        self.show()
        self.raise_()
        self.place()

    def _put(self, part: QWidget) -> None:
        # The hand stays in the text: the keys are typed there.
        part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._parts.append(part)
        self._line.add(part)

    def _lie_on(self, ground: QWidget) -> None:
        if ground is self._ground:
            return
        if self._ground is not None and isValid(self._ground):
            self._ground.removeEventFilter(self)
        self._ground = ground
        ground.installEventFilter(self)
        self.setParent(ground)

    def place(self) -> None:
        """Lie under the words, or above them where what is seen ends; on one line if it can."""
        field, ground = self._field, self._ground
        if field is None or ground is None or not isValid(field) or not isValid(ground):
            return
        words = _place_of_words(field)
        corner = field.mapTo(ground, QPoint(0, 0))
        for part in self._parts:
            part.ensurePolished()
        self._line.invalidate()
        apart = scaled(6)
        edge = self.width() - self.contentsRect().width()
        width = min(self._line.sizeHint().width() + edge, ground.width() - 2 * apart)
        height = self._line.heightForWidth(width - edge) + edge
        left = max(apart, min(corner.x() + words.left(), ground.width() - apart - width))
        below = corner.y() + words.bottom() + apart
        seen = ground.visibleRegion().boundingRect()
        if below + height > seen.bottom() and corner.y() + words.top() - height > seen.top():
            below = corner.y() + words.top() - apart - height
        self.setGeometry(left, below, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # What scrolls moves in its frame.
        moved = event.type() in (QEvent.Type.Resize, QEvent.Type.Move)
        if moved and self.span is not None:
            self.place()
        return False


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"


def _ground_of(field: QWidget) -> QWidget:
    """Return what scrolls with a field, else its window."""
    around = field.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            inside: QWidget | None = around.widget()
            if inside is not None:
                return inside
        around = around.parentWidget()
    return field.window()


def _place_of_words(field: QWidget) -> QRect:
    """Return what of a field must stay in sight: the whole of a low one, the words chosen in a high
    one."""
    if not isinstance(field, QPlainTextEdit | QTextEdit):
        return QRect(0, 0, 1, field.height())
    last = field.cursorRect()
    cursor = field.textCursor()
    cursor.setPosition(cursor.selectionStart())
    first = field.cursorRect(cursor)
    left = first.left() if first.top() == last.top() else 0
    if field.height() <= scaled(LOW):
        return QRect(left, 0, 1, field.height())
    top = field.viewport().mapTo(field, QPoint(left, first.top()))
    bottom = field.viewport().mapTo(field, last.bottomLeft()).y()
    return QRect(top, QPoint(top.x(), min(bottom, field.height())))


__all__ = ["CATEGORIES", "ReviewStrip", "hint_of_key"]
