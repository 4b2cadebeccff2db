"""What was validated stays so: no stamp, id or signature that somebody makes up replaces it."""

import hashlib
import uuid
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.clock import stamp_bytes
from desktop.base.errors import AppError
from desktop.base.ids import new_id
from desktop.commands.minutes import begin_correction, validate
from desktop.models.meetings import MinutesVersion
from desktop.models.signed_minutes import sign, signed_id, signed_line
from desktop.queries.documents.frozen import versions_of
from desktop.queries.documents.minutes import minutes_of
from desktop.sync.packages.package import Rows
from desktop.sync.rounds.check import check_vault
from desktop.sync.trust.links import own_key
from desktop.tasks import shared_folder
from desktop.tasks.removal import remove_device
from desktop.vault import Vault
from tests.commands.test_minutes import TODAY, held
from tests.sync.forge import drop
from tests.sync.laptops import Laptops

BACKDATED = stamp_bytes(1_000_000_000_000, 0, b"forgedby")
FAR = stamp_bytes(250_000_000_000_000, 0, b"forgedby")
NOBODY = bytes(range(32))
"""A signing key of no computer of the collective."""
STAMPS = pytest.mark.parametrize("stamp", [BACKDATED, FAR], ids=["back-dated", "far future"])


@pytest.fixture
def member(laptops: Laptops) -> Vault:
    """With the role of who may write minutes: the others are told by the table that it may."""
    made = laptops.join("member", "secretariat")
    laptops.sync(made)
    return made


@pytest.fixture
def meeting(laptops: Laptops, member: Vault) -> uuid.UUID:
    made = laptops.founder.do(held)
    laptops.founder.do(validate, made, TODAY)
    for vault in (laptops.founder, member):
        laptops.sync(vault)
    return made


def row_of(vault: Vault, meeting: uuid.UUID) -> dict[str, str | int | None]:
    """The validated row for circulation as it travels."""
    def read(session: Session) -> dict[str, str | int | None]:
        row = session.scalars(select(MinutesVersion).where(
            MinutesVersion.meeting_id == meeting, MinutesVersion.channel == "commun")).one()
        names = ("number", "audience", "state", "content_hash", "validated_on", "body", "signature")
        return {name: getattr(row, name, None) for name in names} | {
            "id": row.id.hex, "meeting_id": meeting.hex}

    return vault.ask(read)


def lay(laptops: Laptops, author: Vault, stamp: bytes, row: dict[str, str | int | None]) -> None:
    """One row of minutes as a program of its own would write it."""
    names = [name for name, value in row.items() if name != "id" and value is not None]
    drop(author, laptops.share, Rows("minutes_version", names, [
        [row["id"], stamp.hex(), *(row[name] for name in names)]]))


def falsified(row: dict[str, str | int | None]) -> dict[str, str | int | None]:
    body = str(row["body"]).replace("Tour de table", "Rien de tel")
    return row | {"body": body, "content_hash": hashlib.sha256(body.encode()).hexdigest()}


def printed(vault: Vault, meeting: uuid.UUID) -> str:
    return repr(vault.ask(minutes_of, meeting, "diffusion", TODAY))


@STAMPS
def test_a_stamp_does_not_replace_validated_minutes(
        laptops: Laptops, member: Vault, meeting: uuid.UUID, stamp: bytes) -> None:
    lay(laptops, member, stamp, falsified(row_of(member, meeting)))
    for vault in (laptops.founder, laptops.join("late")):
        laptops.sync(vault)
        assert "Tour de table" in printed(vault, meeting)
        assert "Rien de tel" not in printed(vault, meeting)
        assert [version.whole for version in vault.ask(versions_of, meeting)] == [True]


@pytest.mark.parametrize("said", ["reason", "validated_on", "deleted", "signature"])
@STAMPS
def test_one_field_of_validated_minutes_is_not_replaced(
        laptops: Laptops, member: Vault, meeting: uuid.UUID, stamp: bytes, said: str) -> None:
    founder, before = laptops.founder, printed(laptops.founder, meeting)
    value = {"validated_on": "2020-01-01", "deleted": True}.get(said, "Rien")
    drop(member, laptops.share, Rows("minutes_version", [said], [
        [row_of(member, meeting)["id"], stamp.hex(), value]]))
    assert laptops.sync(founder).kept_out == 1
    assert printed(founder, meeting) == before
    assert [version.whole for version in founder.ask(versions_of, meeting)] == [True]


@STAMPS
@pytest.mark.parametrize("signs", [True, False], ids=["signature of nobody", "no signature"])
def test_what_a_member_lays_beside_validated_minutes_is_told_and_not_printed(
        laptops: Laptops, member: Vault, meeting: uuid.UUID, stamp: bytes, signs: bool) -> None:
    founder = laptops.founder
    row = falsified(row_of(member, meeting)) | {"validated_on": "2020-01-01", "number": 2}
    unsigned = row | {"id": new_id().hex, "signature": None}
    lay(laptops, member, stamp, signed_by(member, row, NOBODY) if signs else unsigned)
    before = printed(founder, meeting)
    laptops.sync(founder)
    assert [version.whole for version in founder.ask(versions_of, meeting)] == [True, False]
    assert printed(founder, meeting) == before
    assert any("pas ce qui a été validé" in problem for problem in check_vault(founder).problems)
    # Nor does it give the next version its number.
    founder.do(begin_correction, meeting, "Un nom")
    assert founder.do(validate, meeting, TODAY) == 2
    assert [one.number for one in founder.ask(versions_of, meeting) if one.whole] == [1, 2]


def signed_by(vault: Vault, row: dict[str, str | int | None], key: bytes | None = None,
              collective: uuid.UUID | None = None) -> dict[str, str | int | None]:
    """The row as a computer signs it, or as another key does."""
    typed = row | {"meeting_id": uuid.UUID(str(row["meeting_id"]))}
    line = signed_line("commun", typed)
    signature = sign(key or vault.identity.signing_key,
                     collective or vault.identity.collective_id, line)
    return row | {"signature": signature, "id": signed_id("commun", line, signature).hex}


def test_minutes_without_any_validation_are_not_printed_as_validated(
        laptops: Laptops, member: Vault, meeting: uuid.UUID) -> None:
    founder, other = laptops.founder, laptops.founder.do(held, "Autre", "2026-04-02T14:30")
    laptops.sync(founder)
    row = row_of(member, meeting) | {"meeting_id": other.hex}
    lay(laptops, member, FAR, signed_by(member, row, NOBODY))
    drop(member, laptops.share, Rows("meeting", ["state"], [[other.hex, FAR.hex(), "valide"]]))
    laptops.sync(founder)
    with pytest.raises(AppError, match="n’est plus ce qu’il était"):
        founder.ask(minutes_of, other, "diffusion", TODAY)


def test_a_signature_for_another_collective_or_meeting_is_worth_nothing(
        laptops: Laptops, member: Vault, meeting: uuid.UUID) -> None:
    founder = laptops.founder
    row = falsified(row_of(member, meeting))
    lay(laptops, member, FAR, signed_by(founder, row, collective=uuid.uuid4()))
    # The signature of the founder, over what it did sign, borne by other words.
    line = signed_line("commun", row | {"meeting_id": meeting})
    moved = row | {"id": signed_id("commun", line, str(row["signature"])).hex}
    lay(laptops, member, FAR, moved)
    assert laptops.sync(founder).kept_out == 0
    assert [version.whole for version in founder.ask(versions_of, meeting)] == [True, False, False]
    assert "Rien de tel" not in printed(founder, meeting)


def test_the_same_signature_written_otherwise_is_no_second_text(
        laptops: Laptops, member: Vault, meeting: uuid.UUID) -> None:
    row = row_of(member, meeting)
    signature = str(row["signature"]) + "\n\n"
    line = signed_line("commun", row | {"meeting_id": meeting})
    again = row | {"signature": signature, "id": signed_id("commun", line, signature).hex}
    lay(laptops, member, FAR, again)
    assert laptops.sync(laptops.founder).kept_out == 0
    (version,) = laptops.founder.ask(versions_of, meeting)
    assert version.whole and not version.again


def test_minutes_stay_validated_once_their_computer_left(
        laptops: Laptops, meeting: uuid.UUID) -> None:
    founder, secretary = laptops.founder, laptops.join("secretary", "secretariat")
    for vault in (secretary, founder, secretary):
        laptops.sync(vault)
    secretary.do(begin_correction, meeting, "Un nom")
    secretary.do(validate, meeting, TODAY)
    for vault in (secretary, founder):
        laptops.sync(vault)
    remove_device(founder, shared_folder.open_store(founder, None), own_key(secretary))
    late = laptops.join("late")
    laptops.sync(late)
    for vault in (founder, late):
        found = vault.ask(versions_of, meeting)
        assert [(one.number, one.whole) for one in found] == [(1, True), (2, True)]


def test_a_member_does_not_validate(laptops: Laptops) -> None:
    made, member = laptops.founder.do(held), laptops.join("plain")
    for vault in (laptops.founder, member):
        laptops.sync(vault)
    with pytest.raises(AppError, match="secrétariat"):
        member.do(validate, made, TODAY)
    assert member.ask(versions_of, made) == []


def test_two_texts_validated_under_one_number_are_kept_and_told(laptops: Laptops) -> None:
    founder = laptops.founder
    made = founder.do(held)
    laptops.sync(founder)
    second = laptops.join("second", "secretariat")
    laptops.sync(second)
    for vault, day in ((second, date(2026, 3, 21)), (founder, TODAY)):
        vault.do(validate, made, day)
    for vault in (founder, second, founder):
        laptops.sync(vault)
    for vault in (founder, second):
        first, other = vault.ask(versions_of, made)
        assert (first.validated_on, other.validated_on) == (TODAY, date(2026, 3, 21))
        assert first.whole and other.whole and first.again and other.again
        assert first.in_force and not other.in_force
        assert "deux fois sous le même numéro" in repr(check_vault(vault).problems)
    assert printed(founder, made) == printed(second, made)
    # A correction settles which one stands, on every computer.
    founder.do(begin_correction, made, "Deux fois validé")
    assert founder.do(validate, made, TODAY) == 2
