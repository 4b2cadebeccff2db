"""The filters in force, as chips below the field; a click takes one away, as Backspace takes the
last."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.base.i18n import _
from desktop.ui.widgets.basics import button, empty_layout
from desktop.ui.window.palette.filters import Filter

ACROSS = 3
LONGEST = 34


class FilterChips(QWidget):
    """Three to a line; hidden while there is none."""

    def __init__(self, remove: Callable[[int], None]) -> None:
        super().__init__()
        self._remove = remove
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 4, 12, 0)
        self._grid.setSpacing(6)
        self._grid.setColumnStretch(ACROSS, 1)
        self.hide()

    def set_filters(self, filters: Sequence[Filter]) -> None:
        """Show these."""
        empty_layout(self._grid)
        for number, one in enumerate(filters):
            words = one.words if len(one.words) <= LONGEST else one.words[:LONGEST - 1] + "…"
            chip = button(words, partial(self._remove, number), style="filter", icon_name="x",
                          tip=one.words)
            chip.setAccessibleName(_("Take the filter away: {filter}").format(filter=one.words))
            # The focus stays in the field: without it the palette would close.
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            self._grid.addWidget(chip, number // ACROSS, number % ACROSS,
                                 Qt.AlignmentFlag.AlignLeft)
        self.setVisible(bool(filters))
