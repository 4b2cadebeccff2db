"""The question asked before a session is opened on another day than the one it was planned for."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.base.dates.french import long_date
from desktop.base.i18n import _
from desktop.ui.widgets.basics import button, empty_layout, label
from desktop.ui.widgets.layout.flow import Flow


class OtherDay(QWidget):
    """On which day is the meeting held? `chosen` tells whether it is today: else it is the planned
    day."""

    chosen = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._question = label("", wrap=True)
        box.addWidget(self._question)
        self._answers = Flow()
        box.addLayout(self._answers)
        self.hide()

    def ask(self, planned: date, today: date) -> None:
        """Ask it, with the focus on the first answer."""
        self._question.setText(
            _("This meeting is planned for {date}. Which day will its minutes say?").format(
                date=long_date(planned)))
        empty_layout(self._answers)
        first = button(_("Today, {date}").format(date=long_date(today)),
                       lambda: self.chosen.emit(True), style="primary")
        self._answers.addWidget(first)
        self._answers.addWidget(button(_("The planned day, {date}").format(date=long_date(planned)),
                                       lambda: self.chosen.emit(False)))
        self._answers.addWidget(button(_("Cancel"), self.hide))
        self._answers.addStretch(1)
        self.show()
        first.setFocus()
