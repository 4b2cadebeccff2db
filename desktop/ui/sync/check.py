"""The check of the vault and of the shared folder: what is wrong, put right on request; and the six
words."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout

from desktop.base.errors import AppError
from desktop.base.i18n import _, ngettext
from desktop.queries.sync import sync_state
from desktop.sync.rounds.check import StoreCheck, check_server, check_vault, mend
from desktop.sync.stores.storage import CancelledError, Storage
from desktop.sync.trust.fingerprint import Fingerprint, fingerprint_of
from desktop.tasks.shared_folder import open_to_check
from desktop.ui.jobs.lanes import Lane
from desktop.ui.screen.workspace import Desk
from desktop.ui.sync.refused import STRANGE, WHY
from desktop.ui.widgets.basics import Card, button, empty_layout, label
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.tab_order import lead_to

SHOWN = 8
T = TypeVar("T")
Found = tuple[StoreCheck, StoreCheck | None]
"""What was found in the vault, and on the shared folder where there is one."""


class CheckCard(Card):
    """Nothing is changed by a check, and nothing is ever taken away by a mending."""

    _looked = Signal(int, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Verification"))
        self.desk = desk
        self._cancelled = False
        self._found: Found | None = None
        self._asked: QPushButton | None = None
        self.box.addWidget(
            label(_("Verify this vault and all that lies on the shared folder; or read the six "
                    "words aloud with a colleague: whoever has the same holds the same."), "muted",
                  wrap=True))
        line = Flow()
        self.check_button = button(_("Verify"), self.check, icon_name="shield-check")
        self.mend_button = button(_("Put right"), self.mend, style="primary", icon_name="check")
        self.words_button = button(_("The six words"), self.show_words, icon_name="key-round")
        self.cancel_button = button(_("Stop"), self.cancel, style="quiet", icon_name="x")
        for made in (self.check_button, self.mend_button, self.words_button, self.cancel_button):
            line.addWidget(made)
        line.addStretch(1)
        self.box.addLayout(line)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(_("Verification under way"))
        self.box.addWidget(self.progress)
        self.words = label("", "code", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.box.addWidget(self.words)
        self.told = label("", wrap=True)
        self.box.addWidget(self.told)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.box.addLayout(self._lines)
        self._looked.connect(self._on_looked)
        for hidden in (self.mend_button, self.cancel_button, self.progress, self.words, self.told):
            hidden.hide()

    def check(self) -> None:
        """Read everything, in the vault's thread."""
        vault, known = self.desk.vault, self.desk.vault.ask(sync_state).store is not None

        def work() -> Found:
            here = check_vault(vault, self._look)
            return here, check_server(vault, self._open(), self._look) if known else None

        self._begin(work, self._on_checked)

    def mend(self) -> None:
        """Put right what the last check found."""
        if self._found is None:
            return
        vault, (here, there) = self.desk.vault, self._found

        def work() -> tuple[list[str], Found]:
            done = mend(vault, None, here, self._look)
            if there is None:
                return done, (check_vault(vault, self._look), None)
            storage = self._open()
            done += mend(vault, storage, there, self._look)
            return done, (check_vault(vault, self._look), check_server(vault, storage, self._look))

        self._begin(work, self._on_mended)

    def show_words(self) -> None:
        """Show the fingerprint of what is held now."""
        vault = self.desk.vault
        self._begin(lambda: vault.ask(fingerprint_of), self._on_words)

    def cancel(self) -> None:
        """Stop at the next file."""
        self._cancelled = True

    def _open(self) -> Storage:
        stopping = self.desk.jobs.stopping
        return open_to_check(self.desk.vault, lambda: self._cancelled or stopping.is_set())

    def _look(self, done: int, whole: int) -> None:
        if self._cancelled or self.desk.jobs.stopping.is_set():
            raise CancelledError(_("The verification was stopped; nothing was changed."))
        if whole and (done % 20 == 0 or done == whole):
            self._looked.emit(done, whole)

    def _on_looked(self, done: int, whole: int) -> None:
        self.progress.setRange(0, whole)
        self.progress.setValue(done)

    def _begin(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        self._cancelled = False
        self.words.hide()
        self.progress.setRange(0, 0)
        self.progress.show()
        self.cancel_button.show()
        buttons = (self.check_button, self.mend_button, self.words_button)
        self._asked = next((made for made in buttons if made.hasFocus()), None)
        if self._asked is not None:
            # A button that falls asleep would throw the focus to the other end of the window.
            self.cancel_button.setFocus()
        for made in buttons:
            made.setEnabled(False)
        self.desk.jobs.run(Lane.EXCHANGE, work, lambda found: self._end(lambda: then(found)),
                           self._on_failed,
                           owner=self, again=False)

    def _end(self, then: Callable[[], None]) -> None:
        for made in (self.check_button, self.mend_button, self.words_button):
            made.setEnabled(True)
        stays = self.cancel_button.hasFocus()
        self.progress.hide()
        self.cancel_button.hide()
        then()
        if stays and self._asked is not None:
            lead_to(self.check_button if self._asked.isHidden() else self._asked, self)

    def _on_failed(self, error: AppError) -> None:
        stopped = _("The verification was stopped; nothing was changed.")
        told = (stopped if isinstance(error, CancelledError)
                else f"{error.message} {error.hint}".strip())
        self._end(lambda: self._say(told, []))

    def _on_checked(self, found: Found) -> None:
        self._found = found
        here, there = found
        problems = [*here.problems, *(there.problems if there else [])]
        packages = here.packages + (there.packages if there else 0)
        read = ngettext("{count} package verified.", "{count} packages verified.",
                        packages).format(count=packages)
        self._say(f"{read} " + (_("All is whole.") if not problems else
                                ngettext("{count} problem was found; nothing was changed.",
                                         "{count} problems were found; nothing was changed.",
                                         len(problems)).format(
                                         count=len(problems))), problems)
        self.mend_button.setVisible(here.can_mend or bool(there and there.can_mend))

    def _on_mended(self, result: tuple[list[str], Found]) -> None:
        done, found = result
        self._on_checked(found)
        self._say(" ".join(done), [*found[0].problems, *(found[1].problems if found[1] else [])])

    def _on_words(self, found: Fingerprint) -> None:
        self.words.setText(found.words)
        self.words.setAccessibleName(_("The six words"))
        # The name stands before a screen reader in place of what is written: the words are told
        # beside it.
        self.words.setAccessibleDescription(found.words)
        self.words.show()
        self._say(found.said(), [])

    def _say(self, words: str, problems: list[str]) -> None:
        self.told.setText(words)
        self.told.setVisible(bool(words))
        empty_layout(self._lines)
        for problem in problems[:SHOWN]:
            self._lines.addWidget(_small(_said(problem)))
        if len(problems) > SHOWN:
            rest = len(problems) - SHOWN
            self._lines.addWidget(
                _small(ngettext("and {count} more", "and {count} more", rest).format(count=rest)))


def _said(problem: str) -> str:
    """Return a package with its reason in words; what is in words already as it is."""
    name, _colon, reason = problem.rpartition(": ")
    return f"{name} · {_(WHY.get(reason, STRANGE)[0])}" if name.startswith("w/") else problem


def _small(text: str) -> QLabel:
    # A name without a space would stretch the card: it may be broken after its slashes and dashes.
    made = label(text.replace("/", "/\u200b").replace("-", "-\u200b"), "small", wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
