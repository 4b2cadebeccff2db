"""Files joined to a record: kept with their bytes, refused if there are none, checked by hash."""

import hashlib
import uuid

import pytest

from desktop.base.errors import AppError
from desktop.commands.attachments import LARGEST, attach, keep_bytes
from desktop.commands.records import add_record, delete_record
from desktop.queries.attachments import attachments_of, bytes_of
from desktop.queries.records import get_record
from desktop.vault import Vault

SCAN = b"%PDF-1.7 feuille"


@pytest.fixture
def meeting(vault: Vault) -> uuid.UUID:
    return vault.do(add_record, "meeting", {
        "title": "Séance", "kind": "atelier", "starts_at": "2026-11-03T14:00"})


def test_a_file_is_kept_with_its_bytes_its_kind_and_its_hash(vault: Vault,
                                                             meeting: uuid.UUID) -> None:
    made = vault.do(attach, "meeting", meeting, "feuille.pdf", SCAN)
    (row,) = vault.ask(attachments_of, meeting)
    assert (row.id, row.name, row.media_type, row.size) == (
        made, "feuille.pdf", "application/pdf", len(SCAN))
    assert row.here and not row.sent and vault.ask(bytes_of, made) == SCAN
    assert vault.ask(get_record, made)["sha256"] == hashlib.sha256(SCAN).hexdigest()


def test_a_file_of_no_known_kind_is_kept_as_bytes(vault: Vault, meeting: uuid.UUID) -> None:
    vault.do(attach, "meeting", meeting, "sans suite", SCAN)
    (row,) = vault.ask(attachments_of, meeting)
    assert row.media_type == "application/octet-stream"


def test_undo_takes_a_file_away(vault: Vault, meeting: uuid.UUID) -> None:
    vault.do(attach, "meeting", meeting, "feuille.pdf", SCAN)
    vault.undo()
    assert vault.ask(attachments_of, meeting) == []


@pytest.mark.parametrize(("data", "words"), [
    pytest.param(b"", "est vide", id="empty"),
    pytest.param(bytes(LARGEST + 1), "dépasse 20 Mo", id="too large")])
def test_a_file_that_is_empty_or_too_large_is_refused(vault: Vault, meeting: uuid.UUID,
                                                      data: bytes, words: str) -> None:
    with pytest.raises(AppError, match=words):
        vault.do(attach, "meeting", meeting, "feuille.pdf", data)
    assert vault.ask(attachments_of, meeting) == []


def test_the_largest_file_is_kept(vault: Vault, meeting: uuid.UUID) -> None:
    made = vault.do(attach, "meeting", meeting, "feuille.pdf", bytes(LARGEST))
    assert vault.ask(bytes_of, made) == bytes(LARGEST)


def _named_elsewhere(vault: Vault, meeting: uuid.UUID) -> uuid.UUID:
    """The record of a file whose bytes did not come yet."""
    return vault.do(add_record, "attachment", {
        "owner_kind": "meeting", "owner_id": str(meeting), "name": "feuille.pdf",
        "size": len(SCAN), "sha256": hashlib.sha256(SCAN).hexdigest()})


def test_bytes_that_come_later_are_kept_as_those_of_the_shared_folder(vault: Vault,
                                                                      meeting: uuid.UUID) -> None:
    made = _named_elsewhere(vault, meeting)
    assert [row.here for row in vault.ask(attachments_of, meeting)] == [False]
    vault.do(keep_bytes, made, SCAN)
    (row,) = vault.ask(attachments_of, meeting)
    assert row.here and row.sent and vault.ask(bytes_of, made) == SCAN


@pytest.mark.parametrize("case", ["altered", "deleted", "unknown"])
def test_bytes_that_no_record_names_are_refused(vault: Vault, meeting: uuid.UUID,
                                                case: str) -> None:
    made = _named_elsewhere(vault, meeting) if case != "unknown" else uuid.uuid4()
    if case == "deleted":
        vault.do(delete_record, made)
    with pytest.raises(AppError, match="n’est pas le fichier"):
        vault.do(keep_bytes, made, SCAN + b"!" if case == "altered" else SCAN)
    assert vault.ask(bytes_of, made) is None
