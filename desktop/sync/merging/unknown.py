"""What an older version kept for a newer one: once a migration knows the field or the table, it is merged where it belongs."""

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from desktop.base.clock import ERASED
from desktop.base.log import log
from desktop.models.changes import touched_of
from desktop.models.erasure import erase
from desktop.models.record import RECORDS, Record, fields_of
from desktop.models.roles import ROLE_BOUND
from desktop.sync.merging.rules import anybody, apply_rows
from desktop.sync.packages.package import RefusedError, Rows
from desktop.vault import Vault
from desktop.vault.identity import read_value, write_value
from desktop.vault.schema import HEAD

_LIFTED = "sync.lifted"
"""The migration up to which what was unknown has been lifted."""
_KEPT = "sync.unknown_kept"


def unknown_kept(session: Session) -> dict[str, int]:
    """Device -> how many values of its packages were kept for a newer version."""
    return msgspec.json.decode(read_value(session, _KEPT) or b"{}", type=dict[str, int])


def note_unknown(session: Session, device: str, count: int) -> None:
    """Values of a device's package were kept for a newer version."""
    kept = unknown_kept(session)
    write_value(session, _KEPT, msgspec.json.encode(kept | {device: kept.get(device, 0) + count}))


def lift_known(vault: Vault) -> int:
    """After a migration, once: merge the values that this version knows, by their stamps; how many records had some."""
    if vault.ask(read_value, _LIFTED) == HEAD.encode():
        return 0
    lifted = vault.do(_lift)
    if lifted:
        log.info("lifted: %d", lifted)
    return lifted


def _lift(session: Session) -> int:
    connection = session.connection()
    # What an older version could not read, or would not keep, is asked for again.
    connection.exec_driver_sql("DELETE FROM refusal WHERE final IS NOT 1")
    write_value(session, _KEPT, b"{}")
    lifted = 0
    for kind, cls in sorted(RECORDS.items()):
        # An erased record bears the mark on the fields too that came into being since.
        erase(connection, kind, [bytes(row[0]) for row in connection.exec_driver_sql(
            f'SELECT id FROM "{kind}" WHERE deleted IS 1 AND deleted_stamp = ?', (ERASED,))])
        for channel, rows in _waiting(connection, cls):
            if _merge(session, channel, rows):
                lifted += len(rows.rows)
                continue
            # A value of the wrong form keeps back its own record alone.
            lifted += sum(_merge(session, channel, Rows(kind, rows.fields, [row])) for row in rows.rows)
    write_value(session, _LIFTED, HEAD.encode())
    return lifted


def _waiting(connection: Connection, cls: type[Record]) -> Iterator[tuple[str, Rows]]:
    """(channel, rows of the same fields) for the values of a kind that are known now."""
    kind = cls.kind_name()
    names = [f.name for f in fields_of(cls) if f.travels]
    marks = ",".join("?" * len(names))
    # Who may write a kind was asked of the rows of known tables alone: what came before the table was known stays.
    bound = f'AND record_id IN (SELECT id FROM "{kind}")' if kind in ROLE_BOUND else ""
    records: dict[tuple[str, bytes], dict[str, tuple[bytes, Any]]] = {}
    for record_id, channel, name, stamp, value in connection.exec_driver_sql(
            f'SELECT record_id, coalesce(channel, (SELECT channel FROM "{kind}" WHERE id = record_id), ?), field, stamp, '
            f"value FROM unknown WHERE kind = ? AND field IN ({marks}) {bound}", (cls.__channel__, kind, *names)):
        records.setdefault((channel, bytes(record_id)), {})[name] = (bytes(stamp), msgspec.json.decode(value))
    alike: dict[tuple[str, tuple[str, ...]], list[list[Any]]] = {}
    for (channel, record_id), fields in sorted(records.items()):
        row = [record_id.hex(), [stamp.hex() for stamp, _value in fields.values()], *(v for _stamp, v in fields.values())]
        alike.setdefault((channel, tuple(fields)), []).append(row)
    yield from ((channel, Rows(kind, list(fields), rows)) for (channel, fields), rows in alike.items())


def _merge(session: Session, channel: str, rows: Rows) -> bool:
    """Whether these rows were merged, and are unknown no more; a refusal writes nothing."""
    connection, touched = session.connection(), touched_of(session)
    try:
        result = apply_rows(connection, rows, channel, {}, anybody)
    except RefusedError as error:
        log.warning("kept unknown: %s", error)
        return False
    touched.areas |= result.areas
    touched.rows |= result.rows
    touched.erased |= result.erased
    connection.exec_driver_sql("DELETE FROM unknown WHERE kind = ? AND record_id = ? AND field = ?", [
        (rows.table, bytes.fromhex(row[0]), name) for row in rows.rows for name in rows.fields])
    return True
