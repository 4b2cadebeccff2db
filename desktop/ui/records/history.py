"""What changed in a record, in its sheet: the last two changes, and all of them when asked."""

import uuid
from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.base.dates.french import long_date, time_of
from desktop.base.i18n import _, language, ngettext
from desktop.queries.history import HistoryEntry, history_of
from desktop.ui.records.kinds import kind_name
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Last, button, empty_layout, label

FEW = 2


class HistoryBox(QWidget):
    """The changes of one record and of its parts; nothing of it is edited here."""

    def __init__(self, desk: Desk, kind: str, record_id: uuid.UUID,
                 parts: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.desk, self.kind, self.record_id, self._parts = desk, kind, record_id, parts
        self.changes: list[HistoryEntry] = []
        self._whole = False
        self._said = Last()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 8, 0, 0)
        self._box.setSpacing(4)
        self.refresh()

    def refresh(self) -> None:
        """Ask again, and write what is another."""
        self.changes = self.desk.vault.ask(history_of, self.desk.vault.identity, language(),
                                           self.kind, self.record_id,
                                           tuple(self._parts))
        if self._said.is_news((self.changes, self._whole)):
            self._write()

    def _write(self) -> None:
        empty_layout(self._box)
        if not self.changes:
            return
        self._box.addWidget(label(_("History"), "subheading"))
        for change in self.changes if self._whole else self.changes[:FEW]:
            self._box.addWidget(label(change_words(change, self.kind), wrap=True))
            when = f"{long_date(change.at.date(), weekday=False)}, {time_of(change.at)}"
            self._box.addWidget(
                label(" · ".join(part for part in (when, change.by) if part), "small", wrap=True))
        count = len(self.changes)
        if count > FEW and not self._whole:
            words = ngettext("The {count} change", "The {count} changes", count).format(count=count)
            self._box.addWidget(button(words, self.show_all, style="quiet"))

    def show_all(self) -> None:
        """Show every change."""
        self._whole = True
        self.refresh()


def change_words(change: HistoryEntry, kind: str) -> str:
    """Say one change in a sentence: Due on: 14 December 2026 · State: under way."""
    what = "" if change.kind == kind else kind_name(change.kind)
    if change.deleted:
        return _("{what}: taken away").format(what=what) if what else _("Moved to the bin")
    fields = [_("{field}: {value}").format(field=_(label), value=value) if value else
              _("{field}: emptied").format(field=_(label)) for label, value in change.fields]
    if change.first and not what:
        return " · ".join([_("Written for the first time"), *fields[:1]])
    return " · ".join([*([what] if what else []), *fields]) or _("Brought back")
