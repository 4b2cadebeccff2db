"""What reaches the library that reads notes: all that Carnet writes, and nothing that it could not
have written."""

import time
import uuid
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Array, Doc, Map, Text, XmlFragment

from desktop.models.note_updates import CLIENTS, STRUCTS, is_sound
from desktop.models.notes import Embed, Segment, edit, read, segments_of

texts = st.text(st.characters(exclude_categories=["Cs"]),
                max_size=40) | st.sampled_from(["🌳🌳", "é\ufffc", "\0", "~ a\n? b"])
embeds = st.builds(Embed, st.sampled_from(["action", "decision", "note_block"]), st.uuids())
notes = st.lists(texts | embeds, max_size=6)


def number(value: int) -> bytes:
    made = bytearray()
    while value >= 128:
        made.append(value & 127 | 128)
        value >>= 7
    return bytes([*made, value])


def update(*structs: bytes, deleted: bytes = b"\0", client: int = 7, clock: int = 0) -> bytes:
    return (b"\1" + number(len(structs)) + number(client) + number(clock) + b"".join(structs)
            + deleted)


ROOT = b"\1\4text"


@given(st.lists(st.tuples(notes, st.booleans(), st.integers(0, 2)), min_size=1, max_size=8))
def test_every_history_of_edits_is_let_through(
    history: list[tuple[list[Segment], bool, int]]) -> None:
    """Three devices write, seal, and read each other now and then, in any order."""
    sealed: list[list[bytes]] = [[], [], []]
    unsealed: list[list[bytes]] = [[], [], []]
    for wanted, seals, device in history:
        # What is kept stands for all that was typed since the last exchange.
        made = edit(sealed[device], unsealed[device], wanted)
        if made is not None:
            assert is_sound(made)
            unsealed[device] = [made]
        if seals:
            for other in sealed:
                other += unsealed[device]
            unsealed[device] = []
    for own, waiting in zip(sealed, unsealed, strict=True):
        assert read([*own, *waiting])[1] == 0


@given(st.lists(st.tuples(st.integers(0, 9), texts | embeds | st.none()), min_size=1, max_size=30),
       st.integers(1, 2**53 - 1))
def test_every_document_of_one_text_is_let_through(gestures: list[tuple[int, str | Embed | None]],
                                                   client: int) -> None:
    document: Doc[Text] = Doc(client_id=client)
    body = document.get("text", type=Text)
    atoms: list[str | Embed] = []
    for place, what in gestures:
        place = min(place, len(atoms))
        at = sum(len(atom.encode()) if isinstance(atom, str) else 1 for atom in atoms[:place])
        if what is None:
            gone = sum(len(atom.encode()) if isinstance(atom, str) else 1
                       for atom in atoms[place:place + 3])
            del body[at:at + gone], atoms[place:place + 3]
        elif isinstance(what, Embed):
            body.insert_embed(at, {"kind": what.kind, "id": str(what.id)})
            atoms.insert(place, what)
        elif what:
            body.insert(at, what)
            atoms[place:place] = what
    body.insert(0, "gras", {"bold": True})
    assert is_sound(document.get_update())


def test_a_long_text_and_a_long_evening_are_let_through() -> None:
    long = edit([], [], ["mot " * 50_000])
    assert long is not None and is_sound(long)
    typed: bytes | None = None
    for turn in range(300):
        made = edit([], [typed] if typed else [], [f"ligne {turn} " * (turn // 10 + 1)])
        typed = made or typed
    assert typed is not None and is_sound(typed)


def shaped(shape: Callable[[Doc[Text]], None]) -> bytes:
    document: Doc[Text] = Doc()
    shape(document)
    return document.get_update()


def nested(depth: int) -> bytes:
    """Arrays in one another, which overflow the stack of the library."""
    return update(b"\7" + ROOT + b"\0",
                  *(b"\7\0" + number(7) + number(n) + b"\0" for n in range(depth)))


BAD = {
    "nested": nested(700), "nested deeper": nested(40_000),
    "array": shaped(lambda d: d.get("text", type=Array).extend(["a"])),
    "map": shaped(lambda d: d.get("text", type=Map).update({"a": "b"})),
    "another root": shaped(lambda d: d.get("autre", type=Text).insert(0, "a")),
    "markup": shaped(lambda d: d.get("text", type=XmlFragment).children.append("a")),
    "empty": b"", "cut": update(b"\4" + ROOT + b"\5abc"),
    "longer": update(b"\4" + ROOT + b"\1a") + b"x",
    "no letters": update(b"\4" + ROOT + b"\2\xff\xff"), "nothing": update(b"\4" + ROOT + b"\0"),
    "deleted nothing": update(b"\1" + ROOT + b"\0"), "binary": update(b"\3" + ROOT + b"\1a"),
    "any": update(b"\10" + ROOT + b"\1w\1a"), "json": update(b"\2" + ROOT + b"\1\1" + b'1'),
    "document": update(b"\11" + ROOT + b"\1a" + b"v\0"),
    "keyed": update(b"\x24" + ROOT + b"\1k\1a"),
    "in a struct": update(b"\4\0\7\0\1a"),
    "deep embed": update(b"\5" + ROOT + number(2_000) + b"[" * 1_000 + b"]" * 1_000),
    "long embed": update(b"\5" + ROOT + number(9_002) + b'"' + b"a" * 9_000 + b'"'),
    "deep format": update(b"\6" + ROOT + b"\4bold" + number(2_000) + b"[" * 1_000 + b"]" * 1_000),
    "endless number": update(b"\4" + ROOT + b"\xff" * 20),
    "far clock": update(b"\4" + ROOT + b"\1a", clock=2**40),
    "gone for ever": update(*[b"\0" + number(2**31 - 1)] * 3),
    "many clients": number(2**40) + b"\0" * 100,
    "many structs": b"\1" + number(2**40) + b"\7\0" + b"\0\1" * 100,
    "more clients": number(CLIENTS + 1) + b"\0\7\0" * (CLIENTS + 1) + b"\0",
    "more structs": update(*[b"\4" + ROOT + b"\1a"] * (STRUCTS + 1)),
    "deletions": b"\0\1\7" + number(10**6) + b"\0\1" * 10**6,
    "far deletion": b"\0\1\7\1" + number(2**31) + number(5),
    "large": update(b"\4" + ROOT + number(5_000_000) + b"a" * 5_000_000)}


@pytest.mark.parametrize("name", BAD)
def test_what_carnet_does_not_write_is_judged_soon_and_never_reaches_the_library(name: str) -> None:
    began = time.process_time()
    assert not is_sound(BAD[name])
    assert time.process_time() - began < 2
    assert read([BAD[name]]) == ([], 1) and segments_of([BAD[name]]) == []


@given(st.binary(max_size=200) | st.builds(lambda data, cut: data[:cut] + data[cut + 1:], st.just(
    edit([], [], ["avant ", Embed("action", uuid.UUID(int=5)), " après"]) or b""),
                                           st.integers(0, 100)))
def test_any_bytes_are_judged(data: bytes) -> None:
    assert is_sound(data) in (True, False)
    assert read([data])[1] in (0, 1)
