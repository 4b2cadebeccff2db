"""Any role writes any fields of any records, in any packages: what it may not is nowhere, and all
who read agree."""

import itertools
import random
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base.clock import ERASED, stamp_bytes
from desktop.models.record import RECORDS, Field, beside, derived_id, fields_of, in_channel
from desktop.sync.packages.package import Rows
from desktop.vault import Vault
from tests.fuzz.conftest import fuzzing
from tests.hostile.test_authority import FINER, ROLES, World, channels_of, expected

FINE = {(kind, name) for kind, name, _who in FINER}
STAMPS = [stamp_bytes(1_790_000_000_000 + n, 0, b"forgedby").hex() for n in range(4)] + [
    stamp_bytes(250_000_000_000_000, 0, b"forgedby").hex(), ERASED.hex()]
KINDS = sorted(RECORDS)
SALTS = itertools.count()
"""No example meets the records of another."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(tmp_path_factory.mktemp("authority"))
    yield made
    made.laptops.close()


def value_of(field: Field, token: str) -> Any:
    return {"text": token, "integer": len(token), "boolean": True, "date": "2026-11-23",
            "month": "2026-11",
            "datetime": "2026-11-23T09:30", "reference": uuid.UUID(int=7).hex, "codes": [token],
            "references": [],
            "bytes": ""}.get(field.kind, token)


def id_of(kind: str, channel: str, salt: str) -> tuple[uuid.UUID, dict[str, str]]:
    """(id, the fields of which it is made) of a record of this example."""
    own = uuid.uuid5(uuid.NAMESPACE_OID, salt)
    if kind == "validation":
        return beside(derived_id(kind, own, "etat"), own), {"action_id": own.hex, "party": "etat"}
    if kind == "membership":
        return derived_id(kind, own, own), {"group_id": own.hex, "person_id": own.hex}
    if kind == "minutes_version":
        own = uuid.UUID(int=own.int & (1 << 127) - 1)
    return (in_channel(own, channel) if RECORDS[kind].__parent__ is not None else own), {}


@st.composite
def words(draw: st.DrawFn) -> dict[str, Any]:
    """What one role says of one record."""
    kind = draw(st.sampled_from(KINDS))
    names = [f.name for f in fields_of(RECORDS[kind]) if f.travels]
    return {"kind": kind, "channel": draw(st.sampled_from(channels_of(kind))),
            "role": draw(st.sampled_from(ROLES)),
            "record": draw(st.integers(0, 1)),
            "names": draw(st.sets(st.sampled_from(names), min_size=1, max_size=4)),
            "keys": draw(st.booleans()),
            "stamps": draw(st.lists(st.sampled_from(STAMPS), min_size=6, max_size=6))}


def told_of(vault: Vault, said: list[dict[str, Any]], salt: str) -> set[tuple[Any, ...]]:
    """All that a computer holds of the records of this example."""
    found = set()
    for word in said:
        made, _keys = id_of(word["kind"], word["channel"], name_of(word, salt))
        found |= {(word["kind"], *row) for row in vault.ask(
            lambda session, word=word, made=made: session.connection().exec_driver_sql(
                f'SELECT * FROM "{word["kind"]}" WHERE id = ?', (made.bytes,)).all())}
    return found


def name_of(word: dict[str, Any], salt: str) -> str:
    return f"{salt} {word['kind']} {word['channel']} {word['record']}"


def rows_of(word: dict[str, Any], salt: str, token: str) -> Rows:
    kind = word["kind"]
    made, keys = id_of(kind, word["channel"], name_of(word, salt))
    values = (keys if word["keys"] else {}) | {
        f.name: value_of(f, token) for f in fields_of(RECORDS[kind])
        if f.name in word["names"] - keys.keys()}
    stamps = [word["stamps"][place % 6] for place in range(len(values))]
    # A value under the mark is malformed, and refuses the package.
    values = {name: (True if name == "deleted" else None) if stamp == ERASED.hex() else value
              for (name, value), stamp in zip(values.items(), stamps, strict=True)}
    return Rows(kind, list(values), [[made.hex, stamps, *values.values()]])


@fuzzing
@given(st.lists(words(), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_what_a_role_may_not_is_nowhere_and_all_agree(world: World,
                                                      tmp_path_factory: pytest.TempPathFactory,
                                                     said: list[dict[str, Any]],
                                                      chance: random.Random) -> None:
    salt = next(SALTS)
    folder: Path = tmp_path_factory.mktemp("laid")
    packages, barred = [], dict[str, tuple[str, str]]()
    for number, word in enumerate(said):
        token = f"mot {salt} {number}"
        packages += world.lay(folder, world.by_role[word["role"]], [
            (word["channel"], rows_of(word, str(salt), token))])
        if not {word["role"]} & (expected(word["kind"], word["channel"], "edit")
                                 | expected(word["kind"], word["channel"], "create")):
            barred[token] = word["kind"], word["role"]
    orders = [packages, chance.sample(packages, len(packages))]
    for witness, order in zip(world.seen, orders, strict=True):
        for package in order:
            world.bring(folder, [package])
            world.laptops.sync(witness)
        for package in packages:
            (world.laptops.share / package.relative_to(folder)).unlink(missing_ok=True)
    first, second = world.seen
    for witness in world.seen:
        world.bring(folder, packages)
        world.laptops.sync(witness)
    assert told_of(first, said, str(salt)) == told_of(second, said, str(salt))
    for witness in world.seen:
        for token, (kind, role) in barred.items():
            for field in (f.name for f in fields_of(RECORDS[kind])
                          if f.kind == "text" and (kind, f.name) not in FINE):
                found = witness.ask(
                    lambda session, kind=kind, field=field, token=token: session.connection()
                    .exec_driver_sql(
                        f'SELECT count(*) FROM "{kind}" WHERE "{field}" = ?', (token,))
                    .scalar_one())
                assert found == 0, (kind, field, role)
