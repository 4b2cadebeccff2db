"""The rounds of every day around a folder: some edits up and down, nothing new."""

import os
import time
import uuid
from pathlib import Path
from statistics import median

from desktop.base.paths import Home
from desktop.commands.records import add_record, edit_record
from desktop.sync.rounds.engine import run_round
from desktop.sync.stores.folder import FolderStorage
from desktop.tasks import enrol, profiles, shared_folder
from desktop.ui.screen.rounds import SHORT_STEP, SHORT_TIME
from desktop.vault import Cost, Vault
from tests.benchmarks.measure import quantile, say, seconds

PASSPHRASE = "cerisier bleu du jardin"
EDITS = 10
TIMES = 30


class _Counted(FolderStorage):
    """A folder that counts what it is asked."""

    asked = 0

    def names(self, folder: str) -> list[str]:
        self.asked += 1
        return super().names(folder)

    def get(self, name: str) -> bytes | None:
        self.asked += 1
        return super().get(name)

    def write(self, name: str, data: bytes) -> None:
        self.asked += 1
        super().write(name, data)

    def remove(self, name: str) -> None:
        self.asked += 1
        super().remove(name)


def measure(folder: Path) -> None:
    """Says the figures."""
    share = folder / "rounds"
    share.mkdir()
    founder, _code = profiles.create_collective(
        Home(folder / "rounds-founder"), PASSPHRASE, preset="maubeuge-val-de-sambre",
        name="Mesures",
        person="Camille LEROY", store=share.as_uri(), cost=Cost.TEST)
    second, _code, words = profiles.join(Home(folder / "rounds-second"), PASSPHRASE,
                                         enrol.invite(founder, ["membre"]), "Jo",
                                         Cost.TEST)
    storage = shared_folder.open_store(founder, None)
    (request,) = enrol.pending_requests(founder, storage)
    enrol.approve(founder, storage, request.id, words)
    _edits(founder, second, share)
    for vault in (founder, second):
        vault.close()


def _edits(founder: Vault, second: Vault, share: Path) -> None:
    records = [founder.do(add_record, "organisation", {"name": f"Structure {n}"})
               for n in range(EDITS)]
    ours, theirs = _Counted(share.as_uri(), share), _Counted(share.as_uri(), share)
    for _warm in range(3):
        run_round(founder, ours)
        run_round(second, theirs)

    def little(vault: Vault, storage: _Counted) -> int:
        before = storage.asked
        run_round(vault, storage, step=SHORT_STEP, within=SHORT_TIME, thorough=False)
        return storage.asked - before

    up, down, quiet, raw = [], [], [], []
    asked = set()
    for number in range(TIMES):
        _edit(founder, records, number)
        up.append(1000 * seconds(lambda: little(founder, ours)))
        down.append(1000 * seconds(lambda: little(second, theirs)))
        start = time.perf_counter()
        asked.add(little(second, theirs))
        quiet.append(1000 * (time.perf_counter() - start))
        raw.append(1000 * seconds(lambda number=number: _raw(share, number)))
    for name, times in (("ten_edits_up", up), ("ten_edits_down", down)):
        say(name, median(times), "ms", p95=round(quantile(times, 0.95), 2),
            raw_two_files=round(median(raw), 2))
    say("round_with_nothing_new", median(quiet), "ms", p95=round(quantile(quiet, 0.95), 2),
        requests=sorted(asked))


def _edit(vault: Vault, records: list[uuid.UUID], number: int) -> None:
    for record in records:
        vault.do(edit_record, record,
                 {"notes": f"Rencontre numéro {number}, à préparer avec la secrétaire"})


def _raw(share: Path, number: int) -> None:
    """What a folder costs by itself: a package of the least size and a hint, on the disk."""
    for name, size in ((f"{number}.package", 4600), (f"{number}.hint", 1)):
        temporary = share / f".{name}"
        with temporary.open("wb") as file:
            file.write(os.urandom(size))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(share / f".raw-{name}")
