"""Notes that a member made to kill the programs that read them are not stored, whatever way they
come."""

import base64
import uuid

import pytest
from sqlalchemy.orm import Session

from desktop.commands.meetings import create_meeting
from desktop.commands.notes import write_notes
from desktop.models.meetings import NoteBlock, NoteUpdate
from desktop.models.notes import edit
from desktop.queries.meetings.notes import blocks_of
from desktop.sync.packages.package import Rows
from desktop.vault import Vault
from tests.hostile.rounds import round_apart
from tests.models.test_note_updates import nested
from tests.sync.forge import STAMP, drop
from tests.sync.laptops import Laptops
from tests.sync.test_hostile_snapshots import forged


def updates(vault: Vault) -> list[bytes]:
    return [bytes(row[0]) for row
            in vault.ask(lambda session: list(session.connection().exec_driver_sql(
                "SELECT data FROM note_update WHERE data IS NOT NULL")))]


def rows_of(block: uuid.UUID, *data: bytes) -> Rows:
    return Rows("note_update", ["block_id", "generation", "data"], [
        [uuid.uuid4().hex, STAMP.hex(), block.hex, 0, base64.b64encode(one).decode()]
        for one in data])


@pytest.fixture
def meeting(laptops: Laptops) -> uuid.UUID:
    made = laptops.founder.do(create_meeting, group_id=None, title="Séance", kind="pleniere",
                              starts_at="2026-11-03T14:00")
    laptops.founder.do(write_notes, made, None, ["Ouverture"])
    laptops.sync(laptops.founder)
    return made


@pytest.mark.parametrize("depth", [700, 40_000])
def test_nested_bytes_in_a_package_are_kept_out(laptops: Laptops, meeting: uuid.UUID,
                                                depth: int) -> None:
    founder = laptops.founder
    member = laptops.join("member")
    for vault in (member, founder):
        laptops.sync(vault)
    (block,) = [one.id for one in founder.ask(blocks_of, meeting)]
    good = edit(updates(founder), [], ["Ouverture à 14 h"]) or b""
    drop(member, laptops.share, rows_of(block, nested(depth), good))
    spent = round_apart(founder)
    assert (spent.refused, spent.kept_out) == ([], 1) and spent.is_little, spent
    assert nested(depth) not in updates(founder)
    (found,) = founder.ask(blocks_of, meeting)
    assert found.segments == ("Ouverture à 14 h",) and found.unreadable == 0
    founder.do(write_notes, meeting, None, ["Ouverture à 14 h 05"])


def test_nested_bytes_in_a_snapshot_are_kept_out(laptops: Laptops, meeting: uuid.UUID) -> None:
    founder = laptops.founder
    block = uuid.uuid4()
    forged(founder, laptops.share, lambda _manifest: None,
           Rows("note_block", ["meeting_id", "kind"],
                [[block.hex, STAMP.hex(), meeting.hex, "texte"]]),
           rows_of(block, nested(700)))
    newcomer = laptops.join("newcomer")
    laptops.sync(newcomer)
    assert nested(700) not in updates(newcomer)


def test_nested_bytes_that_lie_in_a_vault_are_not_read(laptops: Laptops,
                                                       meeting: uuid.UUID) -> None:
    """As a backup of somebody else's may hold them."""
    def lay(session: Session) -> None:
        (block,) = session.query(NoteBlock).all()
        session.add(NoteUpdate(block_id=block.id, generation=0, data=nested(700)))

    laptops.founder.do(lay)
    (found,) = laptops.founder.ask(blocks_of, meeting)
    assert found.segments == ("Ouverture",) and found.unreadable == 1


def test_nested_bytes_that_waited_for_a_newer_version_are_not_lifted(laptops: Laptops,
                                                                     meeting: uuid.UUID) -> None:
    founder = laptops.founder

    def lay(session: Session) -> None:
        connection = session.connection()
        encoded = base64.b64encode(nested(700)).decode()
        for name, value in (("data", f'"{encoded}"'), ("generation", "0")):
            connection.exec_driver_sql("INSERT INTO unknown (kind, channel, record_id, field, "
                                       "stamp, value) VALUES ('note_update', 'commun', ?, ?, ?, ?)",
                                       (b"\1" * 16, name, STAMP, value))
        connection.exec_driver_sql("DELETE FROM local_value WHERE key = 'sync.lifted'")

    founder.do(lay)
    laptops.sync(founder)
    assert nested(700) not in updates(founder)
