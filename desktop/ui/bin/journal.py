"""The journal of this computer on the screen: its entries, whether it holds, and its export."""

from datetime import date
from pathlib import Path

from desktop.base.dates.french import long_date, month_label
from desktop.base.home.files import disk_error, write_atomically
from desktop.base.i18n import N_, _, ngettext
from desktop.queries.journal import JournalLine, Verified, journal_entries, verified_journal
from desktop.queries.journal_words import how_words, verified_words, what_words
from desktop.reports import REPORTS
from desktop.tasks.exports import export_journal
from desktop.ui.jobs.lanes import Lane
from desktop.ui.records.kinds import kind_name
from desktop.ui.records.tables import settle_table
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, button, label
from desktop.ui.widgets.fields.files import ask_target
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.lists.columns import Column
from desktop.ui.widgets.lists.table import Table

SHOWN = 2000
"""The last entries; the export has all."""
_KINDS = {"computer": N_("Computer"), "this computer": N_("This computer"),
          "journal": N_("Journal"),
          "release": N_("Publication"), "group": N_("Group"), "importing": N_("List to import"),
          "bin": N_("Deleted records"),
          "recovery sheet": N_("Recovery sheet"), "kit": N_("Sheets of the kit"),
          "invitation": N_("Invitation")}
_ALONE = frozenset({"computer", "this computer", "journal", "recovery sheet", "kit", "invitation"})
"""What is told without a count."""


def day_words(day: str) -> str:
    """Return a day, or a month where no more is told."""
    return month_label(day) if len(day) == 7 else long_date(date.fromisoformat(day), weekday=False)


def _when(entry: JournalLine) -> str:
    return f"{day_words(entry.on)}, {entry.at}" if entry.at else day_words(entry.on)


def of_what(entry: JournalLine) -> str:
    """Say of what an entry tells, and how many."""
    if entry.kind in REPORTS:
        return REPORTS[entry.kind].label
    name = _(_KINDS[entry.kind]) if entry.kind in _KINDS else kind_name(entry.kind)
    return name if entry.kind in _ALONE else f"{entry.count} × {name}"


class JournalCard(Card):
    """Every entry, the newest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(margins=6)
        self.desk = desk
        self.box.setContentsMargins(6, 6, 6, 6)
        line = Flow(8)
        self.state = label("", wrap=True)
        line.add(self.state, 1, readable=240)
        line.addWidget(button(_("Export as CSV"), self._on_export, icon_name="download"))
        self.box.addLayout(line)
        self.table = Table(_("Journal of this computer"), (
            Column[JournalLine](_("When"), _when, key=lambda row: row.number, width=190),
            Column[JournalLine](_("What was done"), what_words, strong=True, width=190),
            Column[JournalLine](_("Of what"), of_what, width=200),
            Column[JournalLine](_("With it"),
                          lambda row: ngettext("{count} record", "{count} records", row.parts)
                          .format(
                              count=row.parts) if row.parts else "", width=100),
            Column[JournalLine](_("How"), how_words),
            Column[JournalLine](_("By"), lambda row: row.by, width=150)), stretch=4)
        settle_table(desk, "journal", self.table)
        self.box.addWidget(self.table, 1)

    def show_entries(self) -> None:
        """Ask for the last entries, and go through the chain behind the window."""
        vault = self.desk.vault
        self.table.set_rows(vault.ask(journal_entries, SHOWN))
        self.desk.jobs.run(Lane.VAULT, lambda: vault.ask(verified_journal), self._on_verified,
                           owner=self)

    def _on_verified(self, verified: Verified) -> None:
        self.state.setText(verified_words(verified))
        self.state.setObjectName("bad" if verified.breaks else "muted")
        self.state.style().polish(self.state)

    def _on_export(self) -> None:
        called = f"{_('Journal of this computer')} {self.desk.today().isoformat()}.csv"
        ask_target(self, _("Export as CSV"), called, "CSV (*.csv)", self.save)

    def save(self, path: str) -> None:
        """Write the whole journal where one wants it."""
        vault, desk = self.desk.vault, self.desk

        def work() -> int:
            data, count = export_journal(vault)
            try:
                write_atomically(Path(path), data)
            except OSError as error:
                raise disk_error(error, Path(path)) from error
            return count

        desk.jobs.run(Lane.VAULT, work, lambda count: desk.messages.say(
            ngettext("{count} entry in {name}.", "{count} entries in {name}.", count)
            .format(count=count, name=Path(path).name)),
            desk.messages.error, owner=desk.messages)
