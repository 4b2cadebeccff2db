"""A large collective as packages: of a thousand records, of a few each, and as one snapshot; a new
device reads it."""

import json
import random
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.codes import sshsig
from desktop.base.paths import Home
from desktop.models.changes import author_of
from desktop.models.record import COMMON, RECORDS, STAMP, fields_of
from desktop.models.sync import Outbox
from desktop.sample.lexicon import ADJECTIVES, FEMININE_NOUNS, MASCULINE_NOUNS, VERBS
from desktop.sync.merging.sealing import package_name, seal_pending
from desktop.sync.rounds.engine import run_round
from desktop.sync.snapshots.make import make
from desktop.sync.stores.hints import announce, read_heads
from desktop.sync.stores.storage import FORMAT, Storage
from desktop.sync.trust import state
from desktop.tasks import enrol, profiles, shared_folder
from desktop.vault import Cost, Vault
from tests.benchmarks.measure import RUNS, peak_mib, say, seconds

PASSPHRASE = "cerisier bleu du jardin"
LARGE, SMALL = 1_000, 16
"""Records in a package: of a first sealing, and of an ordinary day."""
_WORDS = (*ADJECTIVES, *FEMININE_NOUNS, *MASCULINE_NOUNS, *VERBS)
_INSERTED = 5_000
_WRITTEN = 20_000
"""Records in one transaction of who makes them: its time is not measured."""
Values = dict[str, object]


def measure(folder: Path, count: int) -> None:
    """Says the figures of a new device for `count` records."""
    raw = _Raw(0, 0, 0)
    for name, each in (("large_packages", LARGE), ("small_packages", SMALL)):
        (folder / name).mkdir()
        founder, share = _founded(folder / name)
        _write(founder, count, each)
        _lay(founder, share)
        packages = list(share.glob("w/*/*/*.pkg"))
        size = sum(package.stat().st_size for package in packages)
        home = _joined(founder, folder / name, 1)
        first = _read(home)
        if each == LARGE:
            raw = _raw(home, folder)
            say("raw_insert_of_all", raw.rows / raw.seconds, "rows/s", rows=raw.rows,
                processor=round(raw.processor, 2))
        _say(f"fresh_{name}", count, first, raw, packages=len(packages),
             bytes_a_record=round(size / count))
        if each == LARGE:
            say("make_snapshot", count
                / seconds(
                    lambda founder=founder: make(founder, founder.ask(state.roster_in_force))),
                "records/s")
            run_round(founder, shared_folder.open_store(founder, None))
            size = sum(file.stat().st_size for file in share.glob("snap/*/*"))
            _say("fresh_snapshot", count, _read(_joined(founder, folder / name, 2)), raw,
                 bytes_a_record=round(size / count))
        founder.close()


def _say(name: str, count: int, run: dict[str, float], raw: "_Raw", **more: object) -> None:
    say(name, count / run["seconds"], "records/s", records=count,
        times_raw_insert=round(run["seconds"] / raw.seconds, 2),
        times_raw_processor=round(run["processor"] / raw.processor, 2), **more,
        **{key: round(value, 2) for key, value in run.items()})


# What there is to read

def _founded(folder: Path) -> tuple[Vault, Path]:
    share = folder / "share"
    share.mkdir()
    vault, _code = profiles.create_collective(Home(folder / "founder"), PASSPHRASE,
                                              preset="maubeuge-val-de-sambre",
                                              name="Mesures", person="Camille LEROY",
                                              store=share.as_uri(), cost=Cost.TEST)
    return vault, share


def _write(vault: Vault, count: int, each: int) -> None:
    """Make records and seal them, `each` to a package."""
    rng = random.Random(5)
    people = [uuid.UUID(int=rng.getrandbits(128), version=4).bytes for _number in range(500)]
    roster = vault.ask(state.roster_in_force)
    device = sshsig.public_key(vault.identity.signing_key).hex()

    def some(session: Session, begin: int) -> None:
        for start in range(begin, min(begin + _WRITTEN, count), each):
            _insert(session, list(_records(rng, people, min(each, count - start))))
            seal_pending(session, vault.identity, roster, device)

    for begin in range(0, count, _WRITTEN):
        vault.do(some, begin)


def _records(rng: random.Random, people: list[bytes], count: int) -> Iterator[tuple[str, Values]]:
    """Three actions for two people at a meeting, as in a year of a collective; texts of words drawn
    one by one."""
    def text(words: int) -> str:
        return " ".join(rng.choices(_WORDS, k=words)).capitalize()

    meeting = b""
    for number in range(count):
        if number % 40 == 0:
            meeting = uuid.UUID(int=rng.getrandbits(128), version=4).bytes
            yield "meeting", {"id": meeting, "title": text(4), "kind": "pleniere",
                              "starts_at": "2027-03-12T14:00"}
        elif number % 5 < 3:
            yield "action", {"title": text(5), "description": text(14), "state": "en_cours",
                             "due_on": "2027-03-12",
                             "progress": number % 100, "owner_id": rng.choice(people)}
        else:
            yield "attendance", {"meeting_id": meeting, "person_id": rng.choice(people),
                                 "state": "present"}


def _insert(session: Session, records: list[tuple[str, Values]]) -> None:
    clock, connection = author_of(session).clock, session.connection()
    for kind in ("meeting", "action", "attendance"):
        rows, pending = [], []
        names: list[str] = []
        for values in (values for found, values in records if found == kind):
            stamp = clock.tick(None)
            # As base/ids.py makes them: ordered by time.
            record_id = (values.pop("id", None)
                         or stamp[:6] + b"\x70" + stamp[7:8] + random.randbytes(8))
            names = list(values)
            rows.append((record_id, COMMON, *values.values(), *[stamp] * len(names)))
            pending.append((kind, record_id, stamp))
        if rows:
            quoted = ", ".join(f'"{name}"' for name
                               in ("id", "channel", *names, *(name + STAMP for name in names)))
            marks = ", ".join("?" * (2 + 2 * len(names)))
            connection.exec_driver_sql(f'INSERT INTO "{kind}" ({quoted}) VALUES ({marks})', rows)
            connection.exec_driver_sql(
                "INSERT INTO pending (kind, record_id, low) VALUES (?, ?, ?)", pending)


def _lay(vault: Vault, share: Path) -> None:
    """Put the packages on the share without waiting for its disk at each."""
    writer = vault.identity.writer

    def lay(session: Session) -> tuple[int, str]:
        sequence, sha256 = 0, ""
        for sequence, sha256, data in session.execute(
                select(Outbox.sequence, Outbox.sha256, Outbox.data).order_by(Outbox.sequence)
                .execution_options(yield_per=100)):
            path = share / package_name(writer, sequence, sha256)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return sequence, sha256

    storage = shared_folder.open_store(vault, None)
    announce(storage, read_heads(storage), writer.hex(), *vault.ask(lay))


def _joined(founder: Vault, folder: Path, number: int) -> Path:
    home = folder / f"joined{number}"
    vault, _code, words = profiles.join(Home(home), PASSPHRASE, enrol.invite(founder, ["membre"]),
                                        f"Jo {number}", Cost.TEST)
    vault.close()
    storage: Storage = shared_folder.open_store(founder, None)
    assert storage.get(FORMAT)
    (request,) = enrol.pending_requests(founder, storage)
    enrol.approve(founder, storage, request.id, words)
    return home


# Reading it

def _read(home: Path) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-m", "tests.benchmarks.large", str(home)], check=True,
                          capture_output=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _main(home: Path) -> None:
    """One new device's first exchange, in this process."""
    vault = Vault(Home(home))
    vault.unlock(PASSPHRASE)
    start, processor = time.perf_counter(), time.process_time()
    done = run_round(vault, shared_folder.open_store(vault, None))
    taken, processor = time.perf_counter() - start, time.process_time() - processor
    vault.close()
    sys.stdout.write(json.dumps({"seconds": taken, "processor": processor, "applied": done.applied,
                                 "refused": len(done.refused), "peak_mib": _peak_mib()}))


def _peak_mib() -> float:
    """The most memory of this process alone: on Linux the usual figure begins with that of the
    process that started it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return peak_mib()
    return next(int(line.split()[1]) for line in status.read_text().splitlines()
                if line.startswith("VmHWM")) / 1024


@dataclass(frozen=True)
class _Raw:
    """Seconds, on the wall and of the processor, in which SQLCipher alone puts the same rows into
    the same tables."""

    seconds: float
    processor: float
    rows: int


def _raw(home: Path, folder: Path) -> _Raw:
    vault = Vault(Home(home))
    vault.unlock(PASSPHRASE)
    tables = {kind: vault.ask(_rows_of, kind) for kind in RECORDS}
    vault.close()
    times, processor = [], []
    for number in range(RUNS):
        other, _code = Vault.create(Home(folder / f"raw{number}"), "essai", cost=Cost.TEST)
        start = time.process_time()
        times.append(seconds(lambda other=other: other.do(_put, tables)))
        processor.append(time.process_time() - start)
        other.close()
    return _Raw(median(times), median(processor), sum(map(len, tables.values())))


def _columns(kind: str) -> str:
    fields = [f.name for f in fields_of(RECORDS[kind])]
    return ", ".join(f'"{name}"'
                     for name in ("id", "channel", *fields, *(name + STAMP for name in fields)))


def _rows_of(session: Session, kind: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row
            in session.connection().exec_driver_sql(f'SELECT {_columns(kind)} FROM "{kind}"')]


def _put(session: Session, tables: dict[str, list[tuple[object, ...]]]) -> None:
    for kind, rows in tables.items():
        marks = ", ".join("?" * (2 + 2 * len(fields_of(RECORDS[kind]))))
        for start in range(0, len(rows), _INSERTED):
            session.connection().exec_driver_sql(f'INSERT INTO "{kind}" ({_columns(kind)}) VALUES '
                                                 f'({marks})',
                                                 rows[start:start + _INSERTED])


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
