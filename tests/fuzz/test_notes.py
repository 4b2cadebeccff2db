"""Yjs updates that no Carnet made: notes, index and minutes say what can be read."""

import base64
import uuid
from contextlib import suppress

from hypothesis import example, given
from hypothesis import strategies as st
from pycrdt import Array, Doc, Map, Text

from desktop.base.errors import AppError
from desktop.commands.notes import write_note
from desktop.commands.records import add_record
from desktop.models.note_updates import is_sound
from desktop.models.notes import Embed, Segment, edit, read, segments_of, text_of_updates
from desktop.queries.documents.minutes import Audience, minutes_of
from desktop.queries.meetings.notes import blocks_of
from desktop.sync.packages.package import Rows
from tests.day import TODAY
from tests.fuzz.conftest import fuzzing
from tests.fuzz.target import Target
from tests.sync.forge import STAMP, drop

AUDIENCES: tuple[Audience, ...] = ("interne", "diffusion")
texts = st.text(st.characters(exclude_categories=["Cs"]),
                max_size=20) | st.sampled_from(["\ufffc", "é\ufffcà", "\0", "~x\r\n?y"])
embeds = st.dictionaries(st.sampled_from(["kind", "id", "autre"]),
                         texts | st.integers(-9, 9) | st.none()
                         | st.lists(texts, max_size=2) | st.uuids().map(str), max_size=3)


@st.composite
def updates(draw: st.DrawFn) -> bytes:
    """A true update, perhaps of another shape than a text."""
    # The same few authors: their updates contradict each other too.
    document: Doc[Text] = Doc(client_id=draw(st.integers(1, 3)))
    match draw(st.integers(0, 5)):
        case 0:
            document.get("text", type=Array).extend(draw(st.lists(texts, max_size=3)))
        case 1:
            document.get("text", type=Map).update(draw(st.dictionaries(texts, texts, max_size=3)))
        case _:
            body = document.get("text", type=Text)
            body.insert(0, "a" + draw(texts))
            for embed in draw(st.lists(embeds, max_size=2)):
                body.insert_embed(0, embed)
            body += draw(texts)
            if draw(st.booleans()):
                del body[0:1]
    return document.get_update()


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    data = bytearray(draw(updates()))
    for _blow in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, max(len(data) - 1, 0)))
        match draw(st.integers(0, 3)):
            case 0:
                del data[place:]
            case 1:
                data[place:place] = draw(st.binary(min_size=1, max_size=6))
            case _:
                data[place:place + 1] = draw(st.binary(min_size=1, max_size=1))
    return bytes(data)


received = st.lists(st.binary(max_size=60) | updates() | mutated(), min_size=1, max_size=4)


@fuzzing
@example([b"\x01\x01\x00\x01\x04\x01\x04text\x04\x00\xe1\x80\x80\x00"],
         [b"\x01\x01\x00\x00\x08\x01\x04text\x01t\x00\x00"], "")
@given(received, received, texts)
def test_any_updates_are_read_and_written_on(old: list[bytes], late: list[bytes],
                                             more: str) -> None:
    segments_of(old + late)
    assert 0 <= read(old + late)[1] <= len(old + late)
    wanted: list[Segment] = [*segments_of(old), f"fin {more}", Embed("action", uuid.uuid4())]
    try:
        made = edit(old, late, wanted)
    except AppError as error:
        assert "abîmée" in error.message
        return
    # Updates that contradict each other may leave something after it.
    assert f"fin {more}".replace("\ufffc",
                                 "") in text_of_updates([*old, *late, *([made] if made else [])])


@fuzzing
@given(received)
def test_any_updates_in_a_package_leave_notes_index_and_minutes(target: Target,
                                                                data: list[bytes]) -> None:
    block = uuid.uuid4()
    meeting = target.vault.do(add_record, "meeting",
                              {"title": "Séance", "kind": "pleniere",
                               "starts_at": "2026-03-12T14:30"})
    target.laptops.sync(target.vault)
    done = target.round_over(drop(
        target.vault, target.share,
        Rows("note_block", ["meeting_id", "order", "audience", "kind"],
             [[block.hex, STAMP.hex(), meeting.hex, "a", "commun", None]]),
        Rows("note_update", ["block_id", "generation", "data"],
             [[uuid.uuid4().hex, STAMP.hex(), block.hex, 0, base64.b64encode(one).decode()]
              for one in data])))
    sound = list(filter(is_sound, data))
    assert (done.refused, done.kept_out) == ([], len(data) - len(sound))
    (found,) = target.vault.ask(blocks_of, meeting)
    assert found.unreadable <= read(sound)[1]
    for audience in AUDIENCES:
        target.vault.ask(minutes_of, meeting, audience, TODAY)
    with suppress(AppError):
        target.vault.do(write_note, block, [*found.segments, "suite"])
