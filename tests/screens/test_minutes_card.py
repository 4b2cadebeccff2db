"""The card of the minutes says which of the texts kept were validated, and which is printed."""

import uuid
from datetime import date

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from desktop.base.paths import Home
from desktop.commands.minutes import freeze, validate
from desktop.commands.records import add_record
from desktop.queries.documents.minutes import minutes_of
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.vault import Vault
from tests.commands.test_minutes import TODAY, held
from tests.window import settle, shown


def add_unsigned(session: Session, meeting: uuid.UUID) -> None:
    add_record(session, "minutes_version", {
        "meeting_id": meeting, "number": 2, "audience": "commun", "state": "rectificatif",
        "body": "{}", "validated_on": "2026-04-02"})


def test_the_card_tells_what_nobody_validated_and_what_was_validated_twice(
        qtbot: QtBot, vault: Vault, home: Home) -> None:
    made = vault.do(held)
    vault.do(validate, made, TODAY)
    printed = vault.ask(minutes_of, made, "diffusion", TODAY)
    vault.do(freeze, made, 1, date(2026, 3, 28), None)
    vault.do(add_unsigned, made)
    assert vault.ask(minutes_of, made, "diffusion", TODAY) == printed
    with shown(home, vault) as window:
        window.go("meetings", made)
        screen = window.current
        assert isinstance(screen, MeetingsWorkspace)
        screen.show_tab(2)
        settle()
        words = [label.text() for label in screen.findChildren(QLabel) if label.isVisible()]
    said = [line for line in words if "2 avril" in line or "20 mars" in line or "28 mars" in line]
    assert len(said) == 3 and "n’est plus ce qui" in said[0]
    assert "un autre texte" in said[1] and "c’est lui qui est imprimé" in said[1]
    assert "un autre texte" in said[2] and "Celui-ci est imprimé" in said[2]
