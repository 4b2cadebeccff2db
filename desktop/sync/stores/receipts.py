"""What each store is known to hold of what this device holds, and what the other writers are known
to have read."""

import hashlib
import json
import re
from collections.abc import Sequence

import msgspec
from sqlalchemy.orm import Session

from desktop.sync.stores.storage import FORMAT, Storage
from desktop.vault import sql

_STORE = re.compile("[0-9a-f]{16}")


def store_id(storage: Storage, format_file: bytes | None = None) -> str:
    """Return the name that a store bears wherever it is mounted, or one made of its address where
    it bears none."""
    data = format_file if format_file is not None else storage.get(FORMAT)
    try:
        found = json.loads(data or b"{}").get("store", "")
    except (ValueError, AttributeError, RecursionError):
        found = ""
    if isinstance(found, str) and _STORE.fullmatch(found):
        return found
    return "u" + hashlib.sha256(storage.url.encode()).hexdigest()[:16]


def receipts(session: Session, store: str) -> dict[str, int]:
    """Writer in hexadecimal -> up to which package the store has what this device holds."""
    return {writer.hex(): sequence
            for writer, sequence
            in sql.fetch(session, "SELECT writer, sequence FROM receipt WHERE store = ?", store)}


def keep_receipt(session: Session, store: str, writer: bytes, sequence: int) -> None:
    """Note that the store holds the packages of a writer up to this one."""
    keep_receipts(session, store, [(writer, sequence)])


def keep_receipts(session: Session, store: str, packages: Sequence[tuple[bytes, int]]) -> None:
    """Note the same for several (writer, number)."""
    if packages:
        session.connection().exec_driver_sql(
            "INSERT INTO receipt (store, writer, sequence) VALUES (?, ?, ?) ON CONFLICT DO UPDATE "
            "SET sequence = max(sequence, excluded.sequence)",
            [(store, *package) for package in packages])


def lower_receipt(session: Session, store: str, writer: bytes, sequence: int) -> None:
    """Note that the store lost packages of a writer: it holds those up to this one."""
    session.connection().exec_driver_sql(
        "UPDATE receipt SET sequence = min(sequence, ?) WHERE store = ? AND writer = ?",
        (sequence, store, writer))


def keep_peer(session: Session, writer: bytes, sequence: int, seen: dict[str, int]) -> None:
    """Note what a writer had read when it sealed its package `sequence`."""
    keep_peers(session, [(writer, sequence, seen)])


def keep_peers(session: Session, packages: Sequence[tuple[bytes, int, dict[str, int]]]) -> None:
    """Note the same for several (writer, number, what it had read)."""
    if packages:
        session.connection().exec_driver_sql(
            "INSERT INTO peer (writer, sequence, vector) VALUES (?, ?, ?) ON CONFLICT DO UPDATE "
            "SET sequence = excluded.sequence, vector = excluded.vector WHERE excluded.sequence > "
            "peer.sequence",
            [(writer, sequence, msgspec.json.encode(seen)) for writer, sequence, seen in packages])


def peers(session: Session) -> dict[str, dict[str, int]]:
    """Writer -> what it is known to have read: writer -> number."""
    return {writer.hex(): msgspec.json.decode(vector, type=dict[str, int])
            for writer, vector in sql.fetch(session, "SELECT writer, vector FROM peer")}
