"""What leaves as a table for other programs: made, and noted in the journal."""

from datetime import date

from desktop.commands.journal import append
from desktop.exchange.census import xlsx
from desktop.exchange.journal import csv_of
from desktop.models.states import JournalWhat
from desktop.queries.census import census_of
from desktop.queries.journal import journal_entries
from desktop.vault.vault import Vault


def export_journal(vault: Vault) -> tuple[bytes, int]:
    """Return the journal of this computer as CSV, and how many entries are in it: that it was
    exported is one of them."""
    vault.do(append, JournalWhat.EXPORTED, "journal", how="csv")
    entries = vault.ask(journal_entries)
    return csv_of(entries), len(entries)


def export_actions(vault: Vault, today: date, language: str) -> tuple[bytes, int]:
    """Return the census of the actions as a workbook, and how many actions are in it."""
    census = vault.ask(census_of, today, language)
    data = xlsx(census)
    vault.do(append, JournalWhat.EXPORTED, "action", how="xlsx", count=len(census.rows))
    return data, len(census.rows)
