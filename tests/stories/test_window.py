"""A secretary's afternoon through the window, from first run to the minutes, and a worker's
observation."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.queries.actions import actions_of
from desktop.queries.directory import groups_of, people_of
from desktop.queries.meetings.notes import Embed, blocks_of
from desktop.queries.meetings.rows import decisions_of, meeting_detail, meetings_of
from desktop.queries.observations import observations_of
from desktop.sync.stores.storage import Credentials
from desktop.ui.first_run import FirstRun, founding
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.ui.observations.workspace import ObservationsWorkspace
from desktop.ui.screen.printing import DocumentDialog
from desktop.ui.unlocking.unlock import UnlockScreen
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.conftest import PASSPHRASE
from tests.ui.collective import Small, fill
from tests.window import settle, shown, type_into


def _meetings(window: MainWindow) -> MeetingsWorkspace:
    window.go("meetings")
    settle()
    assert isinstance(window.current, MeetingsWorkspace)
    return window.current


@pytest.fixture
def small(vault: Vault) -> Small:
    return fill(vault)


def test_first_run_creates_a_collective_and_proves_the_recovery_sheet(qtbot: QtBot,
                                                                      home: Home) -> None:
    with shown(home, None) as window:
        page = window.root.currentWidget()
        assert isinstance(page, FirstRun)
        page.go_on()
        page.go_on()
        assert "nom" in page.error.text()
        type_into(page.person, "Zoé CHÂTAIGNE")
        page.go_on()
        type_into(page.secret.passphrase, "court")
        page.go_on()
        assert "10" in page.error.text()
        page.secret.passphrase.clear()
        type_into(page.secret.passphrase, PASSPHRASE)
        type_into(page.secret.again, PASSPHRASE)
        page.go_on()
        qtbot.waitUntil(lambda: page.pages.currentIndex() == 3, timeout=30_000)
        type_into(page.recovery.proofs[0], "XXXX")
        page.go_on()
        assert page.pages.currentIndex() == 3
        page.recovery.proofs[0].clear()
        for at, field in zip(page.recovery.asked, page.recovery.proofs, strict=True):
            type_into(field, page.recovery.parts()[at].lower())
        page.go_on()
        assert page.pages.currentIndex() == 4
        page.go_on()
        settle()
        assert window.current is not None and window.current.name == "today"
        assert [p.name for p in window.vault.ask(people_of)] == ["CHÂTAIGNE Zoé"]
        window.vault.close()


def test_first_run_opens_the_sample_collective_without_a_recovery_sheet(qtbot: QtBot,
                                                                        home: Home) -> None:
    with shown(home, None) as window:
        page = window.root.currentWidget()
        assert isinstance(page, FirstRun)
        chosen = page.ways.button(2)
        assert chosen is not None
        chosen.click()
        page.go_on()
        type_into(page.secret.passphrase, PASSPHRASE)
        type_into(page.secret.again, PASSPHRASE)
        page.go_on()
        qtbot.waitUntil(lambda: page.pages.currentIndex() == 4, timeout=60_000)
        page.go_on()
        settle()
        assert window.current is not None and window.current.name == "today"
        assert len(window.vault.ask(meetings_of)) > 5
        window.vault.close()


def test_a_meeting_is_prepared(qtbot: QtBot, vault: Vault, home: Home, small: Small) -> None:
    with shown(home, vault) as window:
        screen = _meetings(window)
        screen.new()
        assert screen.forms.form is not None
        form = screen.forms.form
        type_into(form.fields["title"], "Réunion de rentrée")
        group = next(g for g in vault.ask(groups_of) if g.id == small.group)
        form.fields["group_id"].set_value(str(group.id))  # type: ignore[attr-defined]
        screen.forms.save()
        settle()
        made = next(m for m in vault.ask(meetings_of) if m.title == "Réunion de rentrée")
        assert made.expected == 12
        screen.show_tab(0)
        type_into(screen.preparation.new_item, "Bilan de l’année\n")
        settle()
        detail = vault.ask(meeting_detail, made.id)
        assert detail is not None and [item.title for item in detail.agenda] == ["Bilan de l’année"]


def test_the_roll_call_by_keyboard_and_its_undo(qtbot: QtBot, vault: Vault, home: Home,
                                                small: Small) -> None:
    with shown(home, vault) as window:
        screen = _meetings(window)
        screen.open_record(small.meeting)
        screen.show_tab(1)
        field = screen.session.roll_call.field

        def states() -> dict[str, str]:
            detail = vault.ask(meeting_detail, small.meeting)
            assert detail is not None
            return {row.name: row.state for row in detail.attendance}

        assert states()["DUMONT Claire"] == "attendu"
        type_into(field, "dum\n")
        settle()
        assert field.text() == ""
        assert states()["DUMONT Claire"] == "present"
        type_into(field, "sami e\n")
        settle()
        assert states()["EL AMRANI Samira"] == "excuse"
        QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        settle()
        assert states()["EL AMRANI Samira"] == "attendu"
        type_into(field, "+ Dupont Marie, CCAS\n")
        settle()
        assert states()["DUPONT Marie"] == "present"
        type_into(field, "*\n")
        settle()
        assert "attendu" not in states().values()
        assert screen.session.roll_call.quorum.accessibleName() == "quorum atteint"


def test_notes_make_an_action_and_a_decision_and_are_kept(qtbot: QtBot, vault: Vault, home: Home,
                                                          small: Small) -> None:
    with shown(home, vault) as window:
        screen = _meetings(window)
        screen.open_record(small.meeting)
        screen.show_tab(1)
        section = screen.session.sections[1]
        section.edit.setFocus()
        type_into(section.edit, "Échange sur le délégué.\n> Fatima B. vend. : relancer la "
                                "sous-préfecture")
        assert "BENALI" in section.preview.text()
        type_into(section.edit, "\n! Une fiche par situation\nSuite au prochain groupe.")
        settle()
        action = next(a for a in vault.ask(actions_of, None, small.meeting)
                      if "sous-préfecture" in a.title)
        assert (action.owner == "BENALI Fatima" and action.due_on is not None
                and action.due_on.weekday() == 4)
        assert any(d.text == "Une fiche par situation"
                   for d in vault.ask(decisions_of, small.meeting))

        def kept() -> bool:
            item = section.item
            assert item is not None
            found = next(b for b in vault.ask(blocks_of, small.meeting)
                         if b.agenda_item_id == item.id)
            return (found.segments[0] == "Échange sur le délégué.\n"
                    and isinstance(found.segments[1], Embed)
                    and str(found.segments[-1]).endswith("Suite au prochain groupe."))

        qtbot.waitUntil(kept, timeout=2000)


def test_locking_keeps_what_was_typed_and_unlocking_returns_to_it(qtbot: QtBot, vault: Vault,
                                                                  home: Home,
                                                                  small: Small) -> None:
    with shown(home, vault) as window:
        screen = _meetings(window)
        screen.open_record(small.meeting)
        screen.show_tab(1)
        section = screen.session.sections[2]
        section.edit.setFocus()
        type_into(section.edit, "La formation aura lieu")
        at = section.edit.textCursor().position()
        window.lock()
        assert not vault.is_open
        settle()
        page = window.root.currentWidget()
        assert isinstance(page, UnlockScreen)
        type_into(page.secret, "faux mot de passe\n")
        qtbot.waitUntil(lambda: page.error.isVisible(), timeout=10_000)
        page.secret.clear()
        type_into(page.secret, PASSPHRASE + "\n")
        qtbot.waitUntil(lambda: window.current is not None, timeout=10_000)
        settle()
        back = window.current
        assert isinstance(back, MeetingsWorkspace)
        again = back.session.sections[2]
        assert again.edit.toPlainText() == "La formation aura lieu"
        assert again.edit.textCursor().position() == at
        assert again.edit.hasFocus() or QApplication.focusWidget() is None


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_the_sheet_and_the_minutes_are_shown_and_saved(qtbot: QtBot, vault: Vault, home: Home,
                                                       small: Small,
                                                       tmp_path: Path) -> None:
    with shown(home, vault) as window:
        screen = _meetings(window)
        screen.open_record(small.meeting)
        screen.desk.print(screen.printables())
        settle()
        dialog = window.findChild(DocumentDialog)
        assert dialog is not None
        for kind in ("attendance_sheet", "minutes"):
            dialog.kind.set_value(kind)
            qtbot.waitUntil(lambda: dialog.save_button.isEnabled() and dialog.pdf.pageCount() > 0,
                            timeout=10_000)
            dialog.save_to(str(tmp_path / f"{kind}.pdf"))
            assert (tmp_path / f"{kind}.pdf").read_bytes().startswith(b"%PDF")
        dialog.close()
        settle()


def test_an_observation_by_keyboard(qtbot: QtBot, vault: Vault, home: Home, small: Small) -> None:
    with shown(home, vault) as window:
        before = len(vault.ask(observations_of))
        window.desk.new_observation()
        screen = window.current
        assert isinstance(screen, ObservationsWorkspace) and screen.form is not None
        form = screen.form
        form.save()
        assert "Domaine" in window.messages.text
        type_into(form.domain.field, "logement soc\n")
        type_into(form.criterion.field, "origi\n")
        type_into(form.account.edit, "Une mère dit que le bailleur n’a pas répondu.")
        form.save_and_next()
        settle()
        found = vault.ask(observations_of)
        assert len(found) == before + 1
        made = next(o for o in found if "n’a pas répondu" in o.account)
        assert (made.domain, made.principal_criterion,
                made.state) == ("LOGEMENT_SOCIAL", "ORIG", "transmise")
        assert form.domain.chosen is None and form.account.edit.toPlainText() == ""


def test_a_record_is_added_changed_deleted_and_brought_back(qtbot: QtBot, vault: Vault, home: Home,
                                                            small: Small) -> None:
    with shown(home, vault) as window:
        window.go("directory")
        screen = window.current
        assert screen is not None
        screen.show_tab(1)  # type: ignore[attr-defined]
        register = screen.register  # type: ignore[attr-defined]
        register.new()
        type_into(register.form.fields["family_name"], "Őrsi")
        register.save()
        person = next(p for p in vault.ask(people_of) if p.family_name == "Őrsi")
        register.edit(person.id)
        type_into(register.form.fields["function"], "interprète")
        register.save()
        assert next(p for p in vault.ask(people_of) if p.id == person.id).function == "interprète"
        register.delete(person.id)
        assert person.id not in [p.id for p in vault.ask(people_of)]
        assert window.work is not None
        window.work.undo()
        assert person.id in [p.id for p in vault.ask(people_of)]


def test_founding_leaves_nothing_behind_when_the_preset_is_unknown(home: Home) -> None:
    from desktop.base.errors import AppError
    from desktop.ui.first_run import Wish

    with pytest.raises(AppError):
        founding.found(home, Wish("create", "nulle-part", "Nom", "Zoé CHÂTAIGNE", None, PASSPHRASE,
                                  Credentials()))
    assert not home.exists
