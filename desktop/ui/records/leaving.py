"""The line that asks why rows leave Carnet: shown when rows of a kind that stays are copied, for
who may copy them at all."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.commands.leaving import let_leave
from desktop.models.leaving import needs_reason, refuse_leaving_rows
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import button
from desktop.ui.widgets.lists.table import Table


class LeavingBar(QWidget):
    """Guards the copying of one list; hidden until somebody copies."""

    def __init__(self, desk: Desk, kind: str, table: Table) -> None:
        super().__init__()
        self.desk, self._kind, self._table = desk, kind, table
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 8)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(_("Why these rows leave Carnet"))
        self.reason.setPlaceholderText(_("Why do these rows leave Carnet? The reason is kept."))
        self.reason.returnPressed.connect(self._copy)
        line.addWidget(self.reason, 1)
        line.addWidget(button(_("Copy"), self._copy, icon_name="copy"))
        line.addWidget(button(_("Cancel"), self._give_up, style="quiet"))
        table.guard = self._guard
        self.hide()

    def _guard(self, _count: int) -> bool:
        roles = self.desk.vault.identity.roles
        try:
            refuse_leaving_rows(self._kind, roles)
        except AppError as error:
            self.desk.messages.error(error)
            return False
        if not needs_reason(self._kind, roles):
            return True
        self.reason.clear()
        self.show()
        self.reason.setFocus()
        return False

    def _copy(self) -> None:
        try:
            self.desk.vault.do(let_leave, self._kind, len(self._table.selected_rows()), "copy",
                               self.reason.text())
        except AppError as error:
            self.desk.messages.error(error)
            return
        self.hide()
        self._table.copy_now()
        self._table.setFocus()

    def _give_up(self) -> None:
        self.hide()
        self._table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._give_up()
            return
        super().keyPressEvent(event)
