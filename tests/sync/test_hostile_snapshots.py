"""Snapshots by somebody of the coordination who means harm, and what others say of them."""

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy.orm import Session

from desktop.commands.records import add_record
from desktop.models.record import COMMON, INTERNAL
from desktop.models.sync import Outbox, Snapshot, SnapshotFile, SnapshotMatch
from desktop.queries.digest import digest_of
from desktop.queries.records import list_records
from desktop.sync.merging.sealing import package_hash
from desktop.sync.packages.package import MANIFEST, PART, Rows, seal
from desktop.sync.snapshots.load import note_unloaded
from desktop.sync.snapshots.make import make
from desktop.sync.snapshots.manifest import VERSIONS
from desktop.sync.stores.folder import FolderStorage
from desktop.sync.stores.storage import StoreError, StoreProblem
from desktop.sync.trust import state
from desktop.sync.trust.links import own_key
from desktop.vault import Vault
from tests.sync.laptops import Laptops
from tests.sync.test_snapshots import DAY, Team, grant

Change = Callable[[dict[str, Any]], object]


def forged(maker: Vault, share: Path, change: Change, *body: Rows, channel: str = COMMON) -> str:
    """A snapshot of the folder, made by `maker`: the manifest of a true one, changed, with one part
    more of this content."""
    roster = maker.ask(state.roster_in_force)
    made = make(maker, roster)
    assert made is not None
    manifest = msgspec.json.decode(
        maker.ask(lambda session: session.get_one(Snapshot, made).manifest))
    name = secrets.token_hex(8)
    folder = share / "snap" / name
    folder.mkdir(parents=True)

    def sealed(kind: str, channel: str, body: list[Rows]) -> bytes:
        key = roster.channels[channel]
        return seal(collective=roster.collective, channel=channel, nonce=maker.identity.nonce,
                    sequence=1, previous=name,
                    epoch=key.epoch, recipient=key.recipient,
                    signing_key=maker.identity.signing_key, roster=1,
                    clock=b"\0" * 16, seen={}, body=body, kind=kind)

    part = sealed(PART, channel, list(body))
    part_name = f"0001-{package_hash(part)}.pkg"
    (folder / part_name).write_bytes(part)
    manifest |= {"id": name,
                 "parts": [{"name": part_name, "channel": channel, "epoch": 1, "records": 1}]}
    change(manifest)
    data = sealed(MANIFEST, COMMON, [Rows(MANIFEST, [], [[manifest]])])
    (folder / f"manifest-{package_hash(data)}.pkg").write_bytes(data)
    maker.do(forget, made)
    return name


def forget(session: Session, snapshot: str) -> None:
    session.delete(session.get_one(Snapshot, snapshot))
    session.query(SnapshotFile).filter_by(snapshot=snapshot).delete()


def first(members: dict[str, Any]) -> str:
    return next(iter(members))


@pytest.mark.parametrize("change", [
    lambda m: m["parts"][0].update(name="../../../../outside-" + m["parts"][0]["name"]),
    lambda m: m["parts"][0].update(name="/tmp/outside-" + m["parts"][0]["name"]),
    lambda m: m["held"].update({first(m["held"]): [[2**63, "0" * 64]]}),
    lambda m: m["held"].update({first(m["held"]): [[1, "x"]]}),
    lambda m: m["peers"].update({"pas un écrivain": [1, {}]}),
    lambda m: m["vector"][first(m["vector"])].update(sequence=2**64 - 1),
    lambda m: m["vector"][first(m["vector"])].update(device="x"),
], ids=["leads out", "leads anywhere", "a number too large", "no hash", "no writer",
        "a sequence too large", "no device"])
def test_a_manifest_of_another_form_is_not_believed(laptops: Laptops, change: Change) -> None:
    laptops.founder.do(add_record, "organisation", {"name": "Lisible"})
    laptops.sync(laptops.founder)
    name = forged(laptops.founder, laptops.share, change)
    outside = set(laptops.folder.rglob("*outside*"))
    second = laptops.join("second")
    for _time in range(2):
        laptops.sync(second)
    assert "Lisible" in {row["name"] for row in second.ask(list_records, "organisation")}
    assert second.ask(lambda session: session.get(Snapshot, name)) is None
    assert set(laptops.folder.rglob("*outside*")) == outside == set()


@pytest.mark.parametrize("row",
                         [["x", "00" * 16, "organisation", "name", "v"],
                          ["00" * 16, "00" * 16, "organisation", "name"],
                          ["00" * 3, "00" * 16, "organisation", "name", "v"], [1, 2, 3, 4, 5],
                          ["00" * 16, "00" * 16, ["organisation"], "name", "v"]], ids=str)
def test_values_beside_that_are_malformed_end_no_exchange(laptops: Laptops, row: list[Any]) -> None:
    laptops.founder.do(add_record, "organisation", {"name": "Lisible"})
    laptops.sync(laptops.founder)
    forged(laptops.founder, laptops.share, lambda _manifest: None,
           Rows(VERSIONS, ["kind", "field", "value"], [row]))
    second = laptops.join("second")
    for _time in range(2):
        laptops.sync(second)
    assert "Lisible" in {row["name"] for row in second.ask(list_records, "organisation")}


def test_a_part_that_is_malformed_in_a_channel_opened_later_ends_no_exchange(
    laptops: Laptops) -> None:
    member = laptops.join("member")
    for vault in (laptops.founder, member, laptops.founder):
        laptops.sync(vault)
    forged(laptops.founder, laptops.share, lambda _manifest: None,
           Rows("action", ["title"], [["x"]]), channel=INTERNAL)
    laptops.sync(member)
    member.do(note_unloaded, [INTERNAL])
    grant(laptops.founder, member, "coordination")
    before = member.ask(digest_of)
    for _time in range(2):
        laptops.sync(member)
    assert member.ask(digest_of).records >= before.records


def test_who_does_not_read_a_channel_is_no_witness_of_it(laptops: Laptops) -> None:
    team = Team(laptops)
    others = [laptops.join(name) for name in ("fourth", "fifth")]
    team.round(2)
    team.write()
    snapshot = team.snapshot()

    def vouch(session: Session) -> None:
        session.query(SnapshotMatch).filter_by(channel=INTERNAL).delete()
        for vault in others:
            session.add(SnapshotMatch(snapshot=snapshot, device=own_key(vault), channel=INTERNAL))

    team.founder.do(vouch)
    before = team.founder.ask(of_the_inside)
    team.ms += 31 * DAY
    laptops.sync(team.founder)
    assert team.founder.ask(of_the_inside) == before > 1


def of_the_inside(session: Session) -> int:
    return session.query(Outbox).filter(Outbox.channel == INTERNAL,
                                        Outbox.data.is_not(None)).count()


@pytest.mark.parametrize("name", ["../x", "snap/../../x", "/tmp/x", "w/.."])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "x").write_bytes(b"ailleurs")
    (tmp_path / "share").mkdir()
    storage = FolderStorage((tmp_path / "share").as_uri(), tmp_path / "share")
    for gesture in (storage.get, storage.names, storage.remove, storage.tidy,
                    lambda name: storage.put(name, b"y")):
        with pytest.raises(StoreError) as caught:
            gesture(name)
        assert caught.value.code is StoreProblem.DIFFERENT
    assert (tmp_path / "x").read_bytes() == b"ailleurs"
