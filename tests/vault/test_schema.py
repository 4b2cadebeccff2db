"""The schema is that of the models, whether it was made at once or by all the migrations."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from desktop.base.paths import MIGRATIONS
from desktop.models import Base
from desktop.vault import Vault
from desktop.vault.database import open_engine
from desktop.vault.schema import HEAD, make, migrate, revision_of


def test_the_schema_is_the_schema_of_the_models(vault: Vault) -> None:
    engine = open_engine(vault.home.database, vault.data_key)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        differences = [d for d in compare_metadata(context, Base.metadata)
                       if not (d[0] == "remove_table" and d[1].name.startswith("search"))]
    engine.dispose()
    assert differences == []


def test_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD
    assert Path(MIGRATIONS).is_dir()


def test_a_new_vault_has_what_the_migrations_leave(tmp_path: Path) -> None:
    found = []
    for number, making in enumerate((make, migrate)):
        engine = open_engine(tmp_path / str(number), bytes(32))
        making(engine)
        with engine.connect() as connection:
            kept = connection.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master")
            found.append([tuple(row) for row in kept])
        assert revision_of(engine) == HEAD
        engine.dispose()
    assert found[0] == found[1], "run packaging/schema.py"
