"""The strip under a text: what the words that are underlined may tell, and the keys that generalise
or keep them.
"""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop.base.i18n import N_, _
from desktop.privacy.detect import Span, may_be_dismissed
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.theme import scaled

OFFERED = 3
"""How many wordings stand in the strip: Enter takes the first, 2 and 3 the others."""
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


class ReviewStrip(QFrame):
    """Has its height when it is empty too: nothing jumps under the hands.

    `taken` gives the number of the wording that was chosen by the mouse, `kept` tells that the
    words may stand.
    """

    taken = Signal(int)
    kept = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("review")
        self._line = Flow(8)
        self._line.setContentsMargins(10, 4, 10, 4)
        self.setLayout(self._line)
        self.setMinimumHeight(scaled(44))
        self.span: Span | None = None
        self._parts: list[QWidget] = []
        self.show_span(None)

    def show_span(self, span: Span | None) -> None:
        """Show what is to be decided about these words; None for nothing."""
        self.span = span
        for part in self._parts:
            self._line.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []
        if span is None:
            self._put(label(_("F8 goes to what may tell who somebody is."), "small"))
            return
        self._put(
            label(_("“{words}”: {what}").format(words=span.text, what=_(CATEGORIES[span.category])))
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

    def _put(self, part: QWidget) -> None:
        self._parts.append(part)
        self._line.add(part)


__all__ = ["CATEGORIES", "ReviewStrip"]
