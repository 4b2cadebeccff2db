"""Merging holds in any order: the pure rule is a join, and the SQL made from it gives what the rule
gives."""

from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.base.clock import stamp_bytes
from desktop.models.record import STAMP
from desktop.sync.merging.rules import Register, is_concurrent, merged, upsert_sql

FIELDS = ("name", "notes", "web")
WRITERS = (b"writer-a", b"writer-b", b"writer-c")

stamps = st.builds(stamp_bytes, st.integers(1, 3), st.integers(0, 1), st.sampled_from(WRITERS))


def value_of(stamp: bytes, name: str) -> str | None:
    """One stamp is one edit: the same stamp never comes with two values, and an edit may empty a
    field."""
    return None if stamp[5] == 2 else f"{name} {stamp.hex()}"


registers = stamps.map(lambda stamp: (stamp, value_of(stamp, "name")))
edits = st.tuples(st.integers(0, 3), st.dictionaries(st.sampled_from(FIELDS), stamps, min_size=1))
Edit = tuple[int, dict[str, bytes]]
Table = dict[bytes, dict[str, Register]]


@given(registers, registers, registers)
def test_the_rule_is_a_join(a: Register, b: Register, c: Register) -> None:
    assert merged(None, a) == merged(a, a) == a
    assert merged(a, b) == merged(b, a)
    assert merged(merged(a, b), c) == merged(a, merged(b, c))


@given(stamps, stamps, st.none() | stamps)
def test_one_writer_is_never_concurrent_with_itself(loser: bytes, winner: bytes,
                                                    saw: bytes | None) -> None:
    found = is_concurrent(loser, winner, saw)
    if loser[8:] == winner[8:]:
        assert not found
    else:
        assert found == (saw is None or saw < loser)


def by_the_rule(wanted: list[Edit]) -> Table:
    table: Table = {}
    for row, fields in wanted:
        record = table.setdefault(bytes([row]) * 16, {})
        for name, stamp in fields.items():
            record[name] = merged(record.get(name), (stamp, value_of(stamp, name)))
    return table


def by_sql(wanted: list[Edit], size: int) -> Table:
    connection = sqlcipher.connect(":memory:")
    columns = ", ".join(f'"{name}" TEXT, "{name}{STAMP}" BLOB' for name in FIELDS)
    connection.execute(f"CREATE TABLE organisation (id BLOB PRIMARY KEY, channel TEXT NOT NULL, "
                       f"{columns})")
    for start in range(0, len(wanted), size):
        batch = wanted[start:start + size]
        for names, rows in groupby(batch, key=lambda edit: tuple(sorted(edit[1]))):
            connection.executemany(upsert_sql("organisation", names), [
                (bytes([row]) * 16, "commun", *(value_of(fields[n], n) for n in names),
                 *(fields[n] for n in names))
                for row, fields in rows])
    selected = ", ".join(f'"{name}{STAMP}", "{name}"' for name in FIELDS)
    found = connection.execute(f"SELECT id, {selected} FROM organisation").fetchall()
    connection.close()
    return {bytes(row[0]): {name: (bytes(row[1 + 2 * i]), row[2 + 2 * i])
                            for i, name in enumerate(FIELDS)
                            if row[1 + 2 * i] is not None} for row in found}


@given(st.lists(edits, max_size=25), st.data())
def test_any_order_any_batches_and_repeats_give_one_table(wanted: list[Edit],
                                                          data: st.DataObject) -> None:
    repeats = data.draw(st.lists(st.sampled_from(wanted), max_size=10)) if wanted else []
    shuffled = data.draw(st.permutations(wanted + repeats))
    size = data.draw(st.integers(1, 30))
    assert by_sql(shuffled, size) == by_the_rule(wanted)


@given(stamps)
def test_a_record_of_another_channel_is_not_overwritten(stamp: bytes) -> None:
    connection = sqlcipher.connect(":memory:")
    connection.execute('CREATE TABLE organisation (id BLOB PRIMARY KEY, channel TEXT NOT NULL, '
                       '"name" TEXT, "name_stamp" BLOB)')
    statement = upsert_sql("organisation", ("name",))
    connection.execute(statement, (b"i" * 16, "interne", "secret", stamp_bytes(0, 0, WRITERS[0])))
    connection.execute(statement, (b"i" * 16, "commun", "autre", stamp))
    assert (connection.execute("SELECT channel, name FROM organisation").fetchall()
            == [("interne", "secret")])
    connection.close()
