"""A screen beside the work: one looks something up, and goes back to where one was."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from desktop.base.i18n import _
from desktop.ui.screen.workspace import Desk, Workspace
from desktop.ui.widgets.basics import SearchBox, button
from desktop.ui.widgets.theme import scaled


class Aside(Workspace):
    """A screen with a way back and a search in its head; Escape goes back too."""

    def __init__(self, desk: Desk, title: str, searched: str) -> None:
        super().__init__(desk, title)
        self.search = SearchBox(searched)
        self.search.setMinimumWidth(scaled(240))
        self.header.addWidget(
            button(_("Back"), self.leave, style="quiet", icon_name="chevron-left", tip=_("Escape")))
        self.header.addWidget(self.search)

    def leave(self) -> None:
        """Go back to the screen where one was."""
        self.desk.go(self.desk.came_from)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    def start_search(self) -> None:
        self.search.setFocus()
