"""The journal on the screen: what was copied, printed or exported stands there, what was altered is
told, and it is saved."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.journal import append
from desktop.models.states import JournalWhat
from desktop.queries.journal import journal_entries
from desktop.ui.bin.workspace import BinWorkspace
from desktop.ui.settings.workspace import SettingsWorkspace
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.stories.hands import Hands
from tests.ui.collective import Small
from tests.window import press, settle, shown


def opened(window: MainWindow) -> BinWorkspace:
    window.go("bin")
    settle()
    screen = window.current
    assert isinstance(screen, BinWorkspace)
    tab = next(found for found in screen.findChildren(QPushButton)
               if found.text() == "Journal de cet ordinateur")
    tab.setFocus()
    press(tab, Qt.Key.Key_Space)
    settle()
    return screen


def test_copied_lines_stand_in_the_journal_with_their_number(qtbot: QtBot, vault: Vault, home: Home,
                                                             small: Small) -> None:
    with shown(home, vault) as window:
        window.go("resources")
        settle()
        table = window.current.register.table  # type: ignore[union-attr]
        table.setFocus()
        table.selectAll()
        table.copy()
        screen = opened(window)
        (entry,) = vault.ask(journal_entries)
        assert (entry.what, entry.kind, entry.count) == ("copied", "resource", 6)
        assert "6 × Ressource" in Hands(window).screen() and "Copié" in Hands(window).screen()
        qtbot.waitUntil(lambda: "1 ligne, ni modifiée ni retirée" in screen.journal.state.text())


def test_what_was_altered_is_told(qtbot: QtBot, vault: Vault, home: Home, small: Small) -> None:
    for _each in range(3):
        vault.do(append, JournalWhat.PRINTED, "minutes")
    vault.do(lambda session: session.connection()
             .exec_driver_sql("UPDATE journal_entry SET count = 9 WHERE number = 2") and None)
    with shown(home, vault) as window:
        screen = opened(window)
        qtbot.waitUntil(lambda: "Ce journal ne tient pas" in screen.journal.state.text())
        assert ("la ligne 2 a été modifiée" in screen.journal.state.text()
                and screen.journal.state.objectName() == "bad")
        # The name of the paper, as the list of documents has it.
        assert "Compte rendu" in Hands(window).screen()


def test_it_is_saved_as_a_table_and_says_so_itself(
        qtbot: QtBot, vault: Vault, home: Home, small: Small, tmp_path: Path) -> None:
    file = tmp_path / "journal.csv"
    with shown(home, vault) as window:
        screen = opened(window)
        screen.journal.save(str(file))
        qtbot.waitUntil(lambda: "journal.csv" in window.messages.text)
        assert "Exporté" in file.read_text("utf-8-sig")
        settle()
        assert ("Journal" in Hands(window).screen()
                and [entry.what for entry in vault.ask(journal_entries)] == ["exported"])
        screen.journal.save(str(tmp_path / "nulle" / "part.csv"))
        qtbot.waitUntil(lambda: "nulle" in window.messages.text)


def test_the_settings_lead_to_it_and_a_recovery_sheet_that_goes_out_stands_there(
        qtbot: QtBot, vault: Vault, home: Home, small: Small, tmp_path: Path) -> None:
    with shown(home, vault) as window:
        window.go("settings")
        settle()
        settings = window.current
        assert isinstance(settings, SettingsWorkspace)
        settings.secrets.recovery.show_code("ABCD-EFGH-JKLM-NPQR")
        settings.secrets.recovery.save(str(tmp_path / "feuille.pdf"))
        (leading,) = (b for b in settings.findChildren(QPushButton)
                      if b.text().endswith("Journal de cet ordinateur"))
        leading.setFocus()
        press(leading, Qt.Key.Key_Space)
        settle()
        screen = window.current
        assert isinstance(screen, BinWorkspace) and screen.journal.isVisible()
        said = Hands(window).screen()
        assert "Feuille de secours" in said and "Enregistré" in said
        window.go("settings")
        window.go("bin")
        settle()
        assert screen.journal.isVisible(), "one comes back to where one was"
