"""In the directory, one person who stands twice is told, made one, taken back by Ctrl+Z, and found by either name."""


import pytest
from PySide6.QtWidgets import QWidget

from desktop.base.paths import Home
from desktop.commands.records import add_record
from desktop.queries.directory import listed_people
from desktop.ui.directory.doubles import DoublesPanel
from desktop.ui.directory.workspace import DirectoryWorkspace
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.ui.test_sync_screen import click, words
from tests.window import settle, shown


def panel(window: MainWindow) -> QWidget:
    current = window.current
    assert isinstance(current, DirectoryWorkspace)
    settle()
    return next(found for found in current.findChildren(DoublesPanel) if found.isVisible())


@pytest.fixture
def benali(vault: Vault) -> Vault:
    for function in ("médiatrice", "médiatrice sociale"):
        vault.do(add_record, "person", {"given_name": "Fatima", "family_name": "Benali", "function": function})
    return vault


def test_two_entries_become_one_and_two_again(benali: Vault, home: Home) -> None:
    one, other = (row.id for row in benali.ask(listed_people) if row.double)
    with shown(home, benali) as window:
        window.go("directory", one)
        assert "Peut-être la même personne" in words(panel(window))
        click(panel(window), "C’est la même personne")
        assert [row.id for row in window.vault.ask(listed_people) if row.family_name == "Benali"] == [one]
        assert "Aussi dans l’annuaire" in words(panel(window))
        # Whatever still names the other entry opens the one who stands for it.
        window.go("directory", other)
        current = window.current
        assert isinstance(current, DirectoryWorkspace) and current.register.place() == one
        click(panel(window), "Ce sont deux personnes")
        assert {row.id for row in window.vault.ask(listed_people) if row.double} == {one, other}
        click(panel(window), "C’est la même personne")
        assert window.work is not None
        window.work.undo()
        settle()
        assert {row.id for row in window.vault.ask(listed_people) if row.double} == {one, other}
        assert any("doublon possible" in text for text in _cells(current))


def _cells(screen: DirectoryWorkspace) -> list[str]:
    table = screen.register.table.rows
    return [str(table.data(table.index(row, column))) for row in range(table.rowCount())
            for column in range(table.columnCount())]
