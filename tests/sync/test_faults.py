"""Damage, attacks and accidents: a round refuses them whole, the vault stays usable, and good bytes
heal it."""

import errno
import hashlib
import json
import random
import resource
import subprocess
import sys
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.home.files import disk_error
from desktop.base.paths import Home
from desktop.commands.records import add_record
from desktop.models.record import derived_id
from desktop.models.sync import Seen, Unknown
from desktop.queries.records import get_record, list_records
from desktop.queries.sync import sync_state
from desktop.sync.packages.package import Rows
from desktop.sync.rounds.check import check_store
from desktop.sync.rounds.engine import run_round
from desktop.sync.stores.folder import FolderStorage
from desktop.tasks import shared_folder
from desktop.vault import Vault
from tests.sync.forge import STAMP, drop
from tests.sync.laptops import Laptops

ID = uuid.uuid5(uuid.NAMESPACE_OID, "forged").hex


def names(vault: Vault) -> set[str]:
    return {record["name"] for record in vault.ask(list_records, "organisation")}


def chains(session: Session) -> dict[bytes, int]:
    return {row.writer: row.sequence for row in session.scalars(select(Seen))}


@pytest.fixture
def second(laptops: Laptops) -> Vault:
    """A second laptop, up to date, with something of the founder's still to read."""
    vault = laptops.join("second")
    for one in (laptops.founder, vault, laptops.founder, vault):
        laptops.sync(one)
    return vault


def news(laptops: Laptops, name: str) -> Path:
    before = set(laptops.packages())
    laptops.founder.do(add_record, "organisation", {"name": name})
    laptops.sync(laptops.founder)
    (path,) = set(laptops.packages()) - before
    return path


def refuses(laptops: Laptops, vault: Vault, good: Path, bad: bytes, rename: bool) -> None:
    """The bad bytes in place of the good: refused, nothing applied."""
    data = good.read_bytes()
    number = good.name.split("-")[0]
    path = good.with_name(f"{number}-{hashlib.sha256(bad).hexdigest()}.pkg") if rename else good
    good.unlink()
    path.write_bytes(bad)
    before = (names(vault), vault.ask(chains))
    done = laptops.sync(vault)
    assert len(done.refused) == 1 and done.applied == 0
    assert (names(vault), vault.ask(chains)) == before
    path.unlink()
    good.write_bytes(data)


@pytest.mark.parametrize("rename", [False, True],
                         ids=["under its name", "under the name of its hash"])
def test_damaged_bytes_are_refused_and_the_good_ones_heal(laptops: Laptops, second: Vault,
                                                          rename: bool) -> None:
    good = news(laptops, "Intacte")
    data = good.read_bytes()
    rng = random.Random(12)
    for place in [0, 20, data.index(b"\n"), data.index(b"SSH SIG"),
                  *rng.sample(range(len(data)), 8), len(data) - 1]:
        bad = bytearray(data)
        bad[place] ^= 1 << rng.randrange(8)
        refuses(laptops, second, good, bytes(bad), rename)
    for length in [0, 1, 40, data.index(b"\n") + 1, 600, *rng.sample(range(len(data)), 6),
                   len(data) - 1]:
        refuses(laptops, second, good, data[:length], rename)
    second.do(add_record, "organisation", {"name": "Travail pendant ce temps"})
    done = laptops.sync(second)
    assert done.refused == [] and done.applied >= 1
    assert names(second) >= {"Intacte", "Travail pendant ce temps"}
    laptops.sync(laptops.founder)
    assert names(laptops.founder) == names(second)


def refused(laptops: Laptops, vault: Vault, why: str) -> None:
    before = (names(vault), vault.ask(chains))
    done = laptops.sync(vault)
    assert len(done.refused) == 1 and why in done.refused[0], done.refused
    assert (names(vault), vault.ask(chains)) == before


def organisation(name: object, **more: object) -> Rows:
    return Rows("organisation", ["name", *more], [[ID, STAMP.hex(), name, *more.values()]])


def test_an_unknown_device_is_refused(laptops: Laptops, second: Vault) -> None:
    drop(laptops.founder, laptops.share, organisation("Fausse"), signing_key=b"\x07" * 32)
    refused(laptops, second, "not in the list of devices")


def test_the_writer_of_another_device_is_refused(laptops: Laptops, second: Vault) -> None:
    own = laptops.founder.ask(lambda session: session.get(Seen, laptops.founder.identity.writer))
    assert own is not None
    path = drop(second, laptops.share, organisation("Fausse"), writer=own.writer,
                sequence=own.sequence + 1,
                previous=own.sha256)
    (laptops.share / f"heads/{own.writer.hex()}-{own.sequence + 1:010d}-{'0' * 64}").write_bytes(
        b"\n")
    third = laptops.join("third")
    refused(laptops, second, "belongs to another device")
    laptops.sync(third)
    assert "Fausse" not in names(third)
    path.unlink()
    news(laptops, "Vraie")
    laptops.sync(second)
    assert "Vraie" in names(second)


def test_a_gap_waits_and_heals(laptops: Laptops, second: Vault) -> None:
    first = news(laptops, "Première")
    news(laptops, "Deuxième")
    data = first.read_bytes()
    first.unlink()
    refused(laptops, second, "gap")
    first.write_bytes(data)
    assert second.ask(sync_state).refused == 1
    assert laptops.sync(second).refused == []
    assert names(second) >= {"Première", "Deuxième"}
    assert second.ask(sync_state).refused == 0


def test_ended_between_sending_and_announcing_the_next_round_announces(laptops: Laptops,
                                                                       second: Vault) -> None:
    def ends(_step: str, _done: int, _whole: int) -> None:
        if len(laptops.packages()) > before:
            raise KeyboardInterrupt

    before = len(laptops.packages())
    laptops.founder.do(add_record, "organisation", {"name": "Envoyée sans bruit"})
    with pytest.raises(KeyboardInterrupt):
        run_round(laptops.founder, shared_folder.open_store(laptops.founder, None), progress=ends)
    assert len(laptops.packages()) == before + 1
    laptops.sync(laptops.founder)
    laptops.sync(second)
    assert "Envoyée sans bruit" in names(second)


def test_a_folder_that_is_not_ours_is_left_alone(laptops: Laptops, tmp_path: Path) -> None:
    laptops.founder.do(add_record, "organisation", {"name": "À envoyer"})
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with pytest.raises(AppError, match="est vide"):
        run_round(laptops.founder, FolderStorage(elsewhere.as_uri(), elsewhere))
    (tmp_path / "others").mkdir()
    others = Laptops(tmp_path / "others")
    with pytest.raises(AppError, match="autre collectif"):
        run_round(laptops.founder, FolderStorage(others.url, others.share))
    others.close()
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b"3", b"\xff\xfe", b"null"])
def test_a_damaged_format_stops_the_round_with_a_sentence(laptops: Laptops, content: bytes) -> None:
    file = laptops.share / "format.json"
    good = file.read_bytes()
    file.write_bytes(content)
    with pytest.raises(AppError, match="abîmé"):
        laptops.sync(laptops.founder)
    file.write_bytes(good)
    laptops.sync(laptops.founder)


def streamed_zeros(size: int) -> bytes:
    squeezing = zstandard.ZstdCompressor().compressobj()
    block = bytes(1 << 20)
    return b"".join(squeezing.compress(block) for _number in range(size >> 20)) + squeezing.flush()


@pytest.mark.parametrize("bomb", [
    lambda: streamed_zeros(1 << 31),
    lambda: zstandard.compress(bytes(1 << 28)),
    lambda: b"\x50\x2a\x4d\x18\x00\x00\x00\x00" * 1000 + zstandard.compress(bytes(1 << 28)),
    lambda: b"\x28\xb5\x2f\xfd\xe0" + b"\xff" * 7 + b"\x7f" + b"\x00" * 40,
], ids=["streamed", "declared", "behind skippable frames", "declares a huge size"])
def test_a_bomb_is_refused_within_memory(laptops: Laptops, second: Vault,
                                         bomb: Callable[[], bytes]) -> None:
    drop(laptops.founder, laptops.share, packed=bomb())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    refused(laptops, second, "")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 * 1024


@pytest.mark.parametrize("rows", [
    Rows("organisation", ["name"], [[ID, STAMP.hex(), "a", "b"]]),
    Rows("organisation", ["name"], [[ID]]),
    Rows("organisation", ["name"], [[]]),
    Rows("organisation", ["name", "notes"], [[ID, [STAMP.hex()], "a", "b"]]),
    Rows("organisation", ["name", "name"], [[ID, STAMP.hex(), "a", "b"]]),
    Rows("organisation", ["name"], [["12", STAMP.hex(), "a"]]),
    Rows("organisation", ["name"], [[None, STAMP.hex(), "a"]]),
    Rows("organisation", ["name"], [["z" * 32, STAMP.hex(), "a"]]),
    Rows("organisation", ["name"], [[ID, "ff", "a"]]),
    Rows("organisation", ["name"], [[ID, None, "a"]]),
    organisation(3), organisation(["a"]), organisation({"a": 1}), organisation(True),
    organisation("a", domains="texte"), organisation("a", domains=[1]),
    organisation("a", deleted="oui"),
    organisation("a", created_by_id="12"), organisation("a", created_by_id=5),
    Rows("action", ["progress"], [[ID, STAMP.hex(), 1 << 70]]),
    Rows("action", ["progress"], [[ID, STAMP.hex(), 1.5]]),
    Rows("observation", ["account"], [[ID, STAMP.hex(), "a"]]),
], ids=str)
def test_a_hostile_row_refuses_the_package_whole(laptops: Laptops, second: Vault,
                                                 rows: Rows) -> None:
    drop(laptops.founder, laptops.share, organisation("Avant"), rows)
    refused(laptops, second, "")
    assert "Avant" not in names(second)
    news(laptops, "Après")
    laptops.sync(second)
    assert "Après" in names(second)


@pytest.mark.parametrize("inner",
                         [{"nothing": 1}, {"sequence": 2}, {"__class__": 1},
                          {"channel": "interne"}], ids=str)
def test_an_inner_header_that_differs_is_refused(laptops: Laptops, second: Vault,
                                                 inner: dict[str, object]) -> None:
    drop(laptops.founder, laptops.share, organisation("Fausse"), inner=inner)
    refused(laptops, second, "differ")


def test_a_writer_that_is_no_writer_is_passed_over(laptops: Laptops, second: Vault) -> None:
    path = drop(laptops.founder, laptops.share, organisation("Fausse"))
    strange = laptops.share / "w" / "pas un nom" / "000000"
    strange.mkdir(parents=True)
    (strange / path.name).write_bytes(path.read_bytes())
    path.unlink()
    before = names(second)
    laptops.sync(second)
    assert names(second) == before


def test_what_is_not_known_is_kept_for_a_newer_version(laptops: Laptops, second: Vault) -> None:
    drop(laptops.founder, laptops.share, organisation("Connue", colour="bleu"),
         Rows("parcours", ["stage"], [[ID, STAMP.hex(), {"a": [1]}]]))
    assert laptops.sync(second).refused == []
    assert "Connue" in names(second)
    kept = second.ask(lambda session: {(row.kind, row.field, json.loads(row.value or ""))
                                       for row in session.scalars(select(Unknown))
                                       if row.field == "colour"})
    assert kept == {("organisation", "colour", "bleu")}
    tables = second.ask(lambda session: set(session.scalars(select(Unknown.kind))))
    assert tables == {"organisation", "parcours"}


def test_a_member_cannot_validate_for_the_state(laptops: Laptops, second: Vault) -> None:
    action = laptops.founder.do(add_record, "action", {"title": "Atelier"})
    laptops.sync(laptops.founder)
    laptops.sync(second)
    # Past the commands, which refuse it.
    made = derived_id("validation", action, "etat")
    said = [action.hex, "etat", "donnee"]
    drop(second, laptops.share,
         Rows("validation", ["action_id", "party", "answer"], [[made.hex, STAMP.hex(), *said]]))
    laptops.sync(laptops.founder)
    assert laptops.founder.ask(list_records, "validation") == []
    prefect = laptops.join("prefecture", "validation_etat")
    laptops.sync(prefect)
    assert str(made) not in {record["id"] for record in prefect.ask(list_records, "validation")}
    prefect.do(add_record, "validation",
               {"action_id": str(action), "party": "etat", "answer": "donnee"})
    laptops.sync(prefect)
    other = derived_id("validation", action, "agglo")
    drop(prefect, laptops.share, Rows("validation", ["action_id", "party", "answer"], [
        [other.hex, STAMP.hex(), action.hex, "agglo", "donnee"]]))
    laptops.sync(laptops.founder)
    assert [v["party"] for v in laptops.founder.ask(list_records, "validation")] == ["etat"]


class Quota(FolderStorage):
    """A folder on a disk that holds so many bytes; a write that does not fit leaves a part of it
    behind."""

    room = 0

    def put(self, name: str, data: bytes) -> None:
        used = sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())
        if used + len(data) > self.room:
            target = self.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.with_name(".partial.tmp").write_bytes(data[:max(0, self.room - used)])
            raise disk_error(OSError(errno.ENOSPC, "No space left on device"), self.folder)
        super().put(name, data)


def test_a_full_disk_loses_nothing(laptops: Laptops, second: Vault) -> None:
    storage = Quota(laptops.url, laptops.share)
    storage.room = sum(path.stat().st_size for path in laptops.share.rglob("*")
                       if path.is_file()) + 1000
    made = laptops.founder.do(add_record, "organisation", {"name": "Retenue"})
    for _attempt in range(2):
        with pytest.raises(AppError, match="plein"):
            run_round(laptops.founder, storage)
        assert "Retenue" not in names(second)
        assert laptops.sync(second).refused == []
    storage.room *= 100
    assert run_round(laptops.founder, storage).pushed == 1
    laptops.sync(second)
    assert second.ask(get_record, made)["name"] == "Retenue"
    assert check_store(second, storage) == (len(laptops.packages()), [])


def killed_after(lines: int, folder: Path) -> list[str]:
    """Let a laptop work in a process of its own and kill it after so many steps; what it had
    said."""
    said: list[str] = []
    with subprocess.Popen([sys.executable, "-m", "tests.sync.interrupted", str(folder)],
                          stdout=subprocess.PIPE,
                          text=True, cwd=Path(__file__).parents[2]) as process:
        assert process.stdout is not None
        while len(said) < lines:
            line = process.stdout.readline()
            assert line, "it ended by itself"
            said.append(line)
        process.kill()
        said += process.stdout.readlines()
    return said


def test_killed_at_any_moment_nothing_acknowledged_is_lost(laptops: Laptops, second: Vault) -> None:
    rng = random.Random(9)
    home: Home = laptops.founder.home
    promised: set[str] = set()
    for _attempt in range(6):
        laptops.founder.close()
        said = killed_after(rng.randrange(1, 25), home.folder)
        promised |= {line.split()[1] for line in said
                     if line.startswith("made") and len(line.split()) == 2}
        laptops.founder.unlock("cerisier bleu du jardin")
        storage = shared_folder.open_store(laptops.founder, None)
        assert run_round(laptops.founder, storage).refused == []
        assert laptops.sync(second).refused == []
        assert promised <= {str(record["id"])
                            for record in second.ask(list_records, "organisation")}
        assert check_store(laptops.founder, storage) == (len(laptops.packages()), [])
    assert laptops.founder.damage() == [] and promised
