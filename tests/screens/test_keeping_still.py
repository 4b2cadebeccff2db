"""News come in while one is anywhere in any screen: the same field, the same cursor, the same
choice, the same text."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from gallery.walk import places
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from desktop.base.paths import Home
from desktop.commands.meetings import add_agenda_item
from desktop.commands.records import add_record, edit_record
from desktop.models.record import RECORDS, fields_of
from desktop.ui.jobs.lanes import Lane
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.length import AT_LENGTH
from tests.ui.collective import Small, fill
from tests.window import settle, shown

NOT_WRITTEN = {"minutes_version", "note_block", "note_update", "sheet", "term", "attachment",
               "collective"}
"""Kinds whose texts no colleague edits by hand."""
TYPED = QLineEdit | QPlainTextEdit | QTextEdit | QComboBox | QAbstractSpinBox | QAbstractItemView
MARK = re.compile(r" ·\d+")
FROM_BELOW = ("code", "handle", "number", "order", "fingerprint", "correction", "facts_period",
              "version", "hash")


def stir(session: Any, number: int, small: Small) -> None:
    """What a colleague's exchange may bring at once: a text of each kind of record is another, a
    few are new."""
    for kind, cls in RECORDS.items():
        if kind in NOT_WRITTEN:
            continue
        names = [f.name for f in fields_of(cls)
                 if f.kind == "text" and not any(part in f.name for part in FROM_BELOW)]
        # The youngest are those that are shown first.
        for record in session.scalars(select(cls).where(cls.deleted.is_not(True))
                                      .order_by(cls.id.desc()).limit(2 if AT_LENGTH else 1)):
            for name in names[:1]:
                before = getattr(record, name)
                if before:
                    edit_record(session, record.id, {name: f"{MARK.sub('', before)} ·{number}"})
    if number % 5 == 0:
        add_agenda_item(session, small.meeting, f"Point d’un collègue {number}", minutes=5)
        add_record(session, "action",
                   {"title": f"Action d’un collègue {number}", "state": "proposee"})
        add_record(session, "person", {"given_name": "Aaron", "family_name": f"Aaa{number}"})


def bring(qtbot: QtBot, window: MainWindow, vault: Vault, small: Small, number: int) -> None:
    """The news of an exchange, told at its end."""
    ended: list[object] = []
    window.jobs.run(Lane.EXCHANGE, lambda: vault.do(stir, number, small), ended.append,
                    owner=window)
    qtbot.waitUntil(lambda: bool(ended))
    for _turn in range(3):
        settle()


def plain(text: str) -> str:
    return MARK.sub("", text)


def hand() -> tuple[object, ...]:
    """Where the person is, in words that news may not change."""
    field = QApplication.focusWidget()
    if field is None:
        return ("nowhere",)
    owner = field.parentWidget()
    name = plain(field.accessibleName() or field.objectName())
    said: tuple[object, ...] = ()
    if isinstance(field, QLineEdit):
        said = (field.text(), field.cursorPosition())
        if isinstance(owner, QComboBox):
            said = (*said, str(owner.currentData()))
    elif isinstance(field, QPlainTextEdit | QTextEdit):
        said = (plain(field.toPlainText()), field.textCursor().position())
    elif isinstance(field, QComboBox):
        said = (str(field.currentData()), field.count() > 0)
    elif isinstance(field, QAbstractSpinBox):
        said = (field.text(),)
    elif isinstance(field, QAbstractItemView):
        said = (chosen_in(field),)
    return (type(field).__name__, name, *said)


def chosen_in(view: QAbstractItemView) -> object:
    row = view.currentIndex().data(Qt.ItemDataRole.UserRole)
    return (getattr(row, "id", None) or getattr(row, "person_id", None)
            or plain(str(view.currentIndex().data())))


def stops(page: QWidget) -> Iterator[QWidget]:
    """The fields of a page in which one can be, now."""
    for widget in page.findChildren(QWidget):
        if (widget.isVisibleTo(page) and widget.isEnabled()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
                and not isinstance(widget, QScrollArea) and widget.focusProxy() is None):
            yield widget


def type_something(field: QWidget) -> None:
    """A word that nobody has kept yet."""
    if isinstance(field, QLineEdit) and not field.isReadOnly():
        field.setCursorPosition(0)
        field.insert("mots ")
        field.setModified(True)
        field.setCursorPosition(2)


@pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise", "grabbing the keyboard")
def test_news_move_neither_field_nor_cursor_nor_choice_nor_text(qtbot: QtBot, vault: Vault,
                                                                home: Home) -> None:
    small, moved, number, tried, seen = fill(vault), [], 0, 0, set()
    with shown(home, vault) as window:
        window.go("meetings", small.meeting)
        for place, page in places(window):
            if page is not window or window.current is None:
                continue
            fields, at = list(stops(page)), -1
            while (at := at + 1) < len(fields):
                field = fields[at]
                known = (type(window.current), type(field), plain(field.accessibleName()))
                if not AT_LENGTH and (known in seen or (not isinstance(field, TYPED) and at % 31)):
                    continue
                seen.add(known)
                field.setFocus(Qt.FocusReason.TabFocusReason)
                if QApplication.focusWidget() is not field:
                    fields = list(stops(page))
                    continue
                type_something(field)
                before = hand()
                number, tried = number + 1, tried + 1
                bring(qtbot, window, vault, small, number)
                if hand() != before:
                    moved.append(f"{place}: {before} -> {hand()}")
                field = QApplication.focusWidget() or field
                if isinstance(field, QLineEdit) and field.isModified():
                    field.undo()
                fields = list(stops(page))
    assert tried > 60
    assert not moved, "\n".join(moved)
