"""The same facts as another of one's own observations: said by one button, so that one event counts
once."""

import uuid
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.dates.french import month_label
from desktop.base.i18n import _
from desktop.queries.answers import OwnObservation
from desktop.queries.observations import TermLabels
from desktop.ui.screen.keyed import KeyedColumn, KeyedPart
from desktop.ui.widgets.basics import Card, Elided, button, label


class SameFactsCard(Card):
    """One's own observations that look like the one that is being written; hidden where there are
    none."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(_("The same facts?"))
        self.value: uuid.UUID | None = None
        self._rows: tuple[OwnObservation, ...] = ()
        self._words: TermLabels | None = None
        self.box.addWidget(label(_("Of your own, these look like it."), "small", wrap=True))
        self._lines = KeyedColumn(8)
        self.box.addLayout(self._lines)
        self.hide()

    def show_rows(self, rows: list[OwnObservation], words: TermLabels) -> None:
        """Offer these."""
        self._rows, self._words = tuple(rows), words
        self._show()

    def choose(self, record_id: uuid.UUID | None) -> None:
        """Say of which one these are the facts; None for none."""
        self.value = record_id
        self._show()

    def _show(self) -> None:
        self._lines.show_parts(
            [KeyedPart(row.id, (row, row.id == self.value), partial(self._line, row))
             for row in self._rows])
        self.setVisible(bool(self._rows))

    def _line(self, row: OwnObservation) -> QWidget:
        whole, words = QWidget(), self._words
        line = QHBoxLayout(whole)
        line.setContentsMargins(0, 0, 0, 0)
        said = QVBoxLayout()
        said.setSpacing(0)
        title = words.term("criteria", row.criterion, row.month) if words else row.criterion
        said.addWidget(Elided(title))
        place = words.place(row.place, row.month) if words and row.place else ""
        said.addWidget(
            Elided(", ".join(part for part in (month_label(row.month) if row.month else "", place)
                             if part), "small"))
        line.addLayout(said, 1)
        made = button(_("Same facts"), partial(self._on_clicked, row.id),
                      icon_name="check" if row.id == self.value else "",
                      style="filter" if row.id == self.value else "")
        made.setAccessibleName(_("Same facts as “{title}”").format(title=title))
        made.setCheckable(True)
        made.setChecked(row.id == self.value)
        line.addWidget(made)
        return whole

    def _on_clicked(self, record_id: uuid.UUID) -> None:
        self.choose(None if self.value == record_id else record_id)
        self.changed.emit()
