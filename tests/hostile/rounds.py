"""One round of a vault in a process of its own: `python -m tests.hostile.rounds FOLDER`; its
seconds, its memory, what it did."""

import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from desktop.base.paths import Home
from desktop.sync.rounds.engine import run_round
from desktop.tasks import shared_folder
from desktop.vault import Vault
from tests.conftest import PASSPHRASE

SECONDS, MEBIBYTES = 2.0, 300
"""What nobody makes a round cost others more of."""
PATIENCE = 4
"""By how much the computer that tests may be slower, beside all that it does at the same time."""


@dataclass(frozen=True)
class Spent:
    """What a round took of the processor and of memory, in seconds and MiB, and what it refused."""

    seconds: float
    mebibytes: float
    refused: list[str]
    pulled: int
    kept_out: int

    @property
    def is_little(self) -> bool:
        """Whether the round took no more than it may."""
        return self.seconds < SECONDS * PATIENCE and self.mebibytes < MEBIBYTES


def round_apart(vault: Vault) -> Spent:
    """A round of this vault, which is closed and opened again here."""
    vault.close()
    done = subprocess.run([sys.executable, "-m", "tests.hostile.rounds", str(vault.home.folder)],
                          capture_output=True, text=True,
                          cwd=Path(__file__).parents[2], timeout=120, check=False)
    vault.unlock(PASSPHRASE)
    assert done.returncode == 0, done.stderr
    return Spent(**json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    vault = Vault(Home(Path(sys.argv[1])))
    vault.unlock(PASSPHRASE)
    storage = shared_folder.open_store(vault, None)
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    done = run_round(vault, storage)
    spent = time.process_time() - began
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        json.dumps({"seconds": round(spent, 2), "mebibytes": round((after - before) / 1024),
                    "refused": done.refused,
                    "pulled": done.pulled, "kept_out": done.kept_out}))
    vault.close()


if __name__ == "__main__":
    main()
