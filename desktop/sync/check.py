"""Verifies every package of a store: name, hash, signature, author, chain. Reads only."""

from desktop.sync import state
from desktop.sync.authors import Authors
from desktop.sync.engine import check_format
from desktop.sync.package import RefusedError, read_header
from desktop.sync.storage import Storage, all_names, number_in
from desktop.vault import Vault


def check_store(vault: Vault, storage: Storage) -> tuple[int, list[str]]:
    """(packages read, what is wrong with which)."""
    roster = vault.ask(state.roster_in_force)
    check_format(storage, roster.collective)
    # Who left is known too, up to what anybody who remains had read.
    authors = Authors(vault, roster)
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
                if number_in(name.rsplit("/", 1)[-1].partition("-")[0]) is None:
                    raise RefusedError("the name has no number")
                authors.judge(name, header, signer.hex())
                if (header.sequence, header.previous) != expected:
                    raise RefusedError("the chain of this writer has a gap or a fork")
            except RefusedError as error:
                wrong.append(f"{name}: {error}")
                continue
            expected = (header.sequence + 1, name_hash)
    return count, wrong
