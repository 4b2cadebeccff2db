"""Dialogs show where one is as soon as they open, and speak the language of the window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.app import CrashWindow
from desktop.base.home.settings import Settings
from desktop.ui.screen.printing import DocumentDialog
from desktop.ui.widgets.fields.files import ask_file, ask_folder, ask_target
from desktop.ui.widgets.language import speak
from desktop.ui.window.main_window import MainWindow
from tests.stories.hands import Hands, plain
from tests.ui.collective import Small
from tests.window import settle

CONTROL = Qt.KeyboardModifier.ControlModifier
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def _documents(window: MainWindow) -> None:
    Hands(window).keys(Qt.Key.Key_F9)


DIALOGS: dict[str, Callable[[MainWindow], None]] = {
    "documents": _documents,
    "a crash": lambda window: _kept(window, CrashWindow("ValueError")).open(),
    "a folder": lambda window: ask_folder(window, "Dossier", lambda _path: None),
    "a file": lambda window: ask_file(window, "Fichier", lambda _path: None, "CSV (*.csv)"),
    "a target": lambda window: ask_target(window, "Enregistrer", "/a.pdf", "PDF (*.pdf)",
                                          lambda _path: None),
}


def _kept(window: MainWindow, dialog: QDialog) -> QDialog:
    dialog.setParent(window, dialog.windowFlags())
    return dialog


@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_opens_with_the_focus_in_sight(window: MainWindow, small: Small,
                                                name: str) -> None:
    window.go("meetings", small.meeting)
    settle()
    DIALOGS[name](window)
    settle()
    (dialog,) = [made for made in window.findChildren(QDialog) if made.isVisible()]
    focus = QApplication.focusWidget()
    assert focus is not None and dialog.isAncestorOf(focus) and focus.isEnabled()
    # A preview or a text takes the keys without showing it.
    assert not isinstance(focus, QAbstractScrollArea), focus
    dialog.close()


def test_the_keys_of_the_documents_save_and_print(qtbot: QtBot, window: MainWindow, small: Small,
                                                  tmp_path: Path) -> None:
    window.go("meetings", small.meeting)
    settle()
    hands = Hands(window)
    hands.keys(Qt.Key.Key_F9)
    (dialog,) = window.findChildren(DocumentDialog)
    hands.wait(dialog.save_button.isEnabled)
    hands.keys(Qt.Key.Key_S, CONTROL)
    hands.save_under(tmp_path / "a.pdf")
    hands.keys(Qt.Key.Key_P, CONTROL)
    assert [made for made in dialog.findChildren(QPrintDialog) if made.isVisible()]


WORDS = {"fr": {"Annuler", "Enregistrer", "Fermer", "Oui"},
         "en": {"Cancel", "Save", "Close", "Yes"}}


@pytest.mark.parametrize("language", ["fr", "en", "fr"])
def test_what_qt_says_is_in_the_language_of_the_window(window: MainWindow, language: str) -> None:
    speak(language)
    one = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(one.Cancel | one.Save | one.Close | one.Yes)
    said = {button.text().replace("&", "") for button in box.buttons()}
    assert said == WORDS[language]
    line, text = QLineEdit(), QPlainTextEdit()
    copies = {menu.actions()[4].text().replace("&", "").split("\t")[0]
              for menu in (line.createStandardContextMenu(), text.createStandardContextMenu())}
    assert copies == ({"Copier"} if language == "fr" else {"Copy"})
    window.restyle(Settings(language=language))
    speak("fr")


ENGLISH = ("Look", "Files of", "Set:", "Open", "Choose", "Folder", "Page Set", "Print", "Copies of")


def test_files_and_printing_say_nothing_in_english(window: MainWindow) -> None:
    printer = QPrinter()
    chosen = [QFileDialog(window), QFileDialog(window), QPrintDialog(printer, window)]
    chosen[1].setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    for dialog in chosen:
        dialog.show()
        words = [plain(part) for widget in dialog.findChildren(QWidget)
                 for part in (widget.toolTip(), *(
                     (widget.text(),) if isinstance(widget, QLabel) else ()), *(
                     (widget.title(),) if isinstance(widget, QGroupBox) else ())) if part]
        assert words and not [word for word in words if word.startswith(ENGLISH)]
        assert any(word.replace("&", "") in ("Voir dans :", "Nom :") for word in words), words
        dialog.close()
