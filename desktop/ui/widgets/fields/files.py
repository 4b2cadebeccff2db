"""Asking for a folder or a file with Qt's own dialog, without stopping the program while it is
open."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

Chosen = Callable[[str], None]


def _open(dialog: QFileDialog, chosen: Chosen) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(chosen)
    dialog.open()


def ask_folder(parent: QWidget, title: str, chosen: Chosen) -> None:
    """Ask for a folder that exists."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    _open(dialog, chosen)


def ask_file(parent: QWidget, title: str, chosen: Chosen, kinds: str = "") -> None:
    """Ask for a file that exists; `kinds` is a filter as Qt writes it: "CSV (*.csv)"."""
    dialog = QFileDialog(parent, title, "", kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _open(dialog, chosen)


def ask_target(parent: QWidget, title: str, name: str, kinds: str, chosen: Chosen) -> None:
    """Ask for a file to write, `name` being proposed; Qt asks before another is replaced."""
    dialog = QFileDialog(parent, title, name, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(name.rsplit(".", 1)[-1])
    _open(dialog, chosen)
