"""The kit of the collective: three sheets that bring it back; made, tried, and used to take the
coordination over."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout

from desktop.base.dates.french import long_date
from desktop.base.errors import AppError
from desktop.base.home.files import write_atomically
from desktop.base.i18n import _
from desktop.commands.journal import append
from desktop.models.states import JournalWhat
from desktop.queries.directory import collective_name
from desktop.queries.sync import sync_state
from desktop.sync.trust.links import own_key
from desktop.sync.trust.state import current_roster
from desktop.tasks.kit import kit_dates, make_kit, take_over, try_kit
from desktop.tasks.removal import computers
from desktop.tasks.shared_folder import open_store
from desktop.ui.jobs.lanes import Lane
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, button, empty_layout, label
from desktop.ui.widgets.clipboard import keep_secret
from desktop.ui.widgets.fields.files import ask_target
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.tab_order import lead_to

YEAR = 365


class SheetFields(QVBoxLayout):
    """Two sheets, as they are copied from paper."""

    def __init__(self, entered: Callable[[], None]) -> None:
        super().__init__()
        self.fields: list[QLineEdit] = []
        for number in (1, 2):
            title = _("Code of one sheet") if number == 1 else _("Code of another sheet")
            field = QLineEdit()
            field.setAccessibleName(title)
            field.returnPressed.connect(partial(self._on_enter, entered))
            self.addWidget(label(title, "small"))
            self.addWidget(field)
            self.fields.append(field)

    def _on_enter(self, entered: Callable[[], None]) -> None:
        empty = next((field for field in self.fields if not field.text().strip()), None)
        if empty is None:
            entered()
        else:
            empty.setFocus()

    def codes(self) -> tuple[str, str]:
        """Return what was typed."""
        return self.fields[0].text(), self.fields[1].text()


class KitCard(Card):
    """For the coordination: it is asked for once a year, and when the coordinator's computer is
    lost."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("If every computer is lost"))
        self.desk = desk
        self._inside = QVBoxLayout()
        self._inside.setSpacing(8)
        self.box.addLayout(self._inside)
        self._codes: list[str] = []
        self._asking = ""
        self._trying: QPushButton | None = None

    def refresh(self) -> None:
        """Show where things stand."""
        if self._codes or self._asking:
            return
        empty_layout(self._inside)
        vault = self.desk.vault
        found = vault.ask(computers, own_key(vault), vault.identity.writer)
        holds = any(computer.is_here and computer.holds_root for computer in found)
        self.setVisible(bool(found))
        self._inside.addWidget(label(_(
            "Three sheets of paper, kept by three people: any two of them bring the collective "
            "back on a new computer, or let a colleague take the coordination over."), "muted",
                                     wrap=True))
        line = Flow()
        if holds:
            self._inside.addWidget(label(self._state(), wrap=True))
            line.addWidget(
                button(_("Make the three sheets"), self.make, style="primary", icon_name="printer"))
        self._trying = button(_("Try two sheets"), partial(self._ask, "try"),
                              icon_name="shield-check")
        line.addWidget(self._trying)
        if not holds:
            line.addWidget(button(_("Take the coordination over"), partial(self._ask, "take"),
                                  icon_name="key-round"))
        line.addStretch(1)
        self._inside.addLayout(line)

    def _state(self) -> str:
        made, tried = self.desk.vault.ask(kit_dates)
        roster = self.desk.vault.ask(current_roster)
        if made is None and roster is not None and roster.kit:
            # Whoever took the coordination over did not make them: telling that there are none
            # would have them made anew, and the three people would keep paper that opens nothing.
            return _("Three sheets were made on another computer, and stay good: try two of them.")
        if made is None:
            return _("No sheets were made yet: if this computer is lost, nobody can let anyone in "
                     "any more.")
        words = _("They were made on {day}.").format(day=long_date(made))
        if tried is None or tried < made:
            return words + " " + _("Not tried yet.")
        words += " " + _("Tried on {day}.").format(day=long_date(tried))
        return words + (" " + _("That is more than a year ago: try it again.")
                        if (self.desk.today() - tried).days > YEAR else "")

    def make(self) -> None:
        """Make a kit on the shared folder, then show its codes once."""
        vault, stopped = self.desk.vault, self.desk.jobs.stopping.is_set
        self.desk.messages.say(_("Exchanging with the shared folder…"))
        self.desk.jobs.run(Lane.EXCHANGE,
                           lambda: make_kit(vault, open_store(vault, None, cancelled=stopped),
                                            self.desk.today()),
                           self._on_made, self.desk.messages.error, owner=self, again=False)

    def _on_made(self, codes: list[str]) -> None:
        if not self.desk.vault.is_open:
            return
        self._codes = codes
        empty_layout(self._inside)
        self._inside.addWidget(
            label(_("Shown this once. Print the three pages, hand them to three people, then erase "
                    "the file."),
                  wrap=True))
        for number, code in enumerate(codes, 1):
            shown = label(f"{number}.\u2002{code}", "code", wrap=True)
            keep_secret(shown)
            self._inside.addWidget(shown)
        line = Flow()
        saving = button(_("Save the sheets as PDF"), self._on_save, style="primary",
                        icon_name="download")
        line.addWidget(saving)
        line.addWidget(button(_("They are on paper"), self._put_away, icon_name="check"))
        line.addStretch(1)
        self._inside.addLayout(line)
        lead_to(saving, self)

    def _on_save(self) -> None:
        ask_target(self, _("Save the sheets as PDF"), "jeu-de-secours.pdf", "PDF (*.pdf)",
                   self.save)

    def save(self, path: str) -> None:
        """Write the three sheets as a PDF."""
        from desktop.reports.kit_sheets import KitSheets, draw

        vault = self.desk.vault
        store = vault.ask(sync_state).store or ""
        try:
            write_atomically(Path(path),
                             draw(KitSheets(self._codes, vault.ask(collective_name), store,
                                            self.desk.today())))
        except OSError as error:
            raise AppError(_("The file could not be written."),
                           _("Choose another folder.")) from error
        vault.do(append, JournalWhat.SAVED, "kit")
        self.desk.messages.say(_("Saved: {name}").format(name=Path(path).name))

    def _put_away(self) -> None:
        self._codes = []
        self.refresh()
        if self._trying is not None:
            lead_to(self._trying)

    def _ask(self, what: str) -> None:
        self._asking = what
        empty_layout(self._inside)
        taking = what == "take"
        self._inside.addWidget(label(
            _("This computer becomes the coordinator's: it lets others in and takes them out. The "
              "one that did so cannot any more. Take it out afterwards if it is lost.") if taking
            else
            _("Nothing changes: Carnet tells whether these two sheets would bring the collective "
              "back."), "muted", wrap=True))
        self.sheets = SheetFields(self.answer)
        self._inside.addLayout(self.sheets)
        line = Flow()
        line.addWidget(button(_("Take the coordination over") if taking else _("Try"), self.answer,
                              style="primary"))
        line.addWidget(button(_("Cancel"), self._leave))
        line.addStretch(1)
        self._inside.addLayout(line)
        lead_to(self.sheets.fields[0], self)

    def _leave(self) -> None:
        self._asking = ""
        self.refresh()
        if self._trying is not None:
            lead_to(self._trying)

    def answer(self) -> None:
        """Try the two sheets, or use them."""
        vault, (first,
                second), stopped = self.desk.vault, self.sheets.codes(), self.desk.jobs.stopping.is_set
        if self._asking == "try":
            self.desk.jobs.run(Lane.EXCHANGE, lambda: try_kit(vault, first, second, self.desk.today()),
                               lambda _none: self._on_answered(
                                   _("These two sheets would bring the collective back.")),
                               self.desk.messages.error, owner=self)
            return
        self.desk.jobs.run(Lane.EXCHANGE,
                           lambda: take_over(vault, open_store(vault, None, cancelled=stopped),
                                             first, second, []),
                           lambda _roster: self._on_answered(
                               _("This computer holds the coordination now.")),
                           self.desk.messages.error, owner=self, again=False)

    def _on_answered(self, words: str) -> None:
        if self.desk.vault.is_open:
            self.desk.messages.say(words)
            self._leave()
            self.desk.jobs.on_vault_changed(frozenset({"sync"}))
