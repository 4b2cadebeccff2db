"""What is typed in a form and not yet saved: kept in the vault within two seconds, given back after
the lock or a kill."""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from desktop.commands.drafts import keep_drafts, read_drafts
from desktop.ui.jobs.jobs import Jobs, ShortTask
from desktop.ui.screen.workspace import Workspace
from desktop.vault.vault import Vault

KEPT_WITHIN_MS = 1_500


class Drafts(QObject):
    """Looks at the screens in turn; `screens` gives those that are made, `make` one by its name."""

    def __init__(self, parent: QObject, vault: Vault, jobs: Jobs,
                 screens: Callable[[], Iterable[Workspace]],
                 make: Callable[[str], Workspace]) -> None:
        super().__init__(parent)
        self._vault, self._jobs, self._screens, self._make = vault, jobs, screens, make
        self._kept: dict[str, Any] = vault.ask(read_drafts)
        self._keeping: ShortTask[dict[str, Any]] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(KEPT_WITHIN_MS)
        self._timer.timeout.connect(self._keep_behind)

    def give_back(self) -> list[str]:
        """Put what was kept in its forms again, then watch; the names of the screens that hold a
        draft."""
        found = dict(self._kept)
        for name, draft in found.items():
            self._make(name).take_draft(draft)
        self._timer.start()
        return list(found)

    def keep(self) -> None:
        """Write what is typed and not saved, now, if it has changed."""
        if not self._vault.is_open:
            self._timer.stop()
            return
        if self._keeping is not None:
            self._keeping.finish()
        keep = self._writing()
        if keep is not None:
            self._on_kept(keep())

    def _keep_behind(self) -> None:
        """Do the same, while one goes on typing."""
        if not self._vault.is_open:
            self._timer.stop()
        elif self._keeping is None or self._keeping.is_over:
            keep = self._writing()
            if keep is not None:
                self._keeping = self._jobs.run_short(keep, self._on_kept, owner=self)

    def _writing(self) -> Callable[[], dict[str, Any]] | None:
        vault = self._vault
        drafts = {screen.name: draft for screen in self._screens()
                  if (draft := screen.draft()) is not None}
        if drafts == self._kept:
            return None

        def keep() -> dict[str, Any]:
            vault.do(keep_drafts, drafts)
            return drafts

        return keep

    def _on_kept(self, drafts: dict[str, Any]) -> None:
        self._kept = drafts
