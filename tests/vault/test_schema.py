"""The migrated schema is the schema of the models."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from desktop.models import Base
from desktop.vault import Vault
from desktop.vault.database import open_engine
from desktop.vault.schema import HEAD, MIGRATIONS


def test_migrated_schema_is_the_schema_of_the_models(vault: Vault) -> None:
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
