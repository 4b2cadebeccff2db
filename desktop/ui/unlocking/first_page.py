"""What the pages before an open notebook share: F1 opens their keys below the card, Escape closes
them or goes a step back."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.i18n import N_, _
from desktop.ui.widgets.accessibility import announce
from desktop.ui.widgets.basics import Card, empty_layout, label, scrolled
from desktop.ui.widgets.keys import is_enter

Keys = tuple[tuple[str, str], ...]
ALWAYS: Keys = (
    (N_("Tab, Shift+Tab"), N_("next, previous field or button")),
    (N_("Space"), N_("press the button where one is")),
    ("Ctrl+Q", N_("close Carnet")),
)


class FirstPage(QWidget):
    """One card in the middle of a page. Nothing is laid over it: its keys have their own place, and
    take no focus."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self._keys: Card | None = None
        self._sought = False

    def lay_out(self, card: Card, foot: QWidget | None = None, promise: str = "") -> None:
        """Put the card in the middle, `foot` below it, and quiet lines at the bottom."""
        self._card = card
        inside = QWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._area = scrolled(inside)
        self._area.verticalScrollBar().rangeChanged.connect(self._on_range)
        whole.addWidget(self._area)
        box = QVBoxLayout(inside)
        box.addStretch(2)
        box.addLayout(centred(card))
        if foot is not None:
            box.addWidget(foot)
        self._below = QVBoxLayout()
        box.addLayout(self._below)
        box.addStretch(3)
        for words in (promise, _("F1: the keys of this page")):
            if words:
                line = label(words, "small", wrap=True)
                line.setAlignment(Qt.AlignmentFlag.AlignCenter)
                box.addWidget(line)

    def keys_here(self) -> Keys:
        """Return the keys of the step that is shown, those of every step apart."""
        return ()

    def step_back(self) -> None:
        """Do what Escape does when the keys are closed."""

    def enters(self, button: QWidget) -> None:
        """Let Enter press this button too."""
        button.installEventFilter(self)

    def on_enter(self, button: QObject) -> None:
        """Enter on one of those buttons."""

    def show_keys(self) -> None:
        """F1: open the keys, or close them."""
        self._sought = True
        if not self.close_keys():
            self._open_keys()

    def _open_keys(self) -> None:
        # Imported with the first F1: the page must not wait for it.
        from desktop.ui.screen.shortcuts_panel import grid_of

        keys = (*self.keys_here(), *ALWAYS, ("F1", _("open these keys, close them")))
        self._keys = made = Card()
        # Its words begin where those of the card above begin.
        made.box.setContentsMargins(32, 14, 32, 16)
        made.setFixedWidth(self._card.width())
        made.setAccessibleName(_("Keys"))
        made.box.addWidget(label(_("Keys"), "subheading"))
        made.box.addLayout(grid_of(keys))
        self._below.addSpacing(6)
        self._below.addLayout(centred(made))
        spoken = ". ".join(", ".join(_(part) for part in line) for line in keys)
        made.setAccessibleDescription(spoken)
        announce(made, spoken)

    def _on_range(self) -> None:
        # How high the page is becomes known some turns after the keys were opened.
        if self._keys is not None and self._sought:
            bar = self._area.verticalScrollBar()
            bar.setValue(bar.maximum())

    def close_keys(self) -> bool:
        """Close the keys; whether they were open."""
        closed, self._keys = self._keys, None
        if closed is None:
            return False
        empty_layout(self._below)
        return True

    def renew_keys(self) -> None:
        """Another step is shown: its keys, where they are open."""
        self._sought = False
        if self.close_keys():
            self._open_keys()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self.close_keys():
            self.step_back()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
            and is_enter(event)):
            self.on_enter(watched)
            return True
        return False



def centred(card: QWidget) -> QHBoxLayout:
    """Build a card in the middle of its line."""
    # Not by an alignment: it would give the card the height of its words before they were broken.
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(card)
    row.addStretch(1)
    return row
