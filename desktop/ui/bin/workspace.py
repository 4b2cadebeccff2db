"""Corbeille: what was deleted, to be found again and brought back for thirty days, or erased for
good."""

from collections.abc import Callable
from datetime import UTC, date

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from desktop.base.dates.french import month_label
from desktop.base.i18n import N_, _, language, ngettext
from desktop.commands.journal import AREA
from desktop.commands.purge import ask_to_erase, erase_record
from desktop.commands.records import delete_record, restore_record
from desktop.models.authority import Verb, may
from desktop.privacy.retention import KEPT_DAYS
from desktop.queries.bin import BinRow, bin_of
from desktop.queries.purge import Left, left_on_folder
from desktop.queries.records import kinds
from desktop.ui.bin.journal import JournalCard, day_words
from desktop.ui.records.kinds import kind_name
from desktop.ui.records.tables import settle_table
from desktop.ui.screen.exchange_words import when_words
from desktop.ui.screen.workspace import Desk, Workspace
from desktop.ui.widgets.basics import Card, Empty, SearchBox, button, label
from desktop.ui.widgets.layout.tab import TabGroup
from desktop.ui.widgets.lists.columns import Column
from desktop.ui.widgets.lists.table import Table
from desktop.ui.widgets.theme import scaled


def deleted_words(row: BinRow, today: date) -> str:
    """When it was deleted: the day and the hour, or the month where no more is kept."""
    return (when_words(row.deleted_at, today) if row.day_known
            else month_label(f"{row.deleted_at:%Y-%m}"))


def _left(row: BinRow) -> str:
    # For what tells the month alone, the day of its deletion is not told in this way either.
    days = row.days_left if row.day_known else KEPT_DAYS
    if not days:
        return _("next opening")
    return (ngettext("{count} day", "{count} days", days).format(count=days) if row.day_known
            else _("30 days at most"))


class EraseQuestion(Card):
    """Says what erasing does and what it does not, and asks; in the page, for nothing here opens a
    window."""

    def __init__(self, erase: Callable[[], None], keep: Callable[[], None]) -> None:
        super().__init__(margins=14)
        self.row: BinRow | None = None
        self.told = label("", wrap=True)
        self.box.addWidget(self.told)
        self.after = label(_(
            "The other computers erase it at their next exchange, even what is written on it there "
            "meanwhile. Still to be found afterwards: the backups already made, what was printed "
            "or saved, and, for a month or more, the sealed packages and snapshots of the shared "
            "folder, which only the computers of the collective can open."), "muted", wrap=True)
        self.box.addWidget(self.after)
        line = QHBoxLayout()
        self.keep_button = button(_("Keep it"), keep, tip=_("Escape"))
        line.addWidget(self.keep_button)
        self.erase_button = button(_("Erase for good"), erase, style="danger", icon_name="trash-2")
        line.addWidget(self.erase_button)
        line.addStretch(1)
        self.box.addLayout(line)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, keep,
                  context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.hide()

    def ask(self, row: BinRow) -> None:
        """Ask about one record; a first Enter erases nothing. Who may not erase it may have it
        asked."""
        self.row = row
        self.after.setVisible(row.may_erase)
        words = _("Erase for good") if row.may_erase else _("Ask for it")
        self.erase_button.setText(words)
        self.erase_button.setAccessibleName(words)
        if not row.may_erase:
            self.told.setText(_("Ask that “{words}” be erased for good? The coordination sees the "
                                "request in its bin and carries it out; until then the record "
                                "stays in the bin.").format(
                                words=row.words or _("without a title")))
            self.show()
            self.keep_button.setFocus()
            return
        told = _("Erase “{words}” for good? It is emptied at once, with all that belongs to it; "
                 "nobody can undo that.")
        named = (_("The attendance lists of past meetings keep their line, without the name.")
                 if row.kind == "person" else "")
        self.told.setText(f"{told.format(words=row.words or _('without a title'))} {named}".strip())
        self.show()
        self.keep_button.setFocus()

    def leave(self) -> None:
        """Ask no more."""
        self.row = None
        self.hide()


class BinWorkspace(Workspace):
    """The screen of the bin, reached from the settings."""

    name = "bin"
    icon = "trash-2"
    areas = frozenset(kind.area for kind in kinds()) | {AREA}
    keys = ((N_("Enter"), N_("bring the chosen record back")),
            (N_("Del"), N_("erase the chosen record for good, after a question")))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Bin"))
        self.search = SearchBox(_("Search in the bin"))
        self.search.setMinimumWidth(scaled(240))
        self.restore_button = button(_("Restore"), self.restore, style="primary",
                                     icon_name="undo-2", tip=_("Enter"))
        self.header.addWidget(button(_("Settings"), lambda: desk.go("settings"), style="quiet",
                                     icon_name="chevron-left"))
        self.header.addWidget(self.search)
        erases = may(desk.vault.identity.roles, "", Verb.ERASE)
        self.erase_button = button(_("Erase for good…") if erases else _("Ask that it be erased…"),
                                   self.ask, style="danger",
                                   icon_name="x", tip=_("Del"))
        self.header.addWidget(self.erase_button)
        self.header.addWidget(self.restore_button)
        views = QHBoxLayout()
        self.views = TabGroup(self, [_("Deleted records"), _("Journal of this computer")])
        self.views.choose(0)
        for tab in self.views.tabs:
            views.addWidget(tab)
        views.addStretch(1)
        self.page.addLayout(views)
        self.about = label("", "muted", wrap=True)
        self.page.addWidget(self.about)
        self.question = EraseQuestion(self.erase, self.keep)
        self.page.addWidget(self.question)
        self.table = Table(_("Deleted records"), (
            Column[BinRow](_("What it is"), lambda row: row.words or _("without a title"),
                           strong=True),
            Column[BinRow](_("Kind"), lambda row: kind_name(row.kind),
                           tone=lambda row: "neutral", width=190),
            Column[BinRow](_("Deleted on"), lambda row: deleted_words(row, desk.today()),
                           key=lambda row: row.deleted_at,
                           width=170),
            Column[BinRow](_("Erased in"), _left, key=lambda row: row.days_left, width=130),
            Column[BinRow](_("By"), lambda row: row.by, width=190),
            Column[BinRow](_("Asked"), lambda row: _("to erase for good") if row.asked else "",
                           tone=lambda row: "warn",
                           width=150)))
        settle_table(desk, "bin", self.table)
        self.body = QStackedWidget()
        card = Card(margins=6)
        card.box.setContentsMargins(6, 6, 6, 6)
        card.box.addWidget(self.table)
        self.body.addWidget(card)
        nothing = Card()
        nothing.box.addWidget(Empty("trash-2", _("The bin is empty"),
                                    _("A record that you delete comes here, and can be brought "
                                      "back for 30 days.")))
        self.body.addWidget(nothing)
        self.journal = JournalCard(desk)
        self.body.addWidget(self.journal)
        self.page.addWidget(self.body, 1)
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self.table.setFocus)
        self.table.opened.connect(lambda _row: self.restore())
        self.table.installEventFilter(self)
        self.views.idToggled.connect(lambda _id, on: self.refresh() if on else None)

    def show_part(self, name: str) -> None:
        self.views.choose(1 if name == "journal" else 0)

    def refresh(self) -> None:
        vault = self.desk.vault
        rows = vault.ask(bin_of, self.desk.now().astimezone(UTC), language(), vault.identity)
        at = self.table.currentIndex().row()
        self.table.set_rows(rows)
        journal = bool(self.views.checkedId())
        if journal:
            self.journal.show_entries()
        self.body.setCurrentIndex(2 if journal else 0 if rows else 1)
        self.about.setVisible(bool(rows) or journal)
        self.about.setText(
            " ".join(
                (_("What was printed, exported, copied, published or erased on this computer: who, "
                   "when, of what kind and how many; nothing of what it held."),
                 *self._left_words(vault.ask(left_on_folder)))) if journal
            else _("What is deleted stays here for 30 days. Enter brings the chosen line back, for "
                   "everyone."))
        for widget in (self.search, self.erase_button, self.restore_button):
            widget.setVisible(not journal)
        if (self.question.row is not None
            and (journal or self.question.row.id not in {row.id for row in rows})):
            self.question.leave()
        self._choose(at)

    def _left_words(self, left: Left) -> list[str]:
        """Return what the shared folder still holds of it, as far as this computer knows."""
        if left.since and not left.without:
            return [_("The shared folder still holds, sealed, what was erased since {date}: within "
                      "some five weeks a computer of the coordination makes a snapshot without it.")
                    .format(date=day_words(left.since))]
        if left.without and left.older:
            return [_("A snapshot of {date} is without it; the older ones and their packages leave "
                      "the shared folder a month later, when enough computers have compared it.")
                    .format(date=day_words(left.without))]
        if left.without:
            return [_("The snapshot of {date} on the shared folder is without it, and no older one "
                      "is left.").format(
                          date=day_words(left.without))]
        return []

    def _on_search(self, words: str) -> None:
        self.table.filter_by(words)
        self._choose(0)

    def _choose(self, at: int) -> None:
        """Have one line chosen where there is any: the one that was, else the one now in its
        place."""
        shown = self.table.rows.rowCount()
        if self.table.current_row() is None and shown:
            self.table.selectRow(min(max(at, 0), shown - 1))
        self.restore_button.setEnabled(shown > 0)
        self.erase_button.setEnabled(shown > 0)

    def _take_hand(self) -> None:
        """Give the focus to the list, or, where nothing is left in it, to what is shown of it."""
        (self.table if self.table.rows.rowCount()
         else self.views.tabs[self.views.checkedId()]).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._take_hand()

    def restore(self) -> None:
        """Bring the chosen record back; the message offers to delete it again."""
        row = self.table.current_row()
        if row is None:
            return
        self.desk.vault.do(restore_record, row.id)
        self.refresh()
        self._take_hand()
        self.desk.messages.say(_("Brought back: {words}")
                               .format(words=row.words or _("without a title")),
                               lambda: self.desk.vault.do(delete_record, row.id))

    def ask(self) -> None:
        """Ask, below the title, whether the chosen record is to be erased for good."""
        row = self.table.current_row()
        if row is not None and not self.views.checkedId():
            self.question.ask(row)

    def keep(self) -> None:
        """Erase nothing."""
        self.question.leave()
        self._take_hand()

    def erase(self) -> None:
        """Erase the record that was asked about, and what goes with it."""
        row = self.question.row
        if row is None:
            return
        self.question.leave()
        vault = self.desk.vault
        if not row.may_erase:
            vault.do(ask_to_erase, row.id)
            self.refresh()
            self._take_hand()
            self.desk.messages.say(_("The coordination is asked to erase it: {words}").format(
                words=row.words or _("without a title")))
            return
        vault.do(erase_record, row.id)
        vault.clear_log()
        self.refresh()
        self._take_hand()
        self.desk.messages.say(_("Erased for good: {words}")
                               .format(words=row.words or _("without a title")))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (watched is self.table and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
                and event.key() == Qt.Key.Key_Delete):
            self.ask()
            return True
        return super().eventFilter(watched, event)

    def start_search(self) -> None:
        self.search.setFocus()
