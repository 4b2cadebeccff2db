"""Files joined to a meeting by window: joined, saved again, taken off and brought back."""

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QMimeData, QPoint, QPointF, Qt, QUrl, QVersionNumber
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.base.sizes import size_in_words
from desktop.queries.attachments import attachments_of
from desktop.queries.documents.minutes import minutes_of
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.ui.records.attachments import AttachmentsCard
from desktop.ui.widgets.tab_order import show_to_the_eye
from desktop.ui.widgets.theme import tokens
from desktop.vault import Vault
from tests.day import TODAY
from tests.ui.collective import fill
from tests.window import press, settle, shown


def _held(*files: Path) -> QMimeData:
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return held


def _drag(window: QWidget, kind: type[QDragMoveEvent] | type[QDragEnterEvent] | type[QDropEvent],
          at: QPoint,
          held: QMimeData) -> QDropEvent:
    """One event of a drag as the desktop gives it to the window, which finds what lies under it;
    Shift proposes a move."""
    # Up to Qt 6.11 the two that go before the drop knew whole points alone; from 6.12 on they
    # disown them.
    whole = kind is not QDropEvent and QLibraryInfo.version() < QVersionNumber(6, 12)
    event = kind(at if whole else QPointF(at),  # type: ignore[arg-type]
                 Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, held,
                 Qt.MouseButton.LeftButton,
                 Qt.KeyboardModifier.ShiftModifier)
    QApplication.sendEvent(window.windowHandle(), event)
    return event


def _middle(card: AttachmentsCard) -> QPoint:
    show_to_the_eye(card)
    settle()
    return card.mapTo(card.window(), card.rect().center())


def _drop(card: AttachmentsCard, held: QMimeData) -> None:
    at = _middle(card)
    assert _drag(card.window(), QDragEnterEvent, at, held).isAccepted()
    done = _drag(card.window(), QDropEvent, at, held)
    # Had a move been taken, the file would be erased where it came from.
    assert done.isAccepted() and done.dropAction() == Qt.DropAction.CopyAction


def test_a_file_held_over_the_card_sees_where_it_goes(qtbot: QtBot, vault: Vault, home: Home,
                                                      tmp_path: Path) -> None:
    small = fill(vault)
    scans = [tmp_path / f"scan {number}.pdf" for number in (1, 2)]
    for scan in scans:
        scan.write_bytes(b"%PDF-1.7 scan")
    words = QMimeData()
    words.setText("du texte")
    with shown(home, vault) as window:
        window.go("meetings", small.meeting)
        screen = window.current
        assert isinstance(screen, MeetingsWorkspace)
        screen.show_tab(2)
        settle()
        card = screen.findChild(AttachmentsCard)
        assert card is not None
        at, beside = _middle(card), QPoint(3, 3)
        assert (not _drag(window, QDragEnterEvent, at, words).isAccepted()
                and not card.drop_here.isVisible())
        assert not _drag(window, QDragEnterEvent, beside, _held(*scans)).isAccepted()
        for count, said in ((1, "Déposez le fichier ici pour le joindre"),
                            (2, "Déposez les 2 fichiers ici pour les joindre")):
            held = _held(*scans[:count])
            rest = card.grab().toImage()
            over = _drag(window, QDragMoveEvent, at, held)
            assert over.isAccepted() and over.dropAction() == Qt.DropAction.CopyAction
            assert card.drop_here.isVisible() and card.drop_here.text() == said
            assert card.drop_here.geometry() == card.rect()
            drawn = card.grab().toImage()
            border = {drawn.pixelColor(x, 1).name() for x in range(20, card.width() - 20)}
            assert tokens().accent in border and drawn != rest
            _drag(window, QDragMoveEvent, beside, held)
            assert not card.drop_here.isVisible() and card.grab().toImage() == rest
        _drop(card, _held(*scans))
        qtbot.waitUntil(lambda: len(vault.ask(attachments_of, small.meeting)) == 2)
        settle()
        assert not any(made.drop_here.isVisible() for made in screen.findChildren(AttachmentsCard))
        assert ({row.name for row in vault.ask(attachments_of, small.meeting)}
                == {scan.name for scan in scans})
        assert all(scan.exists() for scan in scans)


def test_a_scan_is_joined_saved_and_taken_off(qtbot: QtBot, vault: Vault, home: Home,
                                              tmp_path: Path) -> None:
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
        _drop(card, _held(scan))
        qtbot.waitUntil(lambda: len(vault.ask(attachments_of, small.meeting)) == 1)
        (row,) = vault.ask(attachments_of, small.meeting)
        assert row.name in vault.ask(minutes_of, small.meeting, "diffusion", TODAY).annexes
        target = tmp_path / "copie.pdf"
        card.save(row, str(target))
        qtbot.waitUntil(target.exists)
        assert target.read_bytes() == scan.read_bytes()
        settle()
        shown_card = screen.findChild(AttachmentsCard)
        assert shown_card is not None
        off = next(made for made in screen.findChildren(QPushButton) if made.isVisible()
                   and made.accessibleName().startswith("Retirer")
                   and "Feuille" in made.accessibleName())
        off.setFocus()
        press(off, Qt.Key.Key_Space)
        settle()
        assert vault.ask(attachments_of, small.meeting) == []
        window.current.desk.undo(vault.history.last)
        assert len(vault.ask(attachments_of, small.meeting)) == 1


def test_a_file_that_is_gone_is_told(qtbot: QtBot, vault: Vault, home: Home,
                                     tmp_path: Path) -> None:
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
    assert ([size_in_words(size) for size in (1, 120_400, 3_440_000, 12_460_000_000)]
            == ["1 ko", "120 ko", "3,4 Mo", "12,5 Go"])
