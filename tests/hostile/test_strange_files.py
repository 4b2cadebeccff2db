"""Whatever lies in the shared folder that is no plain file of Carnet's is passed over, and told;
the honest news are read."""

import os
import re
import shutil
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.base.errors import AppError
from desktop.commands.records import add_record
from desktop.queries.records import list_records
from desktop.sync.rounds.check import check_server
from desktop.tasks import shared_folder
from desktop.vault import Vault
from tests.sync.laptops import Laptops

SECONDS = 8.0
"""Of a round beside all that the computer does: a pipe would hold it for ever, 3 GB for minutes."""


def plain(path: Path) -> None:
    path.write_bytes(b"rubbish")


def folder(path: Path) -> None:
    (path / "within").mkdir(parents=True)
    (path / "within/file").write_bytes(b"x")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3 * 1024**3)


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def link_out(path: Path) -> None:
    path.symlink_to("/dev/zero")


def dangling(path: Path) -> None:
    path.symlink_to("nowhere")


THINGS = {made.__name__: made
          for made in (plain, folder, pipe, device, sparse, loop, link_out, dangling)}
W, H = "ab" * 8, "0" * 64
PLACES = [
    "{h}", "Carnet", "\udcff\udcfe", "w/{w}", "w/\udcff", f"w/{W}", "w/{w}/\udcff",
    "w/{w}/000000/\udcff",
    f"w/{W}/000000/0000000001-{H}.pkg", f"w/{{w}}/000000/0000000999-{H}.pkg",
    f"w/{{w}}/0/0000000999-{H}.pkg",
    f"w/{{w}}/000000/999-{H}.pkg", f"w/{{w}}/000001/0000000999-{H}.pkg",
    f"heads/{W}-0000000001-{H}", "heads/\udcff",
    f"heads/want-{W}-0000000001", f"heads/want-trust-{H}", "heads/want-snap-" + W,
    f"heads/branch-{{w}}-0000000001-{H}",
    "heads/trust-000099", "trust/\udcff", f"trust/000099-{H}.age", f"trust/99-{H}.age",
    f"trust/keys/commun-9-9-{H}.age",
    "trust/keys/\udcff", f"snap/{W}", "snap/\udcff", f"snap/{W}/manifest-{H}.pkg",
    f"snap/{W}/0001-{H}.pkg",
    f"blob/ab/{'c' * 32}.0000-{H}.age", "blob/\udcff", f"join/{H}.req.age", f"join/{H}.ack.age",
    "join/\udcff", "exports",
    f"w/{{w}}/000000/0000000999-{H}.pkg.1-2.part", "a\nb\x1b[31m"]


def pair(laptops: Laptops) -> Vault:
    member = laptops.join("member")
    for vault in (member, laptops.founder, member):
        laptops.sync(vault)
    return member


def goes_on(laptops: Laptops, member: Vault) -> None:
    """Both write, both read, in time; nothing of the folder was taken away by it."""
    began = time.process_time()
    for number, (writer,
                 reader) in enumerate([(laptops.founder, member), (member, laptops.founder)]):
        writer.do(add_record, "organisation", {"name": f"Suite {number}"})
        for vault in (writer, reader):
            laptops.sync(vault)
        assert f"Suite {number}" in {row["name"]
                                     for row in reader.ask(list_records, "organisation")}
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("thing", THINGS)
def test_a_strange_thing_in_any_place_stops_nothing(laptops: Laptops, thing: str) -> None:
    member = pair(laptops)
    writer = laptops.founder.identity.writer.hex()
    for place in PLACES:
        path = laptops.share / place.format(w=writer, h=H)
        if not any(os.path.lexists(one)
                   for one in (path, *(p for p in path.parents if not p.is_dir()))):
            path.parent.mkdir(parents=True, exist_ok=True)
            THINGS[thing](path)
    goes_on(laptops, member)
    found = check_server(member, shared_folder.open_store(member, None))
    told = [problem for problem in found.problems if "laissée de côté" in problem]
    assert told and len(told) == len(set(told)) and all(
        problem.replace("\u202f", " ").isprintable()
        for problem in told), "French sets a narrow space before its colons"


@pytest.mark.parametrize("thing", [name for name in THINGS if name != "plain"])
@pytest.mark.parametrize("which",
                         ["heads/*", "w/{w}/*/*", "trust/0*", "trust/keys/*", "heads", "w", "trust",
                          "snap", "blob"])
def test_a_strange_thing_in_the_place_of_ours_is_made_good(laptops: Laptops, which: str,
                                                           thing: str) -> None:
    member = pair(laptops)
    for path in sorted(laptops.share.glob(which.format(w=member.identity.writer.hex()))):
        if path.is_dir() and "/" in which:
            continue
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        THINGS[thing](path)
    goes_on(laptops, member)


@pytest.mark.parametrize("thing", THINGS)
def test_a_strange_format_is_a_sentence_soon(laptops: Laptops, thing: str) -> None:
    member = pair(laptops)
    (laptops.share / "format.json").unlink()
    THINGS[thing](laptops.share / "format.json")
    began = time.process_time()
    with pytest.raises(AppError, match=re.escape("format.json")):
        laptops.sync(member)
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("copied", [
    lambda path: path.parent.parent / "000001" / path.name,
    lambda path: path.parent.parent / "0" / path.name,
    lambda path: path.parent.parent / "00000" / path.name,
    lambda path: path.with_name(path.name.lstrip("0")),
    lambda path: path.with_name("00" + path.name), lambda path: path.with_name(path.name + ".pkg"),
    lambda path: path.with_name(path.name.upper()),
    lambda path: path.parent.parent.parent / ("cd" * 8) / "000000" / path.name])
def test_a_copy_under_another_name_stops_nothing(laptops: Laptops,
                                                 copied: Callable[[Path], Path]) -> None:
    member = pair(laptops)
    for path in laptops.packages():
        other = copied(path)
        other.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, other)
    for path in sorted((laptops.share / "trust").glob("0*.age")):
        shutil.copy(path, path.with_name(path.name.lstrip("0")))
        shutil.copy(path, path.with_name("00" + path.name))
    goes_on(laptops, member)
    newcomer = laptops.join("newcomer")
    laptops.sync(newcomer)
    assert "Suite 1" in {row["name"] for row in newcomer.ask(list_records, "organisation")}
