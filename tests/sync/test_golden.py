"""What earlier releases sealed, this one still verifies, opens and merges to the same records."""

import base64
import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from desktop.base.paths import Home
from desktop.models.sync import Unread, Version
from desktop.queries.attachments import bytes_of
from desktop.queries.meetings.notes import note_of
from desktop.sync.merging.enclosures import fetch_enclosure
from desktop.sync.packages.package import OlderError, open_rest, read_header
from desktop.sync.rounds.check import check_store
from desktop.sync.rounds.engine import run_round
from desktop.sync.stores.folder import FolderStorage
from desktop.sync.trust import roster as rosters
from desktop.sync.trust import state
from desktop.vault import Cost, Identity, Vault
from desktop.vault.identity import write_value
from tests.conftest import PASSPHRASE
from tests.sync.golden.make import records_of, stamps_of

GOLDEN = Path(__file__).parent / "golden"
GONE = {"internship_offer": ("period",),
        "internship_request": ("neighbourhood", "sent", "refused", "no_answer", "found")}
"""Fields of then that this version has no more: what they held waits among the unknown, with its
stamps."""
RELEASES = sorted(path.name for path in GOLDEN.iterdir() if (path / "keys.json").exists())


class Release:
    """The golden share of a release, copied, and its readers as they would be after a
    reinstallation."""

    def __init__(self, name: str, folder: Path, stack: ExitStack) -> None:
        self.share = shutil.copytree(GOLDEN / name / "share", folder / "share")
        self.storage = FolderStorage(self.share.as_uri(), self.share)
        self.keys: dict[str, Any] = json.loads((GOLDEN / name / "keys.json").read_text())
        self.expected: dict[str, Any] = json.loads((GOLDEN / name / "expected.json").read_text())
        self._folder, self._stack = folder, stack

    def device(self, name: str) -> Vault:
        vault, _code = Vault.create(Home(self._folder / name), PASSPHRASE, cost=Cost.TEST)
        self._stack.enter_context(closing(vault))
        held = self.keys["devices"][name]
        vault.save_identity(
            Identity(base64.b64decode(held["signing_key"]), held["age_identity"], os.urandom(16)))

        def pin(session: Session) -> None:
            write_value(session, state.ROOT_PUBLIC, self.keys["root"].encode())
            write_value(session, state.JOINING,
                        json.dumps({"collective": self.keys["collective"]}).encode())

        vault.do(pin)
        return vault


@pytest.fixture(params=RELEASES)
def release(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Release]:
    with ExitStack() as stack:
        yield Release(request.param, tmp_path, stack)


def test_there_is_something_golden_and_it_is_small() -> None:
    assert RELEASES
    for name in RELEASES:
        assert sum(path.stat().st_size for path in (GOLDEN / name).rglob("*")
                   if path.is_file()) <= 80_000


def test_todays_reader_merges_them_to_the_expected_records(release: Release) -> None:
    vault = release.device("reader")
    before = sorted(release.share.rglob("*"))
    done = run_round(vault, release.storage)
    assert (done.refused, done.unread, done.pushed) == ([], 0, 0)
    assert done.pulled == len(list(release.share.glob("w/*/*/*.pkg"))) >= 5
    # A record of then, all its fields: what came since has no value in it.
    assert records_of(vault) == {
        kind: [{name: value for name, value in record.items() if name not in GONE.get(kind, ())}
               for record in records] for kind, records in release.expected["records"].items()}
    vault.do(_lay_back)
    assert vault.ask(stamps_of, release.expected["fields"]) == release.expected["stamps"]
    # In another order of arrival a value more may be kept.
    kept = vault.ask(
        lambda session: {(row.kind, row.field, row.value) for row in session.query(Version)})
    assert kept >= {tuple(version) for version in release.expected["versions"]} != set()
    block, text = release.expected["note"]
    assert vault.ask(note_of, uuid.UUID(block)) == text
    scan, content = release.expected["file"]
    fetch_enclosure(vault, release.storage, uuid.UUID(scan))
    assert vault.ask(bytes_of, uuid.UUID(scan)) == content.encode()
    assert check_store(vault, release.storage) == (done.pulled, [])
    # A hint that there was none of then is all that is added.
    added = set(release.share.rglob("*")) - set(before)
    assert (set(before) <= set(release.share.rglob("*"))
            and all(path.match("heads/trust-*") for path in added))
    assert vault.ask(unknown) == {(kind, name): record[name]
                                  for kind, records in release.expected["records"].items()
                                  for record in records for name in GONE.get(kind, ())
                                  if name in record}


def unknown(session: Session) -> dict[tuple[str, str], Any]:
    """The values that are kept for a version that knows their field."""
    return {(kind, name): json.loads(value)
            for kind, name, value in session.connection().exec_driver_sql(
                "SELECT kind, field, value FROM unknown")}


def _lay_back(session: Session) -> None:
    """Give the columns that are gone their stamps again, so that one figure tells all the stamps of
    then."""
    connection = session.connection()
    for kind, names in GONE.items():
        for name in names:
            connection.exec_driver_sql(f'ALTER TABLE "{kind}" ADD COLUMN "{name}_stamp" BLOB')
            connection.exec_driver_sql(
                f'UPDATE "{kind}" SET "{name}_stamp" = (SELECT stamp FROM unknown WHERE '
                f'unknown.kind = ? AND unknown.record_id = "{kind}".id AND unknown.field = ?)',
                (kind, name))


def test_a_member_reads_what_is_for_members(release: Release) -> None:
    vault = release.device("member")
    done = run_round(vault, release.storage)
    assert done.refused == [] and done.unread == release.expected["unread"] > 0
    assert ({kind: len(rows) for kind, rows in records_of(vault).items()}
            == release.expected["member"])
    assert (vault.ask(lambda session: {row.channel for row in session.query(Unread)})
            == {"interne", "observatoire"})


def test_what_was_made_before_any_release_is_told_as_too_old() -> None:
    packages = sorted((GOLDEN / "before").glob("*/share/w/*/*/*.pkg"))
    assert len(packages) >= 5
    for path in packages:
        with pytest.raises(OlderError, match="made by an older version"):
            read_header(path.read_bytes(), path.stem.rsplit("-", 1)[-1])


def test_the_chain_of_trust_and_each_package_open_by_themselves(release: Release) -> None:
    vault = release.device("reader")
    last: tuple[int, str] | None = None
    for path in sorted(release.share.glob("trust/*.age")):
        clear = rosters.unseal(path.read_bytes(), vault.identity.age_identity)
        if clear is None:
            assert last is None, "sealed before this device was let in"
            continue
        assert hashlib.sha256(path.read_bytes()).hexdigest() in path.name
        roster = rosters.decode(clear, release.keys["root"])
        assert last is None or (roster.number, roster.previous) == (last[0] + 1, last[1])
        last = (roster.number, rosters.digest(clear))
    assert last is not None and last[0] >= 3
    run_round(vault, release.storage)
    keys = vault.ask(state.channel_keys)
    assert {channel for channel, _epoch in keys} >= {"commun", "observatoire"}
    for path in release.share.glob("w/*/*/*.pkg"):
        header, signer, rest = read_header(path.read_bytes(), path.stem.rsplit("-", 1)[-1])
        opening, body = open_rest(header, rest, keys[(header.channel, header.epoch)])
        assert roster.device(signer.hex()) is not None and len(bytes.fromhex(opening.clock)) == 16
        assert sum(len(rows.rows) for rows in body) > 0
