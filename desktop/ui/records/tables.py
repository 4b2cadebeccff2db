"""What every list owes the person: the columns that were chosen are kept, what was copied is
said."""

from dataclasses import replace

from desktop.base.i18n import ngettext
from desktop.commands.journal import append
from desktop.models.leaving import needs_reason
from desktop.models.states import JournalWhat
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.lists.table import Table


def settle_table(desk: Desk, name: str, table: Table) -> None:
    """Give a list the columns chosen for it on this computer; `name` is its own, not translated."""
    # Positions hold for these columns only: a version that adds one shows all again.
    key = f"{name}/{len(table.rows.columns)}"

    def keep(hidden: list[int]) -> None:
        kept = {**desk.settings.hidden_columns, key: hidden}
        desk.keep_settings(
            replace(desk.settings, hidden_columns={k: v for k, v in kept.items() if v}))

    def say(count: int) -> None:
        # Of kinds whose rows stay, the copy is noted with its reason where one is asked for.
        if not needs_reason(name, desk.vault.identity.roles):
            desk.vault.do(append, JournalWhat.COPIED, name, count=count)
        desk.messages.say(
            ngettext("{count} line copied for a spreadsheet; it leaves the clipboard at the lock.",
                     "{count} lines copied for a spreadsheet; they leave the clipboard at the "
                     "lock.",
                     count).format(count=count))

    table.hide_columns(desk.settings.hidden_columns.get(key, []))
    table.columns_chosen.connect(keep)
    table.copied.connect(say)
