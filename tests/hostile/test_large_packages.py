"""What a member packs into a few kilobytes costs nobody more than 2 s and 300 MB, and is paid for
once."""

import uuid
from collections.abc import Iterable

import msgspec
import pytest
import zstandard

from desktop.base.errors import AppError
from desktop.commands.records import add_record
from desktop.models.meetings import NoteUpdate
from desktop.models.record import COMMON
from desktop.models.sync import Unknown
from desktop.queries.records import list_records
from desktop.sync.packages import bounds
from desktop.sync.packages.package import VERSION, Opening
from desktop.sync.rounds.news import FOR_GOOD
from desktop.sync.trust import state
from desktop.vault import Vault
from tests.hostile.rounds import Spent, round_apart
from tests.sync.forge import STAMP, drop, own_writer
from tests.sync.laptops import Laptops

NONCE = b"\xab" * 16
HEX = STAMP.hex()


def empty_rows(count: int) -> Iterable[bytes]:
    yield b'{"table":"action","fields":[],"rows":[' + b"[]," * (count - 1) + b"[]]}\n"


def unknown_rows(count: int, width: int = 1) -> Iterable[bytes]:
    names, cells = ",".join(f'"f{n}"' for n in range(width)), ",1" * width
    for start in range(0, count, 1_000):
        rows = ",".join(f'["{n:032x}","{HEX}"{cells}]'
                        for n in range(start, min(start + 1_000, count)))
        yield f'{{"table":"later","fields":[{names}],"rows":[{rows}]}}\n'.encode()


def nested(count: int) -> Iterable[bytes]:
    yield (f'{{"table":"later","fields":["f"],"rows":[["{uuid.UUID(int=1).hex}","{HEX}",['.encode()
           + b'{"a":1},' * count
           + b"1]]]}\n")


def cells(rows: int, width: int) -> Iterable[bytes]:
    for _part in range(rows // 100):
        yield b'{"table":"action","fields":[],"rows":[' + b",".join(
            [b"[" + b",".join([b"1"] * width) + b"]"] * 100) + b"]}\n"


def one_field_each(count: int) -> Iterable[bytes]:
    for _number in range(count):
        yield b'{"table":"action","fields":[],"rows":[]}\n'


def one_text(size: int) -> Iterable[bytes]:
    yield (
        f'{{"table":"organisation","fields":["notes"],"rows":[["{uuid.UUID(int=1).hex}","{HEX}","'.encode()
           + "🌳".encode() + b"a" * size + b'"]]}\n')


def honest(count: int) -> Iterable[bytes]:
    for start in range(0, count, 1_000):
        rows = [[uuid.UUID(int=(1 << 100) + n).hex, HEX, f"Organisation {n}", "utile"]
                for n in range(start, start + 1_000)]
        yield msgspec.json.encode(
            {"table": "organisation", "fields": ["name", "notes"], "rows": rows}) + b"\n"


def opening_of(count: int) -> dict[str, tuple[int, str, str]]:
    return {f"{n:016x}": (1, "0" * 64, "0" * 32) for n in range(count)}


def throw(vault: Vault, laptops: Laptops, body: Iterable[bytes],
          seen: dict[str, tuple[int, str, str]] | None = None) -> int:
    """Lay a package of this member; how many bytes it has."""
    shared = {"version": VERSION, "type": "changes",
              "collective": vault.ask(state.roster_in_force).collective, "channel": COMMON,
              "writer": own_writer(vault, NONCE).hex(), "nonce": NONCE.hex(), "sequence": 1,
              "previous": "", "epoch": 1}
    packer = zstandard.ZstdCompressor(level=3).compressobj()
    packed = packer.compress(msgspec.json.encode(Opening(shared, 1, HEX, seen or {})) + b"\n")
    packed += b"".join(map(packer.compress, body)) + packer.flush()
    return drop(vault, laptops.share, packed=packed, nonce=NONCE).stat().st_size


@pytest.fixture
def member(laptops: Laptops) -> Vault:
    made = laptops.join("member")
    for vault in (made, laptops.founder, made):
        laptops.sync(vault)
    return made


BOMBS = {
    "empty rows": empty_rows(21_000_000), "empty rows of a megabyte": empty_rows(340_000),
    "unknown": unknown_rows(1_000_000),
    "unknown and wide": unknown_rows(24_000, 250), "nested": nested(4_000_000),
    "cells": cells(250_000, 200),
    "lines": one_field_each(1_500_000), "a text": one_text(60_000_000)}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_for_good_and_paid_for_once(laptops: Laptops, member: Vault,
                                                      bomb: str) -> None:
    throw(member, laptops, BOMBS[bomb])
    member.do(add_record, "organisation", {"name": "De la même"})
    laptops.sync(member)
    first = round_apart(laptops.founder)
    assert len(first.refused) == 1 and any(first.refused[0].endswith(why)
                                           for why in FOR_GOOD), first
    assert first.is_little, first
    assert ({row["name"] for row in laptops.founder.ask(list_records, "organisation")}
            >= {"De la même"})
    again = laptops.sync(laptops.founder)
    assert (again.refused, again.pulled) == ([], 0)
    assert not list(laptops.share.glob(f"heads/want-{own_writer(member, NONCE).hex()}*"))


def test_what_the_author_had_read_is_bounded(laptops: Laptops, member: Vault) -> None:
    throw(member, laptops, [], opening_of(400_000))
    spent = round_apart(laptops.founder)
    assert bounds.TOO_MUCH in spent.refused[0] and spent.is_little, spent


LARGEST = {
    "records": honest(25_000), "unknown": unknown_rows(bounds.UNKNOWN // 2, 2),
    "a text": one_text(16_000_000)}


@pytest.mark.parametrize("what", LARGEST)
def test_the_largest_that_is_allowed_costs_little(laptops: Laptops, member: Vault,
                                                  what: str) -> None:
    throw(member, laptops, LARGEST[what])
    spent = round_apart(laptops.founder)
    assert spent.refused == [] and spent.is_little, spent


def test_what_one_device_adds_of_unknown_kinds_is_bounded(laptops: Laptops, member: Vault) -> None:
    def kept(vault: Vault) -> int:
        return vault.ask(lambda session: session.query(Unknown).count())

    previous = ""
    for sequence in range(1, 12):
        shared = {"version": VERSION, "type": "changes",
                  "collective": member.ask(state.roster_in_force).collective,
                  "channel": COMMON, "writer": own_writer(member, NONCE).hex(),
                  "nonce": NONCE.hex(),
                  "sequence": sequence, "previous": previous, "epoch": 1}
        names = [f"f{sequence}_{n}" for n in range(250)]
        rows = [[uuid.UUID(int=n).hex, HEX, *[1] * 250] for n in range(bounds.UNKNOWN // 250)]
        body = msgspec.json.encode({"table": "later", "fields": names, "rows": rows})
        packed = zstandard.compress(msgspec.json.encode(Opening(shared, 1, HEX, {})) + b"\n" + body
                                    + b"\n")
        previous = drop(member, laptops.share, packed=packed, nonce=NONCE, sequence=sequence,
                        previous=previous).stem.rpartition("-")[2]
    done = laptops.sync(laptops.founder)
    assert (any(bounds.TOO_NEW in why for why in done.refused)
            and kept(laptops.founder) == bounds.UNKNOWN_OF_ONE)
    again: Spent = round_apart(laptops.founder)
    assert again.pulled == 0 and kept(laptops.founder) == bounds.UNKNOWN_OF_ONE


def test_what_we_seal_is_never_too_much(laptops: Laptops, member: Vault) -> None:
    founder = laptops.founder
    before = len(laptops.packages())
    for number in range(20):
        founder.do(add_record, "organisation",
                   {"name": f"Longue {number}", "notes": "été " * 240_000})
    with pytest.raises(AppError, match="trop long"):
        founder.do(
            lambda session: session.add(NoteUpdate(block_id=uuid.uuid4(), data=b"x" * 2_700_001)))
    laptops.sync(founder)
    assert len(laptops.packages()) - before == 2
    assert laptops.sync(member).refused == []
    assert ({row["name"] for row in member.ask(list_records, "organisation")}
            >= {f"Longue {n}" for n in range(20)})
