"""The channel of a row is who reads it: a member who says otherwise widens nobody's words, and
hides none."""

import base64
import uuid

import pytest
from pycrdt import Doc, Text
from sqlalchemy.orm import Session

from desktop.commands.actions import create_action
from desktop.commands.meetings import create_meeting, mark_attendance
from desktop.commands.notes import ensure_block, write_note, write_notes
from desktop.commands.records import add_record
from desktop.models.record import CHANNELS, COMMON, INTERNAL, derived_id
from desktop.queries.meetings.notes import blocks_of, common_id, notes_of
from desktop.queries.records import list_records
from desktop.sync.packages.package import Rows
from desktop.tasks import shared_folder
from desktop.tasks.groups import set_readers
from desktop.vault import Vault
from tests.sync.forge import STAMP, drop
from tests.sync.laptops import Laptops

SECRET = "zygomatique"
BLOCK = ["meeting_id", "agenda_item_id", "order", "audience", "kind"]


def typed(text: str) -> str:
    document: Doc[Text] = Doc()
    document.get("text", type=Text).insert(0, text)
    return base64.b64encode(document.get_update()).decode()


def block_row(block: uuid.UUID, meeting: uuid.UUID, audience: str | None) -> list[object]:
    return [block.hex, STAMP.hex(), meeting.hex, None, "m", audience, "texte"]


def ids_of(vault: Vault, kind: str) -> set[tuple[uuid.UUID, str]]:
    def read(session: Session) -> set[tuple[uuid.UUID, str]]:
        rows = session.connection().exec_driver_sql(f'SELECT id, channel FROM "{kind}"')
        return {(uuid.UUID(bytes=bytes(row[0])), row[1]) for row in rows}

    return vault.ask(read)


@pytest.fixture
def member(laptops: Laptops) -> Vault:
    made = laptops.join("member")
    for vault in (made, laptops.founder, made):
        laptops.sync(vault)
    return made


@pytest.fixture
def meeting(laptops: Laptops, member: Vault) -> uuid.UUID:
    made = laptops.founder.do(create_meeting, group_id=None, title="Séance", kind="pleniere",
                              starts_at="2026-11-03T14:00")
    for vault in (laptops.founder, member):
        laptops.sync(vault)
    return made


def reads(vault: Vault, meeting: uuid.UUID) -> str:
    return repr(vault.ask(blocks_of, meeting))


@pytest.mark.parametrize("said", [INTERNAL, "observatoire"])
@pytest.mark.parametrize("derived", [True, False], ids=["derived", "any"])
def test_a_restricted_line_is_not_written_into_a_block_laid_for_everybody(
        laptops: Laptops, member: Vault, meeting: uuid.UUID, said: str, derived: bool) -> None:
    founder = laptops.founder
    laid = derived_id("note_block", meeting, "", said) if derived else uuid.uuid4()
    drop(member, laptops.share, Rows("note_block", BLOCK, [block_row(laid, meeting, said)]))
    done = laptops.sync(founder)
    assert (done.refused, done.kept_out) == ([], 1)
    sign = "~" if said == INTERNAL else "~~"
    written = founder.ask(notes_of, meeting).get(None)
    founder.do(write_notes, meeting, None, [f"Dit\n{sign} Tu {SECRET}"],
               written.known if written is not None else None)
    founder.do(write_note, founder.do(ensure_block, meeting, None, said), [f"Encore {SECRET}"])
    for vault in (founder, member):
        laptops.sync(vault)
    assert SECRET in reads(founder, meeting) and SECRET not in reads(member, meeting)
    assert {block.audience for block in founder.ask(blocks_of, meeting)} == {COMMON, said}


def test_a_block_that_is_given_another_audience_later_keeps_that_of_its_channel(
        laptops: Laptops, member: Vault, meeting: uuid.UUID) -> None:
    founder, laid = laptops.founder, uuid.uuid4()
    later = (int.from_bytes(STAMP[:8], "big") + 1).to_bytes(8, "big") + STAMP[8:]
    drop(member, laptops.share, Rows("note_block", BLOCK, [block_row(laid, meeting, None)]),
         Rows("note_block", ["audience"], [[laid.hex, later.hex(), INTERNAL]]))
    assert laptops.sync(founder).kept_out == 1
    assert {block.audience for block in founder.ask(blocks_of, meeting)} == {COMMON}


@pytest.mark.parametrize("wrong", [channel for channel in CHANNELS if channel != INTERNAL])
def test_an_honest_record_merges_whatever_was_laid_under_its_id_before(
        laptops: Laptops, member: Vault, wrong: str) -> None:
    founder = laptops.founder
    action = founder.do(create_action, f"Relancer {SECRET}", channel=INTERNAL)
    common = founder.do(create_action, "Pour tous")
    other = laptops.join("other", "coordination")
    drop(member, laptops.share, Rows("action", ["title"], [[action.hex, STAMP.hex(), "Faux"]]),
         channel=wrong)
    drop(member, laptops.share, Rows("action", ["title"], [[common.hex, STAMP.hex(), "Faux"]]),
         channel=INTERNAL)
    laptops.sync(other)
    for vault in (founder, other, member):
        laptops.sync(vault)
    assert ({row["title"] for row in other.ask(list_records, "action")}
            == {f"Relancer {SECRET}", "Pour tous"})
    assert {row["title"] for row in member.ask(list_records, "action")} == {"Pour tous"}


def test_words_for_everybody_are_none_of_a_restricted_block(
        laptops: Laptops, member: Vault, meeting: uuid.UUID) -> None:
    founder = laptops.founder
    founder.do(write_notes, meeting, None, [f"~ Tu {SECRET}"])
    laptops.sync(founder)
    (restricted,) = [block.id for block in founder.ask(blocks_of, meeting)
                     if block.audience == INTERNAL]
    drop(member, laptops.share, Rows("note_update", ["block_id", "generation", "data"],
                                     [[uuid.uuid4().hex, STAMP.hex(), restricted.hex, 0,
                                       typed("Glissé")]]))
    assert laptops.sync(founder).kept_out == 1
    assert "Glissé" not in reads(founder, meeting) and SECRET in reads(founder, meeting)


@pytest.mark.parametrize("kind",
                         ["attendance", "agenda_item", "action", "meeting", "minutes_version"])
def test_nothing_of_a_confidential_group_is_laid_for_everybody(laptops: Laptops, member: Vault,
                                                               kind: str) -> None:
    founder = laptops.founder
    group = founder.do(add_record, "group", {"name": "Logement", "kind": "groupe_de_travail"})
    set_readers(founder, shared_folder.open_store(founder, None), group, set())
    meeting = founder.do(create_meeting, group_id=group, title=f"Séance {SECRET}",
                         kind="groupe_de_travail",
                         starts_at="2026-11-03T14:00")
    person = founder.do(add_record, "person", {"family_name": "Haddad", "given_name": "Karim"})
    laid = {"attendance": derived_id("attendance", meeting, person),
            "meeting": meeting}.get(kind, uuid.uuid4())
    fields = {"meeting": ["title"]}.get(kind, ["meeting_id"])
    value = "Faux" if kind == "meeting" else meeting.hex
    drop(member, laptops.share, Rows(kind, fields, [[laid.hex, STAMP.hex(), value]]))
    before = ids_of(founder, kind)
    assert laptops.sync(founder).kept_out == 1 and ids_of(founder, kind) == before
    founder.do(mark_attendance, meeting, person, "present")
    founder.do(write_notes, meeting, None, [f"Dit {SECRET}"])
    for vault in (founder, member):
        laptops.sync(vault)
    assert SECRET not in reads(member, meeting) and ids_of(member, "attendance") == set()
    assert {channel for _id, channel in ids_of(founder, "attendance")} == {f"groupe-{group.hex}"}


def test_what_belongs_to_all_is_not_drawn_into_a_group(laptops: Laptops, member: Vault,
                                                       meeting: uuid.UUID) -> None:
    founder = laptops.founder
    group = founder.do(add_record, "group", {"name": "Logement", "kind": "groupe_de_travail"})
    set_readers(founder, shared_folder.open_store(founder, None), group, set())
    for vault in (founder, member):
        laptops.sync(vault)
    drop(member, laptops.share,
         Rows("note_block", BLOCK, [block_row(common_id(meeting, None), meeting, None)]),
         channel=f"groupe-{group.hex}")
    assert laptops.sync(founder).kept_out == 1
    founder.do(write_notes, meeting, None, ["Pour tous"])
    for vault in (founder, member):
        laptops.sync(vault)
    assert "Pour tous" in reads(member, meeting)
