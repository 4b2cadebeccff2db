"""A form half filled survives the lock, and a kill: the same words, the same field, the same
character."""

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.drafts import read_drafts
from desktop.queries.directory import people_of
from desktop.ui.directory.workspace import DirectoryWorkspace
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.ui.observations.workspace import ObservationsWorkspace
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.conftest import PASSPHRASE
from tests.ui.collective import fill
from tests.window import settle, shown, type_into


def _locked_and_back(window: MainWindow, vault: Vault) -> None:
    window.lock()
    settle()
    assert window.current is None
    vault.unlock(PASSPHRASE)
    window.show_right_page()
    settle()


def test_a_half_typed_observation_comes_back(qtbot: QtBot, vault: Vault, home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        assert window.work is not None
        window.work.new_observation()
        settle()
        page = window.current
        assert isinstance(page, ObservationsWorkspace) and page.form is not None
        page.form.domain.choose(page.form.domain.question.offers[2].code)
        page.form.account.edit.setFocus()
        type_into(page.form.account.edit, "Une mère dit que le bailleur")
        cursor = page.form.account.edit.textCursor()
        cursor.setPosition(8)
        page.form.account.edit.setTextCursor(cursor)
        _locked_and_back(window, vault)
        page = window.current
        assert (isinstance(page, ObservationsWorkspace) and page.form is not None
                and page.form.isVisible())
        assert page.form.account.edit.toPlainText() == "Une mère dit que le bailleur"
        assert page.form.account.edit.textCursor().position() == 8
        assert page.form.domain.chosen == page.form.domain.question.offers[2].code
        assert page.form.account.edit.hasFocus()


def test_a_form_of_the_directory_comes_back_to_its_field(qtbot: QtBot, vault: Vault,
                                                         home: Home) -> None:
    fill(vault)
    person = vault.ask(people_of)[0]
    with shown(home, vault) as window:
        window.go("directory", person.id)
        settle()
        page = window.current
        assert isinstance(page, DirectoryWorkspace)
        page.register.edit(person.id)
        field = page.register.form.fields["function"]  # type: ignore[union-attr]
        assert isinstance(field, QLineEdit)
        field.setFocus()
        field.clear()
        type_into(field, "conciliatrice")
        field.setCursorPosition(3)
        _locked_and_back(window, vault)
        page = window.current
        assert isinstance(page, DirectoryWorkspace)
        form = page.register.form
        assert form is not None and form.values()["function"] == "conciliatrice"
        assert form.focus_place() == {"field": "function", "at": 3}
        page.register.save()
        window.work.drafts.keep()  # type: ignore[union-attr]
        assert vault.ask(read_drafts) == {}
        assert next(p for p in vault.ask(people_of)
                    if p.id == person.id).function == "conciliatrice"


def test_a_meeting_being_prepared_comes_back_elsewhere_and_says_so(qtbot: QtBot, vault: Vault,
                                                                   home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        window.go("meetings")
        settle()
        page = window.current
        assert isinstance(page, MeetingsWorkspace)
        page.new()
        type_into(page.forms.form.fields["title"], "Réunion de crise")  # type: ignore[union-attr]
        window.go("actions")
        _locked_and_back(window, vault)
        assert "Réunions" in window.messages.text
        window.go("meetings")
        settle()
        page = window.current
        assert isinstance(page, MeetingsWorkspace)
        assert (page.forms.form is not None
                and page.forms.form.values()["title"] == "Réunion de crise")
        page.forms.save()
        assert page.draft() is None


def test_a_kill_loses_at_most_two_seconds_of_a_form(qtbot: QtBot, vault: Vault, home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        assert window.work is not None
        window.work.new_observation()
        settle()
        page = window.current
        assert isinstance(page, ObservationsWorkspace) and page.form is not None
        type_into(page.form.account.edit, "Avant la panne")
        qtbot.waitUntil(lambda: "observations" in vault.ask(read_drafts), timeout=5_000)
        # As after a kill: nothing more is written.
        page.form.account.edit.clear()
        window.work.drafts._timer.stop()
        window.work.screens.clear()
        vault.lock()
    again = Vault(home)
    again.unlock(PASSPHRASE)
    with shown(home, again) as window:
        assert "Observations" in window.messages.text
        window.go("observations")
        settle()
        page = window.current
        assert isinstance(page, ObservationsWorkspace) and page.form is not None
        assert page.form.account.edit.toPlainText() == "Avant la panne"


def test_an_untouched_form_is_no_draft(qtbot: QtBot, vault: Vault, home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        assert window.work is not None
        window.work.new_observation()
        window.go("directory")
        window.work.new()
        settle()
        window.work.drafts.keep()
        assert vault.ask(read_drafts) == {}
