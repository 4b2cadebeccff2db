"""The members of a group in its page: seen, added, ended and brought back, by keyboard."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from desktop.base.paths import Home
from desktop.commands.records import add_record
from desktop.queries.directory import members_of
from desktop.ui.directory.members import GroupParts
from desktop.ui.directory.workspace import DirectoryWorkspace
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.ui.collective import Small
from tests.window import press, settle, shown

TODAY = date.today()


def group_with(vault: Vault, *people: uuid.UUID, **more: str) -> uuid.UUID:
    made = vault.do(add_record, "group", {"name": "Groupe Stages", "kind": "groupe_de_travail"})
    for person in people:
        vault.do(add_record, "membership",
                 {"group_id": str(made), "person_id": str(person), **more})
    return made


def opened(window: MainWindow, group: uuid.UUID) -> GroupParts:
    window.go("directory", group)
    settle()
    screen = window.current
    assert isinstance(screen, DirectoryWorkspace)
    screen.register.table.setFocus()
    extra = screen.register.extra
    assert isinstance(extra, GroupParts)
    return extra


def words(parts: GroupParts) -> str:
    return " | ".join(found.text() for found in parts.findChildren(QLabel) if found.isVisible())


def button(parts: GroupParts, name: str) -> QPushButton:
    return next(found for found in parts.findChildren(QPushButton)
                if found.accessibleName() == name and found.isVisible())


def test_a_member_is_added_by_keys(vault: Vault, home: Home, small: Small) -> None:
    group = group_with(vault)
    with shown(home, vault) as window:
        parts = opened(window, group)
        assert "Personne n’est encore de ce groupe" in words(parts)
        assert window.current is not None
        press(window.current.register.table, Qt.Key.Key_M)  # type: ignore[attr-defined]
        settle()
        form = parts.sections["membership"].forms.form
        assert form is not None
        form.set_values(form.values() | {"person_id": str(small.people[0]), "role": "pilote"})
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        settle()
        (row,) = vault.ask(members_of, group)
        assert (row.person_id, row.role,
                row.since) == (small.people[0], "pilote", TODAY.isoformat())
        assert "BENALI Fatima" in words(parts)


def test_a_membership_is_ended_today_and_taken_back(vault: Vault, home: Home, small: Small) -> None:
    group = group_with(vault, small.people[0], since="2026-01-10")
    with shown(home, vault) as window:
        parts = opened(window, group)
        end = button(parts, "Terminer")
        end.setFocus()
        press(end, Qt.Key.Key_Space)
        settle()
        assert vault.ask(members_of, group)[0].until == TODAY.isoformat()
        assert f"jusqu’au {TODAY:%d/%m/%Y}" in words(parts)
        assert window.work is not None
        window.work.undo()
        settle()
        assert vault.ask(members_of, group)[0].until == ""


def test_who_left_stands_last_and_one_that_has_not_begun_is_told(vault: Vault, home: Home,
                                                                 small: Small) -> None:
    group = group_with(vault, small.people[1], since=(TODAY + timedelta(days=3)).isoformat())
    vault.do(add_record, "membership",
             {"group_id": str(group), "person_id": str(small.people[0]), "since": "2025-01-10",
              "until": "2025-12-31"})
    with shown(home, vault) as window:
        parts = opened(window, group)
        assert words(parts).index("LEFÈVRE") < words(parts).index("BENALI")
        end = button(parts, "Terminer")
        end.setFocus()
        press(end, Qt.Key.Key_Space)
        settle()
        assert "n’a pas commencé" in window.messages.text


def test_who_may_not_write_members_reads_them(vault: Vault, home: Home, small: Small) -> None:
    group = group_with(vault, small.people[0])
    vault.save_identity(replace(vault.identity, roles=frozenset({"membre"})))
    with shown(home, vault) as window:
        parts = opened(window, group)
        assert ("BENALI Fatima" in words(parts)
                and not parts.sections["membership"].adding.isVisible())
        assert not [found for found in parts.findChildren(QPushButton)
                    if found.accessibleName() == "Terminer"]
        parts.add_member()
        assert parts.sections["membership"].forms.form is None
