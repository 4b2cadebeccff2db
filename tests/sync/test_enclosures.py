"""Attached files: sealed in parts on the shared folder, fetched when opened, gone when erased."""

import hashlib
import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pyrage
import pytest

from desktop.base.errors import AppError
from desktop.commands.attachments import LARGEST, attach
from desktop.commands.meetings import create_meeting
from desktop.commands.purge import erase_record
from desktop.commands.records import delete_record
from desktop.queries.attachments import attachments_of, bytes_of
from desktop.sync.merging.enclosures import PART, fetch_enclosure
from desktop.sync.trust import state
from desktop.tasks import shared_folder
from desktop.vault import Vault
from tests.sync.laptops import Laptops

SCAN = b"%PDF-1.7 zygomatique " * 100_000


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Laptops]:
    made = Laptops(tmp_path)
    yield made
    made.close()


def _meeting(vault: Vault) -> uuid.UUID:
    return vault.do(create_meeting, group_id=None, title="Séance", kind="atelier",
                    starts_at="2026-11-03T14:00")


def _fetch(vault: Vault, attachment: uuid.UUID) -> bytes | None:
    fetch_enclosure(vault, shared_folder.open_store(vault, None), attachment)
    return vault.ask(bytes_of, attachment)


def _blobs(laptops: Laptops) -> list[Path]:
    return sorted(path for path in laptops.share.glob("blob/*/*"))


def test_a_scan_reaches_a_colleague_who_opens_it(laptops: Laptops) -> None:
    other = laptops.join("paul")
    meeting = _meeting(laptops.founder)
    scan = laptops.founder.do(attach, "meeting", meeting, "Feuille signée.pdf", SCAN)
    assert laptops.founder.ask(attachments_of, meeting)[0].sent is False
    laptops.sync(laptops.founder)
    laptops.sync(other)
    (row,) = other.ask(attachments_of, meeting)
    assert (row.name, row.size, row.media_type,
            row.here) == ("Feuille signée.pdf", len(SCAN), "application/pdf", False)
    assert len(_blobs(laptops)) == -(-len(SCAN) // PART) > 1
    assert _fetch(other, scan) == SCAN and other.ask(attachments_of, meeting)[0].here
    assert laptops.founder.ask(attachments_of, meeting)[0].sent
    for path in _blobs(laptops):
        assert (b"zygomatique" not in path.read_bytes() and scan.hex not in path.name
                and "Feuille" not in path.name)
    before = [path.name for path in _blobs(laptops)]
    laptops.sync(laptops.founder)
    laptops.sync(other)
    assert [path.name for path in _blobs(laptops)] == before


def test_copies_that_somebody_laid_beside_the_parts_hide_none_of_them(laptops: Laptops) -> None:
    other = laptops.join("paul")
    scan = laptops.founder.do(attach, "meeting", _meeting(laptops.founder), "Feuille.pdf", SCAN)
    laptops.sync(laptops.founder)
    laptops.sync(other)
    recipient = pyrage.x25519.Recipient.from_str(
        laptops.founder.ask(state.roster_in_force).channels["commun"].recipient)
    for path in _blobs(laptops):
        for content in (b"", b"court", *(os.urandom(1) * PART for _copy in range(4))):
            sealed = pyrage.encrypt(content, [recipient])
            name = f"{path.name.split('-')[0]}-{hashlib.sha256(sealed).hexdigest()}.age"
            path.with_name(name).write_bytes(sealed)
    assert _fetch(other, scan) == SCAN


def test_what_has_not_arrived_or_is_damaged_is_told(laptops: Laptops) -> None:
    other = laptops.join("paul")
    scan = laptops.founder.do(attach, "meeting", _meeting(laptops.founder), "Feuille.pdf", SCAN)
    laptops.sync(laptops.founder)
    laptops.sync(other)
    whole = {path: path.read_bytes() for path in _blobs(laptops)}
    for cut in (lambda data: data[:-1], lambda data: data[:100] + b"x" + data[101:],
                lambda data: b""):
        first = _blobs(laptops)[0]
        first.write_bytes(cut(whole[first]))
        with pytest.raises(AppError, match="pas encore arrivé"):
            _fetch(other, scan)
        assert other.ask(bytes_of, scan) is None
        first.write_bytes(whole[first])
    last = _blobs(laptops)[-1]
    last.unlink()
    with pytest.raises(AppError, match="pas encore arrivé"):
        _fetch(other, scan)
    last.write_bytes(whole[last])
    assert _fetch(other, scan) == SCAN


def test_erased_for_good_it_leaves_the_vault_and_the_folder(laptops: Laptops) -> None:
    meeting = _meeting(laptops.founder)
    scan = laptops.founder.do(attach, "meeting", meeting, "Feuille.pdf", b"zygomatique")
    laptops.sync(laptops.founder)
    laptops.founder.do(delete_record, scan)
    laptops.sync(laptops.founder)
    assert _blobs(laptops) and laptops.founder.ask(bytes_of, scan) == b"zygomatique"
    laptops.founder.do(erase_record, scan)
    assert laptops.founder.ask(bytes_of, scan) is None
    laptops.sync(laptops.founder)
    assert _blobs(laptops) == []


def test_a_meeting_that_is_erased_takes_its_files_along(laptops: Laptops) -> None:
    meeting = _meeting(laptops.founder)
    scan = laptops.founder.do(attach, "meeting", meeting, "Feuille.pdf", b"zygomatique")
    laptops.founder.do(delete_record, meeting)
    laptops.founder.do(erase_record, meeting)
    assert laptops.founder.ask(bytes_of, scan) is None


@pytest.mark.parametrize(("data", "words"), [(b"", "vide"), (b"x" * (LARGEST + 1), "20 Mo")])
def test_nothing_and_too_much_are_told(vault: Vault, data: bytes, words: str) -> None:
    meeting = _meeting(vault)
    with pytest.raises(AppError, match=words):
        vault.do(attach, "meeting", meeting, "Feuille.pdf", data)
    assert vault.ask(attachments_of, meeting) == []
