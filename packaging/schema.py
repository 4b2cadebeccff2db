"""Writes the schema that a new vault is made with, which is what all the migrations leave: python
packaging/schema.py."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from desktop.vault.database import open_engine
from desktop.vault.schema import WHOLE, migrate


def left_by_the_migrations() -> str:
    """The statements that make it, in the order in which SQLite keeps them."""
    with TemporaryDirectory() as folder:
        engine = open_engine(Path(folder) / "vault.db", bytes(32))
        migrate(engine)
        with engine.connect() as connection:
            made = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL "
                                              "ORDER BY rowid")
            statements = [str(row[0]) for row in made]
        engine.dispose()
    return "".join(f"{statement};\n" for statement in statements)


if __name__ == "__main__":
    WHOLE.write_text(left_by_the_migrations(), encoding="utf-8")
    print(WHOLE)
