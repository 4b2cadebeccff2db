"""Contents that a legitimate device signed and sealed, and that no Carnet would write."""

import base64
import uuid
from typing import Any

import msgspec
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from desktop.base.clock import stamp_bytes
from desktop.models.record import RECORDS, fields_of
from desktop.models.sync import Unknown
from desktop.queries.records import list_records
from desktop.sync.packages.package import VERSION, Rows
from desktop.vault.search.index import search
from tests.fuzz.conftest import fuzzing
from tests.fuzz.target import Target
from tests.sync.forge import STAMP, drop, own_writer

SQL = ["organisation\"; DROP TABLE organisation; --", "id", "channel", "name_stamp", "rowid",
       "select", "sqlite_master",
       "' OR 1=1", "unknown", "\0", "é" * 300, ""]
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(SQL)
odd = (st.none() | st.booleans() | st.integers(-2**63, 2**64 - 1)
       | st.floats(allow_nan=False, allow_infinity=False) | texts)
anything = st.recursive(odd, lambda inner: st.lists(inner, max_size=3)
                        | st.dictionaries(texts, inner, max_size=2),
                        max_leaves=6)
ids = st.uuids(version=4).map(lambda u: u.hex)
stamps = st.builds(stamp_bytes, st.sampled_from([0, 1, 1_800_000_000_000, 2**47, 2**48 - 1]),
                   st.integers(0, 65535),
                   st.binary(min_size=8, max_size=8)).map(bytes.hex)
GOOD: dict[str, st.SearchStrategy[Any]] = {
    "reference": ids, "references": st.lists(ids | texts, max_size=3),
    "codes": st.lists(texts, max_size=3),
    "boolean": st.booleans(), "integer": st.integers(-2**63, 2**63 - 1),
    "date": st.dates().map(str),
    "month": st.dates().map(lambda d: str(d)[:7]),
    "datetime": st.datetimes().map(lambda d: d.isoformat()[:16]),
    "bytes": st.binary(max_size=60).map(lambda b: base64.b64encode(b).decode())}


@st.composite
def batches(draw: st.DrawFn) -> dict[str, Any]:
    """Lines of the wire as dictionaries: good ones, with few or many wrongs in them."""
    wrong = draw(st.sampled_from([0, 0, 1, 4]))
    kind = draw(st.sampled_from(sorted(RECORDS)) | st.sampled_from(SQL) if wrong
                else st.sampled_from(sorted(RECORDS)))
    known = {f.name: f.kind for f in fields_of(RECORDS[kind])} if kind in RECORDS else {}
    name = st.sampled_from(sorted(known)) if known else texts
    fields = draw(st.lists(name | texts if wrong else name, max_size=5, unique=wrong < 4))
    spoil = st.integers(0, 9).map(lambda n: n < wrong)
    rows: Any = []
    for _row in range(draw(st.integers(0, 3))):
        row = [draw(anything if draw(spoil) else ids),
               draw(anything if draw(spoil)
                    else stamps | st.lists(stamps, min_size=len(fields), max_size=len(fields)))]
        row += [draw(anything if draw(spoil) else GOOD.get(known.get(f, ""), texts))
                for f in fields]
        rows.append(row[:draw(st.integers(0, len(row)))] if draw(spoil) and draw(spoil) else row)
    return {"table": kind, "fields": fields, "rows": rows}


def plain(target: Target, channel: str, lines: list[bytes],
          changes: dict[str, Any]) -> tuple[bytes, bytes]:
    """(nonce, packed content) with an opening that fits, but for `changes`."""
    nonce = uuid.uuid4().bytes
    header = {"version": VERSION, "type": "changes",
              "collective": str(target.vault.identity.collective_id), "channel": channel,
              "writer": own_writer(target.vault, nonce).hex(), "nonce": nonce.hex(), "sequence": 1,
              "previous": "", "epoch": 1}
    opening = {"header": header, "roster": 1, "clock": STAMP.hex(), "seen": {}} | changes
    return nonce, zstandard.compress(b"\n".join([msgspec.json.encode(opening), *lines]) + b"\n")


def throw(target: Target, lines: list[bytes], channel: str = "commun", **changes: Any) -> int:
    """How many packages were refused."""
    nonce, packed = plain(target, channel, lines, changes)
    return len(
        target.round_over(
            drop(target.vault, target.share, packed=packed, nonce=nonce, channel=channel)).refused)


@fuzzing
@given(st.lists(batches(), min_size=1, max_size=3),
       st.sampled_from(["commun", "commun", "interne", "observatoire"]))
def test_any_rows_are_taken_or_refused_whole(target: Target, wanted: list[dict[str, Any]],
                                             channel: str) -> None:
    if throw(target, [msgspec.json.encode(batch) for batch in wanted], channel):
        return
    for batch in wanted:
        if batch["table"] in RECORDS and batch["rows"]:
            target.vault.ask(list_records, batch["table"])
        for row in batch["rows"]:
            for word in row[2:]:
                if isinstance(word, str):
                    target.vault.ask(search, word)


def kept(session: Session) -> int:
    return session.query(Unknown).count()


@fuzzing
@given(texts.filter(lambda name: name not in RECORDS), texts, anything, ids)
def test_what_is_not_known_is_kept(target: Target, table: str, name: str, value: Any,
                                   record_id: str) -> None:
    before = target.vault.ask(kept)
    assert throw(target,
                 [msgspec.json.encode(Rows(table, [name], [[record_id, STAMP.hex(), value]]))]) == 0
    assert target.vault.ask(kept) in (before, before + 1)
    row = target.vault.ask(
        lambda session: session.get(Unknown, (table, uuid.UUID(record_id).bytes, name)))
    assert row is not None


LINES = [b"", b"null", b"[]", b"{}", b"NaN", b'{"table":NaN}', b"[" * 100_000, b'{"a":' * 50_000,
         b"\xff\xfe",
         b'{"table":"organisation","fields":["name"],"rows":[["%s","%s",NaN]]}'
         % (b"0" * 32, STAMP.hex().encode()),
         b'{"table":"action","fields":["progress"],"rows":[["%s","%s",1e999]]}'
         % (b"0" * 32, STAMP.hex().encode()),
         b'{"table":"action","fields":["progress"],"rows":[["%s","%s",%s]]}'
         % (b"0" * 32, STAMP.hex().encode(), b"9" * 5000),
         b'{"table":"organisation","fields":["name"],"rows":[["%s","%s","\\ud800"]]}'
         % (b"0" * 32, STAMP.hex().encode())]


@fuzzing
@given(st.sampled_from(LINES) | st.binary(max_size=60).filter(lambda b: b"\n" not in b))
def test_a_line_that_is_no_rows_is_refused(target: Target, line: bytes) -> None:
    assert throw(target,
                 [msgspec.json.encode(Rows("organisation", ["name"],
                                           [["0" * 32, STAMP.hex(), "Avant"]])), line]) == 1


@fuzzing
@given(st.dictionaries(st.sampled_from(["header", "roster", "clock", "seen"]), anything, min_size=1)
       | st.fixed_dictionaries(
           {"seen": st.dictionaries(texts, st.tuples(st.integers(), texts, stamps | texts),
                                    max_size=3)})
       | st.fixed_dictionaries({"clock": stamps | texts}))
def test_any_opening_is_taken_or_refused(target: Target, changes: dict[str, Any]) -> None:
    def small(value: Any) -> bool:
        return not isinstance(value, int) or -2**63 <= value < 2**64

    if all(small(part[0]) for part in changes.get("seen", {}).values()
           if isinstance(part, tuple)) if isinstance(changes.get("seen"), dict) else True:
        throw(target, [], **changes)


def test_a_text_of_ten_megabytes_is_taken_and_found(target: Target) -> None:
    rows = Rows("organisation", ["name", "notes"],
                [[uuid.uuid4().hex, STAMP.hex(), "Longue", "mot " * 2_500_000]])
    assert throw(target, [msgspec.json.encode(rows)]) == 0
    assert "Longue" in {hit.title for hit in target.vault.ask(search, "longue")}
