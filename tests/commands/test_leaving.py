"""Rows of observations stay: refused out of the team, and for the team kept with their reason in
the journal."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.commands.collective import found_records
from desktop.commands.directory import person_named
from desktop.commands.leaving import let_leave
from desktop.commands.observations import record_observation
from desktop.queries.purge import journal_of
from desktop.ui.observations.workspace import ObservationsWorkspace
from desktop.ui.records.leaving import LeavingBar
from desktop.ui.window.palette.entries import found_records as palette_records
from desktop.vault import Vault
from tests.cli.test_contract import Carnet, carnet
from tests.window import settle, shown

__all__ = ["carnet"]
SEEN = {"domain": "SANTE", "principal_criterion": "HAND",
        "account": "Un kinésithérapeute refuse un rendez-vous."}


def filled(vault: Vault, *roles: str) -> None:
    vault.do(found_records, "maubeuge-val-de-sambre", "Collectif")
    me = vault.do(person_named, "Lou", "Martin", "CCAS")
    vault.save_identity(replace(vault.identity, person_id=me))
    vault.do(record_observation, SEEN)
    vault.save_identity(replace(vault.identity, person_id=me, roles=frozenset(roles)))


@pytest.mark.parametrize("role", ["membre", "coordination", "secretariat", "lecture"])
def test_out_of_the_team_they_do_not_leave_whatever_the_reason(vault: Vault, role: str) -> None:
    filled(vault, role)
    with pytest.raises(AppError, match="ne sortent pas"):
        vault.do(let_leave, "observation", 1, "list", "Rapport annuel")
    vault.do(let_leave, "action", 1, "list", "")
    assert vault.ask(journal_of) == []


def test_the_team_gives_a_reason_that_names_nobody_and_it_is_kept(vault: Vault) -> None:
    filled(vault, "observatoire")
    for reason in ("", "   ", "Pour Mme Lenoir"):
        with pytest.raises(AppError):
            vault.do(let_leave, "observation", 3, "copy", reason)
    vault.do(let_leave, "observation", 3, "copy", "  Préparer   la saisine ")
    (row,) = vault.ask(journal_of)
    assert (row.how, row.kind, row.count,
            row.reason) == ("copy", "observation", 3, "Préparer la saisine") and len(row.on) == 7


@pytest.mark.parametrize(("role", "leaves"), [("membre", False), ("observatoire", True)])
def test_a_list_is_copied_by_the_team_alone_after_its_reason(qtbot: QtBot, vault: Vault, home: Home,
                                                             role: str,
                                                             leaves: bool) -> None:
    filled(vault, role)
    QGuiApplication.clipboard().setText("avant")
    with shown(home, vault) as window:
        window.go("observations")
        settle()
        screen = window.current
        assert isinstance(screen, ObservationsWorkspace)
        screen.register.table.selectRow(0)
        screen.register.table.copy()
        settle()
        bar = screen.register.findChild(LeavingBar)
        assert bar is not None and QGuiApplication.clipboard().text() == "avant"
        assert bar.isVisible() == leaves
        if not leaves:
            assert "ne sortent pas" in window.messages.text
            return
        bar.reason.returnPressed.emit()
        settle()
        assert QGuiApplication.clipboard().text() == "avant" and bar.isVisible()
        bar.reason.setText("Préparer la saisine")
        bar.reason.returnPressed.emit()
        settle()
        assert "Santé" in QGuiApplication.clipboard().text() and not bar.isVisible()
        assert vault.ask(journal_of)[0].reason == "Préparer la saisine"


def test_the_palette_of_the_coordination_finds_its_own_alone(qtbot: QtBot, vault: Vault,
                                                             home: Home) -> None:
    filled(vault, "coordination")
    vault.save_identity(replace(vault.identity, person_id=None, roles=frozenset()))
    other = vault.do(record_observation, SEEN)
    filled_id = vault.identity
    with shown(home, vault) as window:
        assert len(palette_records(window.desk, "kinésithérapeute", ())) == 2
        vault.save_identity(replace(filled_id, person_id=None, roles=frozenset({"coordination"})))
        assert len(palette_records(window.desk, "kinésithérapeute", ())) == 1 and other is not None


def test_the_terminal_lists_shows_and_finds_none_without_a_reason(carnet: Carnet) -> None:
    carnet.create()
    (made,) = carnet.ok("add", "observation", stdin='{"month": "2026-01", "domain": "SANTE", '
                                                    '"principal_criterion": "HAND", "account": "Un '
                                                    'kinésithérapeute refuse."}')["added"]
    for verb in (("list", "observation"), ("show", made)):
        assert "raison" in carnet.wrong(*verb)
    assert carnet.ok("search", "kinésithérapeute") == []
    assert len(carnet.ok("search", "kinésithérapeute", "--reason", "Saisine")) == 1
    assert carnet.ok("show", made, "--reason", "Saisine")["domain"] == "SANTE"
    assert len(carnet.ok("list", "observation", "--reason", "Saisine")) == 1
    changed = carnet.ok("edit", made, stdin='{"repetition": "UNIQUE"}')
    assert changed == {"id": made, "repetition": "UNIQUE"}
