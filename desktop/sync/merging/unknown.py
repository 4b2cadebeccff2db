"""What an older version kept for a newer one: once a migration knows the field or the table, it is
merged where it belongs."""

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
from desktop.sync.merging.certificates import Certificate
from desktop.sync.merging.rules import apply_rows
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
    """After a migration, once: merge the values that this version knows, by their stamps; how many
    records had some."""
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
        for channel, who, rows in _waiting(connection, cls):
            if _merge(session, channel, who, rows):
                lifted += len(rows.rows)
                continue
            # A value of the wrong form keeps back its own record alone.
            lifted += sum(_merge(session, channel, who, Rows(kind, rows.fields, [row]))
                          for row in rows.rows)
    write_value(session, _LIFTED, HEAD.encode())
    return lifted


def _waiting(connection: Connection,
             cls: type[Record]) -> Iterator[tuple[str, Certificate | None, Rows]]:
    """(channel, certificate of their author, rows of the same fields) for the values of a kind that
    are known now."""
    kind = cls.kind_name()
    names = [f.name for f in fields_of(cls) if f.travels]
    marks = ",".join("?" * len(names))
    records: dict[tuple[str, str | None, bytes], dict[str, tuple[bytes, Any]]] = {}
    for record_id, channel, roles, name, stamp, value in connection.exec_driver_sql(
            f'SELECT record_id, coalesce(channel, (SELECT channel FROM "{kind}" WHERE id = '
            f'record_id), ?), roles, field, stamp, '
            f"value FROM unknown WHERE kind = ? AND field IN ({marks})",
            (cls.__channel__, kind, *names)):
        key = channel, roles, bytes(record_id)
        records.setdefault(key, {})[name] = (bytes(stamp), msgspec.json.decode(value))
    alike: dict[tuple[str, str | None, tuple[str, ...]], list[list[Any]]] = {}
    for (channel, roles, record_id), fields in sorted(
        records.items(), key=lambda one: (one[0][0], one[0][1] or "", one[0][2])):
        row = [record_id.hex(), [stamp.hex() for stamp, _value in fields.values()],
               *(v for _stamp, v in fields.values())]
        alike.setdefault((channel, roles, tuple(fields)), []).append(row)
    for (channel, roles, names_of_rows), rows in alike.items():
        # Who reads a group's channel was asked when it came.
        who = None if roles is None else Certificate(
            frozenset(roles.split()), frozenset({channel}), heard=frozenset({channel}))
        yield channel, who, Rows(kind, list(names_of_rows), rows)


def _merge(session: Session, channel: str, who: Certificate | None, rows: Rows) -> bool:
    """Whether these rows were merged, or kept out as not their author's to write, and are unknown
    no more.

    A row that is refused as malformed writes nothing.
    """
    connection, touched = session.connection(), touched_of(session)
    try:
        result = apply_rows(connection, rows, channel, {}, who)
    except RefusedError as error:
        log.warning("kept unknown: %s", error)
        return False
    touched.areas |= result.areas
    touched.rows |= result.rows
    touched.erased |= result.erased
    connection.exec_driver_sql("DELETE FROM unknown WHERE kind = ? AND record_id = ? AND field = ?",
                               [
                                   (rows.table, bytes.fromhex(row[0]), name) for row in rows.rows
                                   for name in rows.fields])
    return True
