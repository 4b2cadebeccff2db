"""A laptop that works and exchanges without end, for a test that kills it: a line for each step it
took."""

import sys
from pathlib import Path

from desktop.base.paths import Home
from desktop.commands.records import add_record
from desktop.sync.rounds.engine import run_round
from desktop.tasks import shared_folder
from desktop.vault import Vault
from tests.conftest import PASSPHRASE


def main() -> None:
    vault = Vault(Home(Path(sys.argv[1])))
    vault.unlock(PASSPHRASE)
    while True:
        for _number in range(5):
            print("made", vault.do(add_record, "organisation", {"name": "Interrompue"}), flush=True)
        storage = shared_folder.open_store(vault, None)
        run_round(vault, storage, progress=lambda *step: print("step", *step, flush=True))


if __name__ == "__main__":
    main()
