"""From an empty computer to minutes that are sent, by the keyboard alone: thirty people, one
meeting, one evening."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.queries.directory import people_of
from desktop.queries.documents.frozen import versions_of
from desktop.queries.meetings.rows import meeting_detail, meetings_of
from desktop.ui.screen.printing import DocumentDialog
from tests.stories.hands import Hands, at_laptop, plain

CONTROL = Qt.KeyboardModifier.ControlModifier
PEOPLE = 30
FAMILIES = [f"{first}{last}" for first in ("Ver", "Mar", "Del", "Hau", "Lem", "Cau")
            for last in ("court", "chand", "ville", "mont", "bois")]
MOST_KEYS = 240
"""Presses of keys, the letters of what is typed among them, from the first meeting on."""


class Evening(Hands):
    """A person who counts what they press."""

    pressed = 0

    def keys(self, key: Qt.Key,
             modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.pressed += 1
        super().keys(key, modifiers)

    def type(self, text: str) -> None:
        self.pressed += len(text)
        super().type(text)

    def go(self, title: str) -> None:
        self.keys(Qt.Key.Key_K, CONTROL)
        self.type(f"{title}\n")

    def at(self) -> str:
        """The name of what has the focus."""
        focus = QApplication.focusWidget()
        return plain(focus.accessibleName()) if isinstance(focus, QWidget) else ""

    def tab_to(self, name: str, most: int) -> None:
        """Press Tab until a name has the focus, so many times at most."""
        for _press in range(most):
            if self.at().startswith(name):
                return
            self.keys(Qt.Key.Key_Tab)
        assert self.at().startswith(name), f"{most} Tabs lead to « {self.at()} », not « {name} »"


def _found(hands: Evening) -> None:
    hands.click("Créer un collectif. Vous coordonnez : vous inviterez les autres ensuite.")
    hands.click("Continuer")
    hands.write("Vos prénom et NOM", "Zoé CHÂTAIGNE\n")
    hands.passphrase_and_code()
    hands.click("Ouvrir Carnet")
    hands.wait(lambda: hands.window.is_open)


# dialogs and pop-ups under the offscreen platform
@pytest.mark.qt_log_ignore("This plugin does not support")
def test_thirty_people_meet_and_their_minutes_are_sent(qtbot: QtBot, tmp_path: Path) -> None:
    with at_laptop(tmp_path / "profile") as base:
        hands = Evening(base.window)
        _found(hands)
        vault = hands.window.vault
        hands.go("Annuaire")
        QGuiApplication.clipboard().setText("Nom\tPrénom\tStructure\tGroupe\n" + "".join(
            f"{family}\tCamille\tMaison de quartier\tPlénière du collectif\n" for family in FAMILIES))
        hands.keys(Qt.Key.Key_V, CONTROL)
        hands.wait(lambda: "Importer 30 lignes" in hands.screen())
        hands.keys(Qt.Key.Key_S, CONTROL)
        hands.wait(lambda: len(vault.ask(people_of)) == PEOPLE + 1)
        before = hands.pressed
        hands.go("Réunions")
        hands.keys(Qt.Key.Key_N, CONTROL)
        assert hands.at() == "Titre"
        hands.type("Première plénière")
        hands.tab_to("Groupe", 3)
        hands.type("Plén\n")
        hands.keys(Qt.Key.Key_S, CONTROL)
        (meeting,) = [row.id for row in vault.ask(meetings_of)]
        assert hands.at() == "Intitulé du nouveau point"
        hands.type("Tour de table\nUne charte\nProchaine réunion\n")
        hands.keys(Qt.Key.Key_G, CONTROL)
        hands.keys(Qt.Key.Key_Tab, CONTROL)
        hands.tab_to("Ouvrir la séance", 6)
        hands.keys(Qt.Key.Key_Space)
        hands.tab_to("Aujourd’hui", 6)
        hands.keys(Qt.Key.Key_Space)
        # The roll-call has the hand.
        hands.type("1-28\n")
        hands.type(f"{FAMILIES[0].lower()} e\n")
        hands.keys(Qt.Key.Key_F6)
        hands.type("Chacun dit d’où il vient.\n! Une charte sera écrite\n")
        detail = vault.ask(meeting_detail, meeting)
        assert detail is not None
        states = [row.state for row in detail.attendance]
        assert len(states) == PEOPLE and states.count("present") >= 27, states
        hands.tab_to("Clore la séance", 60)
        hands.keys(Qt.Key.Key_Space)
        hands.tab_to("Diffuser le projet", 20)
        hands.keys(Qt.Key.Key_Space)
        (dialog,) = hands.window.findChildren(DocumentDialog)
        hands.wait(dialog.save_button.isEnabled)
        hands.keys(Qt.Key.Key_Escape)
        hands.tab_to("Valider", 20)
        hands.keys(Qt.Key.Key_Space)
        hands.wait(lambda: bool(vault.ask(versions_of, meeting)))
        hands.keys(Qt.Key.Key_F9)
        (dialog,) = hands.window.findChildren(DocumentDialog)
        hands.wait(dialog.save_button.isEnabled)
        hands.keys(Qt.Key.Key_S, CONTROL)
        assert hands.pressed - before <= MOST_KEYS, hands.pressed - before
        hands.save_under(tmp_path / "cr.pdf")
