"""Brings a vault to the schema of this version: migrations by Alembic, after a safety copy."""

from pathlib import Path

from sqlalchemy import Engine

from desktop.vault.database import for_writing

HEAD = "0005"
"""The newest migration; a test holds it equal to what Alembic finds."""

MIGRATIONS = Path(__file__).parent / "migrations"


def revision_of(engine: Engine) -> str | None:
    """The migration at which the file stands, None for an empty file."""
    with engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").first()
        if found is None:
            return None
        row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
        return None if row is None else str(row[0])


def migrate(engine: Engine) -> None:
    """Run the migrations that are missing, in one transaction: all of them or none."""
    # Imported late: opening a vault that is up to date must not pay for it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with for_writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
