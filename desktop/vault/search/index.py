"""The full-text index: inside the vault, never synced, rebuilt from the records."""

import unicodedata
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from desktop.base.text import fold, sort_key
from desktop.models.meetings import NoteBlock, NoteUpdate
from desktop.models.notes import text_of_updates
from desktop.models.record import RECORDS
from desktop.vault.search.excerpt import LONG, excerpt
from desktop.vault.search.facets import (
    GATHERED,
    IN_MEETING,
    columns_of,
    facets_of,
    kind_word,
    person_word,
    span_words,
)
from desktop.vault.search.letters import folded_words

CREATE = (
    "CREATE TABLE IF NOT EXISTS search_row "
    "(number INTEGER PRIMARY KEY, kind TEXT NOT NULL, record_id BLOB NOT NULL UNIQUE)",
    "CREATE VIRTUAL TABLE IF NOT EXISTS search USING "
    "fts5(title, body, hidden, tokenize = \"unicode61 remove_diacritics 2\")",
)
T = TypeVar("T")
_RANKED = 1_000
_WORDS, _LETTERS = 12, 60
_CHUNK = 400
_RANK = "bm25(1.0, 1.0, 0.0)"
"""What is hidden narrows, it does not tell how well a record answers."""


@dataclass(frozen=True)
class Hit:
    """One record that holds the words; the snippet marks them."""

    kind: str
    id: uuid.UUID
    title: str
    snippet: str


@dataclass(frozen=True)
class Only:
    """What narrows a search: one of the kinds, somebody of each group of people, from a day on,
    before a day."""

    kinds: tuple[str, ...] = ()
    people: tuple[tuple[uuid.UUID, ...], ...] = ()
    since: date | None = None
    before: date | None = None


@dataclass(frozen=True)
class _IndexEntry:
    id: bytes
    deleted: bool
    title: str
    body: str
    facets: str

    @property
    def words(self) -> tuple[str, str, str]:
        """The three columns; facets, and words as they are folded where the index itself would not
        fold them so."""
        return self.title, self.body, " ".join((self.facets, *folded_words(self.title, self.body)))


def prepare(connection: Connection) -> None:
    """Make the index where there is none; make it again where it has no hidden words yet."""
    columns = [row[1] for row in connection.exec_driver_sql("PRAGMA table_info(search)")]
    if "hidden" in columns:
        return
    # In the order of their numbers, which is the order of the last writing.
    rows = [(row[0], bytes(row[1])) for row in connection.exec_driver_sql(
        "SELECT kind, record_id FROM search_row ORDER BY number")] if columns else []
    for table in ("search", "search_row"):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")
    for statement in CREATE:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("INSERT INTO search (search, rank) VALUES ('rank', ?)", (_RANK,))
    # Otherwise the words of what was deleted stay in the index until it is next merged, months
    # later perhaps.
    connection.exec_driver_sql("INSERT INTO search (search, rank) VALUES ('secure-delete', 1)")
    for chunk in _chunks(rows):
        _refresh(connection, chunk)


def concerns(kind: str) -> bool:
    """Whether a change of a record of this kind is one of the index too."""
    return kind in indexed_kinds() or kind in GATHERED or kind == NoteUpdate.kind_name()


def indexed_kinds() -> tuple[str, ...]:
    """Return the kinds in which words are found."""
    return tuple(kind for kind, cls in RECORDS.items() if cls.__search__ or cls is NoteBlock)


def refresh(session: Session, rows: Iterable[tuple[str, bytes]]) -> None:
    """Bring the index up to date for these records (kind, 16 bytes of the id), deleted ones out of
    it."""
    _refresh(session.connection(), rows)


def wrong_entries(session: Session) -> int:
    """How many entries of the index are not what the records say; nothing is changed."""
    with session.begin_nested() as tried:
        wrong = mend(session)
        tried.rollback()
    return wrong


def mend(session: Session) -> int:
    """Compare each entry of the index with its record and write it anew where they differ; how many
    did."""
    connection = session.connection()
    wrong = connection.exec_driver_sql(
        "DELETE FROM search WHERE rowid NOT IN (SELECT number FROM search_row)").rowcount
    wrong += connection.exec_driver_sql(
        "DELETE FROM search_row WHERE number NOT IN (SELECT rowid FROM search)").rowcount
    for kind in {row[0] for row
                 in connection.exec_driver_sql("SELECT DISTINCT kind FROM search_row")} - set(
                     indexed_kinds()):
        wrong += connection.exec_driver_sql("DELETE FROM search_row WHERE kind = ?",
                                            (kind,)).rowcount
    for kind in indexed_kinds():
        ids = {bytes(row[0]) for row in connection.exec_driver_sql(f'SELECT id FROM "{kind}"')}
        put = (_refresh_notes if kind == NoteBlock.kind_name()
               else partial(_refresh_fields, kind=kind))
        wrong += len(put(connection, ids=ids))
    return wrong


def _refresh(connection: Connection, rows: Iterable[tuple[str, bytes]]) -> None:
    by_kind: dict[str, set[bytes]] = {}
    for kind, record_id in rows:
        by_kind.setdefault(kind, set()).add(record_id)
    _pass_on(connection, by_kind, NoteUpdate.kind_name(), NoteBlock.kind_name(), "block_id")
    for child, (parent, name) in GATHERED.items():
        _pass_on(connection, by_kind, child, parent, name)
    moved = _refresh_fields(connection, "meeting", by_kind.pop("meeting", set()))
    for kind in IN_MEETING:
        for chunk in _chunks(moved):
            marks = ",".join("?" * len(chunk))
            by_kind.setdefault(kind, set()).update(bytes(row[0])
                                                   for row in connection.exec_driver_sql(
                                                       f'SELECT id FROM "{kind}" WHERE meeting_id '
                                                       f'IN ({marks})', tuple(chunk)))
    for kind, ids in by_kind.items():
        if kind == NoteBlock.kind_name():
            _refresh_notes(connection, ids)
        elif kind in RECORDS and RECORDS[kind].__search__:
            _refresh_fields(connection, kind, ids)


def _pass_on(connection: Connection, by_kind: dict[str, set[bytes]], child: str, parent: str,
             name: str) -> None:
    """Count a change of `child` as one of the record that it names."""
    for chunk in _chunks(by_kind.pop(child, set())):
        marks = ",".join("?" * len(chunk))
        found = connection.exec_driver_sql(f'SELECT "{name}" FROM "{child}" WHERE id IN ({marks})',
                                           tuple(chunk))
        by_kind.setdefault(parent,
                           set()).update(bytes(row[0]) for row in found if row[0] is not None)


def _refresh_fields(connection: Connection, kind: str, ids: set[bytes]) -> set[bytes]:
    """Return the ids whose words are not what they were."""
    shown = RECORDS[kind].__search__
    columns = ", ".join(f'"{name}"' for name in (*shown, *columns_of(kind)))
    changed: set[bytes] = set()
    for chunk in _chunks(ids):
        marks = ",".join("?" * len(chunk))
        rows = connection.exec_driver_sql(
            f'SELECT id, deleted, {columns} FROM "{kind}" WHERE id IN ({marks})',
            tuple(chunk)).all()
        facets = facets_of(connection, kind,
                           {bytes(row[0]): tuple(row[2 + len(shown):]) for row in rows})
        changed |= _put(connection, kind,
                        [_entry(kind, row[:2 + len(shown)], facets[bytes(row[0])]) for row in rows])
    return changed


def _entry(kind: str, row: Sequence[Any], facets: str) -> _IndexEntry:
    words = [str(value or "") for value in row[2:]]
    # A person is known by both names.
    titles = 2 if kind == "person" else 1
    return _IndexEntry(bytes(row[0]), bool(row[1]), " ".join(words[:titles]).strip(),
                  " · ".join(word for word in words[titles:] if word), facets)


def _refresh_notes(connection: Connection, ids: set[bytes]) -> set[bytes]:
    kind = NoteBlock.kind_name()
    changed: set[bytes] = set()
    columns = ", ".join(f"note_block.{name}" for name in columns_of(kind))
    for chunk in _chunks(ids):
        marks = ",".join("?" * len(chunk))
        blocks = connection.exec_driver_sql(
            f"SELECT note_block.id, note_block.deleted, meeting.title, {columns} FROM note_block "
            f"LEFT JOIN meeting ON meeting.id = note_block.meeting_id WHERE note_block.id IN "
            f"({marks})", tuple(chunk)).all()
        updates: dict[bytes, list[bytes]] = {}
        for block, data in connection.exec_driver_sql(
                f"SELECT block_id, data FROM note_update WHERE block_id IN ({marks}) AND data IS "
                f"NOT NULL ORDER BY id",
                tuple(chunk)):
            updates.setdefault(bytes(block), []).append(data)
        facets = facets_of(connection, kind, {bytes(row[0]): tuple(row[3:]) for row in blocks})
        changed |= _put(connection, kind, [
            _IndexEntry(bytes(row[0]), bool(row[1]), str(row[2] or ""),
                   text_of_updates(updates.get(bytes(row[0]), [])),
                   facets[bytes(row[0])]) for row in blocks])
    return changed


def _put(connection: Connection, kind: str, entries: list[_IndexEntry]) -> set[bytes]:
    """Write the entries that are not in the index as they are; the ids of these."""
    known: dict[bytes, tuple[str, str, str]] = {}
    for chunk in _chunks(entries):
        marks = ",".join("?" * len(chunk))
        for row in connection.exec_driver_sql(
                "SELECT record_id, title, body, hidden FROM search_row JOIN search ON search.rowid "
                "= search_row.number "
                f"WHERE record_id IN ({marks})", tuple(entry.id for entry in chunk)):
            known[bytes(row[0])] = (row[1], row[2], row[3])
    changed = [entry for entry in entries
               if known.get(entry.id) != (None if entry.deleted else entry.words)]
    for gone in _chunks([entry.id for entry in changed if entry.id in known]):
        marks = ",".join("?" * len(gone))
        connection.exec_driver_sql(
            f"DELETE FROM search WHERE rowid IN (SELECT number FROM search_row WHERE record_id IN "
            f"({marks}))", tuple(gone))
        connection.exec_driver_sql(f"DELETE FROM search_row WHERE record_id IN ({marks})",
                                   tuple(gone))
    live = [entry for entry in changed if not entry.deleted]
    if live:
        number = (connection.exec_driver_sql("SELECT coalesce(max(number), 0) FROM search_row")
                  .scalar_one())
        connection.exec_driver_sql("INSERT INTO search_row (number, kind, record_id) VALUES (?, ?, "
                                   "?)",
                                   [(number + i, kind, entry.id)
                                    for i, entry in enumerate(live, 1)])
        connection.exec_driver_sql("INSERT INTO search (rowid, title, body, hidden) VALUES (?, ?, "
                                   "?, ?)",
                                   [(number + i, *entry.words) for i, entry in enumerate(live, 1)])
    return {entry.id for entry in changed}


def _chunks(items: Iterable[T]) -> Iterable[list[T]]:
    listed = list(items)
    return (listed[i:i + _CHUNK] for i in range(0, len(listed), _CHUNK))


def _terms(words: str) -> list[str]:
    # As the index cuts them: "l’accueil", "Anne-Sophie" and "8/12" are two words each.
    # Folded: a word is found as the index folds it, or among the hidden ones.
    plain = "".join(c for c in unicodedata.normalize("NFC", words)
                    if unicodedata.category(c) != "Cf")
    found = fold("".join(c if c.isalnum() else " " for c in plain)).split()
    # A snippet costs the words of the record times those of the search: nobody types more, but a
    # pasted page is more.
    return [term[:_LETTERS] for term in found[:_WORDS]]


def _any(words: Iterable[str]) -> str:
    return "(" + " OR ".join(f'"{word}"' for word in words) + ")"


def _narrowed(only: Only) -> list[str]:
    parts = [_any(map(kind_word, only.kinds))] if only.kinds else []
    parts += [_any(person_word(person.bytes) for person in group) for group in only.people]
    if only.since is not None or only.before is not None:
        # A span that holds no day is one that nothing is in.
        parts.append(_any(span_words(only.since, only.before) or [kind_word("")]))
    return parts


def search(session: Session, words: str, kinds: Iterable[str] | None = None, limit: int = 50,
           marks: tuple[str, str] = ("«", "»"), only: Only | None = None) -> list[Hit]:
    """Return records that hold every word (the last may be a beginning), the best of the newest
    first; accents ignored.

    The words found stand between `marks` in the snippet. `only` narrows further, and may stand
    without any word: then the newest come first.
    """
    terms = _terms(words)
    if words.strip() and not terms:
        return []
    parts = [" ".join(f'"{term}"' for term in terms[:-1]) + f' "{terms[-1]}"*'] if terms else []
    kept = tuple(kinds or ())
    narrowed = _narrowed(only) if only is not None else []
    if not terms and not narrowed:
        return []
    parts += ([_any(map(kind_word, kept))] if kept else []) + narrowed
    query = " AND ".join(parts)
    connection = session.connection()
    short = f"length(title) + length(body) < {LONG}"
    found = (f"kind, record_id, title, CASE WHEN {short} THEN snippet(search, 0, ?, ?, '…', 14) "
             f"END, CASE WHEN {short} THEN snippet(search, 1, ?, ?, '…', 14) END, "
             f"title || ' · ' || body")
    joined = "FROM search CROSS JOIN search_row ON search_row.number = search.rowid WHERE search MATCH ?"
    if not terms:
        rows = connection.exec_driver_sql(
            f"SELECT kind, record_id, title, '', '', NULL {joined} ORDER BY search.rowid DESC "
            f"LIMIT ?", (query, limit)).all()
    else:
        # Ranking every match of a common word takes a quarter of a second: rank the newest
        # thousand.
        oldest = connection.exec_driver_sql(
            "SELECT min(found) FROM (SELECT rowid AS found FROM search WHERE search MATCH ? ORDER "
            "BY rowid DESC LIMIT ?)",
            (query, _RANKED)).scalar()
        # The index sorts by rank itself where it leads the join: then only the rows that are given
        # get a snippet.
        rows = connection.exec_driver_sql(f"SELECT {found} {joined} AND search.rowid >= ? ORDER BY "
                                          f"search.rank LIMIT ?",
                                          (*marks, *marks, query, oldest, limit)).all()
    return [Hit(str(row[0]), uuid.UUID(bytes=bytes(row[1])), str(row[2]),
                _passage(row, terms, marks)) for row in rows]


def _passage(row: Any, terms: Sequence[str], marks: tuple[str, str]) -> str:
    """Where the words stand: as SQLite marked them, in the body first; else as they are folded."""
    if not terms:
        return ""
    marked = next((str(text) for text in (row[4], row[3]) if text and marks[0] in text), None)
    return marked if marked is not None else excerpt(str(row[5]), terms, marks)


def titled(session: Session, words: str, kind: str, limit: int) -> list[Hit]:
    """Return records of a kind in whose title each word begins a word; the snippet is the rest of
    what is indexed of them."""
    terms = _terms(words)
    if not terms:
        return []
    query = ("{title hidden} : (" + " AND ".join(f'"{term}"*' for term in terms)
             + f") AND {_any([kind_word(kind)])}")
    rows = session.connection().exec_driver_sql(
        "SELECT kind, record_id, title, body FROM search CROSS JOIN search_row ON "
        "search_row.number = search.rowid WHERE search MATCH ? ORDER BY title LIMIT ?",
        (query, limit)).all()
    hits = [Hit(str(row[0]), uuid.UUID(bytes=bytes(row[1])), str(row[2]), str(row[3]))
            for row in rows]
    return sorted(hits, key=lambda hit: sort_key(hit.title))
