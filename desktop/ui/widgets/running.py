"""The application that runs, for what hears of the whole of it."""

from PySide6.QtWidgets import QApplication


def running() -> QApplication:
    """Return the application; RuntimeError before there is one."""
    found = QApplication.instance()
    if not isinstance(found, QApplication):
        raise RuntimeError("no application runs yet")
    return found
