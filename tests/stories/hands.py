"""A person at a laptop: sees what the window shows, clicks where it can be clicked, types where the
cursor stands."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from gallery.window import settle, shown, wait
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from desktop.base.paths import Home
from desktop.ui.window.main_window import MainWindow
from tests.conftest import PASSPHRASE
from tests.keyboard import FRENCH, type_on

W = TypeVar("W", bound=QWidget)


def plain(text: str) -> str:
    """Words without the spaces of French typography, nor the thin one beside a drawing."""
    return " ".join(text.replace("\u202f", " ").replace("\u2009", " ").split())


class Hands:
    """One person before one window; everything is found by the words on the screen, French as they
    are read."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    @property
    def top(self) -> QWidget:
        """What takes the keys: an open dialog, else the window."""
        opened = [d for d in self.window.findChildren(QDialog) if d.isVisible()]
        return opened[-1] if opened else self.window

    def _all(self, kind: type[W]) -> list[W]:
        return [w for w in self.top.findChildren(kind) if w.isVisible()]

    def _one(self, kind: type[W], name: str) -> W:
        named = [w for w in self._all(kind) if plain(w.accessibleName()) == name and w.isEnabled()]
        if not named:
            raise AssertionError(f"« {name} » is not on the screen; there are "
                                 f"{sorted(set(self.names()))}")
        return named[0]

    def names(self) -> list[str]:
        """The accessible names of what is on the screen."""
        return [plain(w.accessibleName()) for w in self._all(QWidget) if w.accessibleName()]

    def wait(self, until: Callable[[], bool]) -> None:
        """Wait for something that the computer does by itself."""
        try:
            wait(until)
        except TimeoutError as error:
            raise AssertionError(f"waited in vain before: {self.screen()}") from error

    def save_under(self, path: Path) -> None:
        """Type a path into the system's question where to save, which is coming."""
        self.wait(lambda: isinstance(self.top, QFileDialog))
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit), field
        field.selectAll()
        self.type(f"{path}\n")
        self.wait(path.exists)

    def _press_at(self, widget: QWidget, at: QPoint) -> None:
        """A click of the mouse through the system's window, where this widget must really be on
        top."""
        widget.window().activateWindow()
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget)
                settle()
            parent = parent.parentWidget()
        frame = widget.window()
        inside = widget.mapTo(frame, at)
        met = frame.childAt(inside)
        assert met is not None and (met is widget or widget.isAncestorOf(met)), \
            f"{widget.accessibleName()} is covered by {met}"
        QTest.mouseClick(frame.windowHandle(), Qt.MouseButton.LeftButton,
                         Qt.KeyboardModifier.NoModifier, inside)
        settle()

    def click(self, name: str) -> None:
        """Click on a button by its words."""
        found = self._one(QAbstractButton, name)
        self._press_at(found, found.rect().center())

    def go(self, title: str) -> None:
        """Click on a screen of the rail."""
        work = self.window.work
        assert work is not None, "the window is locked"
        for rail in (work.upper_rail, work.lower_rail):
            for row in range(rail.count()):
                if plain(rail.item(row).text()) == title:
                    self._press_at(rail.viewport(), rail.visualItemRect(rail.item(row)).center())
                    return
        raise AssertionError(f"no screen « {title} »")

    def pick(self, view: str, words: str) -> None:
        """Click on the line of a list or a table that holds these words."""
        found = self._one(QAbstractItemView, view)
        for index in lines_of(found):
            if words in plain(str(index.data() or "")):
                found.scrollTo(index)
                self._press_at(found.viewport(), found.visualRect(index).center())
                return
        raise AssertionError(f"« {words} » is not in « {view} »: "
                             f"{[plain(str(i.data())) for i in lines_of(found)]}")

    def write(self, name: str, text: str) -> None:
        """Click in a field and type; a line break is Enter."""
        found: QWidget = self._one(QWidget, name)
        self._press_at(found.viewport() if isinstance(found, QPlainTextEdit | QTextEdit) else found,
                       QPoint(12, min(14, found.height() // 2)))
        assert found.hasFocus(), f"{name} did not take the focus"
        if isinstance(found, QLineEdit):
            found.selectAll()
        self.type(text)

    def type(self, text: str) -> None:
        """Type where the cursor stands, on a French keyboard."""
        focus = QApplication.focusWidget()
        assert focus is not None
        type_on(FRENCH, focus, text)
        settle()

    def choose(self, name: str, words: str) -> None:
        """Choose in a closed list by typing the first letters."""
        found = self._one(QComboBox, name)
        found.setFocus(Qt.FocusReason.TabFocusReason)
        self.type(words)
        assert plain(found.currentText()).startswith(words), found.currentText()
        self.keys(Qt.Key.Key_Return)

    def keys(self, key: Qt.Key,
             modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys, shortcuts included."""
        self.top.activateWindow()
        QTest.keyClick(self.top.windowHandle(), key, modifiers)
        settle()

    def answer_file(self, path: Path) -> None:
        """Type a path in the file dialog that is open, and Enter."""
        self.wait(lambda: isinstance(self.top, QFileDialog))
        dialog = self.top
        field = next(w for w in dialog.findChildren(QLineEdit) if w.objectName() == "fileNameEdit")
        self._press_at(field, field.rect().center())
        field.selectAll()
        self.type(str(path))
        assert field.hasFocus() and field.text() == str(path)
        self.keys(Qt.Key.Key_Return)
        self.wait(lambda: self.top is self.window)

    def screen(self) -> str:
        """All the words that are on the screen."""
        words = [w.text() for kind in (QLabel, QAbstractButton, QLineEdit) for w in self._all(kind)]
        words += [w.toPlainText() for kind in (QPlainTextEdit, QTextEdit) for w in self._all(kind)]
        words += [w.currentText() for w in self._all(QComboBox)]
        for view in self._all(QAbstractItemView):
            words += [str(index.data() or "") for index in lines_of(view)]
        return plain(" | ".join(words))

    def said(self, words: str) -> None:
        """Wait for a message at the bottom of the window."""
        self.wait(lambda: words in plain(self.window.messages.text))

    # What several stories share

    def passphrase_and_code(self) -> None:
        """The passphrase twice, then two parts of the recovery code read from the screen and typed
        back."""
        self.passphrase_twice()
        self.wait(lambda: "Votre clé de secours" in self.screen())
        self.type_the_code()

    def passphrase_twice(self) -> None:
        """The passphrase that is chosen, and Enter."""
        self.write("Phrase de passe", PASSPHRASE)
        self.write("La même encore une fois", PASSPHRASE + "\n")

    def type_the_code(self) -> None:
        """Two parts of the recovery code, read from the screen and typed back."""
        code = self._one(QLabel, "Clé de secours").text().replace("-", " ").split()
        for field in [w for w in self._all(QLineEdit) if w.accessibleName().startswith("Partie ")]:
            number = int(field.accessibleName().split()[1])
            self.write(plain(field.accessibleName()), code[number - 1].lower())
        self.click("Continuer")

    def exchange(self) -> None:
        """One round, from the screen of synchronisation."""
        self.go("Synchronisation")
        self.click("Échanger maintenant")
        self.said("Échange fait")
        self.window.messages.text = ""


def lines_of(view: QAbstractItemView) -> Iterator[QModelIndex]:
    """Every cell that a list or a table shows."""
    model = view.model()
    if model is None:
        return
    for row in range(model.rowCount()):
        column = 0
        while model.hasIndex(row, column):
            yield model.index(row, column)
            column += 1


@contextmanager
def at_laptop(folder: Path) -> Iterator[Hands]:
    """Somebody before a new laptop, whose profile will be in `folder`."""
    with shown(Home(folder), None) as window:
        yield Hands(window)
