"""A server that limits the size of a file: what it refuses goes in pieces, and everybody reads them
as the file."""

import hashlib
import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.commands.attachments import attach
from desktop.commands.meetings import create_meeting
from desktop.commands.records import add_record, edit_record
from desktop.models.meetings import Attachment
from desktop.queries.attachments import bytes_of
from desktop.queries.digest import digest_of
from desktop.queries.records import get_record
from desktop.sync.merging.enclosures import PART, fetch_enclosure
from desktop.sync.rounds.check import check_store
from desktop.sync.stores.chunks import LEAST, MOST, START, ChunkedStorage
from desktop.sync.stores.folder import FolderStorage
from desktop.sync.stores.open import open_storage
from desktop.sync.stores.storage import Storage, StoreError, StoreProblem
from desktop.sync.stores.store_errors import offline, too_large
from desktop.tasks import shared_folder
from desktop.vault import Vault
from tests.sync.faulty import Fault, Faulty, faulty_server
from tests.sync.laptops import Laptops
from tests.sync.servers import Running

KIB = 1024


class Narrow(FolderStorage):
    """A folder that refuses files above `limit` bytes, and breaks off after `left` more
    writings."""

    def __init__(self, folder: Path, limit: int) -> None:
        super().__init__(folder.as_uri(), folder)
        self.limit = limit
        self.left = 1_000_000
        self.refused = 0
        self.written: list[int] = []

    def write(self, name: str, data: bytes) -> None:
        if not self.left:
            raise offline("partage")
        if len(data) > self.limit:
            self.refused += 1
            raise too_large(len(data))
        self.left -= 1
        self.written.append(len(data))
        super().write(name, data)


def made(size: int, seed: int = 3, number: int = 1) -> tuple[str, bytes]:
    data = random.Random(seed).randbytes(size)
    return f"w/00ff00ff00ff00ff/000000/{number:010d}-{hashlib.sha256(data).hexdigest()}.pkg", data


def pieces_in(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.part"))


def counts(folder: Path) -> set[str]:
    return {path.name.removesuffix(".part").rpartition("-")[2] for path in pieces_in(folder)}


def test_a_file_that_the_server_takes_is_one_file(tmp_path: Path) -> None:
    store = ChunkedStorage(Narrow(tmp_path, 10 * KIB * KIB))
    name, data = made(3 * KIB * KIB)
    store.put(name, data)
    assert (tmp_path / name).read_bytes() == data and pieces_in(tmp_path) == []
    assert (store.names("w/00ff00ff00ff00ff/000000") == [name.rpartition("/")[2]]
            and store.get(name) == data)


@pytest.mark.parametrize(("limit", "size"), [
    (KIB * KIB, 3 * KIB * KIB), (START, START + 1), (500 * KIB, 2_000_000), (100 * KIB, 120 * KIB),
    (LEAST, 300 * KIB + 7),
    (LEAST, LEAST + 1)])
def test_what_is_refused_goes_in_pieces_and_reads_as_the_file(tmp_path: Path, limit: int,
                                                              size: int) -> None:
    narrow = Narrow(tmp_path, limit)
    store = ChunkedStorage(narrow)
    name, data = made(size)
    store.put(name, data)
    assert not (tmp_path / name).exists() and max(narrow.written) <= limit
    sizes = [path.stat().st_size for path in pieces_in(tmp_path)]
    assert sum(sizes) == size and max(sizes) - min(sizes) <= 1 and len(sizes) >= 2
    for reader in (store, ChunkedStorage(narrow)):
        assert reader.names("w/00ff00ff00ff00ff/000000") == [name.rpartition("/")[2]]
        assert reader.get(name) == data
    writings = len(narrow.written)
    store.put(name, data)
    assert len(narrow.written) == writings


def test_the_limit_is_found_by_halves_and_remembered_by_the_vault(tmp_path: Path,
                                                                  laptops: Laptops) -> None:
    narrow = Narrow(tmp_path, 300 * KIB)
    name, data = made(2_000_000)
    ChunkedStorage(narrow, laptops.founder).put(name, data)
    # Whole, then in pieces for 900 and for 450 KiB: two were too large before 225 KiB.
    assert narrow.refused == 3
    other, more = made(800_000, seed=4, number=2)
    ChunkedStorage(narrow, laptops.founder).put(other, more)
    assert narrow.refused == 3 and ChunkedStorage(narrow).get(other) == more
    elsewhere = Narrow(tmp_path / "share", 300 * KIB)
    ChunkedStorage(elsewhere, laptops.founder).put(other, more)
    assert elsewhere.refused == 2


def test_the_limit_grows_again_and_is_seldom_tried_in_vain(tmp_path: Path) -> None:
    narrow = Narrow(tmp_path, 20 * KIB)
    store = ChunkedStorage(narrow)
    for number in range(20):
        store.put(*made(1_000_000, number, number))
    # Of more than 1,000 pieces, three led to 20 KiB, and each trial in vain made the next one
    # rarer.
    assert len(narrow.written) > 1000 and 5 <= narrow.refused <= 30
    narrow.limit = 100 * KIB * KIB
    for number in range(20, 45):
        name, data = made(2_000_000, number, number)
        store.put(name, data)
        assert store.get(name) == data
    assert (tmp_path / name).read_bytes() == data
    for number in range(45, 60):
        name, data = made(MOST + 1, number, number)
        store.put(name, data)
    assert not (tmp_path / name).exists() and store.get(name) == data
    assert max(path.stat().st_size for path in pieces_in(tmp_path)) > MOST // 2


def test_a_server_that_takes_nothing_is_told(tmp_path: Path, laptops: Laptops) -> None:
    narrow = Narrow(tmp_path, 0)
    store = ChunkedStorage(narrow, laptops.founder)
    name, data = made(2_000_000)
    with pytest.raises(StoreError) as caught:
        store.put(name, data)
    assert caught.value.code is StoreProblem.TOO_LARGE and pieces_in(tmp_path) == []
    with pytest.raises(StoreError) as caught:
        store.put("heads/00ff", b"x" * 100_000)
    assert caught.value.code is StoreProblem.TOO_LARGE
    # Nothing was learnt of what it takes.
    narrow.limit = 10_000_000
    ChunkedStorage(narrow, laptops.founder).put(name, data)
    assert (tmp_path / name).read_bytes() == data


@pytest.mark.parametrize("after", [1, 2, 3, 5])
def test_interrupted_it_is_not_shown_and_is_taken_up(tmp_path: Path, laptops: Laptops,
                                                     after: int) -> None:
    narrow = Narrow(tmp_path, 500 * KIB)
    narrow.left = after
    name, data = made(2_600_000)
    with pytest.raises(StoreError) as caught:
        ChunkedStorage(narrow, laptops.founder).put(name, data)
    assert caught.value.code is StoreProblem.OFFLINE and len(pieces_in(tmp_path)) == after
    for reader in (ChunkedStorage(narrow), ChunkedStorage(narrow, laptops.founder)):
        assert reader.names("w/00ff00ff00ff00ff/000000") == [] and reader.get(name) is None
    narrow.left = 1_000_000
    ChunkedStorage(narrow, laptops.founder).put(name, data)
    assert len(counts(tmp_path)) == 1 and len(narrow.written) == int(counts(tmp_path).pop())
    assert ChunkedStorage(narrow).get(name) == data


def test_two_devices_with_other_limits_complete_or_double_each_other(tmp_path: Path) -> None:
    name, data = made(2_000_000)
    wide, narrow = Narrow(tmp_path, 600 * KIB), Narrow(tmp_path, 100 * KIB)
    narrow.left = 7
    with pytest.raises(StoreError):
        ChunkedStorage(narrow).put(name, data)
    assert len(pieces_in(tmp_path)) == 7 and len(counts(tmp_path)) == 1
    (n,) = map(int, counts(tmp_path))
    completing = Narrow(tmp_path, 100 * KIB)
    ChunkedStorage(completing).put(name, data)
    assert len(completing.written) == n - 7 and len(pieces_in(tmp_path)) == n
    ChunkedStorage(wide).put(name, data)
    assert len(counts(tmp_path)) == 2 and ChunkedStorage(wide).get(name) == data
    assert ChunkedStorage(wide).names("w/00ff00ff00ff00ff/000000") == [name.rpartition("/")[2]]
    # Either set will do.
    for lost in counts(tmp_path):
        kept = {path: path.read_bytes() for path in pieces_in(tmp_path)}
        next(path for path in kept if path.name.endswith(f".1-{lost}.part")).unlink()
        assert ChunkedStorage(wide).get(name) == data
        for path, content in kept.items():
            path.write_bytes(content)


@pytest.mark.parametrize("spoil", ["cut", "empty", "changed"])
def test_a_spoilt_piece_is_seen_and_mended(tmp_path: Path, spoil: str) -> None:
    narrow = Narrow(tmp_path, 500 * KIB)
    name, data = made(2_000_000)
    ChunkedStorage(narrow).put(name, data)
    piece = pieces_in(tmp_path)[2]
    whole = piece.read_bytes()
    piece.write_bytes(
        {"cut": whole[:1000], "empty": b"", "changed": whole[:-1] + bytes([whole[-1] ^ 1])}[spoil])
    found = ChunkedStorage(narrow).get(name)
    # As a file that is damaged: its reader asks for it again.
    assert found is not None and found != data
    ChunkedStorage(narrow).put(name, data)
    assert (ChunkedStorage(narrow).get(name) == data
            and len(counts(tmp_path)) == (2 if spoil == "changed" else 1))


def test_what_a_server_kept_of_a_refused_file_hides_no_pieces(tmp_path: Path) -> None:
    narrow = Narrow(tmp_path, 500 * KIB)
    name, data = made(2_000_000)
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_bytes(data[:700_000])
    ChunkedStorage(narrow).put(name, data)
    assert ChunkedStorage(narrow).get(name) == data
    assert ChunkedStorage(narrow).names("w/00ff00ff00ff00ff/000000") == [name.rpartition("/")[2]]


def test_names_that_others_chose_hurt_nobody(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    folder.mkdir()
    name, _data = made(10)
    file = name.rpartition("/")[2]
    for end in ("1-999999.part", "0-2.part", "3-2.part", "1-0.part", "01-02.part", "x.part",
                "1-2.part.1-2.part", ".part",
                f"1-{'9' * 30}.part"):
        (folder / f"{file}.{end}").write_bytes(b"x")
    (folder / f"{file}.1-1.part").write_bytes(b"y")
    store = ChunkedStorage(Narrow(tmp_path, KIB))
    listed = store.names("w")
    assert file in listed and f"{file}.x.part" in listed and f"{file}.1-2.part" not in listed
    assert store.get(f"w/{file}") == b"y" and store.get("w/rien") is None


# Around a server

LIMIT = 60 * KIB


@pytest.fixture
def server() -> Iterator[Faulty]:
    with faulty_server() as served:
        yield served


def large(founder: Vault, size: int) -> list[tuple[object, str]]:
    rng = random.Random(size)
    texts = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyzé ", k=9_000))
             for _number in range(size // 9_000)]
    return [
        (founder.do(add_record, "organisation", {"name": f"Maison {number}", "notes": text}), text)
            for number, text in enumerate(texts)]


def test_a_collective_around_a_server_that_refuses_large_files(server: Faulty,
                                                               tmp_path: Path) -> None:
    with closing(Laptops(tmp_path, server.url)) as laptops:
        founder, second = laptops.founder, laptops.join("second", "coordination")
        for vault in (founder, second):
            laptops.sync(vault)
        server.most = LIMIT
        records = large(founder, 360_000)
        meeting = founder.do(create_meeting, group_id=None, title="Séance", kind="atelier",
                             starts_at="2026-11-03T14:00")
        scan = random.Random(5).randbytes(PART + 50_000)
        founder.do(attach, "meeting", meeting, "Feuille.pdf", scan)
        assert laptops.sync(founder).pushed >= 1
        assert max(map(len, server.files.values())) <= LIMIT
        assert any(name.startswith("w/") and name.endswith(".part") for name in server.files)
        assert any(name.startswith("blob/") and name.endswith(".part") for name in server.files)
        done = laptops.sync(second)
        assert done.refused == [] and done.applied >= len(records)
        assert second.ask(get_record, records[-1][0])["notes"] == records[-1][1]
        assert founder.ask(digest_of) == second.ask(digest_of)
        attachment = second.ask(lambda session: session.query(Attachment.id).scalar())
        fetch_enclosure(second, shared_folder.open_store(second, None), attachment)
        assert second.ask(bytes_of, attachment) == scan
        packages, wrong = check_store(second, shared_folder.open_store(second, None))
        assert packages >= 2 and wrong == []
        laptops.sync(founder)
        assert laptops.sync(founder).pushed == 0
        # Who joins later reads the pieces like anybody; a spoilt one is asked for, and put back.
        piece = next(name for name in sorted(server.files)
                     if name.startswith("w/") and name.endswith(".part"))
        server.files[piece] = server.files[piece][:100]
        third = laptops.join("third")
        assert laptops.sync(third).refused != []
        laptops.sync(founder)
        assert laptops.sync(third).refused == []
        assert third.ask(get_record, records[0][0])["notes"] == records[0][1]


def test_cut_in_the_middle_of_the_pieces_a_round_goes_on(server: Faulty, tmp_path: Path) -> None:
    with closing(Laptops(tmp_path, server.url)) as laptops:
        founder, second = laptops.founder, laptops.join("second")
        for vault in (founder, second):
            laptops.sync(vault)
        server.most = LIMIT
        records = large(founder, 360_000)
        founder.do(attach, "organisation", records[0][0], "Feuille.pdf",
                   random.Random(6).randbytes(400_000))
        server.fault = (lambda method, name: Fault(507) if method == "PUT" and ".3-" in name
                        else None)
        for _attempt in range(2):
            with pytest.raises(StoreError) as caught:
                laptops.sync(founder)
            assert caught.value.code is StoreProblem.FULL
        assert laptops.sync(second).applied == 0
        server.fault = (lambda method, name: Fault(507)
                        if method == "PUT" and name.startswith("blob/") and ".3-" in name else None)
        for _attempt in range(2):
            with pytest.raises(StoreError):
                laptops.sync(founder)
        server.fault = lambda _method, _name: None
        laptops.sync(founder)
        assert (laptops.sync(second).refused == []
                and founder.ask(digest_of) == second.ask(digest_of))
        # Of a file that was sealed anew each time, what lay there by half was taken away.
        names = [name for name in server.files if name.startswith("blob/")]
        assert len({name.partition(".age")[0] for name in names}) == 1
        founder.do(edit_record, records[0][0], {"notes": "court"})
        laptops.sync(founder)
        assert laptops.sync(second).applied == 1


def test_nginx_with_its_limit_of_one_mib(servers: Running, tmp_path: Path) -> None:
    server = servers.server("nginx")
    with closing(Laptops(tmp_path, server.fresh(), server.credentials)) as laptops:
        founder, second = laptops.founder, laptops.join("second")
        records = large(founder, 3_000_000)
        for vault in (founder, second, founder):
            laptops.sync(vault)
        assert second.ask(get_record, records[-1][0])["notes"] == records[-1][1]
        assert founder.ask(digest_of) == second.ask(digest_of)


def test_the_raw_store_shows_the_pieces(server: Faulty) -> None:
    """What an older reader sees: names that are none of its own, which it passes over."""
    server.folders |= {"w"}
    server.most = LIMIT
    raw: Storage = open_storage(server.url)
    data = random.Random(7).randbytes(250_000)
    name = f"w/{hashlib.sha256(data).hexdigest()}"
    ChunkedStorage(raw).put(name, data)
    assert len(raw.names("w")) >= 3 and all(one.endswith(".part") for one in raw.names("w"))
    assert ChunkedStorage(raw).names("w") == [name.removeprefix("w/")]
    ChunkedStorage(raw).remove(name)
    assert server.files == {}
