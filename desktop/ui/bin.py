"""Corbeille: what was deleted in the last thirty days, to be found again and brought back."""

from datetime import UTC, datetime

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget

from desktop.base.dates_fr import month_label
from desktop.base.i18n import N_, _, language
from desktop.commands.records import delete_record, restore_record
from desktop.queries.bin import BinRow, bin_of
from desktop.queries.records import kinds
from desktop.ui.kinds import kind_name
from desktop.ui.theme import scaled
from desktop.ui.trust import when_words
from desktop.ui.widgets.basics import Card, Empty, SearchBox, button, label
from desktop.ui.widgets.table import Column, Table
from desktop.ui.workspace import Desk, Workspace


def deleted_words(row: BinRow) -> str:
    """When it was deleted: the day and the hour, or the month where no more is kept."""
    return when_words(row.deleted_at) if row.day_known else month_label(f"{row.deleted_at:%Y-%m}")


class BinWorkspace(Workspace):
    """The screen of the bin, reached from the settings."""

    name = "bin"
    icon = "trash-2"
    areas = frozenset(kind.area for kind in kinds())
    keys = ((N_("Enter"), N_("bring the chosen record back")),)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Bin"))
        self.search = SearchBox(_("Search in the bin"))
        self.search.setMinimumWidth(scaled(240))
        self.restore_button = button(_("Restore"), self.restore, style="primary", icon_name="undo-2", tip=_("Enter"))
        self.header.addWidget(button(_("Settings"), lambda: desk.go("settings"), style="quiet", icon_name="chevron-left"))
        self.header.addWidget(self.search)
        self.header.addWidget(self.restore_button)
        self.about = label(_("What is deleted stays here for 30 days. Enter brings the chosen line back, for everyone."),
                           "muted", wrap=True)
        self.page.addWidget(self.about)
        self.table = Table(_("Deleted records"), (
            Column[BinRow](_("What it is"), lambda row: row.words or _("without a title"), strong=True),
            Column[BinRow](_("Kind"), lambda row: kind_name(row.kind),
                           tone=lambda row: "neutral", width=190),
            Column[BinRow](_("Deleted on"), deleted_words, key=lambda row: row.deleted_at, width=170),
            Column[BinRow](_("By"), lambda row: row.by, width=210)))
        self.body = QStackedWidget()
        card = Card(margins=6)
        card.box.setContentsMargins(6, 6, 6, 6)
        card.box.addWidget(self.table)
        self.body.addWidget(card)
        nothing = Card()
        nothing.box.addWidget(Empty("trash-2", _("The bin is empty"),
                                    _("A record that you delete comes here, and can be brought back for 30 days.")))
        self.body.addWidget(nothing)
        self.page.addWidget(self.body, 1)
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self.table.setFocus)
        self.table.opened.connect(lambda _row: self.restore())

    def refresh(self) -> None:
        vault = self.desk.vault
        rows = vault.ask(bin_of, datetime.now(UTC), language(), vault.identity)
        at = self.table.currentIndex().row()
        self.table.set_rows(rows)
        self.body.setCurrentIndex(0 if rows else 1)
        self.about.setVisible(bool(rows))
        self._choose(at)

    def _on_search(self, words: str) -> None:
        self.table.filter_by(words)
        self._choose(0)

    def _choose(self, at: int) -> None:
        """Have one line chosen where there is any: the one that was, else the one now in its place."""
        shown = self.table.rows.rowCount()
        if self.table.current_row() is None and shown:
            self.table.selectRow(min(max(at, 0), shown - 1))
        self.restore_button.setEnabled(shown > 0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.setFocus()

    def restore(self) -> None:
        """Bring the chosen record back; the message offers to delete it again."""
        row = self.table.current_row()
        if row is None:
            return
        self.desk.vault.do(restore_record, row.id)
        self.refresh()
        self.table.setFocus()
        self.desk.messages.say(_("Brought back: {words}").format(words=row.words or _("without a title")),
                               lambda: self.desk.vault.do(delete_record, row.id))

    def start_search(self) -> None:
        self.search.setFocus()
