"""Backups by themselves, the oldest going; a restore really tried; diagnostics that name nobody."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.base.errors import AppError
from desktop.base.log import log, open_log
from desktop.base.paths import Home
from desktop.commands.records import add_record
from desktop.queries.digest import digest_of
from desktop.queries.directory import people_of
from desktop.tasks.backups import (
    KEPT,
    BackupPlan,
    is_due,
    keep_plan,
    make_backup,
    plan_of,
    sweep_trials,
    try_restore,
)
from desktop.tasks.diagnostics import report
from desktop.ui.settings.workspace import SettingsWorkspace
from desktop.vault import Vault
from desktop.vault.keys.slots import WrongPassphraseError
from tests.conftest import PASSPHRASE
from tests.ui.collective import fill
from tests.window import settle, shown

NOW = datetime(2026, 11, 23, 9, 0)
NOON = 1_795_000_000


def test_the_rhythm_is_arithmetic() -> None:
    assert not is_due(BackupPlan(), NOW)
    assert is_due(BackupPlan("/x"), NOW)
    assert not is_due(BackupPlan("/x", 7, (NOW - timedelta(days=6)).isoformat()), NOW)
    assert is_due(BackupPlan("/x", 7, (NOW - timedelta(days=7)).isoformat()), NOW)
    assert not is_due(BackupPlan("/x", 0, ""), NOW)
    assert is_due(BackupPlan("/x", 30, (NOW + timedelta(days=3650)).isoformat()), NOW)


def test_what_a_killed_trial_left_goes_after_a_day_and_nothing_else(tmp_path: Path) -> None:
    def lay(name: str, *files: str, hours: int = 48) -> Path:
        (tmp_path / name / "profil").mkdir(parents=True)
        for file in files:
            (tmp_path / name / file).write_bytes(b"x")
        os.utime(tmp_path / name, (NOON - hours * 3600, NOON - hours * 3600))
        return tmp_path / name

    left = lay("carnet-essai-a_b1c2d3", "copie")
    others = [lay("carnet-essai-a_b1c2d4", "copie", "mes-photos.zip"),
              lay("carnet-essai-trop-long-nom", "copie"),
              lay("carnet-essais-a_b1c2d", "copie"),
              lay("carnet-essai-a_b1c2d5", "copie", hours=23)]
    (tmp_path / "carnet-essai-lien1234").symlink_to(others[0])
    assert sweep_trials(tmp_path, NOON) == 1
    assert not left.exists() and all(path.exists() for path in others)


def test_old_copies_go_and_nothing_else(vault: Vault, tmp_path: Path) -> None:
    folder = tmp_path / "disque"
    folder.mkdir()
    (folder / "photo.jpg").write_bytes(b"x")
    vault.do(keep_plan, BackupPlan(str(folder)))
    for day in range(KEPT + 3):
        make_backup(vault, NOW + timedelta(days=day))
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == KEPT + 1 and "photo.jpg" in names
    assert f"carnet-{NOW + timedelta(days=KEPT + 2):%Y%m%d-%H%M%S}.sauvegarde" in names
    assert vault.ask(plan_of).last == (NOW + timedelta(days=KEPT + 2)).isoformat()


def test_a_disk_that_is_away_is_said_and_the_earlier_copies_stay(vault: Vault,
                                                                 tmp_path: Path) -> None:
    vault.do(keep_plan, BackupPlan(str(tmp_path / "absent")))
    with pytest.raises(AppError, match="n’est pas là"):
        make_backup(vault, NOW)
    assert vault.ask(plan_of).last == ""


def test_a_restore_is_really_tried(vault: Vault) -> None:
    fill(vault)
    before = vault.ask(digest_of)
    tried = try_restore(vault, PASSPHRASE, NOW)
    assert tried.same and tried.records == before.records
    assert vault.ask(plan_of).tried == NOW.isoformat()
    with pytest.raises(WrongPassphraseError):
        try_restore(vault, "une autre phrase", NOW)
    assert vault.ask(digest_of) == before
    vault.do(add_record, "person", {"family_name": "Nouveau"})
    assert vault.ask(digest_of) != before


def test_diagnostics_name_nobody(vault: Vault, home: Home) -> None:
    fill(vault)
    open_log(home)
    log.warning("seen at %s", home.folder / "x.pkg")
    text = report(vault)
    assert "person: " in text and "Carnet " in text
    names = {part for person in vault.ask(people_of)
             for part in (person.given_name, person.family_name) if len(part) > 3}
    assert not any(name in text for name in names)
    assert str(home.folder) not in text


def test_the_settings_back_up_try_and_show(qtbot: QtBot, vault: Vault, home: Home,
                                           tmp_path: Path) -> None:
    fill(vault)
    folder = tmp_path / "cle"
    folder.mkdir()
    with shown(home, vault) as window:
        window.go("settings")
        settle()
        page = window.current
        assert isinstance(page, SettingsWorkspace)
        assert "Aucune sauvegarde" in page.backups.told.text()
        page.backups.choose(str(folder))
        qtbot.waitUntil(lambda: len(list(folder.glob("*.sauvegarde"))) == 1
                        and "la dernière" in page.backups.told.text())
        page.backups.attempt()
        assert "phrase de passe" in page.backups.result.text()
        page.backups.secret.setText(PASSPHRASE)
        page.backups.attempt()
        qtbot.waitUntil(lambda: "toutes identiques" in page.backups.result.text())
        page.diagnostics.show_text()
        page.diagnostics.save(str(tmp_path / "diagnostic.txt"))
        assert (tmp_path / "diagnostic.txt").read_text() == page.diagnostics.text.toPlainText()


def test_a_backup_that_is_due_is_made_at_opening(qtbot: QtBot, vault: Vault, home: Home,
                                                 tmp_path: Path) -> None:
    folder = tmp_path / "cle"
    folder.mkdir()
    vault.do(keep_plan, BackupPlan(str(folder)))
    with shown(home, vault):
        qtbot.waitUntil(lambda: bool(vault.ask(plan_of).last))
    assert len(list(folder.glob("*.sauvegarde"))) == 1
