"""Whole packages, cut, flipped, mixed and misnamed."""

import hashlib
import os

from hypothesis import given
from hypothesis import strategies as st

from desktop.sync.packages.package import RefusedError, Rows, open_rest, read_header
from desktop.sync.trust import state
from tests.fuzz.conftest import fuzzing
from tests.fuzz.target import Target
from tests.sync.forge import STAMP, drop, own_writer

ROWS = Rows("organisation", ["name"], [["00" * 16, STAMP.hex(), "Fausse"]])


def two_packages(target: Target) -> tuple[str, bytes, bytes]:
    """(the writer of the first, both)."""
    nonce = os.urandom(16)
    one, other = drop(target.vault, target.share, ROWS,
                      nonce=nonce), drop(target.vault, target.share, ROWS)
    data = one.read_bytes(), other.read_bytes()
    one.unlink()
    other.unlink()
    return own_writer(target.vault, nonce).hex(), *data


# Most of a package is sealed bytes: the clear part gets its half of the blows.
blows = st.lists(st.tuples(st.sampled_from(["cut", "flip", "swap", "append", "insert", "drop"]),
                           st.integers(0, 700) | st.integers(0, 6_000), st.integers(0, 7),
                           st.binary(min_size=1, max_size=40)), min_size=1, max_size=3)


def spoilt(good: bytes, other: bytes, wanted: list[tuple[str, int, int, bytes]]) -> bytes:
    """The good package in some other shape."""
    bad = bytearray(good)
    for how, where, bit, more in wanted:
        place = where % (len(bad) + 1)
        match how:
            case "cut":
                del bad[place:]
            case "flip" if place < len(bad):
                bad[place] ^= 1 << bit
            case "swap":
                bad[place:] = other[place:]
            case "append":
                bad += more
            case "insert":
                bad[place:place] = more
            case "drop":
                del bad[place:place + len(more)]
    return bytes(bad)


@fuzzing
@given(blows, st.sampled_from(["own", "zero", "good"]))
def test_a_spoilt_package_is_refused_and_changes_nothing(
        target: Target, wanted: list[tuple[str, int, int, bytes]], named: str) -> None:
    writer, good, other = two_packages(target)
    bad = spoilt(good, other, wanted)
    if bad in (good, other):
        return
    sha256 = hashlib.sha256(bad).hexdigest()
    try:
        header, _signer, rest = read_header(bad, sha256)
        list(open_rest(header, rest, target.vault.ask(state.channel_keys)[("commun", 1)])[1])
    except RefusedError:
        refused = True
    else:
        refused = False
    assert refused
    name = {"own": sha256, "zero": "0" * 64, "good": hashlib.sha256(good).hexdigest()}[named]
    done = target.round_over(target.lay(f"w/{writer}/000000/0000000001-{name}.pkg", bad))
    assert len(done.refused) == 1


@fuzzing
@given(st.binary(max_size=2_000), st.sampled_from([b"", b"age-encryption.org/v1\n", b"-> X25519 "]))
def test_rubbish_sealed_as_it_should_be_is_refused(target: Target, packed: bytes,
                                                   before: bytes) -> None:
    assert (len(target.round_over(drop(target.vault, target.share, packed=before + packed)).refused)
            == 1)


names = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1,
                max_size=30)
parts = st.sampled_from(["0000000001", "1", "²", "٣", "-1", "9" * 30, "0" * 64, "g" * 64, "",
                         "\udcff", ".pkg", ".age", " "])
hostile_names = ((names | st.lists(parts, min_size=1, max_size=4).map("-".join))
                 .filter(lambda n: n not in (".", "..") and n))


@fuzzing
@given(hostile_names,
       st.sampled_from(
           ["w/{w}/000000/{n}", "w/{w}/{n}/0000000001-x.pkg", "w/{n}/000000/0000000001-x.pkg",
            "heads/{w}-{n}", "heads/{n}", "trust/{n}", "trust/{n}.age", "trust/keys/commun-{n}.age",
            "{n}"]), st.binary(max_size=20))
def test_any_name_in_the_folder_is_passed_over_or_refused(target: Target, name: str, where: str,
                                                          content: bytes) -> None:
    path = where.format(w=os.urandom(8).hex(), n=name)
    if (all(len(os.fsencode(part)) < 200 for part in path.split("/"))
        and not (target.share / path).exists()):
        target.stops_or_passes(path, content)
