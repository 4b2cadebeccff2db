"""The identity check of the texts of a meeting: its notes and the titles of its points, which are
circulated.
"""

import uuid

from PySide6.QtWidgets import QWidget

from desktop.models.note_lines import sign_of
from desktop.models.record import COMMON
from desktop.privacy.detect.known import CollectiveNames
from desktop.queries.known import known_names
from desktop.ui.identities.check import check_of
from desktop.ui.identities.review import ReviewStrip
from desktop.ui.screen.workspace import Desk


class MeetingCheck:
    """Underlines who is named in a meeting's texts and is neither of the directory nor awaited;
    restricted lines are left.
    """

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self._desk = desk
        self._known = CollectiveNames()
        self.strip = ReviewStrip(parent)
        self.check = check_of(desk.vault, desk.jobs, self.strip, parent)

    def show_meeting(self, meeting_id: uuid.UUID) -> None:
        """Know who may be named in the texts of this meeting."""
        known = self._desk.vault.ask(known_names, meeting_id)
        if known != self._known:
            self._known = known
            self.check.pass_by(known)

    def watch(self, field: QWidget) -> None:
        """Look through a field from now on."""
        self.check.watch(field, self._known, is_restricted)


def is_restricted(line: str) -> bool:
    """Tell a line that is not circulated."""
    return sign_of([line])[0] != COMMON
