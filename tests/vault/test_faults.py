"""A disk that fills up and a migration that fails: told, and nothing kept before is lost."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import text

from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.commands.records import add_record
from desktop.queries.records import list_records
from desktop.vault import Vault, backup
from desktop.vault.database import for_writing, open_engine, opens
from tests.conftest import PASSPHRASE


def test_a_full_disk_is_told_and_keeps_what_was_there(home: Home) -> None:
    """A real limit on the size of files stands for the disk: SQLite meets the same refused
    write."""
    code = textwrap.dedent("""
        import resource, signal, sys
        from pathlib import Path
        from desktop.base.errors import AppError
        from desktop.base.paths import Home
        from desktop.commands.records import add_record
        from desktop.vault import Cost, Vault
        vault, _ = Vault.create(Home(Path(sys.argv[1])), sys.argv[2], cost=Cost.TEST)
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        size = Path(sys.argv[1], "vault.db-wal").stat().st_size + 400_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        kept = 0
        try:
            for number in range(100_000):
                vault.do(add_record, "organisation", {"name": f"N{number}", "notes": "x" * 3000})
                kept += 1
        except AppError as error:
            print(kept, error.message)
    """)
    done = subprocess.run([sys.executable, "-c", code, str(home.folder), PASSPHRASE],
                          capture_output=True, text=True,
                          timeout=120, check=True)
    kept, said = done.stdout.split(" ", 1)
    assert "disque est plein" in said and int(kept) > 0
    vault = Vault(home)
    vault.unlock(PASSPHRASE)
    assert len(vault.ask(list_records, "organisation")) == int(kept)
    assert vault.damage() == []
    vault.close()


def test_the_safety_copy_opens_and_only_three_are_kept(vault: Vault) -> None:
    vault.do(add_record, "person", {"family_name": "A"})
    engine = open_engine(vault.home.database, vault.data_key)
    for number in range(5):
        copy = backup.safety_copy(vault.home, engine)
        copy.rename(copy.with_name(f"before-migration-2026010{number}-000000.db"))
    last = backup.safety_copy(vault.home, engine)
    engine.dispose()
    assert opens(last, vault.data_key) and not opens(last, bytes(32))
    assert len(list(vault.home.folder.glob("before-migration-*.db"))) == backup.KEPT_SAFETY_COPIES


def test_a_migration_that_fails_leaves_nothing_behind(vault: Vault) -> None:
    engine = open_engine(vault.home.database, vault.data_key)
    with pytest.raises(ZeroDivisionError), for_writing(engine).begin() as connection:
        operations = Operations(MigrationContext.configure(connection))
        operations.execute(text("CREATE TABLE half (a TEXT)"))
        operations.execute(text("INSERT INTO half VALUES ('x')"))
        _unused = 1 // 0
    with engine.connect() as connection:
        assert connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE name = 'half'").first() is None
    engine.dispose()


def test_a_vault_of_a_newer_version_is_not_touched(vault: Vault, tmp_path: Path) -> None:
    engine = open_engine(vault.home.database, vault.data_key)
    with for_writing(engine).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    vault.close()
    with pytest.raises(AppError, match="plus récent"):
        vault.unlock(PASSPHRASE)
