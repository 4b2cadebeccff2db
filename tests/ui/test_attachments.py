"""Files joined to a meeting by window: joined, saved again, taken off and brought back."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.queries.attachments import attachments_of
from desktop.queries.minutes import minutes_of
from desktop.ui.attachments import AttachmentsCard, size_in_words
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.vault import Vault
from tests.ui.collective import fill
from tests.window import press, settle, shown


def test_a_scan_is_joined_saved_and_taken_off(qtbot: QtBot, vault: Vault, home: Home, tmp_path: Path) -> None:
    small = fill(vault)
    scan = tmp_path / "Feuille d’émargement signée, séance de novembre, avec un nom très long.pdf"
    scan.write_bytes(b"%PDF-1.7 scan" * 100_000)
    with shown(home, vault) as window:
        window.go("meetings", small.meeting)
        screen = window.current
        assert isinstance(screen, MeetingsWorkspace)
        screen.show_tab(2)
        settle()
        card = screen.findChild(AttachmentsCard)
        assert card is not None
        dropped = QMimeData()
        dropped.setUrls([QUrl.fromLocalFile(str(scan))])
        held = (Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(card, QDragEnterEvent(QPoint(5, 5), *held))
        QApplication.sendEvent(card, QDropEvent(QPointF(5, 5), *held))
        qtbot.waitUntil(lambda: len(vault.ask(attachments_of, small.meeting)) == 1)
        (row,) = vault.ask(attachments_of, small.meeting)
        assert row.name in vault.ask(minutes_of, small.meeting, "diffusion").annexes
        target = tmp_path / "copie.pdf"
        card.save(row, str(target))
        qtbot.waitUntil(target.exists)
        assert target.read_bytes() == scan.read_bytes()
        settle()
        shown_card = screen.findChild(AttachmentsCard)
        assert shown_card is not None
        off = next(made for made in screen.findChildren(QPushButton) if made.isVisible()
                   and made.accessibleName().startswith("Retirer") and "Feuille" in made.accessibleName())
        off.setFocus()
        press(off, Qt.Key.Key_Space)
        settle()
        assert vault.ask(attachments_of, small.meeting) == []
        window.current.desk.undo(vault.history.last)
        assert len(vault.ask(attachments_of, small.meeting)) == 1


def test_a_file_that_is_gone_is_told(qtbot: QtBot, vault: Vault, home: Home, tmp_path: Path) -> None:
    small = fill(vault)
    with shown(home, vault) as window:
        window.go("meetings", small.meeting)
        screen = window.current
        assert isinstance(screen, MeetingsWorkspace)
        screen.show_tab(2)
        settle()
        card = screen.findChild(AttachmentsCard)
        assert card is not None
        card.join(str(tmp_path / "absent.pdf"))
        qtbot.waitUntil(window.messages.isVisible)
        assert vault.ask(attachments_of, small.meeting) == []


def test_sizes_are_said_in_words() -> None:
    assert [size_in_words(size) for size in (1, 120_400, 3_440_000)] == ["1 ko", "120 ko", "3,4 Mo"]
