"""Brings a vault to the schema of this version: a new one at once, an older one by migrations,
after a safety copy."""

from sqlalchemy import Engine

from desktop.base.crash import crash_point
from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.base.paths import MIGRATIONS, Home
from desktop.vault.backup import safety_copy
from desktop.vault.database import compact, for_writing

HEAD = "0024"
"""The newest migration; a test holds it equal to what Alembic finds."""

WHOLE = MIGRATIONS / "schema.sql"
"""What all the migrations leave, which `packaging/schema.py` writes; a test holds it equal."""


def revision_of(engine: Engine) -> str | None:
    """Return the migration at which the file stands, None for an empty file."""
    with engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").first()
        if found is None:
            return None
        row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
        return None if row is None else str(row[0])


def bring_up_to_date(home: Home, engine: Engine) -> None:
    """Migrate what an older version made, after a safety copy; AppError for the file of a newer
    one."""
    revision = revision_of(engine)
    if revision == HEAD:
        return
    if revision is not None and revision > HEAD:
        raise AppError(_("This vault was made by a newer Carnet."),
                       _("Install the newer version to open it."))
    if revision is None:
        make(engine)
        return
    safety_copy(home, engine)
    crash_point("migrate.copied")
    migrate(engine)
    crash_point("migrate.committed")
    # What earlier versions freed in the file was not overwritten.
    compact(engine)
    crash_point("migrate.compacted")


def make(engine: Engine) -> None:
    """Write the whole schema in an empty file, in one transaction: to migrate through every version
    takes ten times as long."""
    with for_writing(engine).begin() as connection:
        for statement in WHOLE.read_text(encoding="utf-8").split(";\n"):
            if statement:
                connection.exec_driver_sql(statement)
        connection.exec_driver_sql("INSERT INTO alembic_version (version_num) VALUES (?)", (HEAD,))


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
        crash_point("migrate.before-commit")
