"""Reminders in the window: noted from the accord and from the paper, read beside them, listed,
corrected and undone."""

import uuid

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.accords import ask_accord
from desktop.commands.actions import create_action
from desktop.models.states import POLITIQUE_DE_LA_VILLE
from desktop.queries.reminders import reminders_of
from desktop.ui.charter.workspace import CharterWorkspace
from desktop.ui.records.parts import Parts
from desktop.ui.screen.printing import DocumentDialog
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.ui.collective import Small
from tests.window import settle, shown


@pytest.fixture
def action(vault: Vault, small: Small) -> uuid.UUID:
    return vault.do(create_action, "Former les gardiens", funding=POLITIQUE_DE_LA_VILLE,
                    owner_organisation_id=str(small.organisations[0]), due_on="2020-01-10")


def sheet(window: MainWindow) -> Parts:
    extra = window.current.register.extra  # type: ignore[union-attr]
    assert isinstance(extra, Parts)
    return extra


def words(parts: Parts) -> str:
    return " ".join(label.text() for label in parts.findChildren(QLabel) if label.isVisible())


def test_an_accord_says_who_reminded_of_it_and_the_undo_takes_it_back(
        qtbot: QtBot, home: Home, vault: Vault, action: uuid.UUID) -> None:
    vault.do(ask_accord, {"action_id": str(action), "party": "etat"})
    with shown(home, vault) as window:
        window.go("actions", action)
        settle()
        (remind,) = (b for b in sheet(window).findChildren(QPushButton) if b.text() == "Relancer")
        remind.click()
        settle()
        (row,) = window.vault.ask(reminders_of)
        said = words(sheet(window))
        assert "relancé le" in said and "Relances" in said and row.by in said
        window.desk.undo(None)
        settle()
        assert window.vault.ask(reminders_of) == [] and "Relances" not in words(sheet(window))


def test_the_message_that_is_copied_notes_the_reminder_in_the_list(
        qtbot: QtBot, home: Home, vault: Vault, small: Small, action: uuid.UUID) -> None:
    with shown(home, vault) as window:
        window.go("charter")
        settle()
        screen = window.current
        assert isinstance(screen, CharterWorkspace) and window.work is not None
        screen.register.open_record(small.organisations[0])
        window.work.documents()
        dialog = window.findChild(DocumentDialog)
        assert isinstance(dialog, DocumentDialog)
        dialog.kind.set_value("reminder")
        qtbot.waitUntil(lambda: dialog.drawn is not None)
        (copy,) = (b for b in dialog.findChildren(QPushButton)
                   if b.text().endswith("Copier le texte du message"))
        copy.click()
        qtbot.waitUntil(lambda: bool(window.vault.ask(reminders_of)))
        dialog.reject()
        settle()
        (row,) = window.vault.ask(reminders_of)
        assert (row.how == "message" and "retard" in row.about
                and "Former les gardiens" in row.titles)
        assert row.organisation in words(sheet(window))
        screen.show_tab(2)
        settle()
        register = screen.registers[2]
        assert register.table.current_row() == row
        register.edit(row.id)
        assert register.form is not None
        register.form.set_values(register.form.values() | {"remark": "Réponse promise"})
        register.save()
        settle()
        assert window.vault.ask(reminders_of)[0].remark == "Réponse promise"
