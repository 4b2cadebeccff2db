"""F1: the keys of the place one is in, in a panel that takes nothing away; Escape closes it and
gives the focus back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.base.i18n import N_, _
from desktop.ui.screen.panel import Panel
from desktop.ui.widgets.basics import button, label, scrolled
from desktop.ui.widgets.running import running

if TYPE_CHECKING:
    # The pages before an open notebook show their keys too, and must not wait for what a screen
    # reaches.
    from desktop.ui.screen.workspace import Desk, Workspace

GENERAL = (
    ("Ctrl+K", N_("go to a screen, create, print, or find any word")),
    (N_("kind: with: since: before:"),
     N_("in that field: narrow what is found; Backspace takes the last filter away")),
    (N_("Ctrl+Shift+O"), N_("new observation, from anywhere")),
    ("Ctrl+N", N_("new record, where the screen has records")),
    ("Ctrl+F", N_("search on this screen")),
    (N_("Ctrl+Tab, Ctrl+Shift+Tab"), N_("the next tab of the screen, the one before")),
    ("F9", N_("documents of what is open")),
    ("Ctrl+C", N_("in a list: copy the chosen lines for a spreadsheet")),
    (N_("Shift+F10"), N_("in a list: choose its columns")),
    ("Ctrl+Z", N_("undo the last gesture")),
    ("Ctrl+Y", N_("do again what was undone")),
    ("Ctrl+L", N_("lock at once")),
    ("F1", N_("these keys; once more, the help")),
    ("Ctrl+Q", N_("close Carnet; what is written is kept")),
)
WIDTH, APART, LONG_KEY = 900, 11, 15
Keys = tuple[tuple[str, str], ...]


class KeysPanel(Panel):
    """Lies over the working page, above the strip; it stays while one works beside it."""

    def __init__(self, parent: QWidget, desk: "Desk", strip: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keys")
        self.setAccessibleName(_("Keys"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.desk, self._strip = desk, strip
        self._screen: Workspace | None = None
        self._own: Keys = ()
        self._followed: set[str] = set()
        self.head = head = QHBoxLayout()
        head.addWidget(label(_("Keys"), "heading"))
        head.addStretch(1)
        self.help_button = button(_("Help on this screen"), self._on_help, style="quiet",
                                  icon_name="circle-question-mark",
                                  tip="F1")
        head.addWidget(self.help_button)
        head.addWidget(
            button("", self.close_it, style="quiet", icon_name="x", tip=_("Close (Escape)")))
        self.area: QScrollArea = scrolled(QWidget())
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 10, 10, 14)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(self.area, 1)
        parent.installEventFilter(self)
        running().focusChanged.connect(self._on_focus)
        self.hide()

    def open(self, screen: "Workspace") -> None:
        """Show the keys of a screen, and take the focus so that Escape closes."""
        if not self.isVisible():
            self.take_over()
        self.show()
        self.show_screen(screen)
        self.raise_()
        self.setFocus()

    def show_screen(self, screen: "Workspace") -> None:
        """Show the keys of another screen, where the panel is open."""
        if not self.isVisible():
            return
        self._screen = screen
        if screen.name not in self._followed:
            self._followed.add(screen.name)
            for parts in screen.findChildren(QStackedWidget):
                parts.currentChanged.connect(self._on_part)
        self._own = screen.keys_here()
        own = self._own or (("", N_("This screen has no keys of its own.")),)
        columns = ((("", N_("Everywhere")), *GENERAL),
                   own if not own[0][0] else (("", N_("On this screen")), *own))
        self.setAccessibleDescription(". ".join(", ".join(_(part) for part in line if part)
                                                for keys in columns for line in keys))
        inside = QWidget()
        inside.setObjectName("clear")
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._columns.setContentsMargins(0, 0, 8, 0)
        self._columns.setSpacing(28)
        for keys in columns:
            self._columns.addLayout(grid_of(keys), 1)
        self.area.setWidget(inside)
        for line in inside.findChildren(QWidget):
            line.ensurePolished()
        self._place()

    def _on_help(self) -> None:
        if self._screen is not None:
            self.desk.help_on(self._screen.name)

    def _on_part(self) -> None:
        """Another part of the screen is shown, or holds the focus: its keys, where they are
        others."""
        if self.isVisible() and self._screen is not None and self._screen.keys_here() != self._own:
            self.show_screen(self._screen)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if (now is not None and self.isVisible() and self._screen is not None
            and self._screen.isAncestorOf(now)):
            self._on_part()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.area.verticalScrollBar()
        steps = {Qt.Key.Key_Down: bar.singleStep(), Qt.Key.Key_Up: -bar.singleStep(),
                 Qt.Key.Key_PageDown: bar.pageStep(),
                 Qt.Key.Key_PageUp: -bar.pageStep()}
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.close_it()
        elif key in steps:
            bar.setValue(bar.value() + steps[key])
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        parent, inside = self.parentWidget(), self.area.widget()
        if parent is None or inside is None:
            return
        wanted = round(WIDTH * self.desk.settings.text_percent / 100)
        width = min(wanted, parent.width() - 40)
        beside = (QBoxLayout.Direction.LeftToRight if width == wanted
                  else QBoxLayout.Direction.TopToBottom)
        self._columns.setDirection(beside)
        below = self._strip.height() + APART
        height = min(parent.height() - below - 2 * APART,
                     self._columns.totalHeightForWidth(width - 44) + self.head.sizeHint().height()
                     + 36)
        self.setGeometry(parent.width() - width - 20, parent.height() - below - height, width,
                         height)


def grid_of(keys: Keys) -> QGridLayout:
    """Build the keys in two columns, titles over both."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    row = 0
    for key, words in keys:
        if not key:
            title = label(_(words), "overline", wrap=True)
            title.setContentsMargins(0, 6 if row else 0, 0, 0)
            grid.addWidget(title, row, 0, 1, 2)
        else:
            # A whole line to type would push the words of all others aside.
            long = len(_(key)) > LONG_KEY
            grid.addWidget(label(_(key), "key"), row, 0, 1, 2 if long else 1,
                           Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            row += long
            grid.addWidget(label(_(words), wrap=True), row, 0 if long else 1, 1, 2 if long else 1)
        row += 1
    grid.setRowStretch(row, 1)
    return grid
