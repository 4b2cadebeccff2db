"""What leaves as a table for other programs: made, and noted in the journal."""

from datetime import date

from desktop.exchange.census import xlsx
from desktop.queries.census import census_of
from desktop.vault.vault import Vault


def export_actions(vault: Vault, today: date, language: str) -> tuple[bytes, int]:
    """The census of the actions as a workbook, and how many actions are in it."""
    census = vault.ask(census_of, today, language)
    return xlsx(census), len(census.rows)
