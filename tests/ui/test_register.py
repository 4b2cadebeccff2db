"""A register that is asked again: what is read of a record stays under the eyes of its reader while
nothing of it changed."""

import uuid

from PySide6.QtWidgets import QLabel

from desktop.base.paths import Home
from desktop.commands.actions import create_action
from desktop.commands.records import edit_record
from desktop.ui.actions.workspace import ActionsWorkspace
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.window import settle, shown


def _words(window: MainWindow) -> list[QLabel]:
    screen = window.current
    assert isinstance(screen, ActionsWorkspace)
    return [made for made in screen.register.detail.findChildren(QLabel)
            if made.isVisible() and made.text()]


def _open(window: MainWindow, record_id: uuid.UUID) -> None:
    window.go("actions", record_id)
    settle()


def test_what_is_read_stays_while_another_record_changes(vault: Vault, home: Home) -> None:
    read = vault.do(create_action, "Écrire l’affiche", description="En deux langues")
    other = vault.do(create_action, "Relancer la mairie")
    with shown(home, vault) as window:
        _open(window, read)
        before = _words(window)
        words = next(made for made in before if made.text() == "En deux langues")
        words.setSelection(0, 7)
        vault.do(edit_record, other, {"title": "Relancer la préfecture"})
        settle()
        assert _words(window) == before
        assert words.selectedText() == "En deux"


def test_what_changes_of_the_record_is_shown(vault: Vault, home: Home) -> None:
    read = vault.do(create_action, "Écrire l’affiche", description="En deux langues")
    with shown(home, vault) as window:
        _open(window, read)
        vault.do(edit_record, read, {"description": "En trois langues"})
        settle()
        texts = {made.text() for made in _words(window)}
        assert "En trois langues" in texts and "En deux langues" not in texts
        vault.undo()
        settle()
        assert "En deux langues" in {made.text() for made in _words(window)}
