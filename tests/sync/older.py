"""A vault as a version would have left it that did not know some tables and fields: their values
are among the unknown."""

import msgspec
from sqlalchemy.orm import Session

from desktop.models.record import RECORDS, STAMP, fields_of
from desktop.sync.packages.wire import to_wire
from desktop.vault import Vault


def forget_field(session: Session, kind: str, name: str, channel: bool = True) -> int:
    """Take a field out of its table; how many values it had. Without `channel`: as before the
    channel was noted."""
    connection = session.connection()
    (field,) = (f for f in fields_of(RECORDS[kind]) if f.name == name)
    rows = connection.exec_driver_sql(
        f'SELECT id, channel, "{name}", "{name}{STAMP}" FROM "{kind}" WHERE "{name}{STAMP}" IS NOT '
        f'NULL').all()
    for record_id, way, value, stamp in rows:
        wire = msgspec.json.encode(to_wire(field.kind, value)).decode()
        connection.exec_driver_sql(
            "INSERT INTO unknown (kind, record_id, field, stamp, value, channel) VALUES (?, ?, ?, "
            "?, ?, ?)",
            (kind, record_id, name, stamp, wire, way if channel else None))
    connection.exec_driver_sql(f'UPDATE "{kind}" SET "{name}" = NULL, "{name}{STAMP}" = NULL')
    return len(rows)


def forget_table(session: Session, kind: str) -> int:
    """Take a whole table out; how many values it had."""
    count = sum(forget_field(session, kind, f.name) for f in fields_of(RECORDS[kind]) if f.travels)
    session.connection().exec_driver_sql(f'DELETE FROM "{kind}"')
    return count


def grow_old(vault: Vault) -> None:
    """Nothing was lifted yet: a migration has just run."""
    vault.do(lambda session: session.connection()
             .exec_driver_sql("DELETE FROM local_value WHERE key = 'sync.lifted'"))
