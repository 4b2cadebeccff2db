"""Verifies every package of a store: name, hash, signature, author, chain. Reads only."""

from desktop.sync import state
from desktop.sync.engine import check_format
from desktop.sync.package import RefusedError, read_header
from desktop.sync.storage import Storage, all_names
from desktop.vault import Vault


def check_store(vault: Vault, storage: Storage) -> tuple[int, list[str]]:
    """(packages read, what is wrong with which)."""
    roster = vault.ask(state.roster_in_force)
    check_format(storage, roster.collective)
    wrong: list[str] = []
    count = 0
    for writer in storage.names("w"):
        expected = (1, "")
        for name in sorted(all_names(storage, f"w/{writer}")):
            count += 1
            name_hash = name.rsplit("-", 1)[-1].removesuffix(".pkg")
            data = storage.get(name)
            try:
                if data is None:
                    raise RefusedError("it is not there any more")
                header, signer, _rest = read_header(data, name_hash)
                if roster.device(signer.hex()) is None:
                    raise RefusedError("its author is not in the list of devices")
                if header.writer != writer or (header.sequence, header.previous) != expected:
                    raise RefusedError("the chain of this writer has a gap or a fork")
            except RefusedError as error:
                wrong.append(f"{name}: {error}")
                continue
            expected = (header.sequence + 1, name_hash)
    return count, wrong
