"""The whole evening by the keyboard alone: a meeting is prepared, called, held, closed, validated;
no mouse, no focus set."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.base.dates.french import long_date
from desktop.base.paths import Home
from desktop.queries.documents.frozen import versions_of
from desktop.queries.documents.minutes import minutes_of
from desktop.queries.meetings.rows import meeting_detail, meetings_of
from desktop.vault import Vault
from tests.day import TODAY
from tests.stories.hands import Hands, plain
from tests.ui.collective import fill
from tests.window import shown

CTRL = Qt.KeyboardModifier.ControlModifier
FAR = 150


class Keyboard(Hands):
    """A person without a mouse: Tab until the focus is there, then the key that does it."""

    def _reach(self, widget: QWidget) -> None:
        above = widget.parentWidget()
        if isinstance(above, QAbstractScrollArea) and above.viewport() is widget:
            widget = above
        for _press in range(FAR):
            focus = QApplication.focusWidget()
            if focus is widget or (focus is not None and widget.isAncestorOf(focus)):
                return
            self.keys(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not reach {widget.accessibleName()}")

    def _press_at(self, widget: QWidget, at: QPoint) -> None:
        group = widget.group() if isinstance(widget, QAbstractButton) else None
        if (group is not None and group.exclusive()
            and (chosen := group.checkedButton()) is not None):
            # One stop of Tab for the whole group; the arrows go on in it.
            self._reach(chosen)
            while QApplication.focusWidget() is not widget:
                self.keys(Qt.Key.Key_Right)
        self._reach(widget)
        if isinstance(widget, QAbstractButton):
            self.keys(Qt.Key.Key_Space)

    def can(self, name: str) -> bool:
        """Whether a button is there, and may be pressed."""
        return any(plain(made.accessibleName()) == name and made.isEnabled()
                   for made in self._all(QAbstractButton))

    def go(self, title: str) -> None:
        self.keys(Qt.Key.Key_K, CTRL)
        self.type(title)
        self.keys(Qt.Key.Key_Return)

    def choose(self, name: str, words: str) -> None:
        found = self._one(QComboBox, name)
        self._reach(found)
        self.type(words)
        self.keys(Qt.Key.Key_Return)

    def answer_file(self, path: Path) -> None:
        self.wait(lambda: isinstance(self.top, QFileDialog))
        field = next(w for w in self.top.findChildren(QLineEdit)
                     if w.objectName() == "fileNameEdit")
        self._reach(field)
        field.selectAll()
        self.type(str(path))
        self.keys(Qt.Key.Key_Return)
        self.wait(lambda: not isinstance(self.top, QFileDialog))


# dialogs and pop-ups under the offscreen platform
@pytest.mark.qt_log_ignore("This plugin does not support")
def test_from_the_convocation_to_the_validated_minutes(qtbot: QtBot, vault: Vault, home: Home,
                                                       tmp_path: Path) -> None:
    fill(vault)
    with shown(home, vault) as window:
        fatima = Keyboard(window)
        fatima.go("Réunions")
        fatima.keys(Qt.Key.Key_N, CTRL)
        fatima.write("Titre", "Plénière d’hiver")
        fatima.choose("Groupe", "Plén")
        fatima.write("Lieu", "Hôtel de ville, salle des mariages")
        fatima.click("Enregistrer")
        fatima.write("Intitulé du nouveau point", "Accès au logement\nQuestions diverses\n")
        fatima.choose("Personne à convoquer", "BENALI")
        fatima.type("HADD\n")
        fatima.keys(Qt.Key.Key_F9)
        fatima.wait(lambda: fatima.top is not window)
        fatima.choose("Document", "Convocation")
        fatima.wait(lambda: fatima.can("Enregistrer en PDF")
                    and fatima.can("Enregistrer pour un agenda (.ics)"))
        fatima.click("Enregistrer en PDF")
        fatima.answer_file(tmp_path / "convocation.pdf")
        fatima.wait((tmp_path / "convocation.pdf").exists)
        fatima.click("Enregistrer pour un agenda (.ics)")
        fatima.answer_file(tmp_path / "convocation.ics")
        fatima.wait((tmp_path / "convocation.ics").exists)
        fatima.click("Fermer")
        assert b"BEGIN:VCALENDAR" in (tmp_path / "convocation.ics").read_bytes()
        (meeting,) = [row.id for row in vault.ask(meetings_of) if row.title == "Plénière d’hiver"]
        fatima.click("Séance")
        fatima.click("Ouvrir la séance")
        fatima.click(f"Le jour prévu, {long_date(date.today() + timedelta(days=7))}")
        fatima.write("Appel : lettres d’un nom, puis Entrée", "*\n")
        fatima.type("+ Dupont Marie, CCAS\n")
        fatima.write("Notes : Accès au logement",
                     "Tour de table.\n> Fatima B. sous 15 j : relancer la CPAM\n! Une permanence "
                     "par mois\n~ Une dame craint zqx\n")
        fatima.click("Clore la séance")
        fatima.click("Suite")
        fatima.click("Valider le compte rendu")
        fatima.wait(lambda: bool(vault.ask(versions_of, meeting)))
        detail = vault.ask(meeting_detail, meeting)
        assert detail is not None and {row.state for row in detail.attendance} == {"present"}
        minutes = repr(vault.ask(minutes_of, meeting, "diffusion", TODAY))
        assert "elancer la CPAM" in minutes and "Une permanence" in minutes and "zqx" not in minutes
