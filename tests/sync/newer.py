"""A newer version, for a test: it knows one table more. `python -m tests.sync.newer PROFILE` prints
what it finds there."""

import json
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Mapped

from desktop.base.paths import Home
from desktop.models import Base, record
from desktop.models.record import Record
from desktop.models.sync import Unknown
from desktop.queries.records import list_records
from desktop.sync.merging.unknown import lift_known
from desktop.vault import Vault, database
from tests.conftest import PASSPHRASE
from tests.sync.older import grow_old


class Parcours(Record):
    """What an older version calls an unknown table."""

    __area__ = "meetings"
    __search__ = ("title",)

    title: Mapped[str | None] = record.text("Title")
    steps: Mapped[list[str] | None] = record.codes("Steps", "")
    length: Mapped[int | None] = record.integer("Length")


def main() -> None:
    vault = Vault(Home(Path(sys.argv[1])))
    vault.unlock(PASSPHRASE)
    table: Any = Base.metadata.tables["parcours"]
    assert isinstance(table, Table)
    engine = database.open_engine(vault.home.database, vault.data_key)
    with database.for_writing(engine).begin() as connection:
        table.create(connection)
    engine.dispose()
    grow_old(vault)
    print(json.dumps([lift_known(vault), vault.ask(list_records, "parcours"),
                      vault.ask(lambda session: list(session.scalars(select(Unknown.field))))]))
    vault.close()


if __name__ == "__main__":
    main()
