"""The full-text index: inside the vault, never synced, rebuilt from the records."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from desktop.models.meetings import NoteBlock, NoteUpdate
from desktop.models.notes import text_of_updates
from desktop.models.record import RECORDS
from desktop.vault.excerpt import LONG, excerpt

CREATE = (
    "CREATE TABLE IF NOT EXISTS search_row "
    "(number INTEGER PRIMARY KEY, kind TEXT NOT NULL, record_id BLOB NOT NULL UNIQUE)",
    "CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5(title, body, tokenize = \"unicode61 remove_diacritics 2\")",
)
T = TypeVar("T")
_RANKED = 1_000
_WORDS, _LETTERS = 12, 60
_CHUNK = 400


@dataclass(frozen=True)
class Hit:
    """One record that holds the words; the snippet marks them."""

    kind: str
    id: uuid.UUID
    title: str
    snippet: str


def prepare(connection: Connection) -> None:
    """Make the index where there is none."""
    for statement in CREATE:
        connection.exec_driver_sql(statement)


def refresh(session: Session, rows: Iterable[tuple[str, bytes]]) -> None:
    """Bring the index up to date for these records (kind, 16 bytes of the id), deleted ones out of it."""
    by_kind: dict[str, set[bytes]] = {}
    for kind, record_id in rows:
        by_kind.setdefault(kind, set()).add(record_id)
    connection = session.connection()
    updates = by_kind.pop(NoteUpdate.kind_name(), set())
    for chunk in _chunks(updates):
        marks = ",".join("?" * len(chunk))
        found = connection.exec_driver_sql(f"SELECT block_id FROM note_update WHERE id IN ({marks})", tuple(chunk))
        by_kind.setdefault(NoteBlock.kind_name(), set()).update(r[0] for r in found if r[0] is not None)
    for kind, ids in by_kind.items():
        if kind == NoteBlock.kind_name():
            _refresh_notes(connection, ids)
        elif kind in RECORDS and RECORDS[kind].__search__:
            _refresh_fields(connection, kind, ids)


def _refresh_fields(connection: Connection, kind: str, ids: set[bytes]) -> None:
    columns = ", ".join(f'"{name}"' for name in RECORDS[kind].__search__)
    for chunk in _chunks(ids):
        marks = ",".join("?" * len(chunk))
        rows = connection.exec_driver_sql(
            f'SELECT id, deleted, {columns} FROM "{kind}" WHERE id IN ({marks})', tuple(chunk)).all()
        _put(connection, kind, [_entry(kind, row) for row in rows])


def _entry(kind: str, row: Any) -> tuple[bytes, bool, str, str]:
    words = [str(value or "") for value in row[2:]]
    # A person is known by both names.
    titles = 2 if kind == "person" else 1
    return row[0], bool(row[1]), " ".join(words[:titles]).strip(), " · ".join(word for word in words[titles:] if word)


def _refresh_notes(connection: Connection, ids: set[bytes]) -> None:
    for chunk in _chunks(ids):
        marks = ",".join("?" * len(chunk))
        blocks = connection.exec_driver_sql(
            "SELECT note_block.id, note_block.deleted, meeting.title FROM note_block LEFT JOIN meeting "
            f"ON meeting.id = note_block.meeting_id WHERE note_block.id IN ({marks})", tuple(chunk)).all()
        updates: dict[bytes, list[bytes]] = {}
        for block, data in connection.exec_driver_sql(
                f"SELECT block_id, data FROM note_update WHERE block_id IN ({marks}) AND data IS NOT NULL ORDER BY id",
                tuple(chunk)):
            updates.setdefault(bytes(block), []).append(data)
        _put(connection, NoteBlock.kind_name(), [
            (row[0], bool(row[1]), str(row[2] or ""), text_of_updates(updates.get(bytes(row[0]), [])))
            for row in blocks])


def _put(connection: Connection, kind: str, entries: list[tuple[bytes, bool, str, str]]) -> None:
    for chunk in _chunks(entries):
        marks = ",".join("?" * len(chunk))
        ids = tuple(entry[0] for entry in chunk)
        connection.exec_driver_sql(
            f"DELETE FROM search WHERE rowid IN (SELECT number FROM search_row WHERE record_id IN ({marks}))", ids)
        connection.exec_driver_sql(f"DELETE FROM search_row WHERE record_id IN ({marks})", ids)
    live = [entry for entry in entries if not entry[1]]
    if not live:
        return
    number = connection.exec_driver_sql("SELECT coalesce(max(number), 0) FROM search_row").scalar_one()
    connection.exec_driver_sql("INSERT INTO search_row (number, kind, record_id) VALUES (?, ?, ?)",
                               [(number + i, kind, entry[0]) for i, entry in enumerate(live, 1)])
    connection.exec_driver_sql("INSERT INTO search (rowid, title, body) VALUES (?, ?, ?)",
                               [(number + i, entry[2], entry[3]) for i, entry in enumerate(live, 1)])


def _chunks(items: Iterable[T]) -> Iterable[list[T]]:
    listed = list(items)
    return (listed[i:i + _CHUNK] for i in range(0, len(listed), _CHUNK))


def search(session: Session, words: str, kinds: Iterable[str] | None = None, limit: int = 50,
           marks: tuple[str, str] = ("«", "»")) -> list[Hit]:
    """Records that hold every word (the last may be a beginning), the best of the newest first; accents ignored.

    The words found stand between `marks` in the snippet.
    """
    terms = ["".join(c for c in word if c.isalnum()) for word in words.replace("'", " ").replace("’", " ").split()]
    # A snippet costs the words of the record times those of the search: nobody types more, but a pasted page is more.
    terms = [term[:_LETTERS] for term in terms if term][:_WORDS]
    if not terms:
        return []
    query = " ".join(f'"{term}"' for term in terms[:-1]) + f' "{terms[-1]}"*'
    kept = tuple(kinds or ())
    only = f" AND search_row.kind IN ({','.join('?' * len(kept))})" if kept else ""
    connection = session.connection()
    # Ranking every match of a common word takes a quarter of a second: rank the newest thousand.
    oldest = connection.exec_driver_sql(
        "SELECT min(found) FROM (SELECT rowid AS found FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?)",
        (query, _RANKED)).scalar()
    # The index sorts by rank itself where it leads the join: then only the rows that are given get a snippet.
    rows = connection.exec_driver_sql(
        f"SELECT kind, record_id, title, CASE WHEN length(body) < {LONG} THEN snippet(search, -1, ?, ?, '…', 14) END, "
        f"CASE WHEN length(body) >= {LONG} THEN body END FROM search "
        f"CROSS JOIN search_row ON search_row.number = search.rowid WHERE search MATCH ? AND search.rowid >= ?{only} "
        "ORDER BY search.rank LIMIT ?", (*marks, query, oldest, *kept, limit)).all()
    return [Hit(str(row[0]), uuid.UUID(bytes=bytes(row[1])), str(row[2]),
                excerpt(row[4], terms, marks) if row[3] is None else str(row[3])) for row in rows]
