"""What looks like a title, under the line in which it is typed and in the sheet: so that nobody
does twice what exists."""

import uuid
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.base.errors import LockedError
from desktop.base.i18n import _
from desktop.models.choices import label as choice_label
from desktop.models.states import is_open
from desktop.queries.similar_actions import Candidate, SimilarIndex, similar_index
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import button, empty_layout, label
from desktop.ui.widgets.theme import scaled


class SimilarSource:
    """The index of what exists, made once behind the window and again when something changed."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._index: SimilarIndex | None = None
        self._turn = 0

    def forget(self) -> None:
        """Have the index made again when it is asked for."""
        self._index = None
        self._turn += 1

    def give(self, then: Callable[[SimilarIndex], None], owner: QWidget) -> None:
        """Call `then` with the index: at once where it is made, else when it is; never if `owner`
        went."""
        if self._index is not None:
            then(self._index)
            return
        vault, turn = self.desk.vault, self._turn

        def ask() -> SimilarIndex | None:
            try:
                return vault.ask(similar_index)
            except LockedError:
                return None

        def show(made: SimilarIndex | None) -> None:
            if made is not None:
                if turn == self._turn:
                    self._index = made
                then(made)

        self.desk.jobs.run_short(ask, show, owner=owner)


class SimilarStrip(QWidget):
    """Up to three things that look like a title, each a way to it. Its first line is reserved: what
    is below does not jump."""

    def __init__(self, desk: Desk, source: SimilarSource, leaving_out: uuid.UUID | None = None, *,
                 reserved: bool = False) -> None:
        super().__init__()
        self.desk, self._source, self._leaving_out = desk, source, leaving_out
        self._title = ""
        self.found: list[Candidate] = []
        self._ways: list[tuple[QPushButton, Candidate]] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(2)
        if reserved:
            self.setMinimumHeight(scaled(20))

    @classmethod
    def under(cls, desk: Desk, source: SimilarSource, line: QLineEdit) -> "SimilarStrip":
        """Make the strip of a line that is typed in."""
        made = cls(desk, source, reserved=True)
        line.textEdited.connect(made.look_for)
        return made

    def look_for(self, title: str) -> None:
        """Show what looks like this title."""
        self._title = title
        self._source.give(self._show, self)

    def _show(self, index: SimilarIndex) -> None:
        if not isValid(self):
            return
        found = index.like(self._title, self._leaving_out)
        if found == self.found:
            return
        self.found = found
        self._ways = []
        empty_layout(self._box)
        if found:
            self._box.addWidget(label(_("It looks like"), "small"))
        for one in found:
            made = button(one.title, partial(self._open, one), style="quiet",
                          tip=f"{one.title} — {about(one)}")
            # The strip is as wide as what it stands in, never as its longest title.
            made.setMinimumWidth(1)
            self._ways.append((made, one))
            self._box.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        self._shorten()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        for way, one in self._ways:
            way.setText(self._shortened(one))

    def _shortened(self, one: Candidate) -> str:
        said = about(one)
        room = self.width() - scaled(40) - self.fontMetrics().horizontalAdvance(f" · {said}")
        title = self.fontMetrics().elidedText(one.title, Qt.TextElideMode.ElideRight, room)
        return " · ".join(part for part in (title, said) if part).replace("&", "&&")

    def _open(self, one: Candidate) -> None:
        self.desk.go("actions" if one.kind == "action" else "plan", one.id)


def about(one: Candidate) -> str:
    """Say what is known of it in a few words: done 2024, CCAS; or that it is an existing scheme."""
    if one.kind == "dispositif":
        return ", ".join(part for part in (_("existing scheme"), one.organisation) if part)
    state = choice_label("action_state", one.state).lower()
    when = f"{state} {one.year}" if one.year and not is_open(one.state) else state
    return ", ".join(part for part in (when, one.organisation) if part)
